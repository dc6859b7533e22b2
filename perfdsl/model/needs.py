"""Which items read which others."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.model.references import split
from perfdsl.model.ruleset import Bound, Group, Indicator, Part, Ruleset
from perfdsl.model.walk import names, of_indicator, rule_parts
from perfdsl.record import changed


def needs(ruleset: Ruleset) -> dict[str, list[str]]:
    """Full name of every indicator and group → the items that it asks for; a group asks for all that is under it."""
    if not ruleset.refers:
        return {}
    asked = mentions(ruleset)
    found = {path: sorted({split(name)[0] for name in said if split(name)[1]}) for path, said in asked.items()}
    return {**found, **_under(ruleset)}


def mentions(ruleset: Ruleset) -> dict[str, set[str]]:
    """Full name of every indicator → all names in its rule, beside it, and in the 令 that these rest on."""
    lets = _lets(ruleset)
    shared: dict[int, set[str]] = {}
    found: dict[str, set[str]] = {}
    for indicator in ruleset.indicators():
        asked = set(_beside(indicator))
        if use := indicator.method:
            rule = use.rule
            shared.setdefault(id(rule), {name for part in rule_parts(rule) for name in names(part)})
            given = dict(use.arguments)
            values = (given.get(p.name, p.default) for p in rule.parameters)
            asked |= shared[id(rule)] | {name for value in values if value is not None for name in names(value)}
        found[indicator.path] = asked | {name for let in asked & lets.keys() for name in lets[let]}
    return found


def inputs_of(ruleset: Ruleset) -> dict[str, list[str]]:
    """Full name of every indicator → the cells that its score hangs on, by full name: its own, data, those of items that it reads."""
    cells, asked, mentioned = ruleset.inputs(), needs(ruleset), mentions(ruleset)
    indicators = {i.path: i for i in ruleset.indicators()}
    found: dict[str, list[str]] = {}
    for path in indicators:
        behind = dict.fromkeys([path])
        waiting = [path]
        while waiting:
            new = [one for one in asked.get(waiting.pop(), ()) if one not in behind]
            behind.update(dict.fromkeys(new))
            waiting += new
        read = [name for one in behind if one in indicators for name in (*_own(indicators[one], mentioned[one]), *sorted(mentioned[one]))]
        found[path] = [name for name in dict.fromkeys(read) if name in cells]
    return found


def _own(indicator: Indicator, mentioned: set[str]) -> list[str]:
    """The cells of the indicator itself, where its rule reads them."""
    if indicator.method is not None and not {"实际值", "完成率"} & mentioned:
        return []
    if indicator.parts:
        return [part.path for part in indicator.parts]
    return [] if indicator.is_derived else [indicator.path]


def _lets(ruleset: Ruleset) -> dict[str, set[str]]:
    """Each 令 of the ruleset → all names that it rests on, through others too."""
    direct = {let.name: names(let.value) for let in ruleset.lets}
    found: dict[str, set[str]] = {}
    for name in direct:
        seen, waiting = {name}, [name]
        while waiting:
            new = direct.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        found[name] = seen
    return found


def _beside(indicator: Indicator) -> Iterator[str]:
    """The names in what stands beside the rule: conditions and targets.  An alert looks at what is scored and needs nothing."""
    for part in of_indicator(changed(indicator, alerts=())):
        yield from names(part)
    items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
    for case in (case for item in items for case in item.targets):
        yield from names(case.target.value) if isinstance(case.target, Bound) else ()


def _under(ruleset: Ruleset) -> dict[str, list[str]]:
    return {node.path: [child.path for child in node.children] for node in ruleset.nodes() if isinstance(node, Group)}


def in_order(ruleset: Ruleset) -> list[Indicator]:
    """The indicators with each behind those it asks for, else in the order of the form; E110 has found the cycles."""
    asked = needs(ruleset)
    indicators = {i.path: i for i in ruleset.indicators()}
    done: dict[str, None] = {}
    for path in indicators:
        waiting = [path]
        while waiting:
            left = [one for one in asked.get(waiting[-1], ()) if one not in done and one not in waiting]
            if left:
                waiting.append(left[0])
            else:
                done[waiting.pop()] = None
    return [indicators[path] for path in done if path in indicators]
