"""A rule tried at combinations of the values of what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from perfdsl.checks.candidates import Candidates
from perfdsl.checks.supposing import Supposing
from perfdsl.data.facts import Value
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import PRIOR, Bound, Deadline, Expected, Indicator, Outcome, Part, Ruleset, Target
from perfdsl.model.walk import every
from perfdsl.quantity import score
from perfdsl.record import record

_MOST = {1: 64, 2: 18, 3: 7, 4: 4, 5: 3}
"""How many values are tried of each unknown, by the number of unknowns; two of more, and none from nine on."""


@record
class Item:
    """A rule as an indicator or a part uses it: with these arguments, on this weight, for this target."""

    ruleset: Ruleset
    item: Indicator | Part
    derived: k.Expr | None
    rule: k.Rule
    arguments: tuple[tuple[str, k.Expr], ...]
    weight: Fraction
    target: Target | None


@record
class Trial:
    """What was supposed and read, and what the rule gives then; `supposing` still knows how."""

    values: tuple[tuple[str, Value], ...]
    points: Fraction
    supposing: Supposing


def trials(item: Item) -> Iterator[Trial]:
    """The rule at every combination of the values that are tried; the plainest first."""
    reach = _Reach(item)
    if len(reach.inputs) > 8:
        return
    most = _MOST.get(len(reach.inputs), 2)
    tried = [reach.candidates.of(name, expected)[:most] for name, expected in reach.inputs.items()]
    for chosen in product(*tried):
        supposed = dict(zip(reach.inputs, chosen, strict=True))
        for topmost in (True, False) if reach.is_judged else (True,):
            outside = reach.outside(supposed, topmost)
            inside = reach.inside(outside)
            points = inside.amount(item.rule.score)
            if points is not None:
                read = tuple((name, value) for name, value in supposed.items() if name in outside.known)
                yield Trial(read, points, inside)


class _Reach:
    """What a rule reads, directly or through its 令, parameters, target and derived value."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.data = {d.name: d.expected for d in item.ruleset.data}
        self.outer: dict[str, tuple[k.Expr, Supposing | None]] = {let.name: (let.value, None) for let in item.ruleset.lets}
        self.inner = self._written()
        self.inputs: dict[str, Expected] = {}
        self.parts: list[k.Expr] = []
        self._follow(item.rule.score)
        nodes = [n for part in self.parts for n in every(part)]
        self.candidates = Candidates(nodes, item.weight, item.item.name)
        self.is_judged = any(isinstance(n, k.Judgement) for n in nodes)

    def _written(self) -> dict[str, k.Expr]:
        """The names of the rule that an expression stands for; those of arguments and targets are looked up outside it."""
        item, span, given = self.item, self.item.rule.span, dict(self.item.arguments)
        made = {p.name: node for p in item.rule.parameters if (node := given.get(p.name, p.default)) is not None}
        made |= {let.name: let.value for let in item.rule.lets}
        derived = item.derived or item.rule.actual
        made |= {"实际值": derived} if derived else {}
        made["完成率"] = k.Arithmetic("÷", k.Name("实际值", span), k.Name("目标值", span), span)
        match item.target:
            case Bound(value=value):
                made["目标值"] = value
            case Deadline(day=day):
                made["目标值"] = k.Day(day, span)
            case Outcome(words=words):
                made["目标值"] = k.Word(words, span)
        return made

    def _is_outside(self, name: str) -> bool:
        """Whether the expression that *name* stands for sees only data and the ruleset's 令."""
        parameters = {p.name for p in self.item.rule.parameters}
        return name in parameters or name == "目标值" or (name == "实际值" and self.item.derived is not None)

    def _follow(self, score: k.Expr) -> None:
        waiting, seen = [(score, True)], set()
        for part, inside in waiting:
            self.parts.append(part)
            for name in _names(part):
                if (name, inside) not in seen:
                    seen.add((name, inside))
                    waiting += self._behind(name, inside)

    def _behind(self, name: str, inside: bool) -> list[tuple[k.Expr, bool]]:
        if inside and name in self.inner:
            return [(self.inner[name], not self._is_outside(name))]
        if name in self.outer:
            return [(self.outer[name][0], False)]
        if name == "实际值":
            self.inputs[name] = self.item.item.expected
        elif (known := self.data.get(name.removesuffix(PRIOR))) is not None:
            self.inputs[name] = known
        return []

    def outside(self, supposed: dict[str, Value], topmost: bool) -> Supposing:
        """What arguments, targets and the ruleset's 令 see."""
        return Supposing(supposed, self.outer, topmost=topmost)

    def inside(self, outside: Supposing) -> Supposing:
        """What the rule sees."""
        written = {name: (node, outside if self._is_outside(name) else None) for name, node in self.inner.items()}
        return Supposing({"分值": score(self.item.weight)}, written, outside, topmost=outside.topmost)


def _names(part: k.Expr) -> list[str]:
    """The names that a part reads, in the order of the text, with the base of its steps."""
    nodes = list(every(part))
    bases = [t.steps.base for n in nodes if isinstance(n, k.Stepped) for t in n.totals if isinstance(t, k.StepTotal)]
    return [n.name for n in (*nodes, *bases) if isinstance(n, k.Name)]
