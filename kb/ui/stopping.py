"""An answer that ends when its reader no longer waits for it."""

from threading import Event
from typing import Any, cast

from kb.library import Library


class Stopped(Exception):
    """The reader no longer waits. No error: nothing is said of it."""


class _Stoppable:
    """A library whose every verb raises Stopped once `halt` is set. All that an answer does goes through them, so it ends within one."""

    def __init__(self, library: Library, halt: Event) -> None:
        self._library, self._halt = library, halt

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a verb of the library
        if self._halt.is_set():
            raise Stopped
        return getattr(self._library, name)


def stoppable(library: Library, halt: Event) -> Library:
    """`library` for an answer that ends, by raising Stopped, once `halt` is set."""
    return cast(Library, _Stoppable(library, halt))
