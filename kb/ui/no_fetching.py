"""Gradio fetches a file that a request names by its address on another machine. This app asks nothing of another machine."""

from typing import NoReturn

from gradio import processing_utils
from gradio.exceptions import InvalidPathError


async def refuse(url: str) -> NoReturn:
    """In the place of what fetches."""
    raise InvalidPathError("Files are taken from the reader's machine only, never from an address.")


def fetch_nothing() -> None:
    """From now on, in this process."""
    processing_utils.async_ssrf_protected_get = refuse
