"""The budget block of a form as data and as the indicator 预算执行率."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfdsl.data.facts import Absent
from perfdsl.data.reading import Amount, reading
from perfdsl.forms.draft_groups import first
from perfdsl.forms.draft_items import ItemDraft, points
from perfdsl.forms.draft_names import quoted
from perfdsl.forms.draft_targets import plain
from perfdsl.forms.form import BudgetRow, Form, Said
from perfdsl.quantity import decimal_text, of
from perfdsl.record import record
from perfdsl.units import UNITS, unit_of

INITIAL, BUDGET, SPENT = "年初预算数", "全年预算数", "全年执行数"
GROUP, INDICATOR = "预算执行", "预算执行率"


@record
class MoneyDraft:
    """What the ruleset and the data say of the money; `weight` is None where the block scores no item of its own."""

    unit: str
    declared: tuple[tuple[str, str], ...] = ()
    weight: Fraction | None = None
    in_table: bool = False
    indicator: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    claimed: str = ""


def money(form: Form, items: Sequence[ItemDraft]) -> MoneyDraft:
    """The total row of the block; an indicator of the table that scores the same execution takes its place."""
    unit = form.money_unit if form.money_unit in UNITS else "万元"
    row = next((one for one in form.budget if one.is_total), None)
    in_table = any(item.is_execution for item in items)
    if row is None:
        return MoneyDraft(unit, ((BUDGET, ""), (SPENT, "")) if in_table else (), None, in_table)
    said = points(row.weight)
    weight = None if in_table or said is None or said <= 0 else said
    group = f"{GROUP}（资金）" if any(first(item) == GROUP for item in items) else GROUP
    scored = in_table or bool(weight)
    amounts = {name: _amount(said, unit) for name, said in ((INITIAL, row.initial), (BUDGET, row.budget), (SPENT, row.spent))}
    kept = [name for name in (INITIAL, BUDGET, SPENT) if scored and (name != INITIAL or amounts[name])]
    declared = tuple((name, amounts[name]) for name in kept)
    claimed = points(row.score)
    return MoneyDraft(unit, declared, weight, in_table, tuple(_indicator(form, row, weight, group)) if weight else (),
                      _ALERT if INITIAL in kept else (), "" if claimed is None or in_table else decimal_text(claimed, 20))


_ALERT = ("  当 全年预算数 ≠ 年初预算数，预警 「全年预算数与年初预算数不同，年中追加或调减应单独说明」  "
          "# 待定：填表说明有这一条的（四川 S5、S6）留着，没有的删去",)


def _amount(said: Said | None, unit: str) -> str:
    """The amount as the data hold it; empty where the cell gives none."""
    text = plain(said.text) if said is not None else ""
    found = reading(text)
    if isinstance(found, Absent) or not isinstance(found, Amount):
        return ""
    if found.unit is None:
        return decimal_text(found.number, 20)
    fits = found.unit.dimension == UNITS[unit].dimension
    return f"{decimal_text(found.number, 20)}{found.unit.symbol}" if fits else ""


def _indicator(form: Form, row: BudgetRow, weight: Fraction, group: str) -> Iterator[str]:
    opened = _empty_total(form, row)
    yield ""
    yield f"一级指标 {quoted(group)} {decimal_text(weight)}分{f'  # 待定：{opened}' if opened else ''}"
    yield f"  三级指标 {INDICATOR} {decimal_text(weight)}分"
    yield "    目标 ≥ 100%"
    yield "    计分 执行率  # 待定：全年预算数为 0 时得 0 分；当地另有规定的照规定"


def _empty_total(form: Form, row: BudgetRow) -> str:
    """A total row of nothing above parts that have money."""
    whole = _number(row.budget)
    parts = [_number(one.budget) for one in form.budget if not one.is_total]
    if whole or not any(parts):
        return ""
    found = decimal_text(sum((part for part in parts if part), Fraction(0)), 6)
    return f"年度资金总额一行是空的或 0，下面各行的全年预算数合计 {found}；核对后改数据"


def _number(said: Said | None) -> Fraction | None:
    found = reading(plain(said.text)) if said is not None else None
    if not isinstance(found, Amount):
        return None
    return of(found.number, found.unit or unit_of("元") or UNITS["元"]).shown
