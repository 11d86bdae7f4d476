"""The reports of a memo as references for other programs: BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Iterable
from typing import Any

from kb.cite import author, place, short_author, title
from kb.language import fold
from kb.records import Report

LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def to_bibtex(reports: Iterable[Report], language: str) -> str:
    """One @techreport a report, names and titles in braces so that they keep their capitals."""
    entries = []
    for key, report in keyed(reports).items():
        fields = {
            "author": f"{{{_latex(author(report, language))}}}" if author(report, language) else "",
            "title": f"{{{_latex(title(report))}}}",
            "institution": _latex(author(report, language)),
            "address": _latex(place(report, language)),
            "year": str(report.year or ""),
            "number": _latex(", ".join(report.codes)),
            "language": "" if report.language == "und" else _latex(report.language),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        entries.append(f"@techreport{{{key},\n{lines}\n}}\n")
    return "\n".join(entries)


def to_ris(reports: Iterable[Report], language: str) -> str:
    """One RPRT record a report. The comma after the author says that the name is not to be taken apart."""
    records = []
    for key, report in keyed(reports).items():
        name = author(report, language)
        fields = [
            ("TY", "RPRT"), ("ID", key), ("AU", f"{name}," if name else ""), ("TI", title(report)), ("PY", str(report.year or "")),
            ("CY", place(report, language)), ("PB", name), ("M1", ", ".join(report.codes)),
            ("LA", "" if report.language == "und" else report.language),
        ]  # fmt: skip
        lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
        records.append("\r\n".join([*lines, "ER  - ", ""]))
    return "\r\n".join(records)


def to_csl(reports: Iterable[Report], language: str) -> str:
    """A list of CSL-JSON items of the type report."""
    items = []
    for key, report in keyed(reports).items():
        name = author(report, language)
        item: dict[str, Any] = {
            "id": key,
            "type": "report",
            "title": title(report),
            "author": [{"literal": name}] if name else None,
            "issued": {"date-parts": [[report.year]]} if report.year else None,
            "publisher": name,
            "publisher-place": place(report, language),
            "number": ", ".join(report.codes),
            "language": "" if report.language == "und" else report.language,
        }
        items.append({field: value for field, value in item.items() if value})
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def keyed(reports: Iterable[Report]) -> dict[str, Report]:
    """key -> report; a key is author or first title word and year ("unodc2022"), with -2, -3, ... from the second on."""
    keys: dict[str, Report] = {}
    for report in reports:
        words = re.findall(r"[a-z0-9]+", fold(short_author(report)).encode("ascii", "ignore").decode())
        name = f"{''.join(words[:2]) or 'report'}{report.year or ''}"
        number = sum(bool(re.fullmatch(rf"{name}(-\d+)?", key)) for key in keys)
        keys[name if not number else f"{name}-{number + 1}"] = report
    return keys


def _latex(text: str) -> str:
    return "".join(LATEX.get(letter, letter) for letter in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split(" ")).strip()
