"""What is said, in English, of the library, its model, its pages and memos, in Spanish and in French.

The key is the English sentence, its names and numbers as {fields}. A problem and its remedy are sentences of their own.
"""

_ES_MOVE = "aparte la carpeta de la biblioteca y ejecute `python -m ingest corpus/` para rehacerla a partir de los informes."
_FR_MOVE = "mettez le dossier de la bibliothèque de côté et lancez `python -m ingest corpus/` pour la refaire à partir des rapports."
_EN_MEMO = 'Open a file that was saved with "Save memo" or python -m kb memo --to memo.json.'

SENTENCES: dict[str, tuple[str, str]] = {
    # the library
    "There is no library in {folder}.": ("No hay ninguna biblioteca en {folder}.", "Il n’y a pas de bibliothèque dans {folder}."),
    "Make one: python -m ingest corpus/": ("Cree una: python -m ingest corpus/", "Créez-en une\u00a0: python -m ingest corpus/"),
    "The folder {folder} cannot be made ({error}).": (
        "La carpeta {folder} no se puede crear ({error}).",
        "Le dossier {folder} ne peut pas être créé ({error}).",
    ),
    "Name another one with --library DIR.": ("Indique otra con --library DIR.", "Indiquez-en un autre avec --library DIR."),
    "The library's database {name} cannot be read ({error}).": (
        "La base de datos de la biblioteca, {name}, no se puede leer ({error}).",
        "La base de données de la bibliothèque, {name}, ne peut pas être lue ({error}).",
    ),
    "Move the library folder aside and run `python -m ingest corpus/` to build it again from the reports.": (
        f"A{_ES_MOVE[1:]}",
        f"M{_FR_MOVE[1:]}",
    ),
    "Restore a backup (python -m kb restore FILE), or move the library folder aside and run `python -m ingest corpus/` "
    "to build it again from the reports.": (
        f"Restaure una copia de seguridad (python -m kb restore FILE), o {_ES_MOVE}",
        f"Restaurez une sauvegarde (python -m kb restore FILE), ou {_FR_MOVE}",
    ),
    "The library was made by a newer version of this tool (format {version}, this one reads {own}).": (
        "La biblioteca se creó con una versión más nueva de esta herramienta (formato {version}; esta lee el {own}).",
        "La bibliothèque a été créée par une version plus récente de cet outil (format {version}\u00a0; celle-ci lit le {own}).",
    ),
    "Update the tool, or build another library with `--library DIR`.": (
        "Actualice la herramienta, o cree otra biblioteca con `--library DIR`.",
        "Mettez l’outil à jour, ou créez une autre bibliothèque avec `--library DIR`.",
    ),
    "Another ingestion is writing to the library.": (
        "Se están leyendo otros informes para la biblioteca.",
        "D’autres rapports sont en cours de lecture pour la bibliothèque.",
    ),
    "Another process is writing to the library.": (
        "Otro proceso está escribiendo en la biblioteca.",
        "Un autre processus écrit dans la bibliothèque.",
    ),
    "Another ingestion has changed the library meanwhile.": (
        "Mientras tanto, la biblioteca cambió al leerse otros informes.",
        "Entre-temps, la lecture d’autres rapports a modifié la bibliothèque.",
    ),
    "Wait until it has finished, then run this again.": ("Espere a que termine y vuelva a intentarlo.", "Attendez la fin, puis recommencez."),
    "The library has no report number {number}.": (
        "La biblioteca no tiene el informe número {number}.",
        "La bibliothèque n’a pas de rapport numéro {number}.",
    ),
    "It may have been removed: search again.": (
        "Puede que se haya eliminado: busque de nuevo.",
        "Il a peut-être été supprimé\u00a0: cherchez de nouveau.",
    ),
    "The library could not be opened.": ("No se pudo abrir la biblioteca.", "La bibliothèque n’a pas pu être ouverte."),
    "The terminal in which the app was started says why.": (
        "La terminal desde la que se inició la aplicación dice por qué.",
        "Le terminal d’où l’application a été lancée dit pourquoi.",
    ),
    "The glossary {name} has a term that is no text.": (
        "El glosario {name} tiene un término que no es texto.",
        "Le glossaire {name} a un terme qui n’est pas du texte.",
    ),
    "The glossary {name} cannot be read ({error}).": (
        "El glosario {name} no se puede leer ({error}).",
        "Le glossaire {name} ne peut pas être lu ({error}).",
    ),
    "Give each concept a line such as: {line}": (
        "Dé a cada concepto una línea como: {line}",
        "Donnez à chaque concept une ligne comme\u00a0: {line}",
    ),
    # its model
    "The library was made with the model {name}, but {other} is set ({prints}).": (
        "La biblioteca se creó con el modelo {name}, pero está configurado {other} ({prints}).",
        "La bibliothèque a été créée avec le modèle {name}, mais c’est {other} qui est réglé ({prints}).",
    ),
    "Set KB_MODEL={name}, or embed the library anew: {command}": (
        "Configure KB_MODEL={name}, o calcule de nuevo los vectores de la biblioteca: {command}",
        "Réglez KB_MODEL={name}, ou recalculez les vecteurs de la bibliothèque\u00a0: {command}",
    ),
    "The library has been embedded with the model {name} since it was opened ({prints}).": (
        "Desde que se abrió la biblioteca, sus vectores se calcularon con el modelo {name} ({prints}).",
        "Depuis son ouverture, les vecteurs de la bibliothèque ont été calculés avec le modèle {name} ({prints}).",
    ),
    "Start again with KB_MODEL={name}.": ("Inicie de nuevo con KB_MODEL={name}.", "Relancez avec KB_MODEL={name}."),
    "The package with the default model is not installed.": (
        "No está instalado el paquete con el modelo predeterminado.",
        "Le paquet du modèle par défaut n’est pas installé.",
    ),
    "Run: {command}": ("Ejecute: {command}", "Lancez\u00a0: {command}"),
    "The embedding model {name} cannot be loaded ({error}).": (
        "No se puede cargar el modelo de vectores {name} ({error}).",
        "Le modèle de vecteurs {name} ne peut pas être chargé ({error}).",
    ),
    "The cross-encoder {name} cannot be loaded ({reason}).": (
        "No se puede cargar el modelo de reordenación {name} ({reason}).",
        "Le modèle de reclassement {name} ne peut pas être chargé ({reason}).",
    ),
    "Set KB_RERANKER to a model's folder on this machine, or unset it to search without.": (
        "Ponga en KB_RERANKER la carpeta de un modelo de este equipo, o quítelo para buscar sin él.",
        "Mettez dans KB_RERANKER le dossier d’un modèle de cet ordinateur, ou retirez-le pour chercher sans lui.",
    ),
    "{path} has no thresholds that can be read.": (
        "{path} no contiene umbrales que se puedan leer.",
        "{path} ne contient pas de seuils lisibles.",
    ),
    "Make it anew: python -m kb calibrate GOLD.jsonl": (
        "Créelo de nuevo: python -m kb calibrate GOLD.jsonl",
        "Créez-le à nouveau\u00a0: python -m kb calibrate GOLD.jsonl",
    ),
    "Thresholds are found between two kinds of questions, and the file has one.": (
        "Los umbrales se hallan entre dos clases de preguntas, y el archivo solo tiene una.",
        "Les seuils se trouvent entre deux sortes de questions, et le fichier n’en a qu’une.",
    ),
    "Add questions that must be declined, or answered.": (
        "Añada preguntas que deban quedar sin respuesta, o con ella.",
        "Ajoutez des questions à laisser sans réponse, ou à répondre.",
    ),
    "Set KB_MODEL to a model's folder on this machine, or unset it to use the model that comes with the tool.": (
        "Ponga en KB_MODEL la carpeta de un modelo de este equipo, o quítelo para usar el modelo que trae la herramienta.",
        "Mettez dans KB_MODEL le dossier d’un modèle de cet ordinateur, ou retirez-le pour utiliser le modèle fourni avec l’outil.",
    ),
    # questions and searches
    "The question could not be answered because of an error in the tool.": (
        "No se pudo responder a la pregunta por un error de la herramienta.",
        "La question est restée sans réponse à cause d’une erreur de l’outil.",
    ),
    "Ask again; if it happens again, the terminal says why.": (
        "Pregunte de nuevo; si vuelve a ocurrir, la terminal dice por qué.",
        "Redemandez\u00a0; si cela se reproduit, le terminal dit pourquoi.",
    ),
    "Results are not written as {kind}.": ("Los resultados no se escriben como {kind}.", "Les résultats ne s’écrivent pas en {kind}."),
    "Ask for results.csv or results.xlsx.": ("Pida results.csv o results.xlsx.", "Demandez results.csv ou results.xlsx."),
    # pages and files
    "The pages of {name} cannot be shown.": ("Las páginas de {name} no se pueden mostrar.", "Les pages de {name} ne peuvent pas être affichées."),
    "Check that the file is there and opens in a PDF reader.": (
        "Compruebe que el archivo existe y que se abre en un lector de PDF.",
        "Vérifiez que le fichier existe et qu’il s’ouvre dans un lecteur PDF.",
    ),
    "{name} has no page {page}.": ("{name} no tiene página {page}.", "{name} n’a pas de page {page}."),
    "It has {count} pages.": ("Tiene {count} páginas.", "Il a {count} pages."),
    "The file {name} is no longer where it was read.": (
        "El archivo {name} ya no está donde se leyó.",
        "Le fichier {name} n’est plus là où il a été lu.",
    ),
    "Put it back, or delete the report.": ("Devuélvalo a su sitio, o elimine el informe.", "Remettez-le en place, ou supprimez le rapport."),
    "Only editors add, correct and delete reports.": (
        "Solo los editores añaden, corrigen y eliminan informes.",
        "Seuls les éditeurs ajoutent, corrigent et suppriment des rapports.",
    ),
    "Ask whoever keeps the accounts of this library.": (
        "Pregunte a quien administra las cuentas de esta biblioteca.",
        "Adressez-vous à la personne qui gère les comptes de cette bibliothèque.",
    ),
    "In the place of the file {name} there is now a link.": (
        "En el lugar del archivo {name} hay ahora un enlace.",
        "À la place du fichier {name} se trouve maintenant un lien.",
    ),
    "Put the file back, or delete the report.": (
        "Devuelva el archivo a su sitio, o elimine el informe.",
        "Remettez le fichier en place, ou supprimez le rapport.",
    ),
    # keeping it
    "See that the disk has space and that you may write in the folder, then do it again.": (
        "Compruebe que el disco tiene espacio y que usted puede escribir en la carpeta, y repítalo.",
        "Vérifiez que le disque a de la place et que vous pouvez écrire dans le dossier, puis recommencez.",
    ),
    "See that you may write in the folder, or name another one with --library DIR.": (
        "Compruebe que usted puede escribir en la carpeta, o indique otra con --library DIR.",
        "Vérifiez que vous pouvez écrire dans le dossier, ou indiquez-en un autre avec --library DIR.",
    ),
    "See that you may write in the folder, or name another one with --library DIR. Nothing in it was changed.": (
        "Compruebe que usted puede escribir en la carpeta, o indique otra con --library DIR. Nada ha cambiado en ella.",
        "Vérifiez que vous pouvez écrire dans le dossier, ou indiquez-en un autre avec --library DIR. Rien n’y a été modifié.",
    ),
    "Free some space there, then run this again. What was added before is kept.": (
        "Libere espacio en el disco y repítalo. Lo añadido antes se conserva.",
        "Libérez de la place sur le disque, puis recommencez. Ce qui a été ajouté avant est conservé.",
    ),
    "See that its disk has space and that you may write there, or name another file.": (
        "Compruebe que su disco tiene espacio y que usted puede escribir en él, o indique otro archivo.",
        "Vérifiez que son disque a de la place et que vous pouvez y écrire, ou indiquez un autre fichier.",
    ),
    "Name another file.": ("Indique otro archivo.", "Indiquez un autre fichier."),
    "Set KB_MODEL={name} and run this again.": ("Defina KB_MODEL={name} y repítalo.", "Définissez KB_MODEL={name}, puis recommencez."),
    "Update the tool.": ("Actualice la herramienta.", "Mettez l’outil à jour."),
    "Use another backup; the library is as it was.": (
        "Use otra copia de seguridad; la biblioteca está como estaba.",
        "Utilisez une autre sauvegarde\u00a0; la bibliothèque est restée telle quelle.",
    ),
    "{name} is no whole backup ({error}).": (
        "{name} no es una copia de seguridad completa ({error}).",
        "{name} n’est pas une sauvegarde complète ({error}).",
    ),
    "{name} is there already and is no backup.": (
        "{name} ya existe y no es una copia de seguridad.",
        "{name} existe déjà et n’est pas une sauvegarde.",
    ),
    "{name} was made by a newer version of this tool.": (
        "{name} se hizo con una versión más nueva de esta herramienta.",
        "{name} a été faite par une version plus récente de cet outil.",
    ),
    "The pages of {name} cannot be shown. {why}": (
        "Las páginas de {name} no se pueden mostrar. {why}",
        "Les pages de {name} ne peuvent pas être affichées. {why}",
    ),
    # memos
    "The file is not a memo file.": ("El archivo no es un memorando guardado.", "Le fichier n’est pas une note enregistrée."),
    "The file was saved by a newer version.": (
        "El archivo se guardó con una versión más nueva.",
        "Le fichier a été enregistré par une version plus récente.",
    ),
    "The file names a language, a style or a date that is none.": (
        "El archivo indica un idioma, un estilo o una fecha que no existen.",
        "Le fichier indique une langue, un style ou une date qui n’existent pas.",
    ),
    "The file holds more than {most} quotations.": ("El archivo contiene más de {most} citas.", "Le fichier contient plus de {most} citations."),
    _EN_MEMO: (
        "Abra un archivo guardado con «Guardar memorando» o con python -m kb memo --to memo.json.",
        "Ouvrez un fichier enregistré avec «\u202fEnregistrer la note\u202f» ou avec python -m kb memo --to memo.json.",
    ),
    "pandoc could not write the memo ({error}).": ("pandoc no pudo escribir el memorando ({error}).", "pandoc n’a pas pu écrire la note ({error})."),
    "Export it as Markdown.": ("Descárguelo como Markdown.", "Téléchargez-la en Markdown."),
    "pandoc is not installed.": ("pandoc no está instalado.", "pandoc n’est pas installé."),
    "Install it: {command}. Markdown needs no pandoc.": (
        "Instálelo: {command}. Markdown no necesita pandoc.",
        "Installez-le\u00a0: {command}. Markdown n’a pas besoin de pandoc.",
    ),
}
