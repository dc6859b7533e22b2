"""Which graphs an indicator has: what is varied, and what all else is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from perfdsl.data.facts import Value
from perfdsl.dates import chinese_date
from perfdsl.document.content import Picture
from perfdsl.document.formulas import name as shown_name
from perfdsl.document.formulas import points_number, quantity
from perfdsl.document.targets import targets
from perfdsl.graph import short_curve
from perfdsl.model import kernel as k
from perfdsl.model.completion import by_completion
from perfdsl.model.ruleset import Bound, Combiner, Indicator, Kind, MethodUse, Part, Ruleset
from perfdsl.model.walk import every, names, of_indicator, rule_parts
from perfdsl.quantity import Quantity
from perfdsl.record import changed

_MOST_PICTURES, _MOST_BREAKS = 4, 24
Known = tuple[tuple[str, Value], ...]


def pictures(ruleset: Ruleset, indicator: Indicator) -> Iterator[Picture]:
    """The graphs of an indicator: one for each option that its rule asks for; of a composite one a part.

    None where the score does not hang on one number, hangs on data for which the ruleset gives no example, or goes in
    steps without an end.
    """
    for single in _singles(indicator):
        alone = changed(ruleset, groups=(single,), outside=(), refers=False, effects=(), applications=())
        for vary, known in islice(_settings(ruleset, single), _MOST_PICTURES):
            line = short_curve(alone, single.path, dict(known), vary, _MOST_BREAKS)
            if line is not None and line.points:
                yield Picture(line, single.name, _label(single, vary), _note(single, known))


def _singles(indicator: Indicator) -> Iterator[Indicator]:
    """The indicator by itself, or each part as if it were one."""
    if not indicator.parts:
        yield changed(indicator, vetoes=(), alerts=())
    elif indicator.combiner is not Combiner.ALL_MET:
        yield from (_as_indicator(part, indicator) for part in indicator.parts)


def _as_indicator(part: Part, indicator: Indicator) -> Indicator:
    use = indicator.method or MethodUse(by_completion(part.span), (), part.span)
    weight = indicator.weight if part.weight is None else part.weight
    return changed(indicator, name=part.name, path=part.path, weight=weight, targets=part.targets, expected=part.expected,
                   parts=(), combiner=None, method=use, weights=(), vetoes=(), alerts=())


# ---- what is filled in, and all else


def _settings(ruleset: Ruleset, indicator: Indicator) -> Iterator[tuple[str, Known]]:
    """What is varied, and values for the rest: every option of a choice, and numbers of an example in a 测试."""
    needed = sorted(_needed(ruleset, indicator))
    inputs = ruleset.inputs()
    numbers = [n for n in needed if n in inputs and inputs[n].kind is Kind.QUANTITY]
    vary = indicator.path if _reads_own(indicator) else _varied(indicator, numbers)
    rest = [n for n in needed if n != vary]
    if vary is None or any(n not in inputs for n in rest) or {**inputs, indicator.path: indicator.expected}[vary].kind is not Kind.QUANTITY:
        return
    example = _example(ruleset, [n for n in rest if inputs[n].kind is not Kind.CHOICE])
    choices = [n for n in rest if inputs[n].kind is Kind.CHOICE]
    for options in product(*(inputs[n].options for n in choices)) if example is not None else ():
        yield vary, (*(example or ()), *zip(choices, options, strict=True))


def _needed(ruleset: Ruleset, indicator: Indicator) -> set[str]:
    """The data that the score rests on, through arguments and 令; references to other items stay as they are."""
    use = indicator.method
    said = [*of_indicator(indicator), *(c.target.value for c in indicator.targets if isinstance(c.target, Bound))]
    found = {n for part in said for n in names(part)}
    if use is not None:
        found |= {n for part in rule_parts(use.rule) for n in names(part)}
        given = dict(use.arguments)
        values = [given.get(p.name, p.default) for p in use.rule.parameters]
        found -= {p.name for p in use.rule.parameters}
        found |= {n for value in values if value is not None for n in names(value)}
        found -= {let.name for let in use.rule.lets}
    lets = {let.name: let.value for let in ruleset.lets}
    while inner := found & lets.keys():
        found = (found - inner) | {n for let in inner for n in names(lets[let])}
    options = {option for use_name in found if (e := ruleset.inputs().get(use_name)) for option in e.options}
    return found - set(k.ITEM_NAMES) - {option for option in options if option not in ruleset.inputs()}


def _reads_own(indicator: Indicator) -> bool:
    """Whether the score hangs on the actual value that is filled in."""
    parts = (*of_indicator(indicator), *(rule_parts(indicator.method.rule) if indicator.method else ()))
    read = indicator.method is None or any({"实际值", "完成率"} & names(part) for part in parts)
    return read and not indicator.is_derived


def _varied(indicator: Indicator, numbers: list[str]) -> str | None:
    """Of a derived actual value what stands first in its formula; of a rule without one the first number it reads."""
    use = indicator.method
    formula = indicator.actual or (use.rule.actual if use else None)
    if formula is None:
        return next(iter(numbers), None)
    given = {p.name: p.default for p in use.rule.parameters} | dict(use.arguments) if use else {}
    for at in _in_order(formula):
        value = given.get(at, None)
        real = value.name if isinstance(value, k.Name) else at
        if real in numbers:
            return real
    return None


def _in_order(node: k.Expr) -> list[str]:
    return [x.name for x in every(node) if isinstance(x, k.Name)]


def _example(ruleset: Ruleset, wanted: list[str]) -> Known | None:
    """Values for *wanted* that one 测试 supposes; None where none supposes them all."""
    if not wanted:
        return ()
    for test in ruleset.tests:
        given = {g.path: g.values[0].value for g in test.given if not g.chosen and isinstance(g.values[0], k.Number | k.Day)}
        if all(n in given and _positive(given[n]) for n in wanted):
            return tuple((n, given[n]) for n in wanted)
    return None


def _positive(value: Value) -> bool:
    return not isinstance(value, Quantity) or value.amount > 0


# ---- words


def _label(indicator: Indicator, vary: str) -> str:
    return "实际完成值" if vary == indicator.path else shown_name(vary)


def _note(indicator: Indicator, known: Known) -> str:
    """The weight and the target where they are the same for every unit, and all else that is given."""
    wanted = targets(indicator.targets) if len(indicator.targets) == 1 else ""
    weight = "" if indicator.outside or indicator.weights else f"分值{points_number(indicator.weight)}"
    given = (f"{shown_name(n)}{_value(value)}" for n, value in known)
    return "，".join(text for text in (weight, f"目标{wanted}" if wanted else "", *given) if text)


def _value(value: Value) -> str:
    return quantity(value) if isinstance(value, Quantity) else value if isinstance(value, str) else chinese_date(value)
