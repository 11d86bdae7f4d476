"""What is said, in English, of files that come in and of what is corrected beside them, in Spanish and in French.

The key is the English sentence, its names and numbers as {fields}. A problem and its remedy are sentences of their own.
"""

_INSTALL = "`apt install ocrmypdf tesseract-ocr-spa tesseract-ocr-fra`"
_BREW = "`brew install ocrmypdf tesseract-lang`"
_EN_OCR = f"Install OCR with {_INSTALL} (or {_BREW}), then add the file again."
_ES_OCR = f"Instale el OCR con {_INSTALL} (o {_BREW}) y vuelva a añadir el archivo."
_FR_OCR = f"Installez l’OCR avec {_INSTALL} (ou {_BREW}), puis ajoutez de nouveau le fichier."
_EN_RESAVE = "Open it in a PDF viewer, save or print it as a new PDF, and add that one."
_ES_RESAVE = "Ábralo en un visor de PDF, guárdelo o imprímalo como un PDF nuevo y añada ese."
_FR_RESAVE = "Ouvrez-le dans un lecteur PDF, enregistrez-le ou imprimez-le en un nouveau PDF et ajoutez celui-ci."
_ES_HOLDS = "{name} no contiene texto:"
_FR_HOLDS = "{name} ne contient pas de texte\u00a0:"

