"""The budget block of a form: 年度资金总额 and its parts, by the headings of the amounts."""

from __future__ import annotations

import re

from perfdsl.forms.form import BudgetRow, Heading, Said
from perfdsl.forms.grid import GridCell
from perfdsl.forms.headings import NAMES, roles_of
from perfdsl.forms.identity import money_of
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import bare, plain, points
from perfdsl.record import changed, record

_WORDS = (
    ("rate", "执行率|完成率|支出率|使用率|支付率|进度|比率"),
    ("score", "得分|自评分|评分$"),
    ("weight", "分值|权重|满分|标准分|参分|配分|^分数$"),
    ("spent", "执行数|支出数|实际支出|支付|使用数|决算|实际执行|执行金额|实际完成|执行额|^执行|支出|使用|花费"),
    ("initial", "年初|初始|批复|期初|预算批复"),
    ("budget", "全年预算|调整|预算数|预算安排|预算金额|预算总额|预算额|全年安排|下达|安排数|年度预算"),
)
_PATTERNS = tuple((name, re.compile(words)) for name, words in _WORDS)
_AMOUNTS = {"initial", "budget", "spent"}
_TOTAL = re.compile("总额|合计|总计|资金总|^年度资金|^项目资金$|^预算资金$|^总预算|^总资金|^全年资金|^资金$")
_LABEL = re.compile("预算|资金|执行|投入|收支")
_MONEY = re.compile("预算|支出|执行数|执行金额|资金|安排|批复|拨款|支付|金额|决算")
_SURE = 12
"""From here on a heading of indicators is one beyond doubt."""
_AMOUNT = re.compile(r"^[-—/0-9.,%元万亿千]+$")
_TELLING = re.compile(r"\d")


@record
class Budget:
    """What the budget block says; `notes` are its lines with amounts inside a text."""

    rows: tuple[BudgetRow, ...] = ()
    headings: tuple[Heading, ...] = ()
    money_unit: str = ""
    notes: tuple[Said, ...] = ()


def column_of(text: str) -> str | None:
    """The field of `BudgetRow` that a heading names."""
    said = bare(text)
    return next((name for name, pattern in _PATTERNS if pattern.search(said)), None) if len(said) <= 16 else None


def is_header(texts: list[str]) -> bool:
    """Whether texts of one row head amounts of money."""
    found = {column_of(text) for text in texts}
    amounts = [text for text in texts if column_of(text) in _AMOUNTS]
    enough = len(found & _AMOUNTS) >= 2 or (bool(amounts) and "rate" in found)
    return enough and any(_MONEY.search(bare(text)) for text in amounts) and not any(map(_is_indicator, texts))


def _is_indicator(text: str) -> bool:
    found = roles_of(text)
    return bool(found) and found[0][1] in NAMES and found[0][0] >= _SURE


def budget(stretch: Stretch, header: int, end: int) -> Budget:
    """The block whose headings stand in row `header`, down to before row `end`."""
    columns, used = dict[int, str](), set[str]()
    money, labels = "", list[GridCell]()
    first, *others = stretch.line(header)
    for cell in (*others, first):
        money = money or money_of(cell.text)
        name = column_of(cell.text)
        if name is None or name in used:
            labels.append(cell)
            continue
        used.add(name)
        columns.update(dict.fromkeys(range(cell.column, cell.column + cell.columns), name))
    headings = tuple(found for cell in labels if (found := over_all(stretch, cell)) is not None)
    stretch.pass_over(cell for cell in stretch.line(header) if cell is first or cell not in labels)
    rows, notes = _body(stretch, columns, stretch.rows(header + 1, end))
    return Budget(_with_total(rows), headings, money, tuple(notes))


def over_all(stretch: Stretch, cell: GridCell) -> Heading | None:
    """The heading of a block that declares points: 预算执行情况(10分)."""
    name, declared = points(cell.text)
    if not declared or not bare(name):
        return None
    return Heading(0, name, stretch.take(cell), stretch.take(cell, declared))


def _body(stretch: Stretch, columns: dict[int, str], rows: list[int]) -> tuple[list[BudgetRow], list[Said]]:
    made, notes = list[BudgetRow](), list[Said]()
    for row in rows:
        line = stretch.line(row)
        amounts = [cell for cell in line if cell.column in columns]
        names = [cell for cell in line if cell.column not in columns and not _AMOUNT.match(plain(cell.text))]
        if len(names) > 1 and (names[0].rows > 1 or _LABEL.search(plain(names[0].text))):
            stretch.pass_over(names[:1])
            names = names[1:]
        if len(names) == 1 and (amounts or not _TELLING.search(plain(names[0].text))):
            made.append(_row(stretch, names[0], amounts, columns))
        elif not amounts:
            notes += [stretch.take(cell) for cell in names]
    return made, notes


def _row(stretch: Stretch, name: GridCell, amounts: list[GridCell], columns: dict[int, str]) -> BudgetRow:
    values: dict[str, Said] = {}
    for cell in amounts:
        if columns[cell.column] not in values:
            values[columns[cell.column]] = stretch.take(cell)
    return BudgetRow(stretch.take(name), _TOTAL.search(bare(name.text)) is not None, **values)


def _with_total(rows: list[BudgetRow]) -> tuple[BudgetRow, ...]:
    """One total: the first row that is named so, else the first with amounts."""
    at = next((at for at, row in enumerate(rows) if row.is_total), None)
    if at is None:
        at = next((at for at, row in enumerate(rows) if row.budget or row.spent), None)
    return tuple(changed(row, is_total=number == at) for number, row in enumerate(rows))
