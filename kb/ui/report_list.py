"""The reports of the library as a page: facts, counts by kind, warnings, and what can be done with each."""

from collections import Counter
from html import escape

from kb.cite import shown
from kb.duplicates import near_duplicates
from kb.feedback import kept
from kb.library import Library
from kb.plain import one_line, plain
from kb.records import Filters, Report
from kb.taxonomy import KINDS, kind_label
from kb.ui.query import Query
from kb.ui.told import telling
from kb.ui.words import language_name, say, say_count

ROLES = ("report", "brief", "annex", "management_response", "terms_of_reference")
MOST = 400  # characters of a field


def report_list(library: Library, language: str, editor: bool = True) -> str:
    """All reports, in the order of their files, with what an editor can do with each where the reader is one."""
    reports = library.reports()
    if not reports:
        return f'<p class="none">{say("reports.none", language)}</p>'
    kinds: dict[int, Counter[str]] = {}
    for passage in library.browse(Filters()):
        kinds.setdefault(passage.report_id, Counter())[passage.kind] += 1
    alike = near_duplicates(reports)
    titles = {report.id: shown(report.title) for report in reports}
    return "".join(
        _report(library, report, kinds.get(report.id, Counter()), [titles[one] for one in alike.get(report.id, [])], language, editor)
        for report in reports
    )


def library_line(library: Library, language: str) -> str:
    """The size of the library's folder, and what readers thought of answers where they said so."""
    size = sum(file.stat().st_size for file in library.folder.iterdir() if file.is_file())
    megabytes = f"{size / 1e6:.1f}" if language == "en" else f"{size / 1e6:.1f}".replace(".", ",")
    line = say("reports.size", language, size=megabytes, folder=escape(library.folder.name))
    opinions = len(kept(library.folder))
    link = f' <a href="/gold.jsonl" download>{say_count("reports.opinions", opinions, language)}</a>' if opinions else ""
    return f'<p class="size">{line}{link}</p>'


def _report(library: Library, report: Report, kinds: Counter[str], alike: list[str], language: str, editor: bool) -> str:
    number = report.id
    again = f'<button type="button" data-do="retry" data-report="{number}">{say("reports.again", language)}</button>'
    acts = f"{again}{_edit(report, language)}{_delete(library, report, language)}" if editor else ""
    return (
        f'<article class="report-row" id="report-{number}"><h2>{escape(shown(report.title))}</h2>'
        f'<p class="facts">{" · ".join(map(escape, map(plain, _facts(report, language))))}</p>{_counts(report, kinds, language)}'
        f"{_warnings(report, alike, language)}"
        f'<div class="tools"><button type="button" data-see="/inspect/{number}?of=report">{say("reports.inspect", language)}</button>'
        f'<a href="/original/{number}" download>{say("viewer.original", language)}</a>{acts}</div></article>'
    )


def _facts(report: Report, language: str) -> list[str]:
    pages = [say_count("reports.pages", report.page_count, language)] if report.page_count else []
    languages = ", ".join(language_name(code, language) for code in report.languages or (report.language,))
    stated = [say(f"role.{report.role}", language), str(report.year or ""), ", ".join(report.codes), ", ".join(report.countries), languages]
    return [part for part in (*stated, *pages, one_line(report.path.rsplit("/", 1)[-1])) if part]


def _counts(report: Report, kinds: Counter[str], language: str) -> str:
    """How many passages of each kind, each a link to them."""
    links = []
    for kind in KINDS:
        if kinds[kind]:
            to = escape(Query(filters=Filters(kinds=(kind,), reports=(report.id,))).address)
            links.append(f'<a href="{to}" data-search="{to}">{kinds[kind]} {escape(kind_label(kind, language, plural=kinds[kind] > 1).lower())}</a>')
    return f'<p class="counts">{" · ".join(links)}</p>'


def _warnings(report: Report, alike: list[str], language: str) -> str:
    lines = [f"<li>{telling((warning,), language)}</li>" for warning in report.warnings]
    lines += [f"<li>{say('reports.alike', language, title=escape(title))}</li>" for title in alike]
    return f'<ul class="warnings">{"".join(lines)}</ul>' if lines else ""


def _edit(report: Report, language: str) -> str:
    fields = (
        _field("title", shown(report.title), "reports.title", language) + _field("year", str(report.year or ""), "search.years", language)
        + _field("codes", ", ".join(report.codes), "reports.codes", language)
        + _field("countries", ", ".join(report.countries), "reports.countries", language)
        + _field("evaluation_kind", report.evaluation_kind or "", "reports.evaluation_kind", language)
    )  # fmt: skip
    roles = "".join(f'<option value="{role}"{" selected" if role == report.role else ""}>{say(f"role.{role}", language)}</option>' for role in ROLES)
    role = f'<label>{say("reports.role", language)} <select name="role">{roles}</select></label>'
    keep = f'<button type="submit" data-do="edit" data-report="{report.id}">{say("reports.keep", language)}</button>'
    return (
        f'<details class="edit"><summary>{say("reports.edit", language)}</summary><form onsubmit="return false">{fields}{role}{keep}</form></details>'
    )


def _field(name: str, value: str, key: str, language: str) -> str:
    return f'<label>{say(key, language)} <input name="{name}" value="{escape(value)}" maxlength="{MOST}" autocomplete="off"></label>'


def _delete(library: Library, report: Report, language: str) -> str:
    sure = say("reports.delete.sure", language, name=escape(one_line(library.file_of(report).name)))
    return (
        f'<details class="delete"><summary>{say("reports.delete", language)}</summary><p>{sure}</p>'
        f'<button type="button" class="danger" data-do="delete" data-report="{report.id}">{say("reports.delete.yes", language)}</button></details>'
    )
