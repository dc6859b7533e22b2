"""Which column of a source says what."""

from __future__ import annotations

from perfdsl.batch.reading.meaning import Meanings, Place
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import Header, Role
from perfdsl.data.many_units import columns_of
from perfdsl.data.names import Slots
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.record import record


@record
class Column:
    """A column of cells: where it stands, its heading, what has been asked of it."""

    at: int
    heading: str
    meanings: Meanings

    @property
    def place(self) -> Place:
        return self.meanings.place


@record
class Plan:
    """Where the unit's name, its code and the year stand (None: nowhere), and the columns of cells."""

    unit: int | None
    code: int | None
    year: int | None
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    found: tuple[Diagnostic, ...] = ()

    @property
    def used(self) -> tuple[int, ...]:
        """The columns that are read."""
        about = (at for at in (self.unit, self.code, self.year) if at is not None)
        return tuple(sorted({*about, *(column.at for column in self.columns)}))


def wide_plan(header: Header, names: Slots) -> Plan:
    """For a table with a row for each unit.  Raises `Unreadable` where it is not plain which column means what."""
    found: list[Diagnostic] = []
    columns = columns_of(header.row, names, found)
    if wrong := errors(found):
        raise Unreadable(wrong[0], tuple(wrong[1:]))
    texts = tuple("" if entry is None else entry.text for entry in header.row)
    placed = tuple(
        Column(at, texts[at], Meanings(Place(columns.slots[path], role)))
        for path, places in columns.cells.items() for role, at in places.items())
    about = columns.about
    return Plan(about.get(Role.UNIT), about.get(Role.CODE), about.get(Role.YEAR), placed, texts, tuple(found))
