"""A question and what came of it."""

from dataclasses import dataclass, field
from threading import Event

from kb.errors import KBError
from kb.records import Answer, Filters, Report


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, a problem with its remedy, or nothing yet (`waiting` says why).

    `within` are the filters set when it was asked, `dropped` the (field, value) pairs of what was understood that the
    reader took away, `named` the reports that the question names, `suggested` questions that could follow,
    `verdict` what the reader thought of the answer, `halt` is set when the reader no longer waits for it, and `former` is
    the turn that stood in its place, where it is asked again.
    """

    question: str
    answer: Answer | None = None
    problem: KBError | None = None
    waiting: str = "ask.searching"
    within: Filters = field(default_factory=Filters)
    dropped: tuple[tuple[str, str], ...] = ()
    named: tuple[Report, ...] = ()
    suggested: tuple[str, ...] = ()
    verdict: str = ""
    halt: Event = field(default_factory=Event, compare=False)
    former: "Turn | None" = None

    @property
    def over(self) -> bool:
        return self.answer is not None or self.problem is not None
