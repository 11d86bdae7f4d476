"""Logging in and out: the page, the password, the session's cookie."""

from asyncio import Semaphore
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from kb.accounts import Account, accounts, nobody, plain_name, proves
from kb.errors import InvalidRequest
from kb.ui.log import act
from kb.ui.login import inside, language_of, login_page
from kb.ui.sessions import LONGEST, Sessions, Throttle
from kb.ui.words import say

COOKIE = "kb-session"
AT_ONCE = 2  # passwords verified: each takes 64 MB for a moment


class LoggingIn:
    """/login and /logout of the app, and whose session a request belongs to."""

    def __init__(self, folder: Path, https: bool) -> None:
        self._folder, self._https = folder, https
        self._sessions, self._throttle, self._free = Sessions(), Throttle(), Semaphore(AT_ONCE)
        nobody()  # made now, so that the first unknown name takes no longer than the next

    def account(self, request: Request, known: dict[str, Account]) -> Account | None:
        """Who is logged in. A page left open asks by itself whether the app is up: that does not keep a session."""
        token = request.cookies.get(self._cookie(request), "")
        return self._sessions.account(token, known, active=not request.scope["path"].startswith("/gradio_api/heartbeat"))

    async def answer(self, request: Request, client: str) -> Response:
        """What /login and /logout say."""
        if request.scope["path"] == "/logout":
            return self._leave(request) if request.method == "POST" else RedirectResponse("/", status_code=303)
        if request.method != "POST":
            return HTMLResponse(login_page(language_of(request), inside(request.query_params.get("next", "/"))))
        async with request.form(max_files=0, max_fields=10) as form:
            told = {name: str(form.get(name, "")) for name in ("username", "password", "next")}
        return await self._try(request, client, told)

    async def _try(self, request: Request, client: str, told: dict[str, str]) -> Response:
        try:
            name = plain_name(told["username"])
        except InvalidRequest:
            name = told["username"][:64]  # no account has it, and that takes as long to say
        if wait := self._throttle.wait(name, client):
            return self._again(request, told, 429, say("login.wait", language_of(request), seconds=wait), {"Retry-After": str(wait)})
        self._throttle.failed(name, client)
        account = accounts(self._folder).get(name)
        async with self._free:
            right = await run_in_threadpool(proves, account, told["password"])
        if account is None or not right:
            act("log-in refused", name=name, address=client)
            return self._again(request, told, 401, say("login.wrong", language_of(request)))
        self._throttle.succeeded(name, client)
        act("log-in", name=name, address=client)
        return self._enter(request, account, told["next"])

    def _enter(self, request: Request, account: Account, goal: str) -> Response:
        self._sessions.end(request.cookies.get(self._cookie(request), ""))
        answer = RedirectResponse(inside(goal), status_code=303) if _by_browser(request) else JSONResponse({"success": True})
        answer.set_cookie(
            self._cookie(request), self._sessions.begin(account), max_age=LONGEST, httponly=True, samesite="lax", secure=self._secure(request)
        )
        return answer

    def _leave(self, request: Request) -> Response:
        self._sessions.end(request.cookies.get(self._cookie(request), ""))
        answer = RedirectResponse("/login", status_code=303)
        answer.delete_cookie(self._cookie(request), httponly=True, samesite="lax", secure=self._secure(request))
        return answer

    def _again(self, request: Request, told: dict[str, str], status: int, problem: str, headers: dict[str, str] | None = None) -> Response:
        if not _by_browser(request):
            return JSONResponse({"detail": problem}, status_code=status, headers=headers)
        page = login_page(language_of(request), inside(told["next"]), told["username"][:64], problem)
        return HTMLResponse(page, status_code=status, headers=headers)

    def _secure(self, request: Request) -> bool:
        return self._https or request.url.scheme == "https"

    def _cookie(self, request: Request) -> str:
        """By https the name is one that a browser takes from this host alone."""
        return f"__Host-{COOKIE}" if self._secure(request) else COOKIE


def _by_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
