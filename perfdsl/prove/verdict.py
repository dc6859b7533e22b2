"""From what breaks a claim to the verdict on it, in the words of the officer."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Kind as Expecting
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.question import Question, sample
from perfdsl.prove.seen import Seen, look, rounded_score
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import as_test, value_text
from perfdsl.record import record
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import is_boundless

BAD_DATA = ("E452",)
"""What a row stumbles over where its data make no sense: a divisor, or a target, of 0."""


@record
class Broken:
    """Facts that break a claim, and how."""

    facts: dict[str, Fact]
    how: str


def verdict(kind: Kind, asked: Question, unsure: str, broken: Iterable[Broken | str], otherwise: tuple[Verdict, str]) -> Claim:
    """The verdict on one claim: refuted by the first that breaks it, undecided where there is an *unsure* or a text among *broken*, else *otherwise*."""
    span, about = asked.item.span, subject(asked)
    for found in broken:
        if isinstance(found, str):
            unsure = unsure or found
            continue
        text = f"{shown(found.facts)}{found.how}"
        if breaks(kind, asked, found.facts):
            return Claim(kind, about, Verdict.REFUTED, text, span, "" if asked.freed else as_written(asked, found.facts))
        unsure = unsure or f"{text}；取舍以后没有越界"
    stands, words = (Verdict.UNDECIDED, unsure) if unsure else otherwise
    return Claim(kind, about, stands, words, span)


def subject(asked: Question) -> str:
    """The indicator by its name, or by its path where another has that name; and the part."""
    indicator = asked.indicator
    alike = sum(other.name == indicator.name for other in asked.declared.indicators())
    name = indicator.name if alike == 1 else indicator.path
    return name if asked.part is None else f"{name}／{asked.part.name}"


def limits(asked: Question, seen: Seen) -> tuple[Fraction | None, Fraction | None]:
    """Between what the points ought to lie; None where the ruleset sets no limit."""
    indicator, part = seen.row.indicator, asked.part
    low, high = ends_of(indicator, indicator.weight)
    if part is not None and part.weight is not None and not indicator.uncapped:
        high = part.weight
    return None if is_boundless(low) else low, None if is_boundless(high) else high


def breaks(kind: Kind, asked: Question, facts: dict[str, Fact]) -> bool:
    """Whether the score as the ruleset rounds it is out of range too; the other claims do not hang on rounding."""
    rounding = asked.declared.item_rounding
    seen = look(asked, facts)
    if kind is not Kind.RANGE or rounding is None:
        return True
    least, most = limits(asked, seen)
    return (most is not None and rounding.apply(seen.high) > most) or (least is not None and rounding.apply(seen.low) < least)


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
