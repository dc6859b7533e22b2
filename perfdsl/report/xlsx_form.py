"""The sheet 自评表: the official layout, with formulas where they give the very scores."""

from __future__ import annotations

from typing import Any

from perfdsl.quantity import Rounding
from perfdsl.record import changed
from perfdsl.report.docx_budget import execution_row
from perfdsl.report.form import Line, Section, score_text, sections
from perfdsl.report.totals import group_title, title, unit_line
from perfdsl.report.xlsx_budget import SCORE, TOP, has_budget, write_budget
from perfdsl.report.xlsx_cells import Cells
from perfdsl.report.xlsx_foot import Placed, write_below, write_total
from perfdsl.report.xlsx_items import Items
from perfdsl.report.xlsx_live import Live, agrees
from perfdsl.report.xlsx_open import is_settled
from perfdsl.report.xlsx_piece import Piece, Unsayable
from perfdsl.report.xlsx_rounding import rounded
from perfdsl.report.xlsx_style import Heights, Styles, printed, put
from perfdsl.score.groups import OPEN
from perfdsl.score.scorecard import Row, Scorecard, Status

HEADINGS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
WIDTHS = (8.5, 9.5, 19, 14, 14, 7, 8.5, 25)
_LAST = len(HEADINGS) - 1
_WEIGHT, _SCORE = 5, 6


class Form:
    """Writes one card on one sheet; `live.notes` are the scores that stand there as values."""

    def __init__(self, sheet: Any, name: str, card: Scorecard, cells: Cells, styles: Styles) -> None:
        self.sheet, self.card, self.styles = sheet, card, styles
        self.prefix = f"{quoted(name)}!"
        self.execution = execution_row(card)
        self.sections = _without(sections(card), self.execution)
        self.head = TOP + 3 if has_budget(card.ruleset) else TOP
        self.places = self._places()
        cells.begin(card.unit)
        self.items = Items(card, cells, self.places)
        self.live = Live(sheet, self.prefix)
        self.heights = Heights(WIDTHS)
        self.levels: list[tuple[tuple[int, int, int, int], str]] = []

    def write(self) -> Placed:
        for at, width in enumerate(WIDTHS):
            self.sheet.set_column(at, at, width)
        self._heading()
        last = self._lines()
        placed = write_total(self, last + 1)
        write_below(self, last + 3)
        self.heights.set(self.sheet)
        printed(self.sheet, _LAST, (self.head, self.head))
        self.sheet.freeze_panes(self.head + 1, 0)
        return placed

    def _places(self) -> dict[str, tuple[str, str]]:
        """Path → cells of weight and score; those of budget execution stand in the budget block."""
        lines = [line for section in self.sections for line in section.lines]
        found = {line.row.indicator.path: (self.cell(at, _WEIGHT), self.cell(at, _SCORE))
                 for at, line in enumerate(lines, self.head + 1) if line.row}
        if self.execution is not None:
            found[self.execution.indicator.path] = self.cell(TOP + 1, _WEIGHT), self.cell(TOP + 1, SCORE)
        return found

    def cell(self, row: int, column: int) -> str:
        return f"{self.prefix}${'ABCDEFGH'[column]}${row + 1}"

    def put(self, box: tuple[int, int, int, int], text: str, style: Any) -> None:
        """Text in cells, with room for all of it."""
        put(self.sheet, box, text, style)
        self.heights.need(box, text)

    # ---- above the table

    def _heading(self) -> None:
        put(self.sheet, (0, 0, 0, _LAST), title(self.card), self.styles.title())
        self.sheet.set_row(0, 34)
        put(self.sheet, (1, 0, 1, _LAST), unit_line(self.card), self.styles.plain())
        if self.head > TOP:
            self._budget()
        for at, heading in enumerate(HEADINGS):
            self.put((self.head, at, self.head, at), heading, self.styles.head())

    def _budget(self) -> None:
        write_budget(self.sheet, self.items, self.styles, self.heights)
        if self.execution is not None:
            self.sheet.write_number(TOP + 1, _WEIGHT, float(self.execution.indicator.weight), self.styles.number())
            self._score(TOP + 1, self.execution, score_text(self.card, self.execution), SCORE)

    # ---- the table

    def _lines(self) -> int:
        """Writes the lines and gives the last row."""
        at, above = self.head + 1, None
        for number_, section in enumerate(self.sections):
            if section.first != above:
                under = [s for s in self.sections[number_:] if s.first == section.first]
                self._level(at, 0, sum(len(s.lines) for s in under), group_title(self.card, section.first))
            self._level(at, 1, len(section.lines), section.second)
            for offset, line in enumerate(section.lines):
                self._line(at + offset, line)
            at, above = at + len(section.lines), section.first
        for box, text in self.levels:
            self.put(box, text, self.styles.text(align="center"))
        return at - 1

    def _level(self, row: int, column: int, rows: int, text: str) -> None:
        self.levels.append(((row, column, row + rows - 1, column), text))

    def _line(self, row: int, line: Line) -> None:
        text, middle = self.styles.text(), self.styles.number()
        name = line.name if line.row else f"　· {line.name}"
        for column, (shown, style) in enumerate(((name, text), (line.target, middle), (line.actual, middle)), 2):
            self.put((row, column, row, column), shown, style)
        self._weight(row, line)
        if line.row is None:
            self.sheet.write_string(row, _SCORE, line.score, middle)
        else:
            self._score(row, line.row, line.score, _SCORE)
        self.put((row, _LAST, row, _LAST), _reason(line), text)

    def _weight(self, row: int, line: Line) -> None:
        if line.row is None or line.row.indicator.outside:
            self.sheet.write_string(row, _WEIGHT, line.weight, self.styles.number())
        else:
            self.sheet.write_number(row, _WEIGHT, float(line.row.indicator.weight), self.styles.number())

    def _score(self, row: int, one: Row, shown: str, column: int) -> None:
        style = self.styles.points(self.card.ruleset.item_rounding)
        if one.score is None:
            self.live.later((row, column), lambda: self._later(one), shown, style)
            return
        if one.status is not Status.SCORED:
            self.live.value((row, column), one.score, style, one.indicator.name, "不适用，照规则集的规定得分")
            return
        self.live.score((row, column), lambda: self._points(one), one.score, style, one.indicator.name)

    def _later(self, one: Row) -> Piece:
        """The score of a row that is open.  Raises `Unsayable`."""
        if one.status not in OPEN or not is_settled(self.card, one):
            raise Unsayable("这一项的得分不由填报的数据算出")
        made = self.items.item(one).short("取舍前得分", self.items.points(one))
        return rounded(made, self.card.ruleset.item_rounding or Rounding(None))

    def _points(self, one: Row) -> Piece:
        rounding = self.card.ruleset.item_rounding or Rounding(None)
        made = self.items.points(one)
        agrees(made, one.unrounded)
        return rounded(self.items.item(one).short("取舍前得分", made), rounding)


def quoted(name: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


def _without(whole: list[Section], one: Row | None) -> list[Section]:
    """The sections less the lines of *one*."""
    kept = [changed(section, lines=tuple(line for line in section.lines if line.row is None or line.row is not one)) for section in whole]
    return [section for section in kept if section.lines]


def _reason(line: Line) -> str:
    """The officer's reason, and behind it what the rule says of a deviation."""
    reason = line.row.fact.reason if line.row else ""
    return line.note if reason in line.note else "；".join(filter(None, (reason, line.note)))
