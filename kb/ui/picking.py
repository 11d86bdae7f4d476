"""The button that puts a card's quote into the memo."""

from typing import Any

import gradio as gr

from kb.library import Library
from kb.ui.memo import add_pick
from kb.ui.page import QUIET, Frame

Picks = list[dict[str, Any]]


def let_pick(frame: Frame, cards: gr.HTML) -> None:
    """Have the buttons "add to memo" on these cards do so; `data-picks` of a button names one quote or several."""

    def pick(picks: Picks, event: gr.EventData) -> Picks:
        return _with(frame.opening.library(), picks, event.picks)

    cards.select(pick, frame.picks, frame.picks, **QUIET)


def _with(library: Library, picks: Picks, named: str) -> Picks:
    """`picks` with the quotes that `named` lists as "passage:start:end", parted by commas; what the library has not is passed over."""
    for name in named.split(","):
        parts = name.split(":")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            continue
        number, start, end = map(int, parts)
        for passage in library.passages([number]):
            report = library.report(passage.report_id)
            quote = report.text[start:end]
            if quote.strip():
                picks = add_pick(picks, {"report_path": report.path, "passage_id": number, "start": start, "end": end, "quote": quote})
    return picks
