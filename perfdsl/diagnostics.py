"""What is wrong with a user's text or data: one type for every stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from perfdsl.record import record
from perfdsl.source import Span


class Severity(StrEnum):
    """How much a finding weighs.  Only errors make a command exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    REMARK = "remark"

    @property
    def chinese(self) -> str:
        return {"error": "错误", "warning": "警告", "remark": "提示"}[self.value]


@record
class Cell:
    """A place in a data file: `sheet` where it has any, `address` as its program shows it (`D7`, `第7行`)."""

    file: str
    address: str
    sheet: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        inside = f"{self.sheet}!{self.address}" if self.sheet else self.address
        return f"{self.file}:{inside}"


Place = Span | Cell


@record
class Note:
    """A second place that belongs to a finding, with what it has to say."""

    message: str
    place: Place | None = None


@record
class Diagnostic:
    """One fault, in the user's words.

    `code` is stable and has a page (`perfdsl explain CODE`); `hint` says what to write instead;
    `notes` show the other places of a conflict.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str = ""
    notes: tuple[Note, ...] = ()
    severity: Severity = Severity.ERROR


BLOCKING = ("E0", "E1", "E207", "E208", "E209", "E211", "E214", "E215", "E216", "E217", "E220", "E223")
"""What leaves no meaning to evaluate: syntax, names and types (by prefix), and rules that do not say how they score."""


def errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [d for d in found if d.severity is Severity.ERROR]


def blocking(found: Iterable[Diagnostic]) -> bool:
    """Whether the next stage has nothing to work on."""
    return any(d.code.startswith(BLOCKING) for d in errors(found))


def in_order(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Each finding once: by file, then by place; findings without a place last."""
    unique = list(dict.fromkeys(found))
    return sorted(unique, key=_place_key)


def _place_key(d: Diagnostic) -> tuple[int, str, int, int, str]:
    match d.place:
        case Span() as span:
            return 0, span.source.name, span.line, span.column, d.code
        case Cell() as cell:
            return 1, cell.file, cell.line or 0, cell.column or 0, d.code
        case None:
            return 2, "", 0, 0, d.code
