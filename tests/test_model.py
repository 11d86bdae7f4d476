"""The model that comes with the tool, and the command that trains it."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from conftest import vectors

from kb.embed import SentenceEmbedder

SHIPPED = Path(__file__).parents[1] / "kb" / "model" / "kb-minilm"
MAX_BYTES = 30_000_000

SENTENCES = {
    "en": [
        "The evaluation found that coordination between the ministries improved.",
        "Women farmers received training and small loans.",
        "The project ended six months late because of the pandemic.",
        "The budget was spent before the training of judges began.",
    ],
    "es": [
        "La evaluación encontró que mejoró la coordinación entre los ministerios.",
        "Las agricultoras recibieron capacitación y pequeños préstamos.",
        "El proyecto terminó con seis meses de retraso debido a la pandemia.",
        "El presupuesto se gastó antes de que empezara la formación de los jueces.",
    ],
    "fr": [
        "L'évaluation a constaté que la coordination entre les ministères s'est améliorée.",
        "Les agricultrices ont reçu une formation et de petits prêts.",
        "Le projet s'est terminé avec six mois de retard à cause de la pandémie.",
        "Le budget a été dépensé avant le début de la formation des juges.",
    ],
    "pt": [
        "A avaliação constatou que a coordenação entre os ministérios melhorou.",
        "As agricultoras receberam formação e pequenos empréstimos.",
        "O projeto terminou com seis meses de atraso por causa da pandemia.",
        "O orçamento foi gasto antes do início da formação dos juízes.",
    ],
}


@pytest.fixture(scope="module")
def shipped() -> SentenceEmbedder:
    return SentenceEmbedder(str(SHIPPED))


@pytest.fixture(scope="module")
def english(shipped: SentenceEmbedder) -> np.ndarray:
    return vectors(shipped, SENTENCES["en"])


def test_the_shipped_folder_is_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) <= MAX_BYTES


def test_it_reads_256_pieces_into_384_components(shipped: SentenceEmbedder, english: np.ndarray) -> None:
    assert shipped.max_pieces == 256
    assert english.shape == (4, 384) and english.dtype == np.float32
    assert np.allclose(np.linalg.norm(english, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_a_translation_is_nearest_to_its_english(shipped: SentenceEmbedder, english: np.ndarray, language: str) -> None:
    scores = vectors(shipped, SENTENCES[language]) @ english.T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_english_stays_near_the_teacher(english: np.ndarray) -> None:
    teacher = vectors(SentenceEmbedder("all-MiniLM-L6-v2"), SENTENCES["en"])
    assert (english * teacher).sum(axis=1).min() > 0.9


def test_spanish_is_read_in_words(shipped: SentenceEmbedder) -> None:
    teacher = SentenceEmbedder("all-MiniLM-L6-v2")
    assert shipped.count("La sostenibilidad del desarrollo") == 6
    assert teacher.count("La sostenibilidad del desarrollo") > 9
    assert all(shipped.count(text) <= teacher.count(text) for text in SENTENCES["en"])


def test_training_writes_a_model_that_loads_and_goes_on_where_it_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kb.model.train import main

    for language in ("es", "fr", "pt"):
        rows = [{"en": en, language: text, "source": "test"} for en, text in zip(SENTENCES["en"], SENTENCES[language], strict=True)] * 5
        (tmp_path / f"en-{language}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    command = [str(tmp_path), str(tmp_path / "work"), "--pieces", "20", "--seed", "1", "--threads", "1"]
    main([*command, "--steps", "1"])
    capsys.readouterr()
    main([*command, "--steps", "2"])
    assert "goes on from step 1" in capsys.readouterr().out
    trained = tmp_path / "work" / "kb-minilm"
    assert json.loads((trained / "training.json").read_text(encoding="utf-8"))["steps"] == 2
    assert vectors(SentenceEmbedder(str(trained)), ["Las agricultoras"]).shape == (1, 384)


def test_new_pieces_start_from_their_translations() -> None:
    import torch

    from kb.model.pairs import Pair
    from kb.model.vocabulary import starting_embeddings

    kept = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "children", "read", "books", "write"]
    old = torch.eye(len(kept))
    pairs = [
        Pair("es", "ninos leen", "children read", "test"),
        Pair("es", "ninos escriben", "children write", "test"),
        Pair("es", "leen libros", "read books", "test"),
    ]
    rows = starting_embeddings(old, kept, ["ninos", "leen", "libros"], pairs * 20, lambda line: None)
    assert [kept[place] for place in rows.argmax(dim=1)] == ["children", "read", "books"]


def test_long_texts_join_pairs_of_one_language_and_source() -> None:
    from kb.model.pairs import Pair, join

    pairs = [Pair("es", f"uno {n}", f"one {n}", "a") for n in range(9)] + [Pair("fr", f"un {n}", f"one {n}", "b") for n in range(9)]
    joined = join(pairs, 5, random.Random(0))
    assert len(joined) == 5
    for pair in joined:
        assert pair.text.replace("uno" if pair.language == "es" else "un", "one") == pair.english
        assert 3 <= pair.english.count("one") <= 9


def test_retrieval_counts_the_right_paragraph_first(tmp_path: Path) -> None:
    import torch

    from kb.model.measure import retrieval

    for language in ("es", "en"):
        paragraphs = [{"id": "a", "text": "1 0"}, {"id": "b", "text": "0 1"}]
        questions = [{"id": "q", "question": "1 0", "paragraph": "a"}, {"id": "r", "question": "1 0", "paragraph": "b"}]
        for name, rows in (("paragraphs", paragraphs), ("questions", questions)):
            (tmp_path / f"{name}.{language}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    found = retrieval(tmp_path, lambda texts: torch.tensor([[float(number) for number in text.split()] for text in texts]))
    assert found == {pair: (0.5, 1.0) for pair in ("es->es", "es->en", "en->es", "en->en")}
