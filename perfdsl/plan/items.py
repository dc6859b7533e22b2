"""What the rule of an item gives, as trees: one of its score, one of its rate, one of whether a reason is due."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from perfdsl.data.names import Actual, Slots
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.needs import needs
from perfdsl.model.ruleset import Combiner, Expected, Group, Indicator, Part, Ruleset
from perfdsl.model.walk import every
from perfdsl.plan.cells import AnyFacts
from perfdsl.plan.quotients import Number, Quotients, Terms
from perfdsl.plan.shown import is_in_places
from perfdsl.plan.tree import Tree
from perfdsl.plan.unit import AnyUnit, Known
from perfdsl.plan.unknowns import NOT_NEGATIVE, Origin, Unknowns
from perfdsl.plan.world import World, tree_of
from perfdsl.record import changed, record
from perfdsl.score.clauses import deciding_clause
from perfdsl.score.rows import is_away, points_of_nothing, policy_of, reason_due, unrounded
from perfdsl.score.scorecard import Outcome, Status


@record
class Reached:
    """One way in which an item comes to its points.

    `points` are not rounded; None where there are none.  `low` and `high` bound them where the item is open.  `fault` is the code of what the
    rule stumbled over, `waiting` are the names that an open item waits for.  `not_negative`, `in_weight`, `upright`: known not to be below 0,
    not to be above the weight (also when rounded), to have no denominator below 0.
    """

    status: Status
    points: Terms | None
    low: Terms
    high: Terms
    clause: str
    weight: Fraction
    fault: str = ""
    not_negative: bool = False
    in_weight: bool = False
    upright: bool = False
    waiting: tuple[str, ...] = ()


class Frame:
    """What all trees of a ruleset share: its unknowns, what its cells hold, which items look at which."""

    def __init__(self, ruleset: Ruleset, origins: Iterable[Origin] = ()) -> None:
        self.ruleset = ruleset
        self.unknowns = Unknowns(origins)
        self.wanted: dict[str, Expected] = {
            path: slot.expected for path, slot in Slots(ruleset).by_path.items() if slot.actual is Actual.CELL}
        self.asked = _asked(ruleset)
        self.marks = [path for path, slot in Slots(ruleset).by_path.items() if slot.actual is not Actual.CELL]
        self.judged = frozenset(path for i in ruleset.indicators() if _is_judged(i) for path in (i.path, *(p.path for p in i.parts)))

    def unit(self, indicator: Indicator, known: Known, world: World, texted: bool = False) -> tuple[AnyUnit, Indicator]:
        """A unit in which the indicator can be scored, and the indicator with the weight that it has there; *texted* as in `AnyFacts`."""
        ruleset = self.ruleset if self.asked[indicator.path] or indicator.outside else changed(self.ruleset, groups=(indicator,), outside=())
        unit = AnyUnit(ruleset, AnyFacts(ruleset, world, self.judged, self.wanted, texted), known, world)
        return unit, unit.indicators[indicator.path]


def _asked(ruleset: Ruleset) -> dict[str, list[str]]:
    """Full name of every indicator → those of which it asks what they have come to."""
    direct = needs(ruleset)
    under = {node.path: [i.path for i in _leaves(node)] for node in ruleset.nodes() if isinstance(node, Group)}
    return {i.path: list(dict.fromkeys(x for path in direct.get(i.path, ()) for x in under.get(path, [path]) if x != i.path))
            for i in ruleset.indicators()}


def _leaves(group: Group) -> list[Indicator]:
    return [x for child in group.children for x in (_leaves(child) if isinstance(child, Group) else [child])]


def _is_judged(indicator: Indicator) -> bool:
    return indicator.method is not None and any(isinstance(node, k.Judgement) for node in every(indicator.method.rule.score))


def cut_parts(indicator: Indicator) -> tuple[Part, ...]:
    """The parts that have trees of their own; where only 全部达标 counts, they are looked at together."""
    return () if indicator.combiner is Combiner.ALL_MET or not indicator.combiner else indicator.parts


# ---- trees


def score_tree(frame: Frame, indicator: Indicator, known: Known) -> Tree[Reached]:
    """How the indicator comes to its points; *known* are its parts and the items that it asks for."""
    def ask(world: World) -> Reached:
        unit, own = frame.unit(indicator, known, world)
        found: list[Diagnostic] = []
        outcome, _, _ = unrounded(unit, own, unit.facts.of(own.path), found)
        return _reached(frame, unit, own, outcome, found)

    return tree_of(frame.unknowns, ask)


def part_tree(frame: Frame, indicator: Indicator, part: Part) -> Tree[Reached]:
    """How a part comes to its points."""
    def ask(world: World) -> Reached:
        unit, own, outcome, found = of_part(frame, indicator, part, world)
        weight = own.weight if part.weight is None else part.weight
        return _reached(frame, unit, changed(own, weight=weight), outcome, found)

    return tree_of(frame.unknowns, ask)


def part_due_tree(frame: Frame, indicator: Indicator, part: Part) -> Tree[bool]:
    """Whether a part is so far away from its target that a reason is due."""
    return tree_of(frame.unknowns, lambda world: is_away(frame.ruleset, of_part(frame, indicator, part, world)[2]))


def of_part(frame: Frame, indicator: Indicator, part: Part, world: World,
            texted: bool = False) -> tuple[AnyUnit, Indicator, Outcome, list[Diagnostic]]:
    """A unit, the indicator with its weight there, what the part comes to, and what its rule stumbled over."""
    unit, own = frame.unit(indicator, Known(), world, texted)
    found: list[Diagnostic] = []
    combiner = own.combiner if own.combiner is Combiner.ALL_MET else Combiner.BEST
    _, parts, _ = unrounded(unit, changed(own, parts=(part,), vetoes=(), combiner=combiner), unit.facts.of(own.path), found)
    return unit, own, parts[0].outcome, found


def _reached(frame: Frame, unit: AnyUnit, own: Indicator, outcome: Outcome, found: list[Diagnostic]) -> Reached:
    points: Number | None = outcome.score
    if outcome.status is Status.NOT_APPLICABLE:
        points = points_of_nothing(own, policy_of(frame.ruleset, own))
    world, fault = unit.world, found[0].code if found else ""
    least, most = (outcome.low, outcome.high) if points is None else (points, points)
    above = world.is_in(least, NOT_NEGATIVE)
    below = is_in_places(own.weight, frame.ruleset.item_rounding) and world.is_in(most - own.weight, frozenset((-1, 0)))
    clause = deciding_clause(outcome) if outcome.status is Status.SCORED else ""
    return Reached(outcome.status, None if points is None else terms(points), terms(outcome.low), terms(outcome.high), clause, own.weight,
                   fault, above, below, all(world.is_upright(x) for x in (points, outcome.low, outcome.high)), outcome.waiting_for)


def rate_tree(frame: Frame, indicator: Indicator) -> Tree[Terms | None]:
    """实际值 ÷ 目标值 − 1 of the indicator; None where it has none."""
    known = _all_scored(frame, indicator)

    def ask(world: World) -> Terms | None:
        unit, own = frame.unit(indicator, known, world)
        rate = unrounded(unit, own, unit.facts.of(own.path), [])[0].rate
        return None if rate is None else terms(rate - 1)

    return tree_of(frame.unknowns, ask)


def due_tree(frame: Frame, indicator: Indicator) -> Tree[bool]:
    """Whether a reason is due, where the indicator is scored, apart from how far its parts are away; its own points are known."""
    known = _all_scored(frame, indicator)

    def ask(world: World) -> bool:
        unit, own = frame.unit(indicator, known, world)
        outcome = unrounded(unit, own, unit.facts.of(own.path), [])[0]
        points = unit.points(own.path, "score", frame.ruleset.item_rounding)
        return reason_due(frame.ruleset, own, outcome, (), points) is not None

    return tree_of(frame.unknowns, ask)


def _all_scored(frame: Frame, indicator: Indicator) -> Known:
    """That its parts, and what it asks for, have scores."""
    paths = (*(part.path for part in cut_parts(indicator)), *frame.asked[indicator.path])
    return Known(tuple((path, Status.SCORED) for path in paths))


def terms(value: Number) -> Terms:
    """A number as terms, which compare without asking anyone."""
    if isinstance(value, Quotients):
        return value.terms
    return (((), (((), Fraction(value)),)),) if value else ()


