"""W304: a region between the lines of a case list that 否则 takes unseen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.checks.lines import Bands, Pieces, gives, name
from perfdsl.checks.supposing import amount
from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.model import kernel as k
from perfdsl.model.walk import names
from perfdsl.quantity import score
from perfdsl.regions import Region
from perfdsl.units import is_counted

_WHEN = ("当", "when")


def hidden(choice: k.Choice, lines: list[Bands], weight: Fraction) -> Iterator[Diagnostic]:
    """W304: a bounded region between bands that only 否则 takes, which gives a constant there.

    Not told: what lies beyond the lines, which is what 否则 is for; the only region that is left, where 否则 gives
    no less than the lines beside it; a single 0 that stands apart, which is nothing at all rather than little.
    """
    otherwise = choice.otherwise
    if otherwise is None or isinstance(otherwise, k.Judgement | k.NotCounted) or names(otherwise) - {"分值"}:
        return
    for line in lines:
        if _is_last(line, choice) and _is_of_one_kind(line) and any(line.bounded(row.pieces) for row in line.rows):
            yield from _between(line, otherwise, weight)


def _is_last(line: Bands, choice: k.Choice) -> bool:
    """Whether all that stands between 否则 and the first row of *line* is on the line."""
    first = line.rows[0].at
    return line.rows[-1].at - first + 1 == len(line.rows) == len(choice.cases) - first


def _is_of_one_kind(line: Bands) -> bool:
    """Whether the edges can be compared with one another; where not, that is E104."""
    units = {n.value.unit.dimension for n in line.written.values() if isinstance(n, k.Number) and (n.value.amount or n.value.unit.symbol)}
    return len(units) <= 1


def _between(line: Bands, otherwise: k.Expr, weight: Fraction) -> Iterator[Diagnostic]:
    held = _held(line)
    left = [(region, pieces) for region, pieces in line.regions(line.every & ~held) if _has_values(region, line)]
    inner = [(region, pieces) for region, pieces in left if line.bounded(pieces) and held & (pieces & -pieces) - 1]
    outer = [region for region, pieces in left if not line.bounded(pieces) and (region.low is not None or (region.high or 0) > 0)]
    unseen = [region for region, pieces in inner
              if len(inner) + len(outer) > 1 or _is_dip(pieces, line, otherwise, weight)]
    if unseen:
        yield _hole(unseen, line, otherwise)


def _held(line: Bands) -> Pieces:
    """The pieces that the rows take, without a single 0 that stands apart before or behind all other rows."""
    held = 0
    for row in line.rows:
        held |= row.pieces
    if 0 not in line.edges or all(row.pieces.bit_count() == 1 for row in line.rows):
        return held
    at = 2 * line.edges.index(Fraction(0)) + 1
    below, above = held & (1 << at) - 1, held >> at + 1
    apart = not (below and above) and not held >> at - 1 & 0b101
    return held & ~(1 << at) if apart else held


def _has_values(region: Region, line: Bands) -> bool:
    """Whether *region* holds a value: of what is counted, a whole number."""
    if region.low is None or region.high is None or _is_continuous(line):
        return True
    first = -(-region.low // 1) + (region.low.denominator == 1 and not region.low_closed)
    last = region.high // 1 - (region.high.denominator == 1 and not region.high_closed)
    return first <= last


def _is_continuous(line: Bands) -> bool:
    units = [n.value.unit for n in line.written.values() if isinstance(n, k.Number) and n.value.unit.symbol]
    return line.base is not None or not units or not all(map(is_counted, units))


def _is_dip(pieces: Pieces, line: Bands, otherwise: k.Expr, weight: Fraction) -> bool:
    """Whether 否则 gives less than the lines on either side of *pieces*; so too where these cannot be compared."""
    supposed = {"分值": score(weight)}
    low, high = (pieces & -pieces) >> 1, 1 << pieces.bit_length()
    beside = [amount(given, supposed) if (given := _giving(piece, line)) else None for piece in (low, high)]
    mine = amount(otherwise, supposed)
    ended = any(row.pieces & (low | high) and line.bounded(row.pieces) for row in line.rows)
    return ended and all(one is None or mine is None or mine < one for one in beside)


def _giving(piece: Pieces, line: Bands) -> k.Expr | None:
    return next((row.case.value for row in line.rows if row.pieces & piece), None)


def _hole(regions: list[Region], line: Bands, otherwise: k.Expr) -> Diagnostic:
    where = "、".join(f"「{region.text(line.text).removeprefix('= ')}」" for region in regions)
    rows = "；".join(f"{_row(region, line)} {gives(otherwise)}" for region in regions)
    return Diagnostic(
        "W304", f"{name(line.subject)}在{where}只有「否则」管到，{gives(otherwise)}", otherwise.span,
        f"确实这样计的，单独写成一行：{rows}；不是的，补上这一段该得的分",
        (Note("前面的几档到这里为止", line.rows[-1].case.span),), Severity.WARNING)


def _row(region: Region, line: Bands) -> str:
    """The region as a line of the list, in the form that the list uses."""
    if line.base is None and not line.rows[-1].case.span.text.startswith(_WHEN):
        return region.text(line.text)
    subject = line.subject.name if isinstance(line.subject, k.Name) else line.subject.span.text
    if region.low is None or region.high is None or region.low == region.high:
        return f"当 {subject} {region.text(line.text)}"
    signs = ["≤" if closed else "<" for closed in (region.low_closed, region.high_closed)]
    return f"当 {line.text(region.low)} {signs[0]} {subject} {signs[1]} {line.text(region.high)}"
