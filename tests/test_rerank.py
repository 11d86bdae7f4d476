"""An optional cross-encoder that orders the best passages anew."""

import json
from pathlib import Path

import pytest
from conftest import make_reading

from kb.embed import SHIPPED_MODEL
from kb.errors import ModelUnavailable
from kb.library import Library
from kb.rerank import RERANKED, CrossEncoderReranker
from kb.search import search


class ShortestFirst:
    """A reranker that prefers short texts, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def scores(self, question: str, texts: list[str]) -> list[float]:
        self.asked.append((question, len(texts)))
        return [-len(text) for text in texts]


def test_its_order_counts_for_the_best_and_the_scores_still_fall(library: Library) -> None:
    library.add(make_reading("a.txt", *(("finding", f"Wells {'very ' * place}deep.") for place in range(RERANKED + 5))))
    library.reranker = ShortestFirst()
    hits = search(library, "wells deep very", limit=RERANKED + 5)
    lengths = [len(hit.passage.text) for hit in hits]
    assert lengths[:RERANKED] == sorted(lengths[:RERANKED])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert library.reranker.asked == [("wells deep very", RERANKED)]


def test_words_only_and_browsing_never_ask_it(library: Library) -> None:
    library.add(make_reading("a.txt", ("finding", "Wells.")))
    library.reranker = ShortestFirst()
    assert len(search(library, "wells", words_only=True)) == len(search(library, "")) == 1
    assert library.reranker.asked == []


def test_a_cross_encoder_from_a_folder_is_loaded_and_reads_pairs(tmp_path: Path) -> None:
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    config = BertConfig(vocab_size=50_000, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=1)
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(str(SHIPPED_MODEL)).save_pretrained(tmp_path)
    assert json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))["architectures"] == ["BertForSequenceClassification"]
    scores = CrossEncoderReranker(str(tmp_path)).scores("wells", ["Deep wells.", "A road."])
    assert len(scores) == 2 and scores[0] != scores[1]


def test_it_is_off_unless_named_and_a_wrong_name_is_told(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert library.reranker is None
    monkeypatch.setenv("KB_RERANKER", str(tmp_path / "nothing"))
    with Library.open(library.folder, library.embedder) as named, pytest.raises(ModelUnavailable) as caught:
        named.reranker.scores("wells", ["Wells."])
    assert caught.value.remedy == "Set KB_RERANKER to a model's folder on this machine, or unset it to search without."
