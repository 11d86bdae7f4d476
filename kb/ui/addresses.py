"""Addresses inside the app, ready to stand in an attribute."""

from html import escape
from urllib.parse import urlencode

from kb.records import Report


def see_address(report: Report, start: int, end: int, page: int = 0) -> str:
    """Where the browser finds the page, or the text, around `start:end`; `page` is another page of the file than the quote's."""
    return escape(f"/see/{report.id}?" + urlencode({"start": start, "end": end} | ({"page": page} if page else {})))
