"""Names in an address that Gradio keeps for itself. To a `page` that it does not know it answers with an error, and to a `deep_link`
that leads nowhere with a complaint; the app has neither, so that whatever is typed after the question mark opens the ordinary page."""

from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Receive, Scope, Send

RESERVED = ("page", "deep_link")


class WithoutReserved:
    """The middleware around Gradio: the address of the page reaches it without them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/":
            scope = scope | {"query_string": without_reserved(scope["query_string"])}
        await self._app(scope, receive, send)


def without_reserved(query: bytes) -> bytes:
    """What stands after the question mark, less what Gradio would take for its own."""
    return b"&".join(part for part in query.split(b"&") if unquote_plus(part.partition(b"=")[0].decode("latin-1")) not in RESERVED)
