"""Weights and scores under a heading and above a 小计."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.audit.added import HUNDRED, claims_of, near, weights_of
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import Points, points_of, points_text, shown, squeezed, too_much
from perfdsl.forms.form import FormRow, Heading, Said


def groups(sheet: Sheet) -> Iterator[Finding]:
    """A002: a heading that declares points against the rows under it."""
    for heading in sheet.form.headings:
        declared, under = points_of(heading.weight).value, _under(sheet, heading)
        if declared is None or not under or any(item.weight.value is None and not item.weight.dashed for item in under):
            continue
        found = weights_of(under)
        if found != declared and not (found == HUNDRED and "%" in squeezed(heading.weight)):
            sure = found > declared or sheet.whole
            more = "" if sure else "；表可能没有收全"
            is_near = near(declared, found, [item.weight for item in under])
            yield finding("A002", REMARK if is_near else ERROR if sure else WARNING, heading.name, heading.said.cell,
                          f"「{heading.name}」写的是 {points_text(declared)} 分，下面各项合计 {points_text(found)} 分{more}")


def _under(sheet: Sheet, heading: Heading) -> list[Item]:
    """The rows of a heading; none where its name stands at several places."""
    same = [other for other in sheet.form.headings if (other.level, other.name) == (heading.level, heading.name)]
    if len(same) > 1:
        return []
    if not heading.name:
        return []
    if heading.level == 0:
        return list(sheet.items)
    at = heading.level - 1
    found = [n for n, item in enumerate(sheet.items) if len(item.row.levels) > at and squeezed(item.row.levels[at]) == squeezed(heading.name)]
    together = bool(found) and found[-1] - found[0] == len(found) - 1
    return [sheet.items[n] for n in found] if together else []


def subtotals(sheet: Sheet) -> Iterator[Finding]:
    """A002, A004: a printed 小计 against the rows that it may add up; wrong where it is the sum of none of these runs."""
    above = 0
    for row in sheet.form.subtotals:
        if row.levels:
            runs = _runs(sheet, row, above)
            yield from _printed("A002", row, row.weight, [(weights_of(run), [item.weight for item in run]) for run in runs])
            yield from _printed("A004", row, row.claimed, [(claims_of(run), [item.claimed for item in run]) for run in runs])
        above = _line(row)


def _runs(sheet: Sheet, row: FormRow, above: int) -> list[list[Item]]:
    """The rows of the 小计's own levels, of fewer of them, and those since the last sum: the likeliest first."""
    depths = range(len(row.levels), 0, -1)
    runs = [[item for item in sheet.items if item.row.levels[:depth] == row.levels[:depth]] for depth in depths]
    since = [item for item in sheet.items if above < _line(item.row) < _line(row)]
    return [run for run in (*runs, since) if run]


def _line(row: FormRow) -> int:
    return row.name.cell.line or 0


def _printed(code: str, row: FormRow, said: Said | None, sums: list[tuple[Fraction, list[Points]]]) -> Iterator[Finding]:
    printed = points_of(said).value
    known = [(total, of) for total, of in sums if not any(one.value is None and not one.dashed for one in of)]
    if said is None or printed is None or len(known) < len(sums) or not known or any(total == printed for total, _ in known):
        return
    total, what = known[0][0], "分值" if code == "A002" else "得分"
    severity = REMARK if any(near(printed, other, of) for other, of in known) else ERROR
    yield finding(code, severity, shown(row.name), said.cell, f"「{squeezed(row.levels[-1])}」小计{what}写 {points_text(printed)}，"
                  f"各项合计 {points_text(total)}，{too_much(printed - total)}", claimed=printed, computed=total)


CHECKS = (groups, subtotals)
