"""The log-in page: it is all in one answer, so that nothing else of the app is served to whoever is not logged in."""

from html import escape
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request

from kb.ui.words import LANGUAGES, say

STYLES = [Path(__file__).parent / name for name in ("style.css", "login.css")]
THEME = "if (matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.classList.add('dark');"


def login_page(language: str, goal: str = "/", name: str = "", problem: str = "") -> str:
    """The page in `language`; `goal` is where the reader wanted to go, `problem` why the last attempt did not do."""
    style = "\n".join(file.read_text(encoding="utf-8") for file in STYLES)
    told = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{say("login.heading", language)} · {say("title", language)}</title>'
        f'<style>body {{ margin: 0; min-height: 100vh; }}\n{style}</style><script>{THEME}</script></head><body class="gradio-container">'
        f'<main class="login"><h1>{say("title", language)}</h1><h2>{say("login.heading", language)}</h2>{told}'
        f'<form method="post" action="/login?{escape(urlencode({"language": language}))}"><input type="hidden" name="next" value="{escape(goal)}">'
        f"{_field('username', name, 'login.name', language, 'text', 'username')}"
        f"{_field('password', '', 'login.password', language, 'password', 'current-password')}"
        f'<button type="submit">{say("login.button", language)}</button></form>{_languages(language, goal)}</main></body></html>'
    )


def _field(name: str, value: str, key: str, language: str, kind: str, filled_by: str) -> str:
    rest = " autofocus" if name == "username" else ""
    return (
        f'<label>{say(key, language)}<input type="{kind}" name="{name}" value="{escape(value)}" autocomplete="{filled_by}" '
        f'autocapitalize="none" spellcheck="false" maxlength="1000" required{rest}></label>'
    )


def _languages(language: str, goal: str) -> str:
    links = (
        f'<a href="/login?{escape(urlencode({"language": code, "next": goal}))}" lang="{code}">{name}</a>'
        for code, name in LANGUAGES.items()
        if code != language
    )
    return f"<nav>{''.join(links)}</nav>"


def leave(name: str, logged_in: bool, language: str) -> str:
    """What stands in the app's head: who is logged in, and the button to log out; nothing where there are no accounts."""
    if not name:
        return ""
    button = f'<form method="post" action="/logout"><button type="submit">{say("login.out", language)}</button></form>' if logged_in else ""
    return f'<span class="who">{escape(name)}</span>{button}'


def language_of(request: Request) -> str:
    """The language the address names, else the first of the browser's that the app speaks, else English."""
    said = request.query_params.get("language", "")
    wanted = [said, *(part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))]
    return next((code for code in wanted if code in LANGUAGES), "en")


def inside(goal: str) -> str:
    """`goal` if it is an address of this app, else its first page: a log-in never leads elsewhere."""
    plain = goal.startswith("/") and not goal.startswith(("//", "/\\", "/login", "/logout")) and goal.isprintable() and "\\" not in goal
    return goal if plain and len(goal) <= 2000 else "/"
