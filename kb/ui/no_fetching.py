"""Gradio fetches a file that a request names by its address on another machine, and the hub's library counts who uses it. This app
asks nothing of another machine, and tells it nothing."""

from typing import NoReturn

from gradio import processing_utils
from gradio.exceptions import InvalidPathError
from huggingface_hub import constants


async def refuse(url: str) -> NoReturn:
    """In the place of what fetches."""
    raise InvalidPathError("Files are taken from the reader's machine only, never from an address.")


def fetch_nothing() -> None:
    """From now on, in this process."""
    processing_utils.async_ssrf_protected_get = refuse
    constants.HF_HUB_DISABLE_TELEMETRY = True  # what the environment says of it was read when Gradio was loaded
