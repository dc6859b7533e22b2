"""A value at which two rulesets say something else of the whole: its total, its grade, an alert."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from perfdsl.data.facts import Fact, Facts
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Kind, Ruleset
from perfdsl.model.walk import every, names, of_whole
from perfdsl.prove.region import contains
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.quantity import decimal_text
from perfdsl.record import changed
from perfdsl.score import scorecard
from perfdsl.score.scorecard import Scorecard, is_boundless
from perfdsl.testing.few import beside_edges
from perfdsl.testing.supposed import facts_of

MOST = 60
"""Sets of values that are tried, each with nothing else filled in and with what every test supposes."""


def witness(old: Ruleset, new: Ruleset) -> str:
    """`违规 = 是时，原来总分最多 59分，改后总分最多 100分`; empty where none was found."""
    supposed = [facts_of(old, test, list[Diagnostic]()) for test in old.tests]
    bases = [Facts("", old.year, {}), *supposed]
    for items, base in islice(product(_values(old, new), bases), MOST):
        facts = changed(base, items={**base.items, **items})
        cards = scorecard(old, facts), scorecard(new, facts)
        for say in (_grade, _total, _alerts):
            a, b = (say(card) for card in cards)
            if a != b:
                return f"{_told(items, base in supposed)}，原来{a}，改后{b}"
    return ""


def _told(items: dict[str, Fact], supposed: bool) -> str:
    said = "，".join(f"{path.rpartition('/')[2]} = {fact.value}" for path, fact in items.items())
    known = "其余照一个测试" if supposed else "其余不填"
    return f"{said}（{known}）时" if said else f"{known}时"


# ---- the values tried


def _values(old: Ruleset, new: Ruleset) -> Iterator[dict[str, Fact]]:
    """Each choice of a value for every cell that a condition of one of the rulesets, and not of the other, reads."""
    said, other = ([*of_whole(ruleset)] for ruleset in (old, new))
    apart = [one for one in said if one not in other] + [one for one in other if one not in said]
    cells, unknowns = old.inputs(), Unknowns(old)
    read = {name for one in apart for name in names(one)}
    asked = [Unknown(path, cells[path]) for path in cells if path in read or path.rpartition("/")[2] in read]
    tables = [_facts(one, unknowns, apart) for one in asked]
    for facts in product(*tables):
        yield {one.path: fact for one, fact in zip(asked, facts, strict=True)}


def _facts(one: Unknown, unknowns: Unknowns, said: list[k.Expr | k.Condition]) -> list[Fact]:
    if one.is_chosen:
        return [Fact(word) for word in unknowns.words(one)]
    is_day, scale = one.expected.kind is Kind.DATE, one.expected.unit.factor if one.expected.unit else 1
    numbers = [n for node in said for n in every(node)]
    edges = {Fraction(n.value.toordinal()) for n in numbers if isinstance(n, k.Day)} if is_day else {
        n.value.amount / scale for n in numbers if isinstance(n, k.Number)}
    domain = unknowns.domain(one)
    return [Fact(one.value(x)) for x in beside_edges(edges, domain.whole) if contains(domain.region, x)]


# ---- what is said of the whole


def _grade(card: Scorecard) -> str:
    total = card.total
    if total.barred:
        return "不得参评"
    return f"等级是「{'」或「'.join(total.grades)}」" if total.grades else "没有等级"


def _total(card: Scorecard) -> str:
    total = card.total
    if total.score is not None:
        return f"总分 {decimal_text(total.score)}分"
    high = "不封顶" if is_boundless(total.high) else f"最多 {decimal_text(total.high)}分"
    return f"总分最少 {decimal_text(total.low)}分、{high}"


def _alerts(card: Scorecard) -> str:
    return f"预警「{'」「'.join(one.text for one in card.alerts)}」" if card.alerts else "没有预警"
