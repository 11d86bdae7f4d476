"""python -m ingest: bring reports into the library, list them, remove them, see what is understood of one."""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import KBError
from kb.plain import as_json, one_line, tell

if TYPE_CHECKING:
    from ingest.pipeline import IngestSummary, Outcome

COMMANDS = ("add", "list", "remove", "inspect", "measure")
DONE, FAILED, USAGE = 0, 1, 2
GONE_SHOWN = 10  # files named in one line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 1 a file failed or the library cannot be used, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not given:
        parser.print_help()
        return USAGE
    if not any(word in COMMANDS or word in ("-h", "--help") for word in given[:1]) and not _names_command(given):
        given.insert(0, "add")
    options = parser.parse_args(given)
    try:
        return _COMMANDS[options.command](options)
    except KBError as error:
        tell(f"{parser.prog}: {error}", sys.stderr)
    except KeyboardInterrupt:
        print(f"\n{parser.prog}: Stopped. What was added before is kept; run it again to go on.", file=sys.stderr)
    return FAILED


def _names_command(given: list[str]) -> bool:
    """Whether a command follows options that stand before it: `--library DIR list`."""
    return len(given) > 2 and given[0] == "--library" and given[2] in COMMANDS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        usage="python -m ingest PATH...  (or: list, remove PATH..., inspect FILE, measure PATH...)",
        description="Bring evaluation reports (.pdf .docx .html .md .txt) into the library. What has not changed is skipped.",
        epilog="Exit codes: 0 done, 1 a file failed or the library cannot be used, 2 wrong usage.",
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--library", metavar="DIR", type=Path, help="the library's folder (default: KB_LIBRARY or .kb)")
    common.add_argument("--json", action="store_true", help="print one JSON object, for programs")
    parser.add_argument("--library", metavar="DIR", type=Path, dest="library_before", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = commands.add_parser("add", parents=[common], help="bring in files, and the files in folders (what PATH... alone does)")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--again", action="store_true", help="read unchanged files again")
    commands.add_parser("list", parents=[common], help="the reports in the library")
    remove = commands.add_parser("remove", parents=[common], help="delete reports from the library; their files stay")
    remove.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    inspect = commands.add_parser("inspect", parents=[common], help="show what is understood of a file, without storing it")
    inspect.add_argument("file", type=Path, metavar="FILE")
    measure = commands.add_parser("measure", parents=[common], help="how much of annotated files is understood, and how fast")
    measure.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    measure.add_argument(
        "--expect", metavar="FILE", type=Path, default=Path("tests/data/expectations.toml"), help="what the files hold (default: %(default)s)"
    )
    return parser


def _folder(options: argparse.Namespace) -> Path:
    from kb.folder import default_folder

    return options.library or options.library_before or default_folder()


def _add(options: argparse.Namespace) -> int:
    from ingest.pipeline import ingest

    with _Bar(shown=sys.stderr.isatty() and not options.json) as bar:
        summary = ingest(options.paths, _folder(options), bar.progress, tell=None if options.json else bar.tell, again=options.again)
    code = _close(summary, options.json)
    _name_gone(_folder(options))
    return code


def _name_gone(folder: Path) -> None:
    """One line for the reports whose files are gone: they stay in the library, since a file may be missing by mistake."""
    from ingest.pipeline import gone

    files = [_named(file) for file in gone(folder)]
    if files:
        shown = " ".join(files[:GONE_SHOWN]) + (" ..." if len(files) > GONE_SHOWN else "")
        verb = "file is gone stays" if len(files) == 1 else "files are gone stay"
        tell(one_line(f"{_several(len(files), 'report')} whose {verb} in the library. To delete: python -m ingest remove {shown}"), file=sys.stderr)


def _named(file: Path) -> str:
    """A path as it can be typed here: from this folder where it lies within it, quoted where it has to be."""
    return shlex.quote(str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file))


def _remove(options: argparse.Namespace) -> int:
    from ingest.pipeline import remove

    return _close(remove(options.paths, _folder(options)), options.json)


def _close(summary: "IngestSummary", in_json: bool) -> int:
    """Print the summary, and give the exit code."""
    if in_json:
        print(as_json(summary.as_json()))
    else:
        counts = (
            (summary.added, "added"),
            (summary.updated, "updated"),
            (summary.unchanged, "unchanged"),
            (summary.removed, "removed"),
            (len(summary.failed), "failed"),
        )
        done = ", ".join(f"{count} {name}" for count, name in counts if count) or "Nothing to do"
        print(f"{done}. The library holds {_several(summary.reports, 'report')} in {_several(summary.passages, 'passage')}.")
        for failure in summary.failed:
            print(one_line(f"{failure.path}: {failure.error} {failure.remedy}"), file=sys.stderr)
    return FAILED if summary.failed else DONE


def _list(options: argparse.Namespace) -> int:
    from kb.library import Library

    with Library.open(_folder(options)) as library:
        reports = library.reports()
        if options.json:
            rows = [
                {name: getattr(report, name) for name in ("id", "path", "title", "year", "language", "codes", "countries", "role", "group")}
                for report in reports
            ]
            print(as_json(rows))
            return DONE
        for report in reports:
            about = " · ".join(str(part) for part in (report.role.replace("_", " "), report.year, report.language, *report.codes) if part)
            tell(f"{one_line(report.path)}\n    {report.title}\n    {about}")
        print(f"{_several(len(reports), 'report')}, {_several(library.counts()[1], 'passage')}.")
    return DONE


def _inspect(options: argparse.Namespace) -> int:
    from ingest.inspect import as_lines, inspect

    found = inspect(options.file)
    tell(as_json(found) if options.json else "\n".join(as_lines(found)))
    return DONE


def _measure(options: argparse.Namespace) -> int:
    from ingest.measure import as_table, measure

    rows = measure(options.paths, options.expect)
    tell(as_json(rows) if options.json else as_table(rows))
    return DONE


def _several(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


class _Bar:
    """A progress bar on a terminal, and one line for each file; nothing but the lines elsewhere."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self._bar: Any = None

    def __enter__(self) -> "_Bar":
        if self.shown:
            from tqdm import tqdm

            self._bar = tqdm(total=100, unit="%", leave=False, bar_format="{percentage:3.0f}% |{bar}| {desc} {elapsed}")
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def progress(self, done: int, total: int) -> None:
        if self._bar is not None:
            self._bar.total = total
            self._bar.set_description_str(f"file {min(done // 100 + 1, total // 100)} of {total // 100}", refresh=False)
            self._bar.update(done - self._bar.n)

    def tell(self, outcome: "Outcome") -> None:
        note = f" ({outcome.note})" if outcome.note else ""
        line = one_line(f"{outcome.outcome:<9} {outcome.path}{note}")
        if self._bar is not None:
            self._bar.write(line, file=sys.stdout)
        else:
            print(line, flush=True)


_COMMANDS = {"add": _add, "list": _list, "remove": _remove, "inspect": _inspect, "measure": _measure}
