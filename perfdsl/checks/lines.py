"""Case lists on one line of numbers.

The thresholds of a list cut the line of what it compares into pieces: below the first, at it, between it and the next, … above
the last.  Where a condition holds is a set of pieces, kept as the bits of a whole number.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.checks.thresholds import comparisons, is_distance, threshold, turned
from perfdsl.model import kernel as k
from perfdsl.model.walk import every
from perfdsl.quantity import Quantity, decimal_text
from perfdsl.record import record
from perfdsl.regions import Region
from perfdsl.source import Span
from perfdsl.units import PURE, Unit, is_counted

Pieces = int


@record
class Row:
    """A line of a case list: its place in the list and the pieces where it holds."""

    at: int
    case: k.Case
    pieces: Pieces


@record
class Bands:
    """The rows of a list that compare `subject` with multiples of `base` (None: plain numbers); `edges` ascend.

    `every`: the pieces that hold a value; `written`: how the list writes each edge.
    """

    subject: k.Expr
    base: k.Expr | None
    edges: tuple[Fraction, ...]
    every: Pieces
    rows: tuple[Row, ...]
    written: dict[Fraction, k.Expr]

    def regions(self, pieces: Pieces) -> Iterator[tuple[Region, Pieces]]:
        """Pieces that follow one another as one region, from left to right."""
        run: list[int] = []
        for at in (at for at in range(2 * len(self.edges) + 1) if self.every >> at & 1):
            if pieces >> at & 1:
                run.append(at)
            elif run:
                yield self._region(run)
                run = []
        if run:
            yield self._region(run)

    def _region(self, run: list[int]) -> tuple[Region, Pieces]:
        first, last = run[0], run[-1]
        low = self.edges[(first - 1) // 2] if first else None
        high = self.edges[last // 2] if last < 2 * len(self.edges) else None
        return Region(low, high, first % 2 == 1, last % 2 == 1), sum(1 << at for at in run)

    def bounded(self, pieces: Pieces) -> bool:
        """Whether *pieces* end on both sides."""
        return not pieces & 1 and not pieces >> 2 * len(self.edges)

    def text(self, at: Fraction) -> str:
        """An edge as the list writes it."""
        return self.written[at].span.text if at in self.written else decimal_text(at)

    def number(self, at: Fraction) -> str:
        """An edge as a number: of the unit that the list uses, or a multiple of the base."""
        if self.base is not None:
            return name(self.base) if at == 1 else f"{decimal_text(at)} × {name(self.base)}"
        return self.text(at) if isinstance(self.written.get(at), k.Day) else str(Quantity(at, self._unit()))

    def _unit(self) -> Unit:
        numbers = (n for node in self.written.values() for n in every(node) if isinstance(n, k.Number))
        return next((n.value.unit for n in numbers if n.value.unit.symbol), PURE)


def name(node: k.Expr) -> str:
    return f"「{node.name}」" if isinstance(node, k.Name) else f"「{node.span.text}」"


def bands(choice: k.Choice) -> list[Bands]:
    """The rows of *choice* by what they compare; rows that compare several things, or thresholds of several bases, are left out."""
    rows: dict[k.Expr, list[tuple[int, k.Case, k.Condition]]] = {}
    for at, case in enumerate(choice.cases):
        condition = turned(case.condition)
        first, *others = comparisons(condition)
        if all(c.left is first.left or c.left == first.left for c in others):
            rows.setdefault(first.left, []).append((at, case, condition))
    return [made for subject, found in rows.items() if (made := _bands(subject, found)) is not None]


def _bands(subject: k.Expr, found: list[tuple[int, k.Case, k.Condition]]) -> Bands | None:
    made = [c for _, _, condition in found for c in comparisons(condition)]
    thresholds = {id(c): threshold(c.right) for c in made}
    bases = {base for amount, base in thresholds.values() if base is not None or amount}
    if len(bases) > 1:
        return None
    written = {thresholds[id(c)][0]: c.right for c in reversed(made)}
    at_least_0 = is_distance(subject)
    edges = sorted(written.keys() | {Fraction(0)} if at_least_0 else written)
    place = {edge: 2 * at + 1 for at, edge in enumerate(edges)}
    places = {c: place[amount] for c, (amount, _) in thresholds.items()}
    full = (1 << 2 * len(edges) + 1) - 1
    rows = tuple(Row(at, case, _pieces(condition, places, full)) for at, case, condition in found)
    there = full >> place[Fraction(0)] << place[Fraction(0)] if at_least_0 else full
    return Bands(subject, bases.pop() if bases else None, tuple(edges), there & ~_nothing_there(edges, written), rows, written)


def _nothing_there(edges: list[Fraction], written: dict[Fraction, k.Expr]) -> Pieces:
    """The pieces between two days, or two whole numbers of what is counted, that hold none; of a count, what lies below 0."""
    units = [node.value.unit for node in written.values() if isinstance(node, k.Number) and node.value.unit.symbol]
    counts = bool(units) and all(map(is_counted, units)) and all(isinstance(node, k.Number) for node in written.values())
    if not counts and not any(isinstance(node, k.Day) for node in written.values()):
        return 0
    between = sum(1 << 2 * at + 2 for at, (a, b) in enumerate(zip(edges, edges[1:], strict=False)) if -(-b // 1) - a // 1 <= 1)
    return between | (1 if counts and edges[0] == 0 else 0)


def _pieces(condition: k.Condition, places: dict[int, int], full: Pieces) -> Pieces:
    """Where *condition* holds; *places* has the piece of each comparison's threshold."""
    if isinstance(condition, k.Comparison):
        return compared(condition.op, places[id(condition)], full)
    parts = [_pieces(part, places, full) for part in condition.operands]
    made = parts[0]
    for one in parts[1:]:
        made = made & one if condition.op == "且" else made | one
    return made if condition.op != "非" else full & ~made


def compared(op: k.Comparator, place: int, full: Pieces) -> Pieces:
    """The pieces of *full* that compare so with the edge at *place*."""
    point, below = 1 << place, (1 << place) - 1
    match op:
        case k.Comparator.EQ:
            return point
        case k.Comparator.NE:
            return full & ~point
        case k.Comparator.GE:
            return full & ~below
        case k.Comparator.LE:
            return below | point
        case k.Comparator.GT:
            return full & ~below & ~point
        case k.Comparator.LT:
            return below


def gives(value: k.Expr) -> str:
    """What a line gives, as it is written: 得 5分, 不得分, 评分 …."""
    text = value.span.text
    return text if text.startswith(("得", "不得", "评分", "judge", "full", "zero")) else f"得 {text}"


def text_of(span: Span) -> str:
    """One line of text, whatever lines it was written on."""
    return " ".join(span.text.split())
