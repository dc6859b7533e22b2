"""One unit under one ruleset: its data, the ruleset's 令, and the scores of its items for those that refer to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from perfdsl.data.facts import Fact, Facts
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.needs import in_order
from perfdsl.model.references import split
from perfdsl.model.ruleset import Group, Indicator, Ruleset
from perfdsl.quantity import of, score
from perfdsl.score.groups import group_score
from perfdsl.score.interpret import Gap, Interpreter, Lookup, Result, of_fact
from perfdsl.score.scorecard import Outcome, Row, Status
from perfdsl.score.weights import for_unit
from perfdsl.units import PURE

if TYPE_CHECKING:
    from perfdsl.score.item import Item

ScoreRow = Callable[["Unit", Indicator, list[Diagnostic]], Row]


class Unit:
    """What all rules of one unit share.  Rows are scored when they are first asked for; what is wrong goes to `found`.

    `ruleset` has the weights of this unit, `declared` is as it is written; `waiting` are the indicators whose weight
    depends on data that are not there, with the names of those data;
    `beside` has, for every row that is scored, what knows the names of its item.
    """

    def __init__(self, ruleset: Ruleset, waiting: dict[str, tuple[str, ...]], facts: Facts, score_row: ScoreRow,
                 declared: Ruleset) -> None:
        self.ruleset, self.waiting, self.facts, self.score_row, self.declared = ruleset, waiting, facts, score_row, declared
        self.found: list[Diagnostic] = []
        self.beside: dict[str, Interpreter] = {}
        self._rows: dict[str, Row] = {}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.path: indicator for indicator in self.ruleset.indicators()}

    @cached_property
    def groups(self) -> dict[str, Group]:
        return {node.path: node for node in self.ruleset.nodes() if isinstance(node, Group)}

    def rows(self) -> tuple[Row, ...]:
        """Every row in the order of the form; each is scored behind those that it asks for."""
        for indicator in in_order(self.ruleset) if self.ruleset.refers else ():
            self.row(indicator)
        return tuple(self.row(indicator) for indicator in self.ruleset.indicators())

    def row(self, indicator: Indicator) -> Row:
        """The row of one indicator; each is scored once."""
        if indicator.path not in self._rows:
            self._rows[indicator.path] = self.score_row(self, indicator, self.found)
        return self._rows[indicator.path]

    def part(self, item: Item) -> Outcome:
        """What the rule of one part of an indicator gives."""
        return item.outcome()

    def keep(self, row: Row, beside: Interpreter) -> None:
        """Take over a row that another unit has scored from the same facts, and what knows the names of its item."""
        self._rows[row.indicator.path], self.beside[row.indicator.path] = row, beside

    def members(self) -> Sequence[Unit]:
        """The units that a 汇总 put together."""
        return [Unit(*for_unit(self.declared, facts), facts, self.score_row, self.declared) for facts in self.facts.members]

    def interpreter(self, fact: Fact, read: set[str], names: dict[str, Lookup] | None = None) -> Interpreter:
        """An interpreter that knows the unit's data, for an item with the given fact; the data it uses are noted in *read*."""

        def around(node: k.Name) -> Result:
            path, field = split(node.name)
            if field:
                return self.reference(path, field)
            read.add(node.name)
            return of_fact(node.name, self.facts.of(node.name))

        made = Interpreter({}, around, fact)
        made.names = {**{let.name: made.let(let) for let in self.ruleset.lets}, **(names or {})}
        return made

    def reference(self, path: str, field: str) -> Result:
        """The value of another item: `产出指标/税收`, `得分`."""
        indicator = self.indicators.get(path)
        if indicator is not None and path in self.waiting and field == "分值":
            return Gap(Status.MISSING, self.waiting[path])
        if indicator is not None:
            return of_row(self.row(indicator), field)
        return group_score(self.groups[path], self.ruleset, lambda i: self.row(i)).field(field)


def of_row(row: Row, field: str) -> Result:
    """The value of one of the words that a rule may ask of another item."""
    weight = row.indicator.weight
    match field:
        case "分值":
            return score(weight)
        case "得分" | "得分率" if row.score is None:
            return Gap(row.status, (row.indicator.name,))
        case "得分":
            return score(row.score or 0)
        case "得分率":
            return of((row.score or 0) / weight, PURE) if weight else Gap(Status.NOT_APPLICABLE, (row.indicator.name,))
        case "完成率":
            found: object = None if row.outcome.rate is None else of(row.outcome.rate, PURE)
        case _:
            found = row.outcome.actual if field == "实际值" else row.outcome.target_value
    return found if found is not None else Gap(_absent(row), (row.indicator.name,))  # type: ignore[return-value]  # a value of the row


def _absent(row: Row) -> Status:
    return row.status if row.status in (Status.MISSING, Status.NOT_APPLICABLE) else Status.MANUAL
