"""A derived 实际值 as a cell of its own: what is the same for any value of it is so for a derived one.

With it go the conditions that do not look at the item (当 编制 = 0): each becomes a question with the answers 是 and 否.
"""

from __future__ import annotations

from typing import Any

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Datum, Expected, Indicator, Kind, Ruleset
from perfdsl.model.walk import every, names, rule_parts
from perfdsl.prove.region import ZERO_AND_ABOVE
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.record import changed
from perfdsl.testing.mapped import mapped
from perfdsl.testing.mutants import replaced

_YES, _NO = "是", "否"


def freed(old: Ruleset, new: Ruleset, path: str) -> tuple[Ruleset, Ruleset] | None:
    """Both with a free 实际值; None where it is a cell already, where it is no more than a datum, or where they derive it differently."""
    one, other = (next(i for i in r.indicators() if i.path == path) for r in (old, new))
    if one.parts or not one.is_derived or _derivation(one) != _derivation(other) or isinstance(derivation(one), k.Name):
        return None
    return _without(old, path, other), _without(new, path, one)


def derivation(indicator: Indicator) -> k.Expr | None:
    use = indicator.method
    return indicator.actual if indicator.actual is not None else use.rule.actual if use else None


def _derivation(indicator: Indicator) -> tuple[k.Expr | None, ...]:
    """All that the derived value hangs on."""
    use = indicator.method
    return derivation(indicator), *(value for _, value in (use.arguments if use else ())), *(
        p.default for p in (use.rule.parameters if use else ()))


def _without(ruleset: Ruleset, path: str, other: Indicator) -> Ruleset:
    one = next(i for i in ruleset.indicators() if i.path == path)
    asked = {**_questions(one), **_questions(other)}
    data = tuple(Datum(name, Expected(Kind.CHOICE, None, (_YES, _NO)), (), one.span) for name in asked.values())
    made = replaced(ruleset, frozenset((path,)), lambda i: _free(i, asked))
    return changed(made, data=(*ruleset.data, *data))


def _free(indicator: Indicator, asked: dict[k.Comparison, str]) -> Indicator:
    use = indicator.method
    if use is None:
        return changed(indicator, actual=None)
    rule = changed(use.rule, actual=None, score=_answered(use.rule.score, asked))
    return changed(indicator, actual=None, method=changed(use, rule=rule))


def _questions(indicator: Indicator) -> dict[k.Comparison, str]:
    """The comparisons of the rule that look at nothing of the item, each with a name for its answer."""
    if indicator.method is None:
        return {}
    rule = indicator.method.rule
    inner = {*k.ITEM_NAMES, *(let.name for let in rule.lets)}
    said = (node for part in rule_parts(rule) for node in every(part) if isinstance(node, k.Comparison))
    return {one: f"问：{one!r}" for one in said if names(one) and not names(one) & inner}


def _answered(node: k.Expr, asked: dict[k.Comparison, str]) -> Any:
    """*node* with each comparison that is asked replaced by whether the answer is 是."""
    def put(one: Any) -> Any:
        if isinstance(one, k.Comparison) and one in asked:
            return k.Comparison(k.Comparator.EQ, k.Name(asked[one], one.span), k.Word(_YES, one.span), one.span)
        return one

    return mapped(node, put)


# ---- what a derivation can give


def never_below_zero(indicator: Indicator, unknowns: Unknowns) -> bool:
    """Whether the derived value is sums, products and quotients of what is never below 0, or without sign."""
    derived = derivation(indicator)
    return derived is not None and _positive(derived, indicator, unknowns)


def _positive(node: k.Expr, indicator: Indicator, unknowns: Unknowns) -> bool:
    match node:
        case k.Number():
            return node.value.amount >= 0
        case k.Arithmetic(op="+") | k.Arithmetic(op="×") | k.Arithmetic(op="÷"):
            return _positive(node.left, indicator, unknowns) and _positive(node.right, indicator, unknowns)
        case k.Extreme(op="max"):
            first, *others = node.operands
            return any(isinstance(o, k.Arithmetic) and o.op == "−" and o.right == first for o in others)
        case k.Name():
            return _positive_name(node, indicator, unknowns)
    return False


def _positive_name(node: k.Name, indicator: Indicator, unknowns: Unknowns) -> bool:
    use = indicator.method
    given = {**{p.name: p.default for p in use.rule.parameters}, **dict(use.arguments)} if use else {}
    if given.get(node.name) is not None:
        value = given[node.name]
        return value is not None and value != node and _positive(value, indicator, unknowns)
    expected = unknowns.ruleset.inputs().get(node.name)
    if expected is None or expected.kind is not Kind.QUANTITY:
        return False
    return unknowns.domain(Unknown(node.name, expected), indicator).region == ZERO_AND_ABOVE
