"""A library full of hostile strings in a browser: nothing runs, nothing is fetched, no element is added, and all is there to be read."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hostile_text import STRINGS, fill_with
from playwright import sync_api as playwright
from web import browser, open_with_toy, page, serve, toy_opening

from kb.cite import shown
from kb.memo import dumps
from kb.plain import plain
from kb.records import Filters, Memo, Pick

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")
expect = playwright.expect
QUESTION = "Were the shelters found relevant? <img src=x onerror=alert(1)> $\\frac{1}{2}$ {{7*7}} ${alert(1)}"
# What in the app's own parts a report could have added, told by what makes it dangerous.
ADDED = """() => {
  const parts = '#welcome, #conversation, #drawer, #within, #results, #filters, #reports, #outcome, #memo-list, #memo-preview, #memo-said, #viewer';
  const never = ['script', 'iframe', 'object', 'embed', 'link', 'base', 'meta', 'style', 'svg', 'math', 'audio', 'video'];
  const found = [];
  for (const part of document.querySelectorAll(parts)) for (const node of part.querySelectorAll('*')) {
    const name = node.tagName.toLowerCase(), own = node.getAttributeNames();
    const odd = never.includes(name) || node.className.toString().includes('katex')
      || (name === 'form' && (own.length > 1 || node.getAttribute('onsubmit') !== 'return false'))
      || own.some((one) => one.startsWith('on') && !(name === 'form' && one === 'onsubmit'))
      || (name === 'a' && !/^([/#]|data:text.markdown;)/.test(node.getAttribute('href') || '#'))
      || (name === 'img' && !(node.getAttribute('src') || '').startsWith('/page/'));
    if (odd) found.push(node.outerHTML.slice(0, 200));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with open_with_toy(folder / "library") as library:
        fill_with(library, STRINGS)
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    yield from serve(toy_opening(folder / "library", folder))


@pytest.fixture
def watched(page: playwright.Page) -> Iterator[playwright.Page]:
    """A page in which no dialog opens, whose title stays its own, and to which nothing is added."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    assert dialogs == []
    assert page.title() in ("Informes de evaluación", "Evaluation reports")  # before it knows the reader's language
    assert page.evaluate(ADDED) == []


def unsaid(texts: list[str], seen: Callable[[str], str] = shown) -> list[str]:
    """The strings that cannot be read in `texts` as `seen` lets people see them."""
    whole = "\n".join(map(_folded, texts))
    return [string for string in STRINGS if _folded(seen(string)) not in whole]


def _folded(text: str) -> str:
    return " ".join(text.split())


def test_the_list_of_reports(watched: playwright.Page, address: str) -> None:
    watched.goto(f"{address}?tab=reports")
    expect(watched.locator(".report-row")).to_have_count(len(STRINGS))
    assert unsaid(watched.locator(".report-row h2").all_text_contents()) == []
    assert unsaid(watched.locator(".report-row .warnings").all_text_contents(), plain) == []


def test_search_results_page_by_page_and_their_coverage(watched: playwright.Page, address: str) -> None:
    texts = []
    for number in range(1, -(-len(STRINGS) // 20) + 1):
        watched.goto(f"{address}?tab=search&p={number}")
        expect(watched.locator("#results .card")).to_have_count(min(20, len(STRINGS) - 20 * (number - 1)))
        texts += watched.locator("#results .card").all_text_contents()
        assert watched.evaluate(ADDED) == []
    assert unsaid(texts) == []
    watched.goto(f"{address}?tab=search&view=reports")
    expect(watched.locator(".heatmap tbody tr")).to_have_count(len(STRINGS))
    assert unsaid(watched.locator(".heatmap tbody th").all_text_contents()) == []


@pytest.mark.parametrize("said", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "${alert(1)} {{7*7}}"])
def test_an_address_made_to_harm(watched: playwright.Page, address: str, said: str) -> None:
    asked = {name: said for name in ("criterion", "kind", "report", "country", "year", "language", "code", "sort", "p", "view")}
    watched.goto(f"{address}?{urlencode({'tab': 'search', 'q': said, **asked})}")
    expect(watched.locator("#results .chips")).to_contain_text(said)
    assert watched.locator("#words input, #words textarea").input_value() == said
    assert watched.evaluate(ADDED) == []
    watched.goto(f"{address}?{urlencode({'tab': said})}")
    expect(watched.locator("#question textarea, #question input")).to_be_visible()


def test_a_question_its_answer_and_the_text_around_a_quote(watched: playwright.Page, address: str) -> None:
    watched.goto(address)
    expect(watched.locator("#welcome h2")).to_be_visible()
    watched.fill("#question textarea, #question input", QUESTION)
    watched.click("#ask")
    expect(watched.locator(".turn .card").first).to_be_visible()
    assert _folded(watched.locator("h2.question").text_content()).endswith(QUESTION)
    assert watched.evaluate(ADDED) == []
    watched.locator(".turn .card button[data-see]").first.click()
    expect(watched.locator("#viewer mark")).to_be_visible()
    expect(watched.locator("#viewer h2")).not_to_be_empty()


def test_a_memo_of_them_all(watched: playwright.Page, address: str, folder: Path, tmp_path: Path) -> None:
    with open_with_toy(folder / "library") as library:
        of = {report.id: report for report in library.reports()}
        picks = tuple(
            Pick(of[one.report_id].path, one.start, one.end, one.text, one.id, of[one.report_id].sha256, of[one.report_id].title)
            for one in library.browse(Filters())
        )
    (tmp_path / "given.json").write_text(dumps(Memo(picks, "<b>Memo</b> $x$", "<i>", "2026-11-23")), encoding="utf-8")
    watched.goto(f"{address}?tab=memo")
    expect(watched.locator("#memo-list .empty")).to_be_visible()
    watched.locator("#memo-keep input[type=file]").set_input_files(tmp_path / "given.json")
    expect(watched.locator("#memo-list li")).to_have_count(len(STRINGS))
    expect(watched.locator("#memo-preview blockquote")).to_have_count(len(STRINGS))
    assert unsaid(watched.locator("#memo-preview blockquote").all_text_contents()) == []
    expect(watched.locator("#memo-preview h2").first).to_have_text("<b>Memo</b> $x$")
