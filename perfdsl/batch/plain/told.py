"""Rows of scores as text, with the very bytes that the columns would give."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

from perfdsl.batch.plain.recipe import Recipe, Scoring
from perfdsl.batch.words import BARRED, STANDING_WORDS, STATUS_WORDS
from perfdsl.harmless import harmless

if TYPE_CHECKING:
    from perfdsl.batch.one import One

Cells = list[str | None]
_GRADED, _BARRED, _FAULTY = 0, 3, 4
"""As `plan.whole.Standing`."""
_NO_END = 10**9
"""As `shape.LEAST_BOUNDLESS`."""
_FURTHEST = 10**18
"""A deviation from here on is left out, as `one` does."""
_SPECIAL = (",", '"', "\n", "\r")


class Shown(dict[int, str]):
    """Whole numbers of last places as decimals, each made once."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, units: int) -> str:
        places = self._places
        digits = f"{abs(units):0{places + 1}}"
        text = f"{'-' if units < 0 else ''}{digits[:-places]}.{digits[-places:]}" if places else str(units)
        self[units] = text
        return text


class Csv:
    """CSV as polars writes it: quoted where it must be."""

    yes, no = "是", ""

    def __init__(self, headings: Sequence[str]) -> None:
        out = StringIO()
        csv.writer(out).writerow([harmless(heading) for heading in headings])
        self.head = b"\xef\xbb\xbf" + out.getvalue().encode()

    def said(self, text: str) -> str:
        tame = harmless(text)
        return '"' + tame.replace('"', '""') + '"' if not tame or any(mark in tame for mark in _SPECIAL) else tame

    def line(self, cells: Cells) -> str:
        return ",".join([cell or "" for cell in cells]) + "\r\n"


class JsonLines:
    """An object for each unit, without what there is not."""

    yes, no = "true", "false"
    head = b""

    def __init__(self, headings: Sequence[str]) -> None:
        self._keys = [json.dumps(heading, ensure_ascii=False) + ": " for heading in headings]

    def said(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    def line(self, cells: Cells) -> str:
        return f"{{{', '.join([key + cell for key, cell in zip(self._keys, cells, strict=True) if cell is not None])}}}\n"


STYLES: dict[str, type[Csv] | type[JsonLines]] = {"csv": Csv, "jsonl": JsonLines}


class Table:
    """Writes the rows of one job."""

    def __init__(self, recipe: Recipe, kind: str, is_brief: bool) -> None:
        self._brief, shape = is_brief, recipe.shape
        self.style = STYLES[kind](_headings(recipe, is_brief))
        self._points, self._total, self._deviation = Shown(shape.item_places), Shown(shape.total_places), Shown(2)
        said = self.style.said
        self._basis: Cells = [said(text) for _, text in shape.basis]
        self._statuses, self._standings = [*map(said, STATUS_WORDS)], [*map(said, STANDING_WORDS)]
        self._grade_due, self._no_end = shape.grade_due, _NO_END * 10**shape.total_places
        self._known: dict[str, str] = {}

    def ordinary(self, who: Cells, scoring: Scoring, found: tuple[int, ...], beside: Sequence[tuple[int | None, bool]]) -> str:
        """A unit as the function of the ordinary unit gives it."""
        count, points = len(scoring.kinds), self._points
        has_total, grade, standing = scoring.wholes[found[count + 1]]
        total = found[count]
        cells = [*who, *self._whole(total if has_total else None, total, total, grade, standing)]
        if self._brief:
            cells += [points[one] for one in found[:count]]
        else:
            scored, said = self._statuses[0], self._said
            for at, kinds in enumerate(scoring.kinds):
                own, (weight, clause), (deviation, due) = found[at], kinds[found[count + 2 + at]], beside[at]
                cells += (points[own], points[weight - own], scored, self._away(deviation),
                          self.style.yes if due else self._no, said(clause) if clause else None)
        return self.style.line([*cells, *self._basis])

    def any(self, who: Cells, one: One) -> str:
        """A unit of any kind."""
        cells = [*who, *self._whole(one.total, one.low, one.high, one.grade, one.standing)]
        for item in one.items:
            cells.append(None if item.points is None else self._points[item.points])
            if not self._brief:
                cells += (None if item.points is None else self._points[item.weight - item.points], self._statuses[item.status],
                          self._away(item.deviation), self.style.yes if item.due else self._no,
                          self._said(item.clause) if item.clause else None)
        return self.style.line([*cells, *self._basis])

    def _away(self, deviation: int | None) -> str | None:
        return None if deviation is None or abs(deviation) >= _FURTHEST else self._deviation[deviation]

    def who(self, name: str, code: str, year: int | None) -> Cells:
        return [self.style.said(name), self.style.said(code) if code else None, None if year is None else str(year)]

    @property
    def _no(self) -> str | None:
        return self.style.no or None

    def _said(self, text: str) -> str:
        if text not in self._known:
            self._known[text] = self.style.said(text)
        return self._known[text]

    def _whole(self, total: int | None, low: int, high: int, grade: str, standing: int) -> Cells:
        if standing == _GRADED and not self._grade_due:
            standing = _FAULTY
        word = BARRED if standing == _BARRED else "" if standing == _FAULTY else grade
        cells: Cells = [None if total is None else self._total[total], self._said(word) if word else None]
        if self._brief:
            return cells
        ends = [self._total[end] if total is None and abs(end) < self._no_end else None for end in (low, high)]
        return [*cells, *ends, self._standings[standing]]


def _headings(recipe: Recipe, is_brief: bool) -> list[str]:
    of_item = ("得分",) if is_brief else ("得分", "失分", "状态", "偏差（%）", "须说明原因", "适用条款")
    whole = ("总分", "等级") if is_brief else ("总分", "等级", "总分下限", "总分上限", "状态")
    items = [f"{name}.{what}" for name in recipe.shape.names for what in of_item]
    return ["单位", "单位代码", "年度", *whole, *items, *(name for name, _ in recipe.shape.basis)]
