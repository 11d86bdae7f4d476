"""Errors with a remedy. The library raises them; only the doors turn them into one line."""


class KBError(Exception):
    """What went wrong, in one sentence, and what to do about it, in another."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()


class UnreadableFile(KBError):
    """A file that gives no report, or no memo: missing, empty, encrypted, damaged, of an unknown type."""


class LibraryMissing(KBError):
    """There is no library in the folder named."""


class LibraryDamaged(KBError):
    """The library's folder is there, but its database cannot be read or was made by a newer version."""


class BackupDamaged(KBError):
    """A file that is no backup of a library, or is one no longer as it was made."""


class LibraryBusy(KBError):
    """Another process is writing to the library."""


class CannotWrite(KBError):
    """A file cannot be written: the disk is full, or the folder is read-only. What was there before is as it was."""


class ModelUnavailable(KBError):
    """The embedding model cannot be loaded."""


class ModelMismatch(KBError):
    """The library's vectors were made by another embedding model."""


class InvalidRequest(KBError):
    """A filter, option or file of settings that means nothing here."""
