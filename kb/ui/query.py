"""A search as an address: `/?tab=search&q=...&criterion=...`. What it does not know, it passes over."""

from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

from kb.records import Filters
from kb.taxonomy import CRITERIA, KINDS

NAMES = {  # field of Filters -> its name in an address
    "criteria": "criterion", "kinds": "kind", "reports": "report", "countries": "country", "years": "year", "languages": "language", "codes": "code",
}  # fmt: skip
ALLOWED = {"criteria": CRITERIA, "kinds": KINDS}
PAGE = "p"  # in an address; "page" is a word of Gradio's own, which answers with an error to a page that it does not know
LONGEST = 1000  # characters of the words
SORTS = ("relevance", "report")
VIEWS = ("passages", "reports", "years")  # the passages found, or the coverage of reports or years by criteria


@dataclass(frozen=True, slots=True)
class Query:
    """A search: words, filters, and how its results are shown."""

    words: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: str = "relevance"
    page: int = 1
    view: str = "passages"

    @property
    def address(self) -> str:
        """The address that opens this search."""
        chosen = [(name, value) for field_, name in NAMES.items() for value in getattr(self.filters, field_)]
        shown = [("sort", self.sort), (PAGE, self.page), ("view", self.view)]
        plain = [("sort", SORTS[0]), (PAGE, 1), ("view", VIEWS[0])]
        return "/?" + urlencode(
            [("tab", "search"), *([("q", self.words)] if self.words else []), *chosen, *(pair for pair in shown if pair not in plain)]
        )

    def with_filters(self, filters: Filters) -> "Query":
        """The same search, narrowed otherwise, from its first page on."""
        return replace(self, filters=filters, page=1)


def parse(address: str) -> Query:
    """The search that `address`, or its part after the question mark, names."""
    said = parse_qs(address.partition("?")[2] if "?" in address else address)
    filters = Filters(**{name: _values(said.get(short, []), name) for name, short in NAMES.items()})
    page = _first(said, PAGE)
    return Query(
        words=_first(said, "q")[:LONGEST],
        filters=filters,
        sort=_one_of(_first(said, "sort"), SORTS),
        page=max(1, int(page)) if _whole(page) else 1,
        view=_one_of(_first(said, "view"), VIEWS),
    )


def _values(said: list[str], name: str) -> tuple[str | int, ...]:
    once = tuple(dict.fromkeys(said))
    if name in ("reports", "years"):
        return tuple(int(value) for value in once if _whole(value))
    return tuple(value for value in once if value in ALLOWED.get(name, once))


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _first(said: dict[str, list[str]], name: str) -> str:
    return said.get(name, [""])[0]


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    return text if text in allowed else allowed[0]
