"""A form read once: every row with its numbers, so that the checks only compare."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

from perfdsl.audit.aims import Aim, Pair, aim_of, paired
from perfdsl.audit.beside import reason_of, second_target
from perfdsl.audit.parts import gathered, open_below
from perfdsl.audit.texts import MARKS, Points, money_of, points_of, rate_of, squeezed
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell
from perfdsl.forms.form import BudgetRow, Form, FormRow
from perfdsl.record import changed, record

_NUMBERED = re.compile(r"指标[0-9]*[:：]?[/／]?")
_EXECUTION = re.compile(r"(?:全年|年度|项目|部门)?(?:预算|资金|支出)*(?:执行|支付|支出|使用)(?:率|进度|情况)?(?:[（(].*[）)])?")
_SHARE_NAME = re.compile(r"率|满意|程度|比例|占比|度$")
_OUTSIDE = re.compile(r"加分|减分|扣分")


@record
class Item:
    """A row of indicators with its cells read.

    `method` where the form itself says how the row is scored; `two_targets` where a second column holds a target; `parts` the rows
    below that belong to it.
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
    method: bool
    two_targets: bool = False
    parts: tuple[FormRow, ...] = ()

    @property
    def title(self) -> str:
        """The name as written, for people."""
        return " ".join(clean(self.row.name.text).split())

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
    """The form and its readings.  `inside`: the execution of the budget is also one of the indicators and counts once."""

    form: Form
    items: tuple[Item, ...]
    money: tuple[Money, ...]
    inside: bool

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


def read(form: Form) -> Sheet:
    """The form's rows read; rows of the template that nobody filled are left out."""
    hundreds, shared, together = _out_of_hundred(form), _shared(form), open_below(form.rows)
    made = (_item(row, parts, hundreds, shared | together) for row, parts in gathered(form.rows))
    items = _scaled([item for item in made if not item.blank])
    money = tuple(_money(row, form.money_unit) for row in form.budget)
    total = next((row.weight.value for row in money if row.row.is_total), None)
    inside = any(_EXECUTION.fullmatch(item.name) and item.weight.value in (total, None) for item in items)
    return Sheet(form, tuple(items), money, inside)


def _shared(form: Form) -> frozenset[Cell]:
    """The cells of weights or scores that several rows are merged over: their rows are scored together."""
    cells = Counter(said.cell for row in form.rows for said in (row.weight, row.claimed) if said is not None)
    return frozenset(cell for cell, count in cells.items() if count > 1)


def _scaled(items: list[Item]) -> list[Item]:
    """Weights written as shares of 1 (0.25) as points of 100."""
    weights = [item.weight.value for item in items if item.weight.value is not None]
    if len(weights) < 2 or sum(weights, Fraction(0)) > 1 or any(weight >= 1 for weight in weights):
        return items
    return [item if item.weight.value is None else changed(item, weight=Points(item.weight.value * 100)) for item in items]


def _out_of_hundred(form: Form) -> bool:
    """Whether the rows are scored out of 100 each and 折算得分 is what counts: some score exceeds its weight."""
    pairs = [(points_of(row.claimed).value, _weight(row).value) for row in form.rows if row.converted is not None]
    return any(claimed is not None and weight is not None and claimed > weight for claimed, weight in pairs)


def _weight(row: FormRow) -> Points:
    """The 分值, else the 权重."""
    weight = points_of(row.weight)
    return points_of(row.share) if weight.value is None and row.share is not None else weight


def _item(row: FormRow, parts: tuple[FormRow, ...], hundreds: bool, shared: frozenset[Cell]) -> Item:
    aim, actual = aim_of(row.target, row.sign, row.unit), aim_of(row.actual)
    name = squeezed(row.name)
    claimed = points_of(row.converted if hundreds and row.converted is not None else row.claimed)
    path = "/".join((*(squeezed(level) for level in row.levels if level), name))
    together = any(said is not None and said.cell in shared for said in (row.weight, row.claimed))
    pair = None if together or _fraction(name, aim, actual) else paired(aim, actual)
    return Item(row, name, path, _weight(row), claimed, aim, actual, pair, reason_of(row), bool(squeezed(row.method)), second_target(row), parts)


def _fraction(name: str, aim: Aim, actual: Aim) -> bool:
    """Whether one value of a rate may be a share of 1 and the other per cents (0.92 beside 90)."""
    a, b = aim.number, actual.number
    if a is None or b is None or not (_SHARE_NAME.search(name) or aim.is_rate or actual.is_rate):
        return False
    low = aim if abs(a) < abs(b) else actual
    small, large = sorted((abs(a), abs(b)))
    return not low.unit_text and 0 < small <= 2 and large > 2


def _money(row: BudgetRow, unit: str) -> Money:
    initial, budget, spent = (money_of(said, unit) for said in (row.initial, row.budget, row.spent))
    return Money(row, squeezed(row.name), initial, budget, spent, points_of(row.weight), rate_of(row.rate), points_of(row.score))
