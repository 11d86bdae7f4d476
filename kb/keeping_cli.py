"""`python -m kb doctor`, `backup`, `restore` and `record`: keep a library whole, and see who changed what."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.doctor import Finding


def add_to(commands: argparse._SubParsersAction) -> None:
    """The four subcommands and their options."""
    doctor = commands.add_parser("doctor", help="whether the library is whole; --repair mends what can be mended")
    doctor.add_argument("--repair", action="store_true", help="mend what can be mended; the reports themselves are never changed")
    doctor.set_defaults(run=_doctor)
    backup = commands.add_parser("backup", help="the library in one file, while others use it")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put the library of a backup in the place of this one, while others use it")
    restore.set_defaults(run=_restore)
    record = commands.add_parser("record", help="who added, removed and edited what, oldest first")
    record.set_defaults(run=_record)
    for command in (backup, restore):
        command.add_argument("file", type=Path, metavar="FILE.zip")
    for command in (doctor, record):
        command.add_argument("--json", action="store_true", help="print JSON")
    for command in (doctor, backup, restore, record):
        command.add_argument("--library", type=Path, help="the library's folder (default: KB_LIBRARY, else .kb)")


def _folder(options: argparse.Namespace) -> Path:
    from kb.folder import default_folder

    return options.library or default_folder()


def _doctor(options: argparse.Namespace) -> int:
    from kb.doctor import examine, repair

    folder = _folder(options)
    mended = repair(folder) if options.repair else []
    found = examine(folder)
    problems = sum(finding.problems for finding in found)
    if options.json:
        print(json.dumps({"problems": problems, "mended": mended, "checks": [asdict(finding) for finding in found]}, ensure_ascii=False, indent=2))
    else:
        for said in mended:
            print(f"mended   {said}")
        for finding in found:
            print(_line(finding))
        print(f"{problems} problem{'' if problems == 1 else 's'}")
    return 1 if problems else 0


def _line(finding: "Finding") -> str:
    verdict = "wrong" if finding.problems else "note" if finding.note else "ok"
    return f"{verdict:<8} {finding.check}: {finding.said}" + (f". {finding.remedy}" if finding.remedy else "")


def _backup(options: argparse.Namespace) -> None:
    from kb.backup import backup

    held = backup(_folder(options), options.file)
    print(f"{options.file}: {_count(held['reports'], 'report')} in {_count(held['passages'], 'passage')}, and {', '.join(held['files'])}.")


def _restore(options: argparse.Namespace) -> None:
    from kb.backup import restore

    held = restore(options.file, _folder(options))
    print(f"The library is that of {held['made']}: {_count(held['reports'], 'report')} in {_count(held['passages'], 'passage')}.")


def _record(options: argparse.Namespace) -> None:
    from kb.folder import changes_in

    changes = changes_in(_folder(options))
    if options.json:
        print(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2))
    for change in changes if not options.json else []:
        print(f"{change.at}  {change.actor}  {change.verb:<9}  {change.path}  {change.sha256[:12]}".rstrip())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
