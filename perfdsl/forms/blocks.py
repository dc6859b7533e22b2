"""Where the forms of a grid begin, and where the blocks of each."""

from __future__ import annotations

import re

from perfdsl.forms import budget as money
from perfdsl.forms import goals as aims
from perfdsl.forms.columns import header_end, is_header_row
from perfdsl.forms.grid import Grid
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import bare, plain
from perfdsl.record import record

_TITLE = re.compile("(自评|绩效).*表")
_LEVEL = re.compile(r"^(产出|效益|满意度|成本|数量|质量|时效|(经济|社会|生态)效益|可持续影响|服务对象满意度)指标(\(.*)?$")
_FEWEST = 4
"""Headings that a row must have at least, to head an indicator table by its place alone."""
_HEAD = re.compile("^(项目名称|单位名称|部门名称|政策名称|专项名称|项目单位|预算单位)$")


def stretches(grid: Grid) -> list[Stretch]:
    """The grid cut where a new title, head or budget block follows an indicator table."""
    whole = Stretch(grid, 0, grid.height)
    cuts, seen = [0], False
    for row in whole.rows():
        if seen and _begins(whole, row):
            cuts.append(row)
            seen = False
        seen = seen or (not money.is_header([cell.text for cell in whole.line(row)]) and is_header_row(whole, row))
    return [Stretch(grid, first, end) for first, end in zip(cuts, [*cuts[1:], grid.height], strict=True)]


def _begins(stretch: Stretch, row: int) -> bool:
    line = stretch.line(row)
    if not line:
        return False
    first = bare(line[0].text)
    if len(line) == 1:
        return len(first) <= 50 and (_TITLE.search(first) is not None or re.match(r"附件\d*$", first) is not None)
    return _HEAD.match(first) is not None or money.is_header([cell.text for cell in line])


@record
class Blocks:
    """The rows at which the blocks of a form begin, where it has them."""

    budget: int | None
    goals: int | None
    headers: tuple[int, ...]


def blocks_of(stretch: Stretch) -> Blocks:
    budget, goals, headers, end = None, None, list[int](), 0
    for row in stretch.rows():
        if row < end:
            continue
        line = stretch.line(row)
        if budget is None and not headers and money.is_header([cell.text for cell in line]):
            budget = row
        elif is_header_row(stretch, row):
            headers.append(row)
            end = header_end(stretch, row)
        elif headers:
            continue
        elif goals is None and (aims.is_header(line) or (len(line) > 1 and aims.is_label(line[0].text))):
            goals = row
    return Blocks(budget, goals, tuple(headers) or _above_levels(stretch, max(budget or 0, goals or 0)))


def _above_levels(stretch: Stretch, row: int) -> tuple[int, ...]:
    """Where no heading is known: the last row of headings above the first 产出指标, 数量指标 and the like."""
    first = next((at for at in stretch.rows() if at > row and any(_LEVEL.match(plain(cell.text)) for cell in stretch.line(at))), None)
    above = [at for at in stretch.rows() if first is not None and row < at < first and len(stretch.line(at)) >= _FEWEST]
    return tuple(above[-1:])
