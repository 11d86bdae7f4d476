"""Piece ids to unit vectors with a bare transformer, and the teacher's vectors of English texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from transformers import BertModel

MAX_PIECES = 256  # of a text, the special tokens at both ends included
PIECES_AT_ONCE = 4096


def read_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of the model in `folder`, cutting and padding nothing."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def read_model(folder: Path) -> BertModel:
    """The transformer in `folder`, without dropout: a student that copies a fixed vector needs no noise."""
    return BertModel.from_pretrained(folder).eval()


def piece_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """The piece ids of each text, of at most `MAX_PIECES`; the last is always the closing token."""
    found = (encoding.ids for encoding in tokenizer.encode_batch(list(texts)))
    return [ids if len(ids) <= MAX_PIECES else [*ids[: MAX_PIECES - 1], ids[-1]] for ids in found]


def unit_vectors(model: BertModel, ids: Sequence[Sequence[int]]) -> torch.Tensor:
    """Vectors (len(ids), width) of length 1: the mean over the pieces; float32, with gradients."""
    rows = torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in ids], batch_first=True)
    lengths = torch.tensor([len(row) for row in ids])
    mask = (torch.arange(rows.shape[1]) < lengths[:, None]).float()
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model(input_ids=rows, attention_mask=mask).last_hidden_state
    return F.normalize((hidden.float() * mask[:, :, None]).sum(1), dim=-1)


@torch.no_grad()
def encode(model: BertModel, ids: Sequence[Sequence[int]]) -> torch.Tensor:
    """As `unit_vectors`, for any number of texts and without gradients; short texts go together."""
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    vectors = torch.zeros(len(ids), model.config.hidden_size)
    for places in groups(order, [len(row) for row in ids], PIECES_AT_ONCE):
        vectors[places] = unit_vectors(model, [ids[place] for place in places])
    return vectors


def groups(order: Sequence[int], lengths: Sequence[int], pieces: int, most: int | None = None) -> Iterator[list[int]]:
    """`order`, shortest first, cut into runs of at most `most` that padded hold at most `pieces` pieces."""
    run: list[int] = []
    for place in order:
        if run and ((len(run) + 1) * lengths[place] > pieces or len(run) == most):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


class Teacher:
    """The teacher's vectors of a list of English texts, each computed when first asked for."""

    def __init__(self, folder: Path, texts: Sequence[str]) -> None:
        self._model = read_model(folder)
        self._ids = piece_ids(read_tokenizer(folder), texts)
        self.vectors = torch.zeros(len(texts), self._model.config.hidden_size, dtype=torch.half)
        self.known = torch.zeros(len(texts), dtype=torch.bool)

    def of(self, places: Sequence[int]) -> torch.Tensor:
        """The unit vectors (len(places), width) of the texts at `places`."""
        missing = sorted({place for place in places if not self.known[place]})
        if missing:
            self.vectors[missing] = encode(self._model, [self._ids[place] for place in missing]).half()
            self.known[missing] = True
        return self.vectors[list(places)].float()

    def sample(self, count: int) -> torch.Tensor:
        """`count` of the vectors computed so far, drawn by lot."""
        known = self.known.nonzero()[:, 0]
        return self.vectors[known[torch.randint(0, len(known), (count,))]].float()
