"""The door of the app. Every request passes it before Gradio or any page sees it: it asks where the request comes from, how much
it brings, and who sent it, and each answer leaves through it with the headers that keep a browser to this app."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.accounts import Account, accounts, plain_name
from kb.errors import InvalidRequest, KBError
from kb.ui.headers import LASTING, with_headers
from kb.ui.limits import Buckets, Limits, Measured, TooLarge, network
from kb.ui.logging_in import LoggingIn
from kb.ui.login import language_of
from kb.ui.readers import KEY, Reader
from kb.ui.words import say

READY = ("/health", "/ready")
STARTS = "/gradio_api/startup-events"  # the app asks itself when it starts
UPLOAD = "/gradio_api/upload"
# What of Gradio's own addresses the page and programs need. The others give out files of its folders, fetch from other machines or watch.
GRADIOS = re.compile(
    r"/gradio_api/(startup-events|info/?|openapi\.json|app_id/?|login_check/?|theme\.css|queue/(join|data)|call/.+|cancel|reset/?"
    r"|heartbeat/\w+|upload|upload_progress|mcp(/.*)?)"
)
QUEUED = re.compile(r"/gradio_api/(queue/join|call/)")
CLOSED = ("/monitoring", "/svelte/", "/gradio_api")


@dataclass(frozen=True, slots=True)
class Rules:
    """How the app is served. As it stands: on this machine only, and everyone on it may do everything."""

    host: str = "127.0.0.1"
    accounts: Path | None = None  # the folder whose accounts log in
    header: str = ""  # in which a proxy names who it has logged in, instead
    proxies: tuple[str, ...] = ()  # addresses whose word on that, and on whom they ask for, is taken
    https: bool = False  # readers come by https, and sessions go by nothing else
    certificate: Path | None = None
    key: Path | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def everyone(self) -> bool:
        """Whether nobody is asked who they are."""
        return not (self.accounts or self.header)


class Door:
    """The middleware, around all of the app."""

    def __init__(self, app: ASGIApp, rules: Rules, ready: Callable[[], bool]) -> None:
        self._app, self._rules, self._ready = app, rules, ready
        self._buckets = Buckets(rules.limits)
        self._logging_in = LoggingIn(rules.accounts, rules.https) if rules.accounts and not rules.header else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # the app has none
        else:
            await self._pass(Request(scope, receive), with_headers(send, scope["path"]))

    async def _pass(self, request: Request, send: Send) -> None:
        most = self._most(request)
        measured = Measured(request.receive, most)
        begun = full = False

        async def sent(message: Message) -> None:
            nonlocal begun, full
            if measured.too_large and not begun:  # what came was cut, and whoever read it has something else to say of that
                raise TooLarge
            begun = True
            if message.get("status") == 503 and QUEUED.match(request.scope["path"]):  # Gradio tells it in English, and with its numbers
                full = True
                await _refusal(request, 503, "access.busy", headers={"Retry-After": "5"})(request.scope, request.receive, send)
            if not full:
                await send(message)

        try:
            await (await self._answer(Request(request.scope, measured), most))(request.scope, measured, sent)
        except TooLarge:
            if begun:
                raise
            await _refusal(request, 413, "access.too_large", most=max(1, most // 2**20))(request.scope, request.receive, send)

    async def _answer(self, request: Request, most: int) -> ASGIApp:
        """What answers: a refusal, the door itself, or the app behind it."""
        path, client = request.scope["path"], address_of(request, self._rules.proxies)
        if path in READY:
            return await self._state(path)
        if not self._own(request):
            return _refusal(request, 403, "access.foreign" if self._named_here(request) else "access.host")
        if int(request.headers.get("content-length") or 0) > most:
            raise TooLarge
        reader = self._reader(request)
        if not path.startswith(LASTING) and not self._buckets.take(reader.name if reader and reader.name else client):
            return _refusal(request, 429, "access.too_many", headers={"Retry-After": "5"})
        if self._logging_in and path in ("/login", "/logout"):
            return await self._logging_in.answer(request, client)
        if reader is None and path != STARTS:
            return self._strangers(request)
        if path in ("/login", "/logout") or (path.startswith(CLOSED) and not GRADIOS.fullmatch(path)):
            return _refusal(request, 404, "access.not_served")
        request.scope[KEY] = reader or Reader()
        return self._app

    async def _state(self, path: str) -> Response:
        ready = path == "/health" or await run_in_threadpool(self._ready)
        return JSONResponse({"status": "up" if path == "/health" else "ready" if ready else "not ready"}, status_code=200 if ready else 503)

    def _named_here(self, request: Request) -> bool:
        """Where the app is served on this machine alone, whether it is called by this machine's name: another site's name, which
        that site made lead here, would make its pages the app's own."""
        if not loopback(self._rules.host) or self._rules.proxies:
            return True
        told = re.fullmatch(r"(\[[0-9a-f:]+\]|[\w.-]+)(:\d+)?", request.headers.get("host", "").lower())
        return bool(told) and loopback(told[1])

    def _own(self, request: Request) -> bool:
        """Whether a request comes from the app's own pages, or from no page at all; and, on this machine alone, to its own name."""
        host, origin = request.headers.get("host", "").lower(), request.headers.get("origin")
        if not self._named_here(request):
            return False
        if origin is not None:
            told = urlsplit(origin.lower()) if origin.isprintable() else urlsplit("")
            return told.netloc == host.removesuffix(":443" if told.scheme == "https" else ":80") and (told.scheme == "https" or not self._rules.https)
        return request.method in ("GET", "HEAD") or request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")

    def _most(self, request: Request) -> int:
        limits = self._rules.limits
        return limits.upload if request.scope["path"] == UPLOAD else 8192 if request.scope["path"] == "/login" else limits.body

    def _reader(self, request: Request) -> Reader | None:
        """Who asks; None for whoever has not said so."""
        if self._rules.everyone:
            return Reader(editor=True)
        try:
            known = accounts(self._rules.accounts) if self._rules.accounts else {}
        except KBError:
            return None
        if self._logging_in:
            account = self._logging_in.account(request, known)
            return Reader(account.name, account.role == "editor", logged_in=True) if account else None
        return _named(request, self._rules, known)

    def _strangers(self, request: Request) -> Response:
        page = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
        if self._logging_in and page:
            query = request.scope["query_string"].decode("latin-1")
            goal = quote(request.scope["path"]) + (f"?{query}" if query else "")
            return RedirectResponse("/login" + ("" if goal == "/" else "?" + urlencode({"next": goal})), status_code=303)
        return _refusal(request, 401, "access.log_in" if self._logging_in else "access.unknown")


def address_of(request: Request, proxies: tuple[str, ...]) -> str:
    """Where a request comes from; what a proxy of ours says of it is believed, as far as that proxy wrote it."""
    peer = request.client.host if request.client else ""
    told = ",".join(request.headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
    return network(told if told and peer in proxies else peer)


def _named(request: Request, rules: Rules, known: dict[str, Account]) -> Reader | None:
    """Whom the proxy names, once; a header from anyone else is nothing."""
    told = request.headers.getlist(rules.header)
    if len(told) != 1 or request.client is None or request.client.host not in rules.proxies:
        return None
    try:
        name = plain_name(told[0].encode("latin-1").decode("utf-8"))
    except (InvalidRequest, UnicodeError):
        return None
    return Reader(name, name in known and known[name].role == "editor")


def loopback(host: str) -> bool:
    """Whether an address is this machine's own, that no other reaches."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _refusal(request: Request, status: int, key: str, headers: dict[str, str] | None = None, **values: object) -> Response:
    """Why not, in a sentence of the reader's language, in the form in which Gradio's page shows it."""
    return JSONResponse({"detail": say(key, language_of(request), **values)}, status_code=status, headers=headers)
