"""More word pieces for the teacher, so that other languages are read in words and not in splinters.

The teacher's Latin-script pieces stay, so English is cut as before. Each new piece starts from what it
means: the mean of the embeddings of the English pieces it translates to, weighted by the translation
probabilities of IBM Model 1 (Brown et al. 1993) over the sentence pairs.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from kb.model.pairs import Pair

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LAST_LATIN = 0x24F  # of the Unicode blocks up to Latin Extended-B
SYMBOLS = range(0x2000, 0x2200)  # dashes, quotation marks, currency signs, numero sign
MIN_FREQUENCY = 4
CANDIDATES = 40_000  # pieces learnt from the pairs, of which the most frequent new ones are taken
ROUNDS = 4  # of expectation and maximisation
SENTENCES_AT_ONCE = 256
LONGEST = 50  # pieces of a sentence that is aligned
TRANSLATIONS = 8  # of a piece, at most
MIN_PROBABILITY = 0.04  # of one translation
MIN_CERTAINTY = 0.15  # of all of them together; below it a piece starts from its spelling


def tokenizer_of(pieces: Sequence[str]) -> Tokenizer:
    """An uncased WordPiece tokenizer without accents, as the teacher's, over `pieces`, whose ids are their places."""
    ids = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, ids[name]) for name in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def latin_pieces(teacher: Path) -> tuple[list[str], list[int]]:
    """The pieces of the model in `teacher` that Latin-script text can use, and their ids there."""
    vocabulary = json.loads((teacher / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    kept = sorted((number, piece) for piece, number in vocabulary.items() if _latin(piece) and not piece.startswith("[unused"))
    return [piece for _, piece in kept], [number for number, _ in kept]


def new_pieces(kept: Sequence[str], pairs: Sequence[Pair], count: int) -> list[str]:
    """The `count` pieces that the foreign side of `pairs` uses most and `kept` lacks; Spanish counts double."""
    texts = [pair.text for pair in pairs] + [pair.text for pair in pairs if pair.language == "es"]
    learner = tokenizer_of(kept)
    learner.train_from_iterator(
        texts,
        trainers.WordPieceTrainer(vocab_size=CANDIDATES, min_frequency=MIN_FREQUENCY, special_tokens=list(SPECIAL), show_progress=False),
    )
    old = set(kept)
    candidates = sorted(piece for piece in learner.get_vocab() if piece not in old and _latin(piece))
    used: Counter[str] = Counter()
    for encoding in tokenizer_of([*kept, *candidates]).encode_batch(texts, add_special_tokens=False):
        used.update(encoding.tokens)
    return sorted(candidates, key=lambda piece: -used[piece])[:count]


def starting_embeddings(
    old: torch.Tensor, kept: Sequence[str], new: Sequence[str], pairs: Sequence[Pair], say: Callable[[str], None]
) -> torch.Tensor:
    """Embeddings (len(new), width) of the pieces `new`, from `old` (len(kept), width), those of `kept`."""
    sentences = _aligned(tokenizer_of([*kept, *new]), pairs, len(kept))
    rows = {number: row for row, number in enumerate(sorted({number for foreign, _ in sentences for number in foreign}))}
    columns = {number: column for column, number in enumerate(sorted({number for _, english in sentences for number in english}))}
    table = _translations(sentences, rows, columns, say)
    meanings = old[list(columns)]
    spelling = tokenizer_of(kept)
    found = []
    for number, piece in enumerate(new, len(kept)):
        meaning = _mean(table[rows[number]], meanings) if number in rows else None
        if meaning is None:
            meaning = old[spelling.encode(piece.removeprefix("##"), add_special_tokens=False).ids].mean(0)
        found.append(meaning)
    return torch.stack(found)


def _mean(probabilities: torch.Tensor, meanings: torch.Tensor) -> torch.Tensor | None:
    """The mean of the likeliest translations, as long as they are (a mean of vectors is shorter); None if none is likely."""
    best = probabilities.topk(min(TRANSLATIONS, len(probabilities)))
    weights = best.values * (best.values >= MIN_PROBABILITY)
    if weights.sum() < MIN_CERTAINTY:
        return None
    weights = weights / weights.sum()
    vectors = meanings[best.indices]
    return F.normalize(weights @ vectors, dim=0) * (weights @ vectors.norm(dim=1))


def _latin(piece: str) -> bool:
    return all(ord(sign) <= LAST_LATIN or ord(sign) in SYMBOLS for sign in piece)


def _aligned(tokenizer: Tokenizer, pairs: Sequence[Pair], english: int) -> list[tuple[list[int], list[int]]]:
    """(foreign, English) piece ids of the sentences short enough to align; English pieces are the first `english`."""
    foreign = tokenizer.encode_batch([pair.text for pair in pairs], add_special_tokens=False)
    native = tokenizer.encode_batch([pair.english for pair in pairs], add_special_tokens=False)
    both = [(f.ids, [number for number in e.ids if number < english]) for f, e in zip(foreign, native, strict=True)]
    return [(f, e) for f, e in both if 0 < len(f) < LONGEST and 0 < len(e) < LONGEST]


def _translations(
    sentences: Sequence[tuple[list[int], list[int]]], rows: dict[int, int], columns: dict[int, int], say: Callable[[str], None]
) -> torch.Tensor:
    """IBM Model 1: the probability (rows, columns) of each English piece, given a foreign one."""
    ordered = sorted(sentences, key=lambda both: (len(both[0]), len(both[1])))
    batches = []
    for start in range(0, len(ordered), SENTENCES_AT_ONCE):
        part = ordered[start : start + SENTENCES_AT_ONCE]
        batches.append((_padded([f for f, _ in part], rows), _padded([e for _, e in part], columns)))
    table = torch.ones(len(rows), len(columns))
    for turn in range(ROUNDS):
        counts = torch.zeros_like(table)
        for foreign, english in batches:
            real = (foreign >= 0)[:, :, None] & (english >= 0)[:, None, :]
            cells = foreign.clamp(min=0)[:, :, None] * len(columns) + english.clamp(min=0)[:, None, :]
            shares = table.view(-1)[cells] * real
            shares = shares / (shares.sum(1, keepdim=True) + 1e-9)
            counts.view(-1).index_put_((cells[real],), shares[real], accumulate=True)
        table = counts.div_(counts.sum(1, keepdim=True) + 1e-9)
        say(f"translations of pieces: round {turn + 1} of {ROUNDS}")
    return table


def _padded(sentences: Sequence[Sequence[int]], numbers: dict[int, int]) -> torch.Tensor:
    rows = [torch.tensor([numbers[piece] for piece in sentence]) for sentence in sentences]
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=-1)
