"""A filled-in 自评表: what its cells say, as written, each with its place.  Nothing is computed here."""

from __future__ import annotations

from perfdsl.diagnostics import Cell
from perfdsl.record import record


@record
class Said:
    """The text of a cell (or of a part of it) as written, and where it stands; `fault` as in `grid.GridCell`."""

    text: str
    cell: Cell
    fault: str = ""


@record
class BudgetRow:
    """A row of the budget block: 年度资金总额 (`is_total`) or one of its parts (其中：…)."""

    name: Said
    is_total: bool
    initial: Said | None = None
    budget: Said | None = None
    spent: Said | None = None
    weight: Said | None = None
    rate: Said | None = None
    score: Said | None = None


@record
class Goal:
    """年度总体目标: what was to be reached, and what is said to have been."""

    expected: Said | None
    achieved: Said | None


@record
class Heading:
    """A cell of the 一级 or 二级 column: its name without the points, and the points it declares (产出指标(50分)) or None.

    `level` 0 is a heading over a whole block (绩效指标(90分)).
    """

    level: int
    name: str
    said: Said
    weight: Said | None


@record
class FormRow:
    """One indicator.

    `levels` are the names of the headings above it.  The target stands in one cell (`target`), or with its `sign` and `unit` in
    cells of their own.  `share` is a 权重占比 in per cent and `converted` the 折算得分, where the form has them beside `weight` and
    `claimed`.  `method` is what a column of scoring rules says; `others` are further columns by their headings.
    `parts` are the rows below that have no points and are scored together as this indicator; they are not among `Form.rows`.
    `merged` are the cells of weight and score that lie over this row and others, for each of those rows the same.
    """

    name: Said
    levels: tuple[str, ...]
    target: Said | None = None
    sign: Said | None = None
    unit: Said | None = None
    actual: Said | None = None
    weight: Said | None = None
    claimed: Said | None = None
    audited: Said | None = None
    reason: Said | None = None
    share: Said | None = None
    converted: Said | None = None
    method: Said | None = None
    others: tuple[tuple[str, Said], ...] = ()
    parts: tuple[FormRow, ...] = ()
    merged: tuple[Said, ...] = ()


@record
class Form:
    """One form.  `code` is the unit's or the project's code where the form gives one; `money_unit` is 万元 or 元.

    `particulars` are further labels of the head and the foot with what stands beside them (主管部门, 自评结果, 填报人);
    `subtotals` the 小计 rows and what else adds up (合计 above the 总分, 加：预算执行); `not_understood` the cells with text that no
    other field holds, and each cell with a fault, the fault as its text, whether a field holds it or not.
    `columns` are the headings of the indicator table, () where they are not known; `flat` where the file cannot tell what was merged.
    The `levels` of a 小计 are those of the rows that it adds up.
    """

    file: str
    sheet: str
    title: Said | None
    unit: Said | None
    project: Said | None
    code: str
    year: int | None
    money_unit: str
    budget: tuple[BudgetRow, ...]
    goals: tuple[Goal, ...]
    headings: tuple[Heading, ...]
    rows: tuple[FormRow, ...]
    total_weight: Said | None
    total_claimed: Said | None
    grade: Said | None
    notes: tuple[Said, ...]
    not_understood: tuple[Said, ...]
    particulars: tuple[tuple[str, Said], ...] = ()
    subtotals: tuple[FormRow, ...] = ()
    total_audited: Said | None = None
    total_converted: Said | None = None
    columns: tuple[Said, ...] = ()
    flat: bool = False