SENTENCES: dict[str, tuple[str, str]] = {
    # a file that comes in
    "There is no file at {path}.": ("No hay ningún archivo en {path}.", "Il n’y a pas de fichier à {path}."),
    "Check the path.": ("Compruebe la ruta.", "Vérifiez le chemin."),
    "There is no such file, or it is of a type that is not read.": (
        "Ese archivo no existe o es de un tipo que no se lee.",
        "Ce fichier n’existe pas, ou il est d’un type qui ne se lit pas.",
    ),
    "{name} is of a type that cannot be read.": ("{name} es de un tipo que no se puede leer.", "{name} est d’un type qui ne peut pas être lu."),
    "Files that can be read end in .pdf, .docx, .txt, .md or .html.": (
        "Los archivos que se leen terminan en .pdf, .docx, .txt, .md o .html.",
        "Les fichiers qui se lisent se terminent par .pdf, .docx, .txt, .md ou .html.",
    ),
    "{name} is empty.": ("{name} está vacío.", "{name} est vide."),
    "Add a file that has text.": ("Añada un archivo que tenga texto.", "Ajoutez un fichier qui contient du texte."),
    "{name} has {size} MB, more than the {most} MB that are read.": (
        "{name} tiene {size} MB, más de los {most} MB que se leen.",
        "{name} fait {size} Mo, plus que les {most} Mo qui se lisent.",
    ),
    "Make its pictures smaller or split it, and add the result.": (
        "Reduzca sus imágenes o divídalo, y añada el resultado.",
        "Réduisez ses images ou divisez-le, puis ajoutez le résultat.",
    ),
    "{name} has {count} pages, more than the {most} that are read.": (
        "{name} tiene {count} páginas, más de las {most} que se leen.",
        "{name} a {count} pages, plus que les {most} qui se lisent.",
    ),
    "Split it into smaller files and add those.": ("Divídalo en archivos más pequeños y añádalos.", "Divisez-le en fichiers plus petits et ajoutez-les."),
    "{name} is protected by a password.": ("{name} está protegido con contraseña.", "{name} est protégé par un mot de passe."),
    "Save a copy without the password and add that one.": (
        "Guarde una copia sin contraseña y añada esa.",
        "Enregistrez une copie sans mot de passe et ajoutez celle-ci.",
    ),
    "{name} is damaged and cannot be opened as a PDF.": (
        "{name} está dañado y no se puede abrir como PDF.",
        "{name} est endommagé et ne peut pas être ouvert comme PDF.",
    ),
    "{name} is damaged: none of its pages can be read.": (
        "{name} está dañado: no se puede leer ninguna de sus páginas.",
        "{name} est endommagé\u00a0: aucune de ses pages ne peut être lue.",
    ),
    _EN_RESAVE: (_ES_RESAVE, _FR_RESAVE),
    "Open it in a viewer, save or print it as a new PDF, and add that one.": (_ES_RESAVE, _FR_RESAVE),
    "{name} is damaged and cannot be opened as a Word file.": (
        "{name} está dañado y no se puede abrir como archivo de Word.",
        "{name} est endommagé et ne peut pas être ouvert comme fichier Word.",
    ),
    "Open it in Word, save it again as .docx, and add that one.": (
        "Ábralo en Word, guárdelo de nuevo como .docx y añada ese.",
        "Ouvrez-le dans Word, enregistrez-le de nouveau en .docx et ajoutez celui-ci.",
    ),
    "{name} holds no text.": ("{name} no contiene texto.", "{name} ne contient pas de texte."),
    "Add a version of the file that has text.": (
        "Añada una versión del archivo que tenga texto.",
        "Ajoutez une version du fichier qui contient du texte.",
    ),
    "{name} holds no readable text.": ("{name} no contiene texto legible.", "{name} ne contient pas de texte lisible."),
    "Save it as plain text in UTF-8, or add the PDF or Word file it came from.": (
        "Guárdelo como texto sin formato en UTF-8, o añada el PDF o el archivo de Word del que procede.",
        "Enregistrez-le en texte brut UTF-8, ou ajoutez le PDF ou le fichier Word dont il provient.",
    ),
    "{name} holds no HTML.": ("{name} no contiene HTML.", "{name} ne contient pas de HTML."),
    "Save the page again from the browser.": ("Guarde de nuevo la página desde el navegador.", "Enregistrez de nouveau la page depuis le navigateur."),
    "{name} holds no text: page {pages} is only pictures.": (
        f"{_ES_HOLDS} la página {{pages}} solo tiene imágenes.",
        f"{_FR_HOLDS} la page {{pages}} ne contient que des images.",
    ),
    "{name} holds no text: pages {pages} are only pictures.": (
        f"{_ES_HOLDS} las páginas {{pages}} solo tienen imágenes.",
        f"{_FR_HOLDS} les pages {{pages}} ne contiennent que des images.",
    ),
    _EN_OCR: (_ES_OCR, _FR_OCR),
    "{name} needs more than {most} MB of memory to read.": (
        "Para leer {name} hacen falta más de {most} MB de memoria.",
        "La lecture de {name} demande plus de {most} Mo de mémoire.",
    ),
    "{name} took longer than {seconds} seconds to read.": (
        "La lectura de {name} duró más de {seconds} segundos.",
        "La lecture de {name} a duré plus de {seconds} secondes.",
    ),
    "{name} made the reader break down.": ("La lectura de {name} se interrumpió por un error.", "La lecture de {name} s’est interrompue sur une erreur."),
    "{name} was read but not understood ({error}).": ("{name} se leyó, pero no se entendió ({error}).", "{name} a été lu, mais pas compris ({error})."),
    "Leave it out for now, and report this with the file.": (
        "Déjelo fuera por ahora y comunique el problema junto con el archivo.",
        "Laissez-le de côté pour l’instant et signalez le problème avec le fichier.",
    ),
    "The file's name is no valid text.": ("El nombre del archivo no es texto válido.", "Le nom du fichier n’est pas un texte valide."),
    "Rename the file.": ("Cambie el nombre del archivo.", "Renommez le fichier."),
    "{name} cannot be opened ({error}).": ("{name} no se puede abrir ({error}).", "{name} ne peut pas être ouvert ({error})."),
    "Check that the file is there and may be read.": (
        "Compruebe que el archivo existe y que se permite leerlo.",
        "Vérifiez que le fichier existe et que sa lecture est permise.",
    ),
    "An error in the tool stopped it; the terminal says which.": (
        "Lo interrumpió un error de la herramienta; la terminal dice cuál.",
        "Une erreur de l’outil l’a interrompu\u00a0; le terminal dit laquelle.",
    ),
    "the same as {path}": ("es el mismo que {path}", "identique à {path}"),
    # what a report is warned of
    f"In {{name}}, page {{pages}} is only pictures and was left out. {_EN_OCR}": (
        f"En {{name}}, la página {{pages}} solo tiene imágenes y se dejó fuera. {_ES_OCR}",
        f"Dans {{name}}, la page {{pages}} ne contient que des images et a été laissée de côté. {_FR_OCR}",
    ),
    f"In {{name}}, pages {{pages}} are only pictures and {{was}} left out. {_EN_OCR}": (
        f"En {{name}}, las páginas {{pages}} solo tienen imágenes y se dejaron fuera. {_ES_OCR}",
        f"Dans {{name}}, les pages {{pages}} ne contiennent que des images et ont été laissées de côté. {_FR_OCR}",
    ),
    f"In {{name}}, page {{pages}} is damaged and was left out. {_EN_RESAVE}": (
        f"En {{name}}, la página {{pages}} está dañada y se dejó fuera. {_ES_RESAVE}",
        f"Dans {{name}}, la page {{pages}} est endommagée et a été laissée de côté. {_FR_RESAVE}",
    ),
    f"In {{name}}, pages {{pages}} are damaged and {{was}} left out. {_EN_RESAVE}": (
        f"En {{name}}, las páginas {{pages}} están dañadas y se dejaron fuera. {_ES_RESAVE}",
        f"Dans {{name}}, les pages {{pages}} sont endommagées et ont été laissées de côté. {_FR_RESAVE}",
    ),
    # what a reader corrects beside a report
    "{name} is not valid TOML ({error}).": ("{name} no es TOML válido ({error}).", "{name} n’est pas du TOML valide ({error})."),
    "Correct {name}, or delete it to use what the report says.": (
        "Corrija {name}, o bórrelo para usar lo que dice el informe.",
        "Corrigez {name}, ou supprimez-le pour utiliser ce que dit le rapport.",
    ),
    "{name} has a key that means nothing here: {key}.": (
        "{name} tiene una clave que aquí no significa nada: {key}.",
        "{name} a une clé qui ne signifie rien ici\u00a0: {key}.",
    ),
    "The keys are {keys}.": ("Las claves son {keys}.", "Les clés sont {keys}."),
    "{name}: {key} has to be {wanted}.": ("{name}: {key} no es del tipo esperado.", "{name}\u00a0: {key} n’est pas du type attendu."),
    "{name}: {key} has to be a number without quotes.": ("{name}: {key} debe ser un número sin comillas.", "{name}\u00a0: {key} doit être un nombre sans guillemets."),
    "{name}: {key} has to be a text in quotes.": ("{name}: {key} debe ser un texto entre comillas.", "{name}\u00a0: {key} doit être un texte entre guillemets."),
    '{name}: {key} has to be a list of texts: ["..."].': (
        '{name}: {key} debe ser una lista de textos: ["..."].',
        '{name}\u00a0: {key} doit être une liste de textes\u00a0: ["..."].',
    ),
    "{name}: {key} has to be a text or a list of texts.": (
        "{name}: {key} debe ser un texto o una lista de textos.",
        "{name}\u00a0: {key} doit être un texte ou une liste de textes.",
    ),
    "{name}: there is no role {value}.": ("{name}: no existe el documento de tipo {value}.", "{name}\u00a0: il n’y a pas de document de type {value}."),
    "The roles are {roles}.": ("Los tipos son {roles}.", "Les types sont {roles}."),
    "Correct that line of {name}.": ("Corrija esa línea de {name}.", "Corrigez cette ligne de {name}."),
    "Name the file itself.": ("Indique el archivo mismo.", "Indiquez le fichier lui-même."),
    "Open it in Word, save it as .docx without a password, and add that one.": (
        "Ábralo en Word, guárdelo como .docx sin contraseña y añada ese.",
        "Ouvrez-le dans Word, enregistrez-le au format .docx sans mot de passe, et ajoutez celui-là.",
    ),
    "Rename it so that its name ends in {suffix}, and add it again.": (
        "Cámbiele el nombre para que termine en {suffix} y añádalo de nuevo.",
        "Renommez-le pour que son nom finisse par {suffix}, et ajoutez-le de nouveau.",
    ),
    "Shorten {name}, or delete it.": ("Acorte {name}, o elimínelo.", "Raccourcissez {name}, ou supprimez-le."),
    "{name} holds {count} characters, more than the {most} that are read.": (
        "{name} contiene {count} caracteres, más de los {most} que se leen.",
        "{name} contient {count} caractères, plus que les {most} qui sont lus.",
    ),
    "{name} holds only pictures, more than OCR reads in its time.": (
        "{name} solo contiene imágenes, más de las que el OCR lee en su tiempo.",
        "{name} ne contient que des images, plus que la reconnaissance de texte n’en lit dans son temps.",
    ),
    "{name} is {type} by its content.": ("{name} es, por su contenido, {type}.", "{name} est, par son contenu, {type}."),
    "{name} is a folder or a device, not a file.": (
        "{name} es una carpeta o un dispositivo, no un archivo.",
        "{name} est un dossier ou un périphérique, pas un fichier.",
    ),
    "{name} is damaged and cannot be read.": ("{name} está dañado y no se puede leer.", "{name} est endommagé et ne peut pas être lu."),
    "{name} is larger than the {most} kB that are read.": (
        "{name} ocupa más de los {most} kB que se leen.",
        "{name} dépasse les {most} ko qui sont lus.",
    ),
    "{name} is protected by a password, or in the format of Word before 2007.": (
        "{name} está protegido con contraseña, o en el formato de Word anterior a 2007.",
        "{name} est protégé par un mot de passe, ou au format de Word antérieur à 2007.",
    ),
    "{name} unpacks to {size} MB in {parts} parts, more than the {most} MB in {limit} that are read.": (
        "{name} se descomprime en {size} MB y {parts} partes, más de los {most} MB y las {limit} que se leen.",
        "{name} se décompresse en {size} Mo et {parts} parties, plus que les {most} Mo et les {limit} qui sont lus.",
    ),
}
