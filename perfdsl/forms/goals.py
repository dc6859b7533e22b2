"""The goals of a form: what was expected beside what is said to have been achieved."""

from __future__ import annotations

import re

from perfdsl.forms.form import Goal, Said
from perfdsl.forms.grid import GridCell
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import bare

_EXPECTED = re.compile("预期目标|预期|年初设定|年初目标|设定目标|计划目标|目标设定|绩效目标|年度目标|目标内容|目标|任务")
_ACHIEVED = re.compile("实际|完成情况|达成情况|实现情况|完成结果|落实情况")
_LABEL = re.compile("总体目标|年度目标|绩效目标|工作目标|总体任务|年度任务|总目标|年度总体|目标$")


def is_label(text: str) -> bool:
    said = bare(text)
    return len(said) <= 14 and (_LABEL.search(said) is not None or (_ACHIEVED.search(said) is not None and "目标" in said))


def is_header(cells: list[GridCell]) -> bool:
    """Whether a row heads the two columns of goals."""
    return _sides(cells) is not None


def _sides(cells: list[GridCell]) -> tuple[GridCell, GridCell] | None:
    """The headings of what was expected and what was achieved: the last two of a row, in either order."""
    if not 2 <= len(cells) <= 4:
        return None
    for expected, achieved in (cells[-2:], cells[:-3:-1]):
        if _short(expected, _EXPECTED) and not _short(expected, _ACHIEVED) and _short(achieved, _ACHIEVED):
            return expected, achieved
    return None


def _short(cell: GridCell, pattern: re.Pattern[str]) -> bool:
    said = bare(cell.text)
    return len(said) <= 16 and pattern.search(said) is not None


def goals(stretch: Stretch, header: int, end: int) -> tuple[Goal, ...]:
    """The goals below the headings in row `header`; where that row has none, each label with what stands beside it."""
    line = stretch.line(header)
    sides = _sides(line)
    if sides is None:
        return _beside(stretch, stretch.rows(header, end))
    expected, achieved = sides
    stretch.pass_over(line)
    return tuple(goal for row in stretch.rows(header + 1, end) if (goal := _goal(stretch, row, expected, achieved)) is not None)


def _goal(stretch: Stretch, row: int, expected: GridCell, achieved: GridCell) -> Goal | None:
    stretch.pass_over(cell for cell in stretch.line(row) if is_label(cell.text) and cell.column < expected.column)
    wanted, reached = (_under(stretch, row, heading) for heading in (expected, achieved))
    return Goal(wanted, reached) if wanted or reached else None


def _under(stretch: Stretch, row: int, heading: GridCell) -> Said | None:
    cells = [cell for cell in stretch.line(row) if heading.column <= cell.column < heading.column + heading.columns]
    return stretch.take(cells[0]) if cells else None


def _beside(stretch: Stretch, rows: list[int]) -> tuple[Goal, ...]:
    expected, achieved = list[Said](), list[Said]()
    for row in rows:
        line = stretch.line(row)
        if len(line) < 2:
            continue
        label, *values = line
        if not (is_label(label.text) or _ACHIEVED.search(bare(label.text))):
            continue
        stretch.pass_over([label])
        (achieved if _ACHIEVED.search(bare(label.text)) else expected).extend(stretch.take(cell) for cell in values)
    pairs = max(len(expected), len(achieved))
    return tuple(Goal(*(side[at] if at < len(side) else None for side in (expected, achieved))) for at in range(pairs))
