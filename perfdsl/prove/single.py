"""Claims on one indicator, told from its slices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Indicator, Part
from perfdsl.model.ruleset import Kind as Expecting
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.form import Number
from perfdsl.prove.line import Piece
from perfdsl.prove.question import Question, sample
from perfdsl.prove.seen import Seen, rounded_score
from perfdsl.prove.slices import Slice, high_at, low_at
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import as_test
from perfdsl.quantity import decimal_text, terminates
from perfdsl.record import record
from perfdsl.regions import Region
from perfdsl.score.item import ends_of


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
    return asked.indicator.name if asked.part is None else f"{asked.indicator.name}／{asked.part.name}"


def points(number: Number) -> str:
    return f"{decimal_text(number)} 分"


# ---- 得分范围


def limits(asked: Question, seen: Seen) -> tuple[Fraction, Fraction]:
    """Between what the points ought to lie."""
    item: Indicator | Part = asked.part or seen.row.indicator
    weight = seen.row.indicator.weight if asked.part is None or asked.part.weight is None else asked.part.weight
    return ends_of(item, weight)


def out_of_range(one: Slice) -> Iterator[Counterexample]:
    """Values that give less than 0 or more than the weight."""
    for piece in one.pieces:
        if piece.value is None or piece.value.found:
            continue
        least, most = limits(one.asked, piece.value)
        region = one.where(piece, lambda seen, x, most=most: bool(high_at(seen, x) > most))  # type: ignore[misc]  # a default
        if region is not None:
            yield _beyond(one, piece, region, f"高于 {points(most)}", high_at)
        region = one.where(piece, lambda seen, x, least=least: bool(low_at(seen, x) < least))  # type: ignore[misc]  # a default
        if region is not None:
            yield _beyond(one, piece, region, f"低于 {points(least)}", low_at)


def _beyond(one: Slice, piece: Piece[Seen], region: Region, how: str, end: Callable[[Seen, Number], Number]) -> Counterexample:
    at = one.plain(region)
    assert piece.value is not None  # it was looked into
    return Counterexample(one, at, f"得 {points(end(piece.value, at))}，{how}")


# ---- 没有漏洞, 没有重叠


def unscored(one: Slice) -> Iterator[Counterexample]:
    """Values that no line of the rule scores.  A divisor of 0 is a fault of the data and told as such (E452)."""
    for piece in one.pieces:
        holes = [d for d in piece.value.found if d.code not in BAD_DATA] if piece.value is not None else []
        if holes:
            yield Counterexample(one, one.plain(piece.region), holes[0].message)


def overlapping(one: Slice) -> Iterator[Counterexample]:
    """Values for which two bands hold and give different points."""
    for piece in one.pieces:
        for a, b in piece.value.shared if piece.value is not None else ():
            lines = "、".join(f"「{' '.join(case.span.text.split())}」" for case in (a, b))
            yield Counterexample(one, one.plain(piece.region), f"{lines}同时成立")


# ---- the verdict


def claim(kind: Kind, asked: Question, whole: bool, looked: list[Slice], search: Search, holds: str) -> Claim:
    """The verdict on one claim; *whole*: the slices are all there is."""
    span, about = (asked.part or asked.indicator).span, subject(asked)
    unknown = _unknown(looked)
    for found in (found for one in looked for found in search(one)):
        if isinstance(found, Counterexample):
            return Claim(kind, about, Verdict.REFUTED, f"{shown(found.slice, found.at)}{found.text}", span, written(found))
        unknown = unknown or found
    if unknown:
        return Claim(kind, about, Verdict.UNDECIDED, unknown, span)
    return Claim(kind, about, Verdict.PROVED if whole else Verdict.UNDECIDED, holds if whole else _tried(asked, looked), span)


def _unknown(looked: list[Slice]) -> str:
    """The first region of which nothing is known."""
    for one in looked:
        for piece in one.pieces:
            if piece.value is None and one.unknown is not None:
                return f"「{one.unknown.name}」在 {piece.region.text(one.unknown.text)}：{piece.undecided}"
    return ""


def _tried(asked: Question, looked: list[Slice]) -> str:
    names = "、".join(f"「{u.name}」" for u in asked.numbers)
    return f"{names}一起变化；其余取 100、逐个取遍所有值，查了 {len(looked)} 次，没有反例"


def shown(one: Slice, at: Fraction) -> str:
    """The values of a counterexample in words."""
    values = [f"「{path.rpartition('/')[2]}」= {fact.value}" for path, fact in one.facts(at).items()]
    return f"{'，'.join(values)} 时" if values else ""


def written(found: Counterexample) -> str:
    """The counterexample as a 测试 with the score that it now gets; empty where the values are no data."""
    asked = found.slice.asked
    return "" if asked.freed else as_written(asked, found.slice.facts(found.at))


def as_written(asked: Question, facts: dict[str, Fact]) -> str:
    """A 测试 of these facts; the other parts of a composite are full of a plain number."""
    indicator = asked.indicator
    others = {part.path: sample(Unknown(part.path, part.expected)) for part in indicator.parts
              if part is not asked.part and part.expected.kind is Expecting.QUANTITY}
    every = {**others, **facts}
    score = rounded_score(asked, every)
    return "" if score is None or not terminates(score) else as_test(asked.declared, f"反例：{subject(asked)}", every, indicator.path, score)
