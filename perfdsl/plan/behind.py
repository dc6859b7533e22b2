"""What is told of a unit behind its scores, as trees: one for each 预警, one for each 结果应用."""

from __future__ import annotations

from collections.abc import Mapping

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.effects import Alert, Application
from perfdsl.model.references import GRADE
from perfdsl.model.ruleset import Ruleset
from perfdsl.model.walk import names, rule_parts
from perfdsl.plan.cells import AnyFacts
from perfdsl.plan.items import Frame
from perfdsl.plan.templates import Template, template
from perfdsl.plan.tree import Tree
from perfdsl.plan.unit import AnyUnit, Known
from perfdsl.plan.world import World, tree_of
from perfdsl.record import changed, record
from perfdsl.score import of_whole, weights_off
from perfdsl.score.results import results
from perfdsl.score.rows import alerts, beside
from perfdsl.score.scorecard import Status, Total
from perfdsl.score.total import bare_total, ungraded


@record
class Told:
    """A 预警 or a 结果应用; `path` is the indicator under which a 预警 stands, empty where it is one of the whole."""

    what: Alert | Application
    path: str = ""


@record
class Said:
    """What is told of a unit: nothing where the text is empty.  `faults` are what it stumbled over."""

    text: Template
    faults: tuple[Diagnostic, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether nothing in the text hangs on the unit."""
        return all(isinstance(piece, str) for piece in self.text.pieces)

    @property
    def words(self) -> str:
        """The text that is fixed."""
        return "".join(piece for piece in self.text.pieces if isinstance(piece, str))


def told_of(ruleset: Ruleset) -> tuple[Told, ...]:
    """All that a ruleset can tell, in the order in which it does."""
    own = (Told(alert, indicator.path) for indicator in ruleset.indicators() for alert in indicator.alerts)
    return (*map(Told, ruleset.alerts), *own, *map(Told, ruleset.applications))


def said_tree(frame: Frame, one: Told, statuses: Mapping[str, Status], not_negative: frozenset[str], gradeable: bool) -> Tree[Said]:
    """What is told where the items have these statuses; *gradeable*: no error stands in the ruleset."""
    known = Known(tuple(statuses.items()), not_negative)

    def ask(world: World) -> Said:
        unit = AnyUnit(frame.ruleset, AnyFacts(frame.ruleset, world, frame.judged, frame.wanted), known, world)
        if one.path:
            return Said(template(_beside(unit, one), ()))
        made = _total(unit, one, gradeable)
        unit.found.clear()
        text = _behind(unit, made, one)
        return Said(template(text, world.slots), tuple(unit.found))

    return tree_of(frame.unknowns, ask)


def _behind(unit: AnyUnit, made: Total, one: Told) -> str:
    """What is told of the whole; what it stumbles over goes to `unit.found`."""
    if isinstance(one.what, Alert):
        return one.what.text if of_whole(unit, made, (one.what,)) else ""
    value = results(unit, made, (one.what,))[0].value
    return "" if value is None else str(value)


def _beside(unit: AnyUnit, one: Told) -> str:
    """What is told beside an item."""
    own = changed(unit.indicators[one.path], alerts=(one.what,))
    unit.beside[one.path] = beside(unit, own)
    return "".join(alert.text for alert in alerts(unit, own))


def _total(unit: AnyUnit, one: Told, gradeable: bool) -> Total:
    """The total, with its grade only where that is asked for."""
    rows = unit.rows()
    if isinstance(one.what, Alert) or GRADE not in {name for part in rule_parts(one.what.rule) for name in names(part)}:
        return ungraded(unit, rows)[0]
    sound = gradeable and not weights_off(unit.declared, unit.ruleset, bool(unit.waiting))
    return bare_total(unit, rows, sound)[0]
