"""E225: two bands of a case list hold for one value and give different points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from perfdsl.checks.lines import Bands, Pieces, Row, bands, gives, name, text_of
from perfdsl.checks.supposing import amount
from perfdsl.checks.thresholds import comparisons, turned
from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.quantity import Quantity, of, score
from perfdsl.regions import Region


def overlapping(choice: k.Choice, lines: list[Bands], weight: Fraction) -> Iterator[Diagnostic]:
    """E225: bands with two ends, or single values, that share a point or a region.

    One-sided lines (≥ 90%, ≥ 80%, …) are read from top to bottom and may overlap; but an end that two lines both
    call their own is shared.  A band that is never reached is E222 and not told again.
    """
    for line in lines:
        above: list[Row] = []
        taken = 0
        for row in line.rows:
            if row.pieces & line.every & ~taken:
                yield from _with_those_above(row, above, line, weight)
                above.append(row)
            taken |= row.pieces
    yield from _joined(choice, lines)


def _with_those_above(row: Row, above: list[Row], line: Bands, weight: Fraction) -> Iterator[Diagnostic]:
    for first in above:
        shared = _shared(first, row, line)
        for region, _ in line.regions(shared):
            if not same(first.case.value, row.case.value, line, region, weight):
                yield _overlap(_shown(region, line), first.case, row.case)


def _shared(a: Row, b: Row, line: Bands) -> Pieces:
    """The pieces that two rows with two ends have in common; of a row with one end, only an end that both include."""
    shared = a.pieces & b.pieces & line.every
    ended = line.bounded(a.pieces) + line.bounded(b.pieces)
    if ended == 2:
        return shared
    return shared if ended == 1 and _is_end_of_both(shared, a.pieces, b.pieces) else 0


def _is_end_of_both(shared: Pieces, a: Pieces, b: Pieces) -> bool:
    """Whether *shared* is one edge at which the one set ends and the other begins."""
    beside = shared << 1 | shared >> 1
    return shared.bit_count() == 1 and beside & a != 0 and beside & b != 0 and not beside & a & b


def _shown(region: Region, line: Bands) -> str:
    return line.text(region.low) if region.low is not None and region.low == region.high else region.text(line.text)


def _overlap(where: str, first: k.Case, second: k.Case) -> Diagnostic:
    rows = [f"「{text_of(case.condition.span)}」{gives(case.value)}" for case in (first, second)]
    return Diagnostic(
        "E225", f"「{where}」同时落在两档里：{rows[0]}，{rows[1]}", second.span,
        "两档的边界只让一处算在内，另一处写「（不含）」；办法两处都写「含」的，要写明算哪一档",
        (Note(f"这一档{gives(first.value)}", first.span),))


# ---- the same points


_TRIAL = Fraction(7)
"""A target to try where the rule leaves it open."""


def same(a: k.Expr, b: k.Expr, line: Bands, region: Region, weight: Fraction) -> bool:
    """Whether two lines give the same everywhere in *region*, as far as their formulas tell."""
    if a == b:
        return True
    found = [(amount(a, supposed), amount(b, supposed)) for at in _inside(region) if (supposed := _at(line, at, weight))]
    return bool(found) and all(x is not None and x == y for x, y in found)


def _inside(region: Region) -> list[Fraction]:
    low = region.low if region.low is not None else (region.high or Fraction(0)) - 1
    high = region.high if region.high is not None else low + 1
    return [low] if low == high else [low + (high - low) * part / 8 for part in (1, 3, 4, 7)]


def _at(line: Bands, at: Fraction, weight: Fraction) -> dict[str, Quantity]:
    """What stands for the names of the item where its subject is *at*; nothing where the subject is a formula."""
    if not isinstance(line.subject, k.Name):
        return {}
    subject, here, target = line.subject.name, of(at), of(_TRIAL)
    supposed = {"分值": score(weight), subject: here}
    if isinstance(line.base, k.Name):
        supposed |= {subject: here * target, line.base.name: target}
    if subject == "完成率":
        supposed |= {"实际值": here * target, "目标值": target}
    elif subject == "实际值" and isinstance(line.base, k.Name) and line.base.name == "目标值":
        supposed["完成率"] = here
    return supposed


# ---- several subjects


def _joined(choice: k.Choice, lines: list[Bands]) -> Iterator[Diagnostic]:
    """E225 of lines that join bands of several subjects by 且."""
    alone = {row.at for line in lines for row in line.rows}
    left = [case for at, case in enumerate(choice.cases) if at not in alone and _is_conjunction(case.condition)]
    for a, b in combinations(left, 2):
        where = _common(a, b)
        if where and a.value != b.value:
            yield _overlap(where, a, b)


def _is_conjunction(condition: k.Condition) -> bool:
    return isinstance(condition, k.Comparison) or (condition.op == "且" and all(map(_is_conjunction, condition.operands)))


def _common(a: k.Case, b: k.Case) -> str:
    """Where two conjunctions over the same subjects both hold; empty where they do not, or where one is not a band."""
    subjects = list(dict.fromkeys(c.left for c in comparisons(turned(a.condition))))
    if set(subjects) != {c.left for c in comparisons(turned(b.condition))}:
        return ""
    shown = [_on(subject, a, b) for subject in subjects]
    return "，".join(part for part in shown if part) if None not in shown else ""


def _on(subject: k.Expr, a: k.Case, b: k.Case) -> str | None:
    """What two conjunctions have in common on one subject: None where nothing, empty where it is said in the same words."""
    mine, yours = (_of(subject, case) for case in (a, b))
    if mine == yours:
        return ""
    line = next(iter(bands(k.Choice((k.Case(mine, a.value, a.span), k.Case(yours, b.value, b.span)), None, a.span))), None)
    if line is None or not all(line.bounded(row.pieces) for row in line.rows):
        return None
    regions = line.regions(line.rows[0].pieces & line.rows[1].pieces & line.every)
    return "；".join(f"{name(subject).strip('「」')} {_shown(region, line)}" for region, _ in regions) or None


def _of(subject: k.Expr, case: k.Case) -> k.Condition:
    mine = tuple(c for c in comparisons(turned(case.condition)) if c.left == subject)
    return mine[0] if len(mine) == 1 else k.Logic("且", mine, case.condition.span)
