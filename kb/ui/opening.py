"""The library while it opens: built from the corpus on first start, its model loaded, all in the background."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread

from kb.errors import KBError
from kb.facets import Finder
from kb.folder import store_in
from kb.library import Library
from kb.plain import tell
from kb.ui.words import language_name

Progress = Callable[[int, int], None]  # (done, in all)
AddReports = Callable[[Library, list[Path], Progress], None]
OpenLibrary = Callable[[Path], Library]

UNEXPECTED = KBError("The library could not be opened.", "The terminal in which the app was started says why.")


@dataclass(frozen=True, slots=True)
class Stage:
    """How far the opening is: `name` is opening, building, loading, ready or failed."""

    name: str = "opening"
    percent: int = 0

    @property
    def over(self) -> bool:
        return self.name in ("ready", "failed")


class Opening:
    """Opens the library in `folder` in a thread of its own; every page asks it for the library."""

    def __init__(self, folder: Path, corpus: Path, add: AddReports, open_library: OpenLibrary | None = None) -> None:
        """`add` reads files into a library; it is given `corpus`, the folder of the reports, where the library holds none yet."""
        self.folder = folder
        self.stage = Stage()
        self.problem: KBError | None = None
        self.corpus = corpus
        self._add = add
        self._open = open_library or partial(Library.open, create=True)
        self._library: Library | None = None
        self._finder: Finder | None = None
        self._over = Event()

    def start(self) -> None:
        """Begin, and return at once."""
        Thread(target=self._run, name="opening the library", daemon=True).start()

    def wait(self, halt: Event | None = None) -> None:
        """Until the library is open or has failed to, or, at most a moment later, `halt` is set."""
        while not self._over.wait(0.1 if halt else None) and not halt.is_set():
            pass

    def library(self) -> Library:
        """The library, once it is open and its model loaded. Raises the KBError that kept it closed."""
        self._over.wait()
        if self.problem or self._library is None:
            raise self.problem or UNEXPECTED
        return self._library

    def finder(self) -> Finder:
        """What searches the library for every page, and remembers the last searches, once it is open."""
        self.library()
        return self._finder

    def ready(self) -> bool:
        """Whether questions are answered: the library is open, and its file is there and can be read now."""
        try:
            with closing(store_in(self.folder)):
                return self.stage.name == "ready"
        except KBError:
            return False

    def close(self) -> None:
        """Close the library, when the app stops."""
        self._over.wait()
        if self._library:
            self._library.close()

    def _run(self) -> None:
        try:
            self._library = self._open(self.folder)
            if not self._library.reports():
                self._build(self._library)
            tell(describe(self._library))
            self.stage = Stage("loading")
            self._library.embedder.load()
            self._library.vocabulary()  # so that the first question need not wait for it
            self._finder = Finder(self._library)
            self._finder.find("")  # what every page shows first
            self.stage = Stage("ready")
        except KBError as problem:
            self.problem = problem
            tell(problem)
        finally:
            if not self.stage.over:
                self.problem = self.problem or UNEXPECTED
                self.stage = Stage("failed")
            self._over.set()

    def _build(self, library: Library) -> None:
        def progress(done: int, total: int) -> None:
            self.stage = Stage("building", 100 * done // max(1, total))

        progress(0, 1)
        self._add(library, [self.corpus], progress)


def describe(library: Library) -> str:
    """One line for the terminal: the model, the languages it reads, how many reports and passages."""
    reports, passages = library.counts()
    languages = library.embedder.languages
    scope = ", ".join(language_name(code, "en") for code in languages) if languages else "languages not stated"
    return f"Model {library.embedder.name} ({scope}). Library {library.folder.name}: reports {reports}, passages {passages}."
