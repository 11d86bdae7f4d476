"""Texts to vectors with the model that comes with the tool, and what is known of others by their names."""

from pathlib import Path

import numpy as np
import pytest
from conftest import vectors

from kb.embed import SentenceEmbedder
from kb.errors import ModelUnavailable


@pytest.fixture(scope="module")
def model() -> SentenceEmbedder:
    return SentenceEmbedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a model, as far as its fingerprint reads them."""
    made = tmp_path / "my-multilingual-e5"
    made.mkdir()
    (made / "config.json").write_text('{"a": 1}')
    (made / "model.safetensors").write_bytes(b"x" * 10)
    return made


def test_the_default_model_is_known_without_being_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KB_MODEL", raising=False)
    embedder = SentenceEmbedder()
    assert embedder.name == "kb-minilm"
    assert embedder.languages == ("es", "en", "fr", "pt")
    assert "_model" not in vars(embedder)


def test_the_packaged_english_model_goes_by_its_name() -> None:
    assert SentenceEmbedder("all-MiniLM-L6-v2").languages == ("en",)


def test_kb_model_names_another(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("KB_MODEL", str(folder))
    assert SentenceEmbedder().name == "my-multilingual-e5"
    assert SentenceEmbedder("BAAI/bge-small-en-v1.5").name == "BAAI/bge-small-en-v1.5"


def test_languages_by_name() -> None:
    assert SentenceEmbedder("intfloat/multilingual-e5-small").languages == ("es", "en", "fr", "pt", "ru", "ar", "zh")
    assert SentenceEmbedder("BAAI/bge-small-en-v1.5").languages == ("en",)
    assert SentenceEmbedder("some/unheard-of").languages is None


def test_the_fingerprint_changes_with_the_files(folder: Path) -> None:
    before = SentenceEmbedder(str(folder)).fingerprint
    assert SentenceEmbedder(str(folder)).fingerprint == before
    assert before.startswith("my-multilingual-e5 ")
    (folder / "config.json").write_text('{"a": 2}')
    assert SentenceEmbedder(str(folder)).fingerprint != before


def test_the_fingerprint_does_not_depend_on_where_the_folder_lies(folder: Path, tmp_path: Path) -> None:
    before = SentenceEmbedder(str(folder)).fingerprint
    moved = tmp_path / "elsewhere" / folder.name
    moved.parent.mkdir()
    folder.rename(moved)
    assert SentenceEmbedder(str(moved)).fingerprint == before


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        SentenceEmbedder(str(tmp_path / "no model")).load()
    assert caught.value.remedy == ("Set KB_MODEL to a model's folder on this machine, or unset it to use the model that comes with the tool.")


def test_the_model_reads_256_pieces_into_384_numbers(model: SentenceEmbedder) -> None:
    assert (model.max_pieces, model.dimension) == (256, 384)


def test_count_includes_the_two_special_pieces_and_cuts_nothing(model: SentenceEmbedder) -> None:
    assert model.count("") == 2
    assert model.count("budget") == 3
    assert model.count("budget " * 1000) == 1002


def test_vectors_are_unit_float32_in_the_order_of_the_texts(model: SentenceEmbedder) -> None:
    texts = ["a much longer text about the budget of the project in Mexico", "short", "of middling length, this one"]
    made = vectors(model, texts)
    assert made.shape == (3, 384)
    assert made.dtype == np.float32
    assert np.linalg.norm(made, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    for text, vector in zip(texts, made, strict=True):
        assert model.encode_question(text).vector == pytest.approx(vector, abs=1e-5)


def test_nothing_gives_no_vectors(model: SentenceEmbedder) -> None:
    assert model.encode([]) == []


def test_alike_is_near(model: SentenceEmbedder) -> None:
    question = model.encode_question("How much money did the project have?").vector
    budget, weather = vectors(model, ["The project had a budget of 752,110 dollars.", "It rained all day in the mountains."])
    assert question @ budget > question @ weather + 0.3


def test_words_have_vectors_in_their_context_and_stop_words_none(model: SentenceEmbedder) -> None:
    river, money = model.encode(["The bank of the river was flooded.", "The bank lent money."])
    assert river.words == ("bank", "river", "flooded")
    assert money.words == ("bank", "lent", "money")
    assert river.word_vectors.shape == (3, 384) and river.word_vectors.dtype == np.float32
    assert not np.allclose(river.word_vectors[0], money.word_vectors[0], atol=0.1)  # the same word, another bank


def test_a_word_of_several_pieces_is_one_word(model: SentenceEmbedder) -> None:
    encoded = model.encode_question("¿Qué dice MEXW64 de los albergues?")
    assert encoded.words == ("mexw64", "albergues")
    assert len(encoded.word_vectors) == 2


def test_words_do_not_depend_on_the_texts_embedded_with_them(model: SentenceEmbedder) -> None:
    alone = model.encode(["short text"])[0]
    beside = model.encode(["short text", "a much longer text about the budget of the project in Mexico"])[0]
    assert beside.word_vectors == pytest.approx(alone.word_vectors, abs=1e-4)


def test_a_text_longer_than_the_model_reads_has_the_words_that_it_reads(model: SentenceEmbedder) -> None:
    assert len(model.encode(["budget " * 1000])[0].words) == 254
