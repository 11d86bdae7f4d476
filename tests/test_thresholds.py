"""The thresholds of each model, and how they are found on gold questions."""

from pathlib import Path

import pytest
from conftest import make_reading

from kb.answer import answer
from kb.calibrate import calibrate, keep
from kb.errors import InvalidRequest
from kb.gold import GoldQuestion
from kb.library import Library
from kb.thresholds import DEFAULT, Thresholds, load, with_own


def test_each_model_has_its_own_and_an_unknown_one_the_default() -> None:
    assert load("kb-minilm") == Thresholds(0.19, 0.6)
    assert load("all-MiniLM-L6-v2") == Thresholds(0.26, 0.45)
    assert load("of nobody") == DEFAULT


def test_an_office_sets_its_own_and_keeps_those_of_other_models(tmp_path: Path) -> None:
    own = tmp_path / "thresholds.toml"
    own.write_text(with_own("a/model", Thresholds(0.1, 0.5), own), encoding="utf-8")
    own.write_text(with_own("kb-minilm", Thresholds(0.3, 0.7), own), encoding="utf-8")
    assert load("a/model", own) == Thresholds(0.1, 0.5)
    assert load("kb-minilm", own) == Thresholds(0.3, 0.7)
    assert load("all-MiniLM-L6-v2", own) == Thresholds(0.26, 0.45)


@pytest.mark.parametrize("text", ["spread =", '["m"]\nspread = 1', "m = 3", '["m"]\nspread = "much"\nenough = 1'])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "thresholds.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRequest) as caught:
        load("m", tmp_path / "thresholds.toml")
    assert caught.value.remedy == "Make it anew: python -m kb calibrate GOLD.jsonl"


@pytest.fixture
def filled(library: Library) -> Library:
    library.add(
        make_reading("a.txt", ("finding", "The shelters closed because the grant ended."), ("finding", "Police training reached forty officers."))
    )
    return library


ANSWERABLE = GoldQuestion("1", "why have the shelters closed", "en", True, quotes=("the grant ended",))
NEAR_MISS = GoldQuestion("2", "which shelters reached the mountain villages by helicopter", "en", False)


def test_calibration_tells_questions_apart_and_the_library_obeys_it(filled: Library) -> None:
    found = calibrate(filled, [ANSWERABLE, NEAR_MISS])
    assert (found.answered, found.declined, found.questions) == (1, 1, 2)
    assert keep(filled, found.thresholds) == filled.folder / "thresholds.toml"
    load.cache_clear()
    assert filled.thresholds() == found.thresholds
    assert answer(filled, ANSWERABLE.question).answered and not answer(filled, NEAR_MISS.question).answered
    keep(filled, Thresholds(0.01, 5))
    load.cache_clear()
    assert not answer(filled, ANSWERABLE.question).answered


def test_calibration_wants_both_kinds_of_questions(filled: Library) -> None:
    with pytest.raises(InvalidRequest, match="the file has one"):
        calibrate(filled, [ANSWERABLE])
