"""The quotes picked for a memo: added, moved, removed, drawn."""

from dataclasses import asdict

import pytest
from memos import fill, memo_in, picks_of

from kb.library import Library
from kb.memo import MOST_PICKS, check, memo_from
from kb.ui.picks import LONGEST_LINE, add_pick, change_picks, key_of, list_page, move_pick, remove_pick, verified_page
from kb.ui.words import LANGUAGES

ONE = {"report_path": "a.pdf", "passage_id": 3, "start": 10, "end": 20, "quote": "One."}
TWO = {**ONE, "start": 30, "end": 40, "quote": "Two."}
THREE = {**ONE, "report_path": "b.pdf"}


def quotes(picks: list[dict[str, object]]) -> list[object]:
    return [(pick["report_path"], pick["start"]) for pick in picks]


def test_a_pick_is_added_once_and_at_the_end() -> None:
    picks = add_pick(add_pick(add_pick([], ONE), TWO), THREE)
    assert quotes(picks) == [("a.pdf", 10), ("a.pdf", 30), ("b.pdf", 10)]
    assert picks[0] == {**ONE, "sha256": "", "before": ""}
    assert add_pick(picks, ONE) is picks
    assert quotes(remove_pick(picks, TWO)) == [("a.pdf", 10), ("b.pdf", 10)]


def test_numbers_that_come_as_text_are_numbers() -> None:
    assert add_pick([], {**ONE, "start": "10", "end": "20", "passage_id": "3", "unknown": "x"}) == add_pick([], ONE)
    with pytest.raises(ValueError, match="invalid literal"):
        add_pick([], {**ONE, "start": "ten"})
    with pytest.raises(TypeError, match="quote"):
        add_pick([], {"report_path": "a.pdf", "start": 1, "end": 2})


def test_a_memo_holds_so_many_and_no_more() -> None:
    picks = [{**ONE, "start": n} for n in range(MOST_PICKS)]
    assert add_pick(picks, TWO | {"start": 10_000}) is picks


def test_moving_stops_at_the_ends() -> None:
    picks = [ONE, TWO, THREE]
    assert move_pick(picks, key_of(TWO), -1) == [TWO, ONE, THREE]
    assert move_pick(picks, key_of(TWO), 1) == [ONE, THREE, TWO]
    assert move_pick(picks, key_of(ONE), -1) is picks
    assert move_pick(picks, key_of(THREE), 1) is picks
    assert move_pick(picks, "unknown", 1) is picks


def test_what_a_reader_does() -> None:
    picks = [ONE, TWO]
    assert change_picks(picks, {"act": "down", "key": key_of(ONE)}) == [TWO, ONE]
    assert change_picks(picks, {"act": "remove", "key": key_of(ONE)}) == [TWO]
    assert change_picks(picks, {"act": "line", "key": key_of(TWO), "line": "Above:"}) == [ONE, {**TWO, "before": "Above:"}]
    assert len(change_picks(picks, {"act": "line", "key": key_of(TWO), "line": "x" * 5000})[1]["before"]) == LONGEST_LINE
    assert change_picks(picks, {"act": "explode", "key": key_of(TWO)}) == picks
    assert change_picks(picks, {}) == picks


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_memo_says_how_to_begin(language: str) -> None:
    assert list_page([], [], "en", language).startswith('<p class="empty">')


def test_the_list_is_text_and_not_markup(library: Library) -> None:
    fill(library)
    picks = [asdict(pick) | {"before": '"><script>x</script>'} for pick in picks_of(library)] + [{**THREE, "report_path": "<i>.pdf", "quote": "<b>"}]
    checks = check(library, memo_from({"picks": picks}))
    page = list_page(checks, picks, "en", "es")
    assert "<script" not in page
    assert "<b>" not in page.replace("Wells &amp; &lt;b&gt;", "")
    assert 'placeholder="The evaluation recommended:"' in page
    assert 'aria-label="Frase antes de la cita 2"' in page
    assert "Evaluación de albergues (2022), pág. x [PDF pág. 6]" in page
    assert '<p class="problem">El informe ya no está en la biblioteca: &lt;i&gt;.pdf</p>' in page
    assert page.count(" disabled>") == 2
    assert page.count("<li>") == 4


def test_what_was_verified(library: Library) -> None:
    fill(library)
    _, checks, _ = memo_in(library)
    assert verified_page(checks, "en") == '<p class="good" role="status">Quotations verified verbatim: 3 of 3.</p>'
    checks += check(library, memo_from({"picks": [{**THREE, "report_path": "<i>"}]}))
    assert verified_page(checks, "en") == (
        '<p class="problem" role="status">Quotations verified verbatim: 3 of 4.</p>'
        "<ul><li>Quotation 4: The report is no longer in the library: &lt;i&gt;</li></ul>"
    )
