"""What is said of an item, as trees of templates: the wording itself is run with a unit that stands for every unit."""

from __future__ import annotations

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Indicator, Part
from perfdsl.plan.items import Frame, of_part, terms
from perfdsl.plan.quotients import Terms
from perfdsl.plan.templates import PartSlot, Template, template
from perfdsl.plan.tree import Tree
from perfdsl.plan.unit import SCORE, AnyUnit, Known
from perfdsl.plan.world import World, tree_of
from perfdsl.record import record
from perfdsl.score.explain import because, part_text
from perfdsl.score.rows import EXACT, points_of_nothing, policy_of, unrounded
from perfdsl.score.scorecard import Outcome, PartOutcome, Row, Status


@record
class PartTold:
    """What is said of a part, and its points where it is scored."""

    said: Template
    points: Terms | None


def because_tree(frame: Frame, indicator: Indicator, known: Known, texted: bool) -> Tree[Template]:
    """`because` of the row of the indicator, whose own points are known; *texted*: cells are shown as they were written."""
    def ask(world: World) -> Template:
        unit, own = frame.unit(indicator, known, world, texted)
        row = _row(frame, unit, own)
        places = {one.path: world.place(PartSlot(at)) for at, one in enumerate(own.parts)}
        return template(because(row, lambda one: places[one.part.path]), world.slots)

    return tree_of(frame.unknowns, ask)


def told_tree(frame: Frame, indicator: Indicator, part: Part, texted: bool) -> Tree[PartTold]:
    """What is said of a part of the indicator."""
    def ask(world: World) -> PartTold:
        unit, _, outcome, _ = of_part(frame, indicator, part, world, texted)
        said = part_text(PartOutcome(part, unit.facts.of(part.path), outcome))
        points = terms(outcome.score) if outcome.status is Status.SCORED and outcome.score is not None else None
        return PartTold(template(said, world.slots), points)

    return tree_of(frame.unknowns, ask)


def _row(frame: Frame, unit: AnyUnit, own: Indicator) -> Row:
    """The row as `score.rows` makes it, apart from its own points, which are looked up, and from what is said beside `because`."""
    fact: Fact = unit.facts.of(own.path)
    outcome, parts, _ = unrounded(unit, own, fact, [])
    rounding = frame.ruleset.item_rounding or EXACT
    points = outcome.score
    if outcome.status is Status.NOT_APPLICABLE:
        points = points_of_nothing(own, policy_of(frame.ruleset, own))
    rounded = None if points is None else unit.points(own.path, SCORE, rounding) if _is_looked_up(frame, outcome) else rounding.apply(points)
    low, high = (rounding.apply(outcome.low), rounding.apply(outcome.high)) if rounded is None else (rounded, rounded)
    return Row(own, fact, outcome.status, rounded, points, low, high, outcome, tuple(parts), None)


def _is_looked_up(frame: Frame, outcome: Outcome) -> bool:
    rounding = frame.ruleset.item_rounding
    return outcome.status is Status.SCORED and rounding is not None and rounding.places is not None
