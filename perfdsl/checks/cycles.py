"""Cycles among intermediate values, and among indicators that refer to one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.kernel import Let
from perfdsl.model.needs import needs
from perfdsl.model.ruleset import Ruleset
from perfdsl.model.walk import names, rules


def lets(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E110: a 令 that needs itself, directly or through others."""
    for group in (ruleset.lets, *(rule.lets for rule in rules(ruleset))):
        yield from _cycle(group)


def _cycle(group: Sequence[Let]) -> Iterator[Diagnostic]:
    needs = {let.name: sorted(names(let.value) & {x.name for x in group}) for let in group}
    done: set[str] = set()
    for let in group:
        path = _path(let.name, needs, done)
        if path:
            done |= set(path)
            yield Diagnostic("E110", f"「令」绕成了一圈：{' → '.join(path)}", let.span, "让其中一个直接取数据，不再用到自己")


def _path(name: str, needs: dict[str, list[str]], done: set[str]) -> list[str]:
    """The way from *name* back to itself, or nothing; each name is followed once."""
    waiting, seen = [[name]], {name}
    while waiting:
        path = waiting.pop()
        for after in needs.get(path[-1], ()):
            if after == name and name not in done:
                return [*path, name]
            if after not in seen:
                seen.add(after)
                waiting.append([*path, after])
    return []


def items(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E110: an indicator whose score, value or conditions need themselves through other indicators."""
    if not ruleset.refers:
        return
    asked = needs(ruleset)
    done: set[str] = set()
    for indicator in ruleset.indicators():
        path = _path(indicator.path, asked, done)
        if path:
            done |= set(path)
            shown = " → ".join(step.rpartition("/")[2] for step in path)
            yield Diagnostic("E110", f"指标绕成了一圈：{shown}", indicator.span, "让其中一个直接取数据，不再用到别的指标的得分或实际值")
