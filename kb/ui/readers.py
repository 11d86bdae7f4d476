"""Who is at the other end of a request, and what they may do."""

from dataclasses import dataclass

import gradio as gr
from starlette.requests import Request

from kb.errors import KBError

KEY = "kb.reader"  # in a request's scope, where the door writes it
EDITORS_ONLY = KBError("Only editors add, correct and delete reports.", "Ask whoever keeps the accounts of this library.")


@dataclass(frozen=True, slots=True)
class Reader:
    """A name ("" where the app has no accounts), whether the library may be changed, and whether there is a session to leave."""

    name: str = ""
    editor: bool = False
    logged_in: bool = False


def reader_of(request: gr.Request | Request | None) -> Reader:
    """Who sent `request`; one who may only read where the door did not say."""
    inner = request.request if isinstance(request, gr.Request) else request
    return inner.scope.get(KEY, Reader()) if inner is not None else Reader()
