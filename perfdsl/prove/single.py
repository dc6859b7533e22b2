"""Claims on one indicator, told from its slices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.line import Piece
from perfdsl.prove.question import Question
from perfdsl.prove.seen import Seen, look
from perfdsl.prove.slices import Slice, high_at, low_at
from perfdsl.prove.verdict import BAD_DATA, Broken, limits, verdict
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.score.scorecard import BOUNDLESS, JudgementStep


@record
class Counterexample:
    """Where a claim breaks: the slice, the value, and the words for it."""

    slice: Slice
    at: Fraction
    text: str


Search = Callable[[Slice], Iterator[Counterexample | str]]
"""What breaks a claim in a slice; a text says why it cannot be told."""


def points(number: Fraction) -> str:
    return f"{decimal_text(number)} 分"


# ---- 得分范围


def out_of_range(one: Slice) -> Iterator[Counterexample | str]:
    """Values that give less than the least or more than the most that the item may have."""
    for piece in one.pieces:
        if piece.value is None or not piece.value.counts:
            continue
        least, most = limits(one.asked, piece.value)
        if most is not None:
            yield from _beyond(one, piece, lambda seen, x, end=most: bool(high_at(seen, x) > end), f"高于 {points(most)}", highest=True)  # type: ignore[misc]  # a default
        if least is not None:
            yield from _beyond(one, piece, lambda seen, x, end=least: bool(low_at(seen, x) < end), f"低于 {points(least)}", highest=False)  # type: ignore[misc]  # a default


def _beyond(one: Slice, piece: Piece[Seen], test: Callable[[Seen, Fraction], bool], how: str, *, highest: bool) -> Iterator[Counterexample | str]:
    for region in one.where(piece, test):
        if isinstance(region, str):
            yield region
            continue
        at = one.plain(region)
        seen = look(one.asked, one.facts(at))
        judged = "评分给到头，" if any(isinstance(step, JudgementStep) for step in seen.outcome.steps) else ""
        yield Counterexample(one, at, f"{judged}得 {points(seen.high if highest else seen.low)}，{how}")


# ---- 没有漏洞, 没有重叠


def unscored(one: Slice) -> Iterator[Counterexample | str]:
    """Values that no line of the rule scores.  A divisor of 0 is a fault of the data and told as such (E452)."""
    for piece in one.pieces:
        holes = [d for d in piece.value.found if d.code not in BAD_DATA] if piece.value is not None else []
        if holes:
            yield Counterexample(one, one.plain(piece.region), holes[0].message)


def overlapping(one: Slice) -> Iterator[Counterexample | str]:
    """Values for which two bands hold and give different points."""
    for piece in one.pieces:
        for a, b in piece.value.shared if piece.value is not None else ():
            lines = "、".join(f"「{' '.join(case.span.text.split())}」" for case in (a, b))
            yield Counterexample(one, one.plain(piece.region), f"{lines}同时成立")


# ---- the verdict


def claim(kind: Kind, asked: Question, whole: bool, looked: list[Slice], search: Search, holds: str) -> Claim:
    """The verdict on one claim; *whole*: the slices are all there is."""
    broken = (Broken(found.slice.facts(found.at), found.text) if isinstance(found, Counterexample) else found
              for one in looked for found in search(one))
    otherwise = (Verdict.PROVED, holds) if whole else (Verdict.UNDECIDED, _tried(asked, looked))
    return verdict(kind, asked, _unknown(looked), broken, otherwise)


def _unknown(looked: list[Slice]) -> str:
    """The first region of which nothing is known."""
    for one in looked:
        for piece in one.pieces:
            where = f"「{one.unknown.name}」在 {piece.region.text(one.unknown.text)}：" if one.unknown is not None else ""
            if piece.value is None:
                return f"{where}{piece.undecided}"
            if piece.value.open_:
                return f"{where}{piece.value.open_}"
    return ""


def _tried(asked: Question, looked: list[Slice]) -> str:
    names = "、".join(f"「{u.name}」" for u in asked.numbers)
    return f"{names}一起变化；其余取 100、逐个取遍所有值，查了 {len(looked)} 次，没有反例"


def range_text(ends: set[tuple[Fraction | None, Fraction | None]]) -> str:
    """`0 ≤ 得分 ≤ 20`, for every weight that the item can have."""
    return "，或 ".join(_range_text(*pair) for pair in sorted(ends, key=lambda pair: (pair[0] or -BOUNDLESS, pair[1] or BOUNDLESS)))


def _range_text(low: Fraction | None, high: Fraction | None) -> str:
    if low is None and high is None:
        return "得分没有上下限（规则写明）"
    if low is None:
        return f"得分 ≤ {decimal_text(high or Fraction(0))}"
    return f"得分 ≥ {decimal_text(low)}（不封顶）" if high is None else f"{decimal_text(low)} ≤ 得分 ≤ {decimal_text(high)}"
