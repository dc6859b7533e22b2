"""A graph as the table of its ranges: what is filled in, and the score, with exact ends."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.document.content import Cell, Grid, Picture
from perfdsl.document.formulas import plain_number
from perfdsl.graph import Curve
from perfdsl.graph.shape import Piece
from perfdsl.graph.whole import Run
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.score.wording import minus

MOST_ROWS = 12
_PAIR = 2
_NEAR = Fraction(1, 10**6)
Ends = tuple[Fraction, Fraction]
"""The least and the greatest score at one place."""


@record
class Range:
    """From `low` to `high` (None: without end), whether these belong to it, and the scores at both ends."""

    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool
    first: Ends
    last: Ends
    straight: bool


def table(picture: Picture) -> Grid:
    """The ranges in order; of very many only the first and the last are told."""
    unit = picture.curve.unit.symbol
    counted = picture.curve.runs
    rows = whole_rows(counted, unit) if counted else [(range_words(one, unit), score_words(one)) for one in ranges(picture.curve)]
    if len(rows) > MOST_ROWS:
        rows = [*rows[: MOST_ROWS - 2], ("……", "以下类推"), rows[-1]]
    heading = f"{picture.label}（{unit}）" if unit else picture.label
    return Grid((heading, "得分"), tuple((Cell(at), Cell(score)) for at, score in rows), (500, 500))


def ranges(line: Curve) -> list[Range]:
    """The pieces and the breaks that belong to none of them, in order."""
    found = [_of_piece(line, at) for at in range(len(line.pieces))]
    taken = {x for one in found for x, closed in ((one.low, one.low_closed), (one.high, one.high_closed)) if closed}
    for point in line.points:
        if point.at not in taken and point.low is not None and point.high is not None:
            ends = (point.low, point.high)
            found.append(Range(point.at, True, point.at, True, ends, ends, True))
    return sorted(found, key=lambda one: (one.low is not None, one.low or 0, not one.low_closed))


def _of_piece(line: Curve, at: int) -> Range:
    """A piece takes the break at its low end where the score there is its own, and at its high end where the next does not."""
    piece = line.pieces[at]
    low, high = piece.points[0], piece.points[-1]
    breaks = {p.at: (p.low, p.high) for p in line.points}
    first, last = _snapped(low[1:], breaks.get(low[0])), _snapped(high[1:], breaks.get(high[0]))
    takes_low = breaks.get(low[0]) == first and not (at and _takes_high(line, at - 1))
    return Range(low[0] if low[0] in breaks else None, takes_low, high[0] if high[0] in breaks else None, _takes_high(line, at),
                 first, last, len(piece.points) == 2)


def _takes_high(line: Curve, at: int) -> bool:
    """Whether the piece holds its upper break: its score is there, and it is level or the next piece is not there."""
    piece = line.pieces[at]
    end = piece.points[-1]
    own = next(((p.low, p.high) for p in line.points if p.at == end[0]), None)
    if own is None or _snapped(end[1:], own) != own:
        return False
    behind = next((p for p in line.pieces[at + 1 :] if p.points[0][0] == end[0]), None)
    return behind is None or _snapped(behind.points[0][1:], own) != own or _level(piece)


def _level(piece: Piece) -> bool:
    return all(point[1:] == piece.points[0][1:] for point in piece.points)


def _snapped(limit: Ends, score: tuple[Fraction | None, Fraction | None] | None) -> Ends:
    """The limit of a curved piece is only known from near; where the score there is as near, it is that."""
    if score is None or score[0] is None or score[1] is None:
        return limit
    near = abs(limit[0] - score[0]) < _NEAR and abs(limit[1] - score[1]) < _NEAR
    return (score[0], score[1]) if near else limit


# ---- whole numbers


def whole_rows(runs: Sequence[Run], unit: str) -> list[tuple[str, str]]:
    """A row for each whole number of a run that rises or falls, where there is room for all; else one for the run."""
    singly = [[run] if run.is_level or run.high is None or run.low is None else _one_by_one(run) for run in runs]
    room = sum(map(len, singly)) <= MOST_ROWS
    parts = [part for run, parts in zip(runs, singly, strict=True) for part in (parts if room or len(parts) <= _PAIR else [run])]
    return [(whole_words(one, unit), score_words(_of_run(one))) for one in parts]


def _one_by_one(run: Run) -> list[Run]:
    """The numbers of a run by themselves, as far as a table has room."""
    assert run.low is not None and run.high is not None  # noqa: PT018  # whole_rows has looked
    count = int(run.high - run.low) + 1
    return [Run(x, x, *run.at(x)) for x in (run.low + step for step in range(min(count, MOST_ROWS + 1)))]


def _of_run(run: Run) -> Range:
    first, last = (run.at(x) for x in run.near_ends())
    return Range(run.low, True, run.high, True, first, last, run.is_straight)


def whole_words(run: Run, unit: str) -> str:
    """`1次`, `1次至3次`, `4次及以上`."""
    low, high = ("" if x is None else f"{plain_number(x)}{unit}" for x in (run.low, run.high))
    if run.low is None and run.high is None:
        return "任何数值"
    if run.low is None:
        return f"{high}及以下"
    return f"{low}及以上" if run.high is None else low if run.is_single else f"{low}至{high}"


# ---- words


def range_words(one: Range, unit: str) -> str:
    """`80%（含）至90%`, `低于60%`, `3亿元及以上`, `20家`."""
    low, high = ("" if x is None else f"{plain_number(x)}{unit}" for x in (one.low, one.high))
    if one.low is not None and one.low == one.high:
        return low
    if one.low is None and one.high is None:
        return "任何数值"
    if one.low is None:
        return f"{high}及以下" if one.high_closed else f"低于{high}"
    if one.high is None:
        return f"{low}及以上" if one.low_closed else f"高于{low}"
    return f"{low}{_end(one.low_closed)}至{high}{_end(one.high_closed)}"


def _end(closed: bool) -> str:
    return "（含）" if closed else "（不含）"


def score_words(one: Range) -> str:
    """`10分`, `由0分按直线升至10分`, `由评审人在6分至8分之间评定`."""
    if one.first[0] != one.first[1] or one.last[0] != one.last[1]:
        same = one.first == one.last
        return f"由评审人在{_points(one.first[0])}至{_points(one.first[1])}之间评定" if same else "由评审人评定"
    first, last = one.first[0], one.last[0]
    if first == last and one.straight:
        return _points(first)
    up = last > first
    if one.low is None:
        return f"逐步{'升' if up else '降'}至{_points(last)}"
    if one.high is None:
        return f"由{_points(first)}起逐步{'增加' if up else '减少'}"
    return f"由{_points(first)}{'按直线' if one.straight else '逐步'}{'升' if up else '降'}至{_points(last)}"


def _points(value: Fraction) -> str:
    return f"{minus(decimal_text(value))}分"
