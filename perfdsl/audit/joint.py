"""Rows whose weight or score is one merged cell: judged as one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit import basis
from perfdsl.audit.beside import has_place_for_reasons
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.rules import met, senses, spoken
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import Points, points_text, too_much
from perfdsl.diagnostics import Cell
from perfdsl.record import record


@record
class Joint:
    """Rows that are scored together, with their points in all."""

    items: tuple[Item, ...]
    weight: Fraction
    claimed: Fraction

    @property
    def names(self) -> str:
        return "、".join(f"「{item.title}」" for item in self.items)

    @property
    def cell(self) -> Cell:
        return self.items[0].cell


def joints(sheet: Sheet) -> Iterator[Joint]:
    """The runs of rows that share a cell, where all of their points can be read."""
    for items in _runs(sheet):
        weights, claims = (_known({said.cell: points for said, points in pairs if said is not None})
                           for pairs in ([(item.row.weight or item.row.share, item.weight) for item in items],
                                         [(item.row.claimed or item.row.converted, item.claimed) for item in items]))
        if weights is not None and claims is not None:
            yield Joint(items, weights, claims)


def _known(points: dict[Cell, Points]) -> Fraction | None:
    values = [one.value for one in points.values() if one.value is not None]
    return sum(values, Fraction(0)) if values and len(values) == len(points) else None


def _runs(sheet: Sheet) -> Iterator[tuple[Item, ...]]:
    run, known = list[Item](), set[Cell]()
    for item in (item for item in sheet.items if item.together):
        cells = _cells(item)
        if run and not cells & known:
            yield tuple(run)
            run, known = [], set()
        run.append(item)
        known |= cells
    if run:
        yield tuple(run)


def _cells(item: Item) -> set[Cell]:
    row = item.row
    return {said.cell for said in (*row.merged, row.weight, row.claimed) if said is not None}


def compared(sheet: Sheet) -> Iterator[Finding]:
    """A102, A103 of rows that are scored together: all reached and points lost, one missed and all points claimed."""
    for joint in joints(sheet):
        reached = [_reached(item, sheet.form.year) for item in joint.items]
        said = f"{joint.names}合用一个分值 {points_text(joint.weight)}，自评 {points_text(joint.claimed)}"
        if 0 <= joint.claimed < joint.weight and all(reached):
            severity = WARNING if has_place_for_reasons(sheet.form) else REMARK
            yield finding("A102", severity, joint.items[0].title, joint.cell, f"{said}；都已达到目标，应为 {points_text(joint.weight)}，"
                          f"{too_much(joint.claimed - joint.weight)}", basis.RATIO, joint.claimed, joint.weight)
        elif joint.claimed == joint.weight and False in reached:
            missed = "、".join(f"「{item.title}」" for item, met_it in zip(joint.items, reached, strict=True) if met_it is False)
            yield finding("A103", WARNING, joint.items[0].title, joint.cell, f"{said}；{missed}未达到目标，扣多少按评分标准", basis.RATIO, joint.claimed)


def outside(sheet: Sheet) -> Iterator[Finding]:
    """A101 of rows that are scored together."""
    for joint in joints(sheet):
        if not 0 <= joint.claimed <= joint.weight and not any(item.outside for item in joint.items):
            yield finding("A101", ERROR, joint.items[0].title, joint.cell, f"{joint.names}合用一个分值 {points_text(joint.weight)}，自评 "
                          f"{points_text(joint.claimed)}", basis.WITHIN, joint.claimed, min(max(joint.claimed, Fraction(0)), joint.weight))


def _reached(item: Item, year: int | None) -> bool | None:
    """Whether the target is reached on every reading of its sign, or on none; None where readings or values do not tell."""
    if item.pair is None:
        found = spoken(item, year)
        return found.met if found is not None else None
    outcomes = {met(sign, item.pair) for sign in ((item.aim.sign,) if item.aim.sign else senses(item))}
    return outcomes.pop() if len(outcomes) == 1 else None


CHECKS = (compared,)
