"""What the checks look at: every row of a form with its numbers read."""

from __future__ import annotations

import re
from fractions import Fraction

from perfdsl.audit.aims import Aim, Pair
from perfdsl.audit.texts import MARKS, Points
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell
from perfdsl.forms.form import BudgetRow, Form, FormRow, Said
from perfdsl.record import record

_NUMBERED = re.compile(r"指标[0-9]*[:：]?[/／]?")
_OUTSIDE = re.compile(r"加分|减分|扣分")


@record
class Item:
    """A row of indicators with its cells read.

    `method` is how the form itself says that the row is scored; `two_targets` where a second column holds a target; `parts` the rows
    below that belong to it.  `together` where its points are those of several rows, `beside_open` where that cannot be told: the file
    keeps no merged cells, and the row below has none.
    """

    row: FormRow
    name: str
    path: str
    weight: Points
    claimed: Points
    aim: Aim
    actual: Aim
    pair: Pair | None
    reason: str
    method: str
    two_targets: bool = False
    parts: tuple[FormRow, ...] = ()
    together: bool = False
    beside_open: bool = False

    @property
    def title(self) -> str:
        """The name as written, for people."""
        return " ".join(clean(self.row.name.text).split())

    @property
    def written(self) -> str:
        """The path as written; it ends in the title."""
        return "/".join((*(" ".join(clean(level).split()) for level in self.row.levels if level), self.title))

    @property
    def blank(self) -> bool:
        """A row of the template that nobody filled."""
        nameless = self.name in MARKS or bool(_NUMBERED.fullmatch(self.name))
        return nameless and self.weight.value is None and self.claimed.value is None

    @property
    def outside(self) -> bool:
        """Whether its points are added to the total or taken off it."""
        return any(_OUTSIDE.search(text) for text in (self.path, self.name))

    @property
    def full(self) -> bool:
        return self.weight.value is not None and self.weight.value > 0 and self.claimed.value == self.weight.value

    @property
    def cost(self) -> bool:
        """Whether less is better, as far as its heading and name tell."""
        return any("成本" in level for level in self.row.levels[1:]) or "成本" in self.name

    @property
    def cell(self) -> Cell:
        return (self.row.claimed or self.row.name).cell


@record
class Money:
    """A budget row in yuan."""

    row: BudgetRow
    name: str
    initial: Fraction | None
    budget: Fraction | None
    spent: Fraction | None
    weight: Points
    rate: Fraction | None
    score: Points

    @property
    def cell(self) -> Cell:
        return (self.row.score or self.row.name).cell

    @property
    def executed(self) -> Fraction | None:
        """执行数 ÷ 全年预算数; None where either is missing or the budget is 0."""
        return self.spent / self.budget if self.spent is not None and self.budget else None


@record
class Sheet:
    """The form and its readings.  `inside`: the execution of the budget is also one of the indicators and counts once.

    `printed` is the total of the scores that count: of the 折算得分 where the rows are scored out of 100 each.
    """

    form: Form
    items: tuple[Item, ...]
    money: tuple[Money, ...]
    inside: bool
    printed: Said | None

    @property
    def total(self) -> Money | None:
        return next((row for row in self.money if row.row.is_total), None)

    @property
    def parts(self) -> tuple[Money, ...]:
        return tuple(row for row in self.money if not row.row.is_total)

    @property
    def whole(self) -> bool:
        """Whether the form goes on to its total and no row lacks its weight."""
        printed = self.form.total_weight is not None or self.form.total_claimed is not None
        return printed and all(item.weight.value is not None or item.weight.dashed for item in self.items)
