"""The lines of the sheet 数据: every number that a formula reads, in base units, and every value between them and a score."""

from __future__ import annotations

from datetime import date

from perfdsl.data.facts import Value
from perfdsl.model.ruleset import Expected, Kind
from perfdsl.quantity import Quantity
from perfdsl.record import changed, record
from perfdsl.report.xlsx_piece import Piece, stored
from perfdsl.units import PURE, UNITS, Unit

SHEET = "数据"
FIRST = 3
"""The row (from 0) of its first line; above stand the title, a word on its use, the headings."""


@record
class Entry:
    """A line: of which unit, whose value it is, what it is called, its content (a formula where `formula`), its unit, the text as written."""

    member: str
    owner: str
    label: str
    content: float | str | None
    formula: str
    unit: str
    format: str
    said: str


class Cells:
    """The lines of all units in one workbook, in the order in which they are asked for."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.member = ""

    def begin(self, unit: str) -> None:
        """From here on the lines are this unit's."""
        self.member = unit

    def given(self, owner: str, label: str, value: Value | None, said: str = "", expected: Expected | None = None) -> Piece:
        """A cell that holds a value of the data; one that waits for it, of the kind *expected*, where there is none."""
        if value is None:
            return self._waiting(owner, label, said, expected or Expected(Kind.QUANTITY))
        unit = value.unit if isinstance(value, Quantity) else PURE
        content = stored(value)
        return self._add(Entry(self.member, owner, label, content, "", base_text(unit), _format(unit, isinstance(value, date)), said),
                         Piece("", content, unit, plain=True))

    def _waiting(self, owner: str, label: str, said: str, expected: Expected) -> Piece:
        """An empty cell: an error to every formula that asks for it, until it is filled in."""
        unit, words = expected.unit or PURE, expected.kind in (Kind.TEXT, Kind.CHOICE)
        hint = said or "：".join(filter(None, ("待填", "、".join(expected.options))))
        style = _format(unit, expected.kind is Kind.DATE)
        found = self._add(Entry(self.member, owner, label, None, "", base_text(unit), style, hint), Piece("", None, unit))
        return Piece(f"IF(ISBLANK({found.text}),NA(),{found.text})", None, unit, plain=True, words=words)

    def made(self, owner: str, label: str, piece: Piece) -> Piece:
        """A cell that holds a formula; empty where it has no value and nothing needs it."""
        value = "" if piece.value is None else piece.value if isinstance(piece.value, str) else float(piece.value)
        text = f'IFERROR({piece.text},"")' if piece.value is None else piece.text
        entry = Entry(self.member, owner, label, value, text, base_text(piece.unit), _format(PURE, piece.text.startswith("DATE(")), "")
        found = self._add(entry, Piece("", piece.value, piece.unit, words=piece.words))
        return found if piece.value is not None else changed(found, text=f'IF({found.text}="",NA(),{found.text})')

    def _add(self, entry: Entry, piece: Piece) -> Piece:
        self.entries.append(entry)
        where = f"{SHEET}!$D${FIRST + len(self.entries)}"
        return changed(piece, text=where)


def _format(unit: Unit, is_day: bool) -> str:
    return "yyyy-mm-dd" if is_day else "0.00##%" if unit.symbol == "%" else ""


def base_text(unit: Unit) -> str:
    """The unit in which the cell counts: 元 for 万元."""
    if unit.factor == 1 or not unit.dimension:
        return "" if not unit.dimension else unit.symbol
    return next((u.symbol for u in UNITS.values() if u.factor == 1 and u.dimension == unit.dimension), "")
