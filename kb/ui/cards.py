"""A passage as a card: its quote marked, its badges, its page and its reference. All text is escaped here."""

import re
from html import escape

from kb.cite import reference, shown
from kb.records import Citation, Hit, PageRun, Passage, Question
from kb.taxonomy import criterion_label, kind_label
from kb.ui.addresses import see_address
from kb.ui.word_marks import marked
from kb.ui.words import language_name, say


def citation_card(citation: Citation, anchor: str, language: str) -> str:
    """A cited passage with its quote marked. `anchor` is its element's id, to which the marks in the answer point."""
    number, back = citation.number, say("card.back", language)
    link = f'<a class="number" href="#{anchor}" data-back="{anchor}" title="{back}">{number}<span class="unseen"> {back}</span></a>'
    name = say("card.number", language, n=number)
    return _card(citation, language, f'id="{anchor}" tabindex="-1" aria-label="{name}"', link, quote_in_passage(citation))


def hit_card(hit: Hit, language: str, question: Question | None = None) -> str:
    """A passage found: whole, nothing marked as a quote; the words that `question` looks for marked."""
    text = _breaks(marked(hit.passage.text, hit.passage.language, question))
    return _card(hit_citation(hit), language, "", "", text)


def close_card(hit: Hit, language: str) -> str:
    """A passage near to a question that it does not answer."""
    label = f'<span class="badge close">{say("card.closest", language)}</span>'
    return _card(hit_citation(hit), language, 'data-close=""', label, prose(hit.passage.text))


def hit_citation(hit: Hit) -> Citation:
    """The citation of a whole passage found."""
    passage = hit.passage
    return Citation(hit.rank, passage.text, passage, hit.report, passage.start, passage.end)


def quote_in_passage(citation: Citation) -> str:
    """The passage with the quote marked, as far as the quote reaches; the quote alone where it stands outside the passage."""
    text, passage = citation.report.text, citation.passage
    apart = citation.end <= passage.start or passage.end <= citation.start
    before = "" if apart else text[passage.start : citation.start]  # empty where the quote begins earlier
    after = "" if apart else text[citation.end : passage.end]
    return f"{prose(before)}<mark>{prose(citation.quote)}</mark>{prose(after)}"


def prose(text: str) -> str:
    """A report's words as HTML: layout marks hidden, everything escaped, an empty line kept as a break."""
    return _breaks(escape(shown(text)))


def _breaks(html: str) -> str:
    return re.sub(r"[ \t]*\n\s*\n\s*", "<br><br>", html)


def kind_badge(kind: str, language: str, plural: bool = False) -> str:
    """The badge of a kind, in the singular or the plural."""
    return f'<span class="badge kind {kind}">{escape(kind_label(kind, language, plural))}</span>'


def _card(citation: Citation, language: str, attributes: str, opening: str, quote: str) -> str:
    passage = citation.passage
    heading = f'<p class="heading">{escape(shown(passage.heading))}</p>' if passage.heading else ""
    return (
        f'<article class="card" {attributes}><header>{opening}{_badges(passage, language)}</header>{heading}'
        f'<blockquote lang="{escape(passage.language)}">{quote}</blockquote>{_source(citation, language)}</article>'
    )


def _badges(passage: Passage, language: str) -> str:
    kind = "" if passage.kind == "other" else kind_badge(passage.kind, language)
    names = (escape(criterion_label(criterion, language)) for criterion in passage.criteria)
    return kind + "".join(f'<span class="badge criterion">{name}</span>' for name in names)


def _source(citation: Citation, language: str) -> str:
    """The report, the place in it, and under a fold the reference line to copy."""
    report = citation.report
    title = escape(shown(report.title))
    year = f" ({report.year})" if report.year else ""
    places = " · ".join(f"<span>{escape(place)}</span>" for place in _places(citation, language))
    return (
        f'<footer><p class="report" title="{title}">{title}{year}</p><p class="place">{places}</p>'
        f"{_actions(citation, language)}"
        f"<details><summary>{say('card.reference', language)}</summary>"
        f'<p class="reference">{escape(reference(citation, language))}</p></details></footer>'
    )


def _actions(citation: Citation, language: str) -> str:
    """What can be done with the passage."""
    report = citation.report
    see = say("viewer.open" if report.page_count else "viewer.open.text", language)
    copied = f"{shown(citation.quote)} ({reference(citation, language)})"
    return (
        f'<p class="actions"><button type="button" data-do="select" data-picks="{pick_name(citation)}" data-picked="{say("card.picked", language)}">'
        f'{say("card.pick", language)}</button><button type="button" data-see="{see_address(report, citation.start, citation.end)}">{see}</button>'
        f'<button type="button" data-copy="{escape(copied)}" data-copied="{say("card.copied", language)}">{say("card.copy", language)}</button></p>'
    )


def pick_name(citation: Citation) -> str:
    """A quote as the memo's button names it."""
    return f"{citation.passage.id}:{citation.start}:{citation.end}"


def _places(citation: Citation, language: str) -> list[str]:
    """Where the quote stands: printed page, page of the PDF, paragraph, language; only what is known."""
    page: PageRun = citation.page
    passage = citation.passage
    return [
        *([say("card.page", language, label=page.label)] if page.label else []),
        *([say("card.pdf", language, page=page.page)] if page.page is not None else []),
        *([say("card.paragraph", language, number=passage.paragraph)] if passage.paragraph else []),
        *([] if page.label or page.page is not None else [say("card.no_page", language)]),
        language_name(passage.language, language),
        *([say("card.ocr", language)] if passage.ocr else []),
    ]
