"""Small changes of a ruleset, each of which a test should notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Group, Indicator, Ruleset
from perfdsl.record import changed, record
from perfdsl.source import Span
from perfdsl.testing.clauses import own
from perfdsl.testing.item_changes import of_item
from perfdsl.testing.variants import Variant, variants
from perfdsl.testing.whole_changes import of_whole


@record
class Mutant:
    """A ruleset with one change; `touched` are the indicators that it reaches, `whole` is true where it is beyond them.

    `judged`: it changes between which points an officer may choose.
    """

    ruleset: Ruleset
    span: Span
    words: str
    touched: frozenset[str]
    whole: bool = False
    judged: bool = False


def mutants(ruleset: Ruleset) -> list[Mutant]:
    """Every change of what stands in the own file, in the order of the text."""
    found = [mutant for make in (_of_rules, _of_items, _of_vetoes, _of_whole) for mutant in make(ruleset) if own(ruleset)(mutant.span)]
    return sorted(found, key=lambda m: (m.span.source.name, m.span.start))


# ---- rules


def _of_rules(ruleset: Ruleset) -> Iterator[Mutant]:
    users: dict[int, list[Indicator]] = {}
    for indicator in ruleset.indicators():
        if indicator.method is not None:
            users.setdefault(id(indicator.method.rule), []).append(indicator)
    for using in users.values():
        rule = _rule(using[0])
        for made in _of_rule(rule, _defaults_used(rule, using)):
            paths = frozenset(one.path for one in using)
            yield _mutant(ruleset, made, paths, lambda i, made=made: _with_rule(i, made.node))  # type: ignore[misc]  # a default


def _rule(indicator: Indicator) -> k.Rule:
    assert indicator.method is not None  # only those with a rule are asked
    return indicator.method.rule


def _of_rule(rule: k.Rule, defaults: set[str]) -> Iterator[Variant]:
    """Changes of the rule, not of a default that no indicator of the ruleset uses."""
    kept = tuple(p for p in rule.parameters if p.name in defaults)
    for made in variants(changed(rule, parameters=kept)):
        back = {p.name: p for p in made.node.parameters}
        whole = tuple(back.get(p.name, p) for p in rule.parameters)
        yield changed(made, node=changed(made.node, parameters=whole))


def _defaults_used(rule: k.Rule, using: list[Indicator]) -> set[str]:
    return {p.name for p in rule.parameters for i in using if i.method and p.name not in dict(i.method.arguments)}


def _with_rule(indicator: Indicator, rule: k.Rule) -> Indicator:
    assert indicator.method is not None  # only those with a rule are touched
    return changed(indicator, method=changed(indicator.method, rule=rule))


def _mutant(ruleset: Ruleset, made: Variant, paths: frozenset[str], change: Callable[[Indicator], Indicator],
            whole: bool = False) -> Mutant:
    return Mutant(replaced(ruleset, paths, change), made.span, made.words, paths, whole, made.judged)


def replaced(ruleset: Ruleset, paths: frozenset[str], change: Callable[[Indicator], Indicator]) -> Ruleset:
    """The ruleset with the indicators of *paths* changed."""
    def node(one: Group | Indicator) -> Any:
        if isinstance(one, Indicator):
            return change(one) if one.path in paths else one
        return changed(one, children=tuple(map(node, one.children)))

    return changed(ruleset, groups=tuple(map(node, ruleset.groups)), outside=tuple(map(node, ruleset.outside)))


# ---- vetoes: 本类 stands under each indicator of a group


def _of_vetoes(ruleset: Ruleset) -> Iterator[Mutant]:
    every = {(veto.span.source.name, veto.span.start): veto for i in ruleset.indicators() for veto in i.vetoes}
    for place, veto in every.items():
        under = frozenset(i.path for i in ruleset.indicators() for v in i.vetoes if (v.span.source.name, v.span.start) == place)
        gone = Variant(None, veto.span, f"去掉「{veto.span.text}」")
        for made in (gone, *variants(veto)):
            def change(i: Indicator, made: Variant = made, place: tuple[str, int] = place) -> Indicator:
                return changed(i, vetoes=tuple(x for v in i.vetoes
                                               if (x := made.node if (v.span.source.name, v.span.start) == place else v)))

            yield _mutant(ruleset, made, under, change)


# ---- the rest


def _of_items(ruleset: Ruleset) -> Iterator[Mutant]:
    for indicator in ruleset.indicators():
        for made in of_item(ruleset, indicator):
            yield _mutant(ruleset, made, frozenset((indicator.path,)), lambda _, made=made: made.node)  # type: ignore[misc]  # a default


def _of_whole(ruleset: Ruleset) -> Iterator[Mutant]:
    every = frozenset(i.path for i in ruleset.indicators())
    for one in of_whole(ruleset):
        yield Mutant(one.ruleset, one.span, one.words, every if one.everywhere else frozenset(), True, one.judged)
