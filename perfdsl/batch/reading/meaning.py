"""What a text in a column means, asked of `perfdsl.data` once for each distinct text."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.entries import fact_of
from perfdsl.data.facts import Absent, Fact, Value
from perfdsl.data.headings import Role
from perfdsl.data.names import Slot
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Cell, Diagnostic, Severity
from perfdsl.quantity import Quantity
from perfdsl.record import record
from perfdsl.units import PURE

Said = Fraction | Value | Absent
"""A number in the unit that the column is kept in, words, a day, or why there is none."""

_MOST = 200_000
"""Texts that are remembered for a column."""
NOWHERE = Cell("", "")


@record
class Meaning:
    """`codes` are those of its warnings; `is_fault` where an error was found."""

    said: Said
    codes: tuple[str, ...] = ()
    is_fault: bool = False


@record
class Place:
    """A column of the source: what it is about, and which of the cells of that."""

    slot: Slot
    role: Role


class Meanings:
    """The texts of one column that have been asked about."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._known: dict[str | None, Meaning] = {}

    def of(self, text: str | None) -> Meaning:
        """What the cell means; None: no single value stands there."""
        known = self._known.get(text)
        if known is None:
            known = _asked(self.place, text)
            if len(self._known) < _MOST:
                self._known[text] = known
        return known


def faults(place: Place, entry: Entry) -> list[Diagnostic]:
    """All that is wrong with a cell."""
    found: list[Diagnostic] = []
    fact_of(place.slot, {place.role: entry}, found)
    return found


def _asked(place: Place, text: str | None) -> Meaning:
    from perfdsl.batch.reading.texts import entry_of

    entry = Entry(text, NOWHERE) if text is not None else entry_of([], NOWHERE)
    found: list[Diagnostic] = []
    fact = fact_of(place.slot, {place.role: entry}, found)
    codes = tuple(one.code for one in found if one.severity is Severity.WARNING)
    return Meaning(_said(fact, place), codes, any(one.severity is Severity.ERROR for one in found))


def _said(fact: Fact, place: Place) -> Said:
    match place.role:
        case Role.ACTUAL:
            value = fact.value
            return value.amount / (place.slot.expected.unit or PURE).factor if isinstance(value, Quantity) else value
        case Role.REASON:
            return fact.reason
    score = {Role.CHOSEN: fact.chosen, Role.CLAIMED: fact.claimed, Role.AUDITED: fact.audited}[place.role]
    return Absent.EMPTY if score is None else score
