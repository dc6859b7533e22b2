"""The clauses of a ruleset that a test can decide: each line that gives, takes, bounds, vetoes, limits or grades."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Part, Ruleset
from perfdsl.model.walk import every, rule_parts, rules
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.source import Span

Key = tuple[str, str, int, int]
"""What kind of clause it is, and where it stands: a method is the same one wherever it is used."""

CASE, OTHERWISE, STEPS, MOST, ADJUSTED, BOUND = "情形", "否则", "按步加减", "最多", "增减", "封顶托底"
INTERPOLATED, VETO, TARGET, WEIGHT, ALERT, EFFECT, GRADE, LIMIT = "插值", "不得分", "目标", "分值", "预警", "总分等级规定", "等级", "合计上限"


@record
class Clause:
    """One clause: its kind, its words, what it is known by (`span`) and where it is written (`place`)."""

    kind: str
    words: str
    span: Span
    place: Span

    @property
    def key(self) -> Key:
        return key(self.kind, self.span)


def key(kind: str, span: Span) -> Key:
    return kind, span.source.name, span.start, span.end


def own(ruleset: Ruleset) -> Callable[[Span], bool]:
    """Whether something is written in the ruleset's own file, and not in one that it quotes or extends."""
    name = ruleset.span.source.name
    return lambda span: span.source.name == name


def clauses(ruleset: Ruleset) -> list[Clause]:
    """Every clause of the own file, in the order of the text."""
    found = {c.key: c for c in _all(ruleset) if own(ruleset)(c.span)}
    return sorted(found.values(), key=lambda c: (c.place.source.name, c.place.start))


def _all(ruleset: Ruleset) -> Iterator[Clause]:
    for rule in rules(ruleset):
        for part in rule_parts(rule):
            yield from _of_expression(part)
        yield from _bounds(rule.score)
    for let in ruleset.lets:
        yield from _of_expression(let.value)
    for indicator in ruleset.indicators():
        yield from _beside(indicator)
    yield from _of_whole(ruleset)


def _of_expression(node: k.Expr) -> Iterator[Clause]:
    for one in every(node):
        match one:
            case k.Choice():
                yield from (_clause(CASE, case.span) for case in one.cases)
                yield from _otherwise(one)
            case k.Stepped():
                yield from (c for total in one.totals for c in _of_total(total))
            case k.Interpolation():
                yield _clause(INTERPOLATED, one.span)


def _otherwise(node: k.Choice) -> Iterator[Clause]:
    """否则; what is left when no 直接得 holds is the rest of the rule and no clause."""
    if node.otherwise is not None and node.span != node.cases[0].span:
        place = node.otherwise.span
        yield Clause(OTHERWISE, f"否则 {_line(place)}", node.span, place)


def _of_total(total: k.StepTotal | k.Adjustment) -> Iterator[Clause]:
    if isinstance(total, k.Adjustment):
        yield _clause(ADJUSTED, total.span)
        return
    yield _clause(STEPS, total.span)
    if total.limit is not None:
        yield Clause(MOST, f"{_line(total.span)}，最多 {total.limit.span.text}", total.span, total.limit.span)


def _bounds(node: k.Expr) -> Iterator[Clause]:
    """最低得, 最高得 and 扣完为止 lie around all else."""
    while isinstance(node, k.Extreme) and len(node.operands) == 2:
        yield _clause(BOUND, node.span)
        node = node.operands[0]


def _beside(indicator: Indicator) -> Iterator[Clause]:
    yield from (_clause(VETO, veto.span) for veto in indicator.vetoes)
    yield from (_clause(ALERT, alert.span) for alert in indicator.alerts)
    yield from (_clause(WEIGHT, case.span) for case in indicator.weights)
    items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
    for item in items:
        if len(item.targets) > 1:
            yield from (_clause(TARGET, case.target.span) for case in item.targets)


def _of_whole(ruleset: Ruleset) -> Iterator[Clause]:
    yield from (_clause(ALERT, alert.span) for alert in ruleset.alerts)
    yield from (_clause(EFFECT, effect.span) for effect in ruleset.effects)
    yield from (_clause(GRADE, grade.span) for grade in ruleset.grades)
    for name, limit in (("加分项合计 最多加", ruleset.bonus_limit), ("减分项合计 最多扣", ruleset.penalty_limit)):
        if limit is not None:
            yield Clause(f"{LIMIT}{name[0]}", f"{name} {decimal_text(limit)}分", ruleset.span, ruleset.span)


def _clause(kind: str, span: Span) -> Clause:
    return Clause(kind, _line(span), span, span)


def _line(span: Span) -> str:
    return span.text.partition("\n")[0].strip()
