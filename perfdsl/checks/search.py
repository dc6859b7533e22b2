"""Values at which a rule is tried: its thresholds, beside and between them, 0, and far beyond."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product

from perfdsl.checks.amounts import Scope, Value, amount
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import PRIOR, Bound, Deadline, Expected, Indicator, Kind, Outcome, Part, Ruleset, Target
from perfdsl.model.walk import every
from perfdsl.record import record
from perfdsl.units import PURE, SCORE, Unit, is_counted

_MOST = {1: 64, 2: 18, 3: 7, 4: 4, 5: 3}
"""How many values are tried of each unknown, by the number of unknowns; two of more, and none from nine on."""

_CHANGE = ("增长", "增速", "增幅", "增减", "变动", "变化", "下降", "降低", "降幅", "压减", "调整", "偏离", "偏差", "差异", "差额", "节约", "利润")
"""Names of rates and differences that can be below 0; of other shares and amounts a negative value is a slip of the pen."""

_MOST_SIZES = 8


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
    """What was supposed and read, and what the rule gives then; `scope` still knows how."""

    values: tuple[tuple[str, Value, Expected], ...]
    points: Fraction
    scope: Scope


def trials(item: Item) -> Iterator[Trial]:
    """The rule at every combination of the values that are tried; the plainest first."""
    reach = _Reach(item)
    wanted = list(reach.inputs.items())
    if len(wanted) > 8:
        return
    most = _MOST.get(len(wanted), 2)
    tried = [reach.candidates(name, expected)[:most] for name, expected in wanted]
    for chosen in product(*tried):
        for topmost in (True, False) if reach.is_judged else (True,):
            scope = reach.scope(dict(zip(reach.inputs, chosen, strict=True)), topmost)
            points = amount(item.rule.score, scope)
            if points is not None:
                read = scope.around.known if scope.around else {}
                shown = tuple((name, value, expected) for (name, expected), value in zip(wanted, chosen, strict=True) if name in read)
                yield Trial(shown, points, scope)


class _Reach:
    """What a rule reads, directly or through its 令, parameters, target and derived value."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.data = {d.name: d.expected for d in item.ruleset.data}
        self.outer: dict[str, tuple[k.Expr, Scope | None]] = {let.name: (let.value, None) for let in item.ruleset.lets}
        self.inner = self._written()
        self.inputs: dict[str, Expected] = {}
        self.parts: list[k.Expr] = []
        self._follow(item.rule.score)
        nodes = [n for part in self.parts for n in every(part)]
        self.numbers = [n.value for n in nodes if isinstance(n, k.Number)]
        self.steps = [t.steps.size for n in nodes if isinstance(n, k.Stepped) for t in n.totals if isinstance(t, k.StepTotal)]
        self.words = sorted({n.text for n in nodes if isinstance(n, k.Word)})
        self.days = sorted({n.value.toordinal() for n in nodes if isinstance(n, k.Day)})
        self.is_judged = any(isinstance(n, k.Judgement) for n in nodes)
        self.units = {"分值": SCORE, **{name: expected.unit or PURE for name, expected in self.inputs.items()}}

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

    def _outside(self, name: str) -> bool:
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
            return [(self.inner[name], not self._outside(name))]
        if name in self.outer:
            return [(self.outer[name][0], False)]
        if name == "实际值":
            self.inputs[name] = self.item.item.expected
        elif (known := self.data.get(name.removesuffix(PRIOR))) is not None:
            self.inputs[name] = known
        return []

    def scope(self, supposed: dict[str, Value], topmost: bool) -> Scope:
        outside = Scope(supposed, self.outer, self.units, topmost=topmost)
        written = {name: (node, outside if self._outside(name) else None) for name, node in self.inner.items()}
        return Scope({"分值": self.item.weight}, written, self.units, outside, topmost=topmost)

    # ---- candidates

    def candidates(self, name: str, expected: Expected) -> list[Value]:
        """Values of one input that are worth a try; no more than once each, the plainest first."""
        if expected.kind in (Kind.TEXT, Kind.CHOICE):
            return [*(expected.options or (*self.words, "其他"))]
        if expected.kind is Kind.DATE:
            days = (day + more for more in (0, 1, -1, 30, 400, -30) for day in self.days)
            return [Fraction(day) for day in days if date.min.toordinal() <= day <= date.max.toordinal()]
        return [*dict.fromkeys(self._amounts(name, expected.unit or PURE))]

    def _amounts(self, name: str, unit: Unit) -> Iterator[Fraction]:
        if unit == SCORE:
            yield from (self.item.weight, Fraction(0), self.item.weight / 2)
            return
        sizes, edges = self._sizes(unit), self._edges(unit)
        top = sizes[-1]
        yield from (*reversed(sizes), Fraction(0), _fit(top * 3 / 2, unit))
        if self._negative(name, unit):
            yield from (-top, -unit.factor * 100)
        yield from edges
        yield from (_fit((a + b) / 2, unit) for a, b in zip([Fraction(0), *edges], edges, strict=False))
        yield from (_fit(top * 10, unit), _fit(top * 1000, unit))
        beside = Fraction(1) if is_counted(unit) else unit.factor / 100
        yield from (_fit(edge + by, unit) for edge in edges for by in (beside, -beside) if edge + by >= 0)

    def _sizes(self, unit: Unit) -> list[Fraction]:
        """The thresholds and steps of this dimension, above 0 and ascending; a hundred units where there are none."""
        written = [*self.numbers, *self.steps]
        found = {abs(q.amount) for q in written if q.unit.dimension == unit.dimension and _fit(abs(q.amount), unit)}
        return sorted(found or {unit.factor * 100})[-_MOST_SIZES:]

    def _edges(self, unit: Unit) -> list[Fraction]:
        """The sizes, and the shares of them that the rule may mean: × 80%, 80% more, 80% less."""
        shares = sorted({q.amount for q in self.numbers if not q.unit.dimension})[:_MOST_SIZES]
        factors = {Fraction(1), *(x for share in shares for x in (share, 1 + share, 1 - share) if x > 0)}
        return sorted({_fit(size * factor, unit) for size in self._sizes(unit) for factor in factors} - {Fraction(0)})

    def _negative(self, name: str, unit: Unit) -> bool:
        """Whether a value below 0 makes sense: the rule speaks of one, or the name is that of a change."""
        called = self.item.item.name if name == "实际值" else name
        spoken = any(q.amount < 0 for q in self.numbers if q.unit.dimension == unit.dimension)
        return not is_counted(unit) and (spoken or is_change(called))


def is_change(name: str) -> bool:
    """Whether what is called so can sensibly be below 0."""
    return any(word in name for word in _CHANGE)


def _fit(value: Fraction, unit: Unit) -> Fraction:
    """A whole number where *unit* counts things."""
    return Fraction(value // 1) if is_counted(unit) else value


def _names(part: k.Expr) -> list[str]:
    """The names that a part reads, in the order of the text, with the base of its steps."""
    nodes = list(every(part))
    bases = [t.steps.base for n in nodes if isinstance(n, k.Stepped) for t in n.totals if isinstance(t, k.StepTotal)]
    return [n.name for n in (*nodes, *bases) if isinstance(n, k.Name)]
