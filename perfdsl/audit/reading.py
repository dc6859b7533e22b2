"""A form read once, so that the checks only compare."""

from __future__ import annotations

import re
from fractions import Fraction

from perfdsl.audit.aims import Aim, aim_of, paired
from perfdsl.audit.beside import reason_of, second_target
from perfdsl.audit.shared import Shared
from perfdsl.audit.sheet import Item, Money, Sheet
from perfdsl.audit.texts import Points, money_of, points_of, rate_of, squeezed
from perfdsl.forms.form import BudgetRow, Form, FormRow
from perfdsl.record import changed

_EXECUTION = re.compile(r"(?:全年|年度|项目|部门)?(?:预算|资金|支出)*(?:执行|支付|支出|使用)(?:率|进度|情况)?(?:[（(].*[）)])?")
_SHARE_NAME = re.compile(r"率|满意|程度|比例|占比|度$")


def read(form: Form) -> Sheet:
    """The form's rows read; rows of the template that nobody filled are left out."""
    hundreds, shared = _out_of_hundred(form), Shared(form)
    made = (_item(row, shared, hundreds) for row in form.rows)
    items = _scaled([item for item in made if not item.blank])
    money = tuple(_money(row, form.money_unit) for row in form.budget)
    total = next((row.weight.value for row in money if row.row.is_total), None)
    inside = any(_EXECUTION.fullmatch(item.name) and item.weight.value in (total, None) for item in items)
    printed = form.total_converted if hundreds and form.total_converted is not None else form.total_claimed
    return Sheet(form, tuple(items), money, inside, printed)


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


def _item(row: FormRow, shared: Shared, hundreds: bool) -> Item:
    aim, actual, name = aim_of(row.target, row.sign, row.unit), aim_of(row.actual), squeezed(row.name)
    weight, claimed = _weight(row), points_of(row.converted if hundreds and row.converted is not None else row.claimed)
    path = "/".join((*(squeezed(level) for level in row.levels if level), name))
    pair = None if _fraction(name, aim, actual) else paired(aim, actual)
    return Item(row, name, path, shared.weight(row, weight), shared.claimed(row, claimed), aim, actual, pair, reason_of(row),
                squeezed(row.method), second_target(row), row.parts, row in shared, shared.open_below(row))


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
