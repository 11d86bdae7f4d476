"""`python -m kb eval`, `calibrate` and `reindex`: measure a library, say from when on it answers, and embed it anew with another model."""

import argparse
import sys
from pathlib import Path

from kb.plain import as_json, tell


def add_to(commands: argparse._SubParsersAction) -> None:
    """The three subcommands and their options."""
    measure = commands.add_parser("eval", help="how good search and answers are, by gold questions or a retrieval benchmark")
    measure.add_argument("gold", nargs="?", type=Path, metavar="GOLD.jsonl", help="questions with the words that answer them")
    measure.add_argument("--split", help="only the gold questions of this split")
    measure.add_argument("--folder", type=Path, help="instead of a gold file: a folder with paragraphs*.jsonl")
    measure.add_argument("--questions", type=Path, metavar="FILE", help="the questions*.jsonl to ask of the folder's paragraphs")
    measure.add_argument("--paragraphs", type=Path, metavar="FILE", help="which paragraphs, where the folder has several")
    measure.set_defaults(run=lambda options: _measure(measure, options))
    adjust = commands.add_parser("calibrate", help="find, on gold questions, from when on this library's model has evidence enough to answer")
    what = "questions with the words that answer them, and questions to decline"
    adjust.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help=what)
    adjust.set_defaults(run=_calibrate)
    reindex = commands.add_parser("reindex", help="embed the library anew with another model; it serves with the old one until then")
    reindex.add_argument("--model", help="a sentence-transformers model by name or folder (default: KB_MODEL, else the tool's own)")
    reindex.set_defaults(run=_reindex)
    for command in (measure, adjust, reindex):
        command.add_argument("--library", type=Path, help="the library's folder (default: KB_LIBRARY, else .kb)")
    measure.add_argument("--json", action="store_true", help="print JSON")


def _measure(command: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    from kb.evaluate import benchmark, evaluate
    from kb.folder import default_folder
    from kb.gold import read_gold
    from kb.library import Library
    from kb.measures import ANSWERING, RANKING, TIME, aligned, summarize

    if bool(options.gold) == bool(options.folder) or bool(options.folder) != bool(options.questions):
        command.error("name a gold file, or --folder and --questions")
    if options.folder:
        summary = summarize(benchmark(options.folder, options.questions, options.paragraphs), RANKING | TIME)
    else:
        with Library.open(options.library or default_folder()) as library:
            summary = summarize(evaluate(library, read_gold(options.gold, options.split)), RANKING | ANSWERING | TIME)
    tell(as_json(summary) if options.json else aligned(summary))


def _calibrate(options: argparse.Namespace) -> None:
    from kb.calibrate import calibrate, keep
    from kb.folder import default_folder
    from kb.gold import read_gold
    from kb.library import Library

    with Library.open(options.library or default_folder()) as library:
        found = calibrate(library, [question for path in options.gold for question in read_gold(path)])
        path = keep(library, found.thresholds)
    print(
        f"spread {found.thresholds.spread}, enough {found.thresholds.enough}: of {found.questions} questions, "
        f"{found.answered:.0%} of those with an answer are answered, {found.declined:.0%} of the others declined."
    )
    print(f"Written to {path}.")


def _reindex(options: argparse.Namespace) -> None:
    from kb.embed import SentenceEmbedder
    from kb.folder import default_folder
    from kb.library import reindex

    embedder = SentenceEmbedder(options.model)
    too_long = reindex(options.library or default_folder(), embedder, _show if sys.stderr.isatty() else None)
    print(f"The library is embedded with {embedder.name}.")
    if too_long:
        remedy = "delete the library and run `python -m ingest corpus/` to divide them anew."
        print(f"{too_long} passages are longer than it reads and were cut short: {remedy}")


def _show(done: int, total: int) -> None:
    print(f"\r{done} of {total} texts", end="\n" if done == total else "", file=sys.stderr)
