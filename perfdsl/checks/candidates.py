"""Values of a rule's inputs that are worth a try: its thresholds, beside and between them, 0, and far beyond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model import kernel as k
from perfdsl.model.changes import is_change
from perfdsl.model.ruleset import Expected, Kind
from perfdsl.quantity import Quantity
from perfdsl.units import PURE, SCORE, Unit, is_counted

_MOST_SIZES = 8


class Candidates:
    """What the nodes of a rule write down; the rule scores on *weight* the item that is *called* so."""

    def __init__(self, nodes: Sequence[k.Expr | k.Condition], weight: Fraction, called: str) -> None:
        self.weight, self.called = weight, called
        self.numbers = [n.value for n in nodes if isinstance(n, k.Number)]
        self.steps = [t.steps.size for n in nodes if isinstance(n, k.Stepped) for t in n.totals if isinstance(t, k.StepTotal)]
        self.words = sorted({n.text for n in nodes if isinstance(n, k.Word)})
        self.days = sorted({n.value.toordinal() for n in nodes if isinstance(n, k.Day)})

    def of(self, name: str, expected: Expected) -> list[Value]:
        """Values of one input that are worth a try; no more than once each, the plainest first."""
        if expected.kind in (Kind.TEXT, Kind.CHOICE):
            return [*(expected.options or (*self.words, "其他"))]
        if expected.kind is Kind.DATE:
            days = (day + more for more in (0, 1, -1, 30, 400, -30) for day in self.days)
            return [date.fromordinal(day) for day in days if date.min.toordinal() <= day <= date.max.toordinal()]
        unit = expected.unit or PURE
        return [Quantity(a, unit) for a in dict.fromkeys(self._amounts(name, unit))]

    def _amounts(self, name: str, unit: Unit) -> Iterator[Fraction]:
        if unit == SCORE:
            yield from (self.weight, Fraction(0), self.weight / 2)
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
        called = self.called if name == "实际值" else name
        spoken = any(q.amount < 0 for q in self.numbers if q.unit.dimension == unit.dimension)
        return not is_counted(unit) and (spoken or is_change(called))



def _fit(value: Fraction, unit: Unit) -> Fraction:
    """A whole number where *unit* counts things."""
    return Fraction(value // 1) if is_counted(unit) else value
