"""Claims on one indicator, told from its slices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Kind as Expecting
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.line import Piece
from perfdsl.prove.question import Question, sample
from perfdsl.prove.seen import Seen, look, rounded_score
from perfdsl.prove.slices import Slice, high_at, low_at
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import as_test, value_text
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import BOUNDLESS, JudgementStep, is_boundless


@record
class Counterexample:
    """Where a claim breaks: the slice, the value, and the words for it."""

    slice: Slice
    at: Fraction
    text: str


BAD_DATA = ("E452",)
"""What a row stumbles over where its data make no sense: a divisor, or a target, of 0."""

Search = Callable[[Slice], Iterator[Counterexample | str]]
"""What breaks a claim in a slice; a text says why it cannot be told."""


def subject(asked: Question) -> str:
    """The indicator by its name, or by its path where another has that name; and the part."""
    indicator = asked.indicator
    alike = sum(other.name == indicator.name for other in asked.declared.indicators())
    name = indicator.name if alike == 1 else indicator.path
    return name if asked.part is None else f"{name}／{asked.part.name}"


def points(number: Fraction) -> str:
    return f"{decimal_text(number)} 分"


# ---- 得分范围


def limits(asked: Question, seen: Seen) -> tuple[Fraction | None, Fraction | None]:
    """Between what the points ought to lie; None where the ruleset sets no limit."""
    indicator, part = seen.row.indicator, asked.part
    low, high = ends_of(indicator, indicator.weight)
    if part is not None and part.weight is not None and not indicator.uncapped:
        high = part.weight
    return None if is_boundless(low) else low, None if is_boundless(high) else high


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
    span, about = asked.item.span, subject(asked)
    unknown = _unknown(looked)
    for found in (found for one in looked for found in search(one)):
        if isinstance(found, str):
            unknown = unknown or found
            continue
        facts = found.slice.facts(found.at)
        text = f"{shown(facts)}{found.text}"
        if breaks(kind, asked, facts):
            return Claim(kind, about, Verdict.REFUTED, text, span, "" if asked.freed else as_written(asked, facts))
        unknown = unknown or f"{text}；取舍以后没有越界"
    if unknown:
        return Claim(kind, about, Verdict.UNDECIDED, unknown, span)
    return Claim(kind, about, Verdict.PROVED if whole else Verdict.UNDECIDED, holds if whole else _tried(asked, looked), span)


def breaks(kind: Kind, asked: Question, facts: dict[str, Fact]) -> bool:
    """Whether the score as the ruleset rounds it is out of range too; the other claims do not hang on rounding."""
    rounding = asked.declared.item_rounding
    seen = look(asked, facts)
    if kind is not Kind.RANGE or rounding is None:
        return True
    least, most = limits(asked, seen)
    return (most is not None and rounding.apply(seen.high) > most) or (least is not None and rounding.apply(seen.low) < least)


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


def shown(facts: dict[str, Fact]) -> str:
    """The values of a counterexample in words."""
    values = [f"「{path.rpartition('/')[2]}」= {value_text(fact.value)}" for path, fact in facts.items()]
    return f"{'，'.join(values)} 时" if values else ""


def as_written(asked: Question, facts: dict[str, Fact]) -> str:
    """A 测试 of these facts with the score that they now get; the other parts of a composite are full of a plain number."""
    indicator = asked.indicator
    others = {part.path: sample(Unknown(part.path, part.expected)) for part in indicator.parts
              if part is not asked.part and part.expected.kind is Expecting.QUANTITY}
    every = {**others, **facts}
    score = rounded_score(asked, every)
    return "" if score is None else as_test(asked.declared, f"反例：{subject(asked)}", every, indicator.path, score)


def range_text(ends: set[tuple[Fraction | None, Fraction | None]]) -> str:
    """`0 ≤ 得分 ≤ 20`, for every weight that the item can have."""
    return "，或 ".join(_range_text(*pair) for pair in sorted(ends, key=lambda pair: (pair[0] or -BOUNDLESS, pair[1] or BOUNDLESS)))


def _range_text(low: Fraction | None, high: Fraction | None) -> str:
    if low is None and high is None:
        return "得分没有上下限（规则写明）"
    if low is None:
        return f"得分 ≤ {decimal_text(high or Fraction(0))}"
    return f"得分 ≥ {decimal_text(low)}（不封顶）" if high is None else f"{decimal_text(low)} ≤ 得分 ≤ {decimal_text(high)}"
