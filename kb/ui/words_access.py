"""What the door says: the log-in page, and why something is refused."""

WORDS: dict[str, dict[str, str]] = {
    "login.heading": {"es": "Iniciar sesión", "en": "Log in", "fr": "Se connecter"},
    "login.name": {"es": "Nombre de usuario", "en": "User name", "fr": "Nom d’utilisateur"},
    "login.password": {"es": "Contraseña", "en": "Password", "fr": "Mot de passe"},
    "login.button": {"es": "Entrar", "en": "Log in", "fr": "Se connecter"},
    "login.out": {"es": "Cerrar sesión", "en": "Log out", "fr": "Se déconnecter"},
    "login.wrong": {
        "es": "El nombre o la contraseña no son correctos.",
        "en": "The name or the password is not right.",
        "fr": "Le nom ou le mot de passe est incorrect.",
    },
    "login.wait": {
        "es": "Demasiados intentos. Vuelva a probar dentro de {seconds} s.",
        "en": "Too many attempts. Try again in {seconds} s.",
        "fr": "Trop de tentatives. Réessayez dans {seconds} s.",
    },
    "login.closed": {
        "es": "No se pueden leer las cuentas; avise a quien las lleva.",
        "en": "The accounts cannot be read; tell whoever keeps them.",
        "fr": "Les comptes sont illisibles ; prévenez la personne qui les gère.",
    },
    "access.log_in": {
        "es": "Su sesión ha terminado o no ha empezado. Inicie sesión y vuelva a intentarlo.",
        "en": "Your session is over, or has not begun. Log in and try again.",
        "fr": "Votre session est terminée ou n’a pas commencé. Connectez-vous et réessayez.",
    },
    "access.unknown": {
        "es": "No se sabe quién pregunta. Entre por la dirección de su oficina, que inicia la sesión.",
        "en": "It is not known who asks. Come through your office’s address, which logs you in.",
        "fr": "On ne sait pas qui demande. Passez par l’adresse de votre organisation, qui vous connecte.",
    },
    "access.foreign": {
        "es": "La petición viene de otra página y se ha rechazado. Abra la aplicación en su propia dirección.",
        "en": "The request comes from another page and was refused. Open the app at its own address.",
        "fr": "La requête vient d’une autre page et a été refusée. Ouvrez l’application à sa propre adresse.",
    },
    "access.host": {
        "es": "La aplicación solo responde en este equipo, con la dirección 127.0.0.1 o localhost.",
        "en": "The app answers on this machine only, at the address 127.0.0.1 or localhost.",
        "fr": "L’application ne répond que sur cet ordinateur, à l’adresse 127.0.0.1 ou localhost.",
    },
    "access.not_served": {"es": "Aquí no hay nada.", "en": "There is nothing here.", "fr": "Il n’y a rien ici."},
    "access.too_large": {
        "es": "Es demasiado grande: se admiten {most} MB a la vez. Añada los archivos por partes.",
        "en": "That is too large: {most} MB may be sent at once. Add the files in parts.",
        "fr": "C’est trop volumineux : {most} Mo peuvent être envoyés à la fois. Ajoutez les fichiers en plusieurs fois.",
    },
    "access.too_many": {
        "es": "Demasiadas peticiones en poco tiempo. Espere unos segundos y vuelva a intentarlo.",
        "en": "Too many requests in a short time. Wait a few seconds and try again.",
        "fr": "Trop de requêtes en peu de temps. Attendez quelques secondes et réessayez.",
    },
    "access.busy": {
        "es": "Hay demasiadas preguntas en espera. Vuelva a intentarlo dentro de un momento.",
        "en": "Too many questions are waiting. Try again in a moment.",
        "fr": "Trop de questions sont en attente. Réessayez dans un instant.",
    },
}
