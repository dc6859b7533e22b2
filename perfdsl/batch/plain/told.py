"""Rows of scores as text, with the very bytes that the columns would give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING

from perfdsl.batch.plain.recipe import Recipe, Scoring
from perfdsl.batch.plain.styles import STYLES
from perfdsl.batch.words import BARRED, STANDING_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from perfdsl.batch.one import One, OneItem

Texts = Iterable[str]
Told = dict[int | None, str]
_GRADED, _BARRED, _FAULTY = 0, 3, 4
"""As `plan.whole.Standing`."""
_NO_END = 10**9
"""As `shape.LEAST_BOUNDLESS`."""
_FURTHEST = 10**18
"""A deviation from here on is left out, as `one` does."""
_OF_WHOLE, _OF_ITEM = ("总分", "等级", "总分下限", "总分上限", "状态"), ("得分", "失分", "状态", "偏差（%）", "须说明原因", "适用条款")


class Decimals(Told):
    """Whole numbers of last places as the cells of a column, each made once; beyond *most* there is none."""

    def __init__(self, cell: Callable[[str], str], places: int, none: str, most: int | None = None, of: int | None = None) -> None:
        super().__init__({None: none})
        self._cell, self._places, self._none, self._most, self._of = cell, places, none, most, of

    def __missing__(self, units: int | None) -> str:
        assert units is not None
        text = self[units] = self._none if self._most is not None and abs(units) >= self._most else self._cell(self._shown(units))
        return text

    def _shown(self, units: int) -> str:
        """*of* is what they are taken from, if from anything."""
        units = units if self._of is None else self._of - units
        if not self._places:
            return str(units)
        digits = f"{abs(units):0{self._places + 1}}"
        return f"{'-' if units < 0 else ''}{digits[:-self._places]}.{digits[-self._places:]}"


class Item:
    """The columns of one item."""

    def __init__(self, table: Table, first: int, is_brief: bool) -> None:
        self._table, self._cells, self._is_brief = table, [table.cells(first + at) for at in range(1 if is_brief else len(_OF_ITEM))], is_brief
        self.points = Decimals(self._cells[0], table.item_places, table.none)
        if not is_brief:
            self.deviation = Decimals(self._cells[3], 2, table.none, _FURTHEST)
            self._statuses = [self._cells[2](table.said(word)) for word in STATUS_WORDS]
            self._due = {True: self._cells[4](table.style.yes), False: self._cells[4](table.style.no) if table.style.no else table.none}
            self._lost: dict[int, Decimals] = {}
            self._clauses: dict[str, str] = {"": table.none}

    def lost(self, weight: int) -> Decimals:
        """Points by what is short of that weight."""
        if weight not in self._lost:
            self._lost[weight] = Decimals(self._cells[1], self._table.item_places, self._table.none, None, weight)
        return self._lost[weight]

    def clause(self, text: str) -> str:
        if text not in self._clauses:
            self._clauses[text] = self._cells[5](self._table.said(text))
        return self._clauses[text]

    def of_ordinary(self, kinds: Sequence[tuple[int, str]], points: Sequence[int], ways: Sequence[int], away: Sequence[int | None] | None,
                    due: Sequence[bool] | None) -> list[Texts]:
        """The columns of ordinary units; None for *away* or *due*: in none of them."""
        own: list[Texts] = [map(self.points.__getitem__, points)]
        if self._is_brief:
            return own
        weights, clauses = {weight for weight, _ in kinds}, [self.clause(clause) for _, clause in kinds]
        if len(weights) == 1:
            lost: Texts = map(self.lost(weights.pop()).__getitem__, points)
        else:
            lost = [self.lost(kinds[way][0])[one] for way, one in zip(ways, points, strict=True)]
        return [*own, lost, repeat(self._statuses[0]), repeat(self._table.none) if away is None else map(self.deviation.__getitem__, away),
                repeat(self._due[False]) if due is None else map(self._due.__getitem__, due), map(clauses.__getitem__, ways)]

    def of_any(self, item: OneItem) -> list[str]:
        """The cells of a unit of any kind."""
        own = self.points[item.points]
        if self._is_brief:
            return [own]
        lost = self._table.none if item.points is None else self.lost(item.weight)[item.points]
        return [own, lost, self._statuses[item.status], self.deviation[item.deviation], self._due[item.due], self.clause(item.clause)]


class Table:
    """Writes the rows of one job."""

    def __init__(self, recipe: Recipe, kind: str, is_brief: bool) -> None:
        shape, self.is_brief = recipe.shape, is_brief
        self.item_places, self._grade_due = shape.item_places, shape.grade_due
        of_item, of_whole = (_OF_ITEM[:1], _OF_WHOLE[:2]) if is_brief else (_OF_ITEM, _OF_WHOLE)
        items = [f"{name}.{what}" for name in shape.names for what in of_item]
        self.style = STYLES[kind](["单位", "单位代码", "年度", *of_whole, *items, *shape.told, *(name for name, _ in shape.basis)])
        self.said, self.none = self.style.said, self.style.none
        first = 3 + len(of_whole)
        self._items = [Item(self, first + at * len(of_item), is_brief) for at in range(len(shape.names))]
        self._total = Decimals(self.cells(3), shape.total_places, self.none)
        self._ends = [Decimals(self.cells(at), shape.total_places, self.none, _NO_END * 10**shape.total_places) for at in (5, 6) if not is_brief]
        behind = first + len(shape.names) * len(of_item)
        self._told = [self.cells(behind + at) for at in range(len(shape.told))]
        self._basis = [self.cells(behind + len(shape.told) + at)(self.said(text)) for at, (_, text) in enumerate(shape.basis)]
        self._wholes: dict[tuple[str, int], tuple[str, ...]] = {}

    def cells(self, at: int) -> Callable[[str], str]:
        """What makes a cell of that column of a text that has been quoted."""
        return self.style.cell(at)

    def ordinary(self, scoring: Scoring, who: Sequence[Texts], found: Sequence[tuple[int, ...]], away: Sequence[Sequence[int | None] | None],
                 due: Sequence[Sequence[bool] | None], told: Sequence[Sequence[str]]) -> Iterable[str]:
        """Units as the function of the ordinary unit gives them, with the deviations and the reasons of each item, and what is told."""
        count, columns = len(scoring.kinds), [*zip(*found, strict=True)]
        wholes = [self._whole_of(grade, standing) for _, grade, standing, _ in scoring.wholes]
        has = [has_total for has_total, *_ in scoring.wholes]
        ways = columns[count + 1]
        totals = columns[count] if all(has) else [total if has[way] else None for total, way in zip(columns[count], ways, strict=True)]
        cells: list[Texts] = [*who, map(self._total.__getitem__, totals), map([grade for grade, *_ in wholes].__getitem__, ways)]
        if not self.is_brief:
            ends = [[None if total is not None else end for total, end in zip(totals, columns[count], strict=True)]] * 2 if not all(has) else None
            cells += [repeat(self.none)] * 2 if ends is None else [map(told.__getitem__, end) for told, end in zip(self._ends, ends, strict=True)]
            cells.append(map([standing for _, standing in wholes].__getitem__, ways))
        for at, item in enumerate(self._items):
            cells += item.of_ordinary(scoring.kinds[at], columns[at], columns[count + 2 + at], away[at], due[at])
        for cell, texts in zip(self._told, told, strict=True):
            made = {text: self._text(cell, text) for text in {*texts}}
            cells.append(map(made.__getitem__, texts))
        return map(self.style.line, zip(*cells, *map(repeat, self._basis)))  # noqa: B905  # what is the same in every row has no end

    def any(self, who: Sequence[str], one: One) -> str:
        """A unit of any kind."""
        grade, standing = self._whole_of(one.grade or (one.note.grades if self._grade_due else ""), one.standing)
        ends = [told[end] if one.total is None else self.none for told, end in zip(self._ends, (one.low, one.high), strict=False)]
        cells = [*who, self._total[one.total], grade, *([] if self.is_brief else [*ends, standing])]
        for item, of_it in zip(self._items, one.items, strict=True):
            cells += item.of_any(of_it)
        told = [self._text(cell, text) for cell, text in zip(self._told, one.told, strict=bool(self._told))]
        return self.style.line((*cells, *told, *self._basis))

    def who(self, names: Sequence[str], codes: Sequence[str], years: Sequence[int | None]) -> list[list[str]]:
        """The first three columns."""
        name, code, year = (self.cells(at) for at in range(3))
        return [[name(self.said(text)) for text in names], [code(self.said(text)) if text else self.none for text in codes],
                [self.none if one is None else year(str(one)) for one in years]]

    def _text(self, cell: Callable[[str], str], text: str) -> str:
        return cell(self.said(text)) if text else self.none

    def _whole_of(self, grade: str, standing: int) -> tuple[str, str]:
        """The cells of the grade and of the state of a unit."""
        if standing == _GRADED and not self._grade_due:
            standing = _FAULTY
        word = BARRED if standing == _BARRED else grade if self._grade_due else ""
        stands = self.none if self.is_brief else self.cells(7)(self.said(STANDING_WORDS[standing]))
        return self.cells(4)(self.said(word)) if word else self.none, stands
