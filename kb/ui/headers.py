"""What every answer tells the browser: whom to load from, who may frame it, what not to keep."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

LASTING = ("/static/", "/assets/")  # Gradio's own scripts, styles and fonts: nothing of a report in them
POLICY = {  # Gradio's page holds scripts in itself and makes functions of text; it loads nothing from elsewhere
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def with_headers(send: Send, path: str) -> Send:
    """`send`, each answer with the headers above; only what is the same for everyone may be kept by a browser or a proxy."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            if not path.startswith(LASTING):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sent
