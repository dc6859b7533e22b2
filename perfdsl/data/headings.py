"""The words that head a column, and in which row of a table they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from perfdsl.data.names import Slots
from perfdsl.data.table import Entry, Row, Table, clean, filled
from perfdsl.record import record
from perfdsl.units import unit_of


class Role(StrEnum):
    """What a column holds; the value is the heading that messages and `new` write."""

    NAME = "指标"
    ACTUAL = "实际完成值"
    CHOSEN = "评定得分"
    CLAIMED = "自评得分"
    AUDITED = "复核得分"
    REASON = "偏差原因"
    UNIT = "单位"
    CODE = "单位代码"
    YEAR = "年度"

    @staticmethod
    def of_a_value() -> tuple[Role, ...]:
        """The roles of the cells that belong to one indicator."""
        return Role.ACTUAL, Role.CHOSEN, Role.CLAIMED, Role.AUDITED, Role.REASON

    @staticmethod
    def of_a_unit() -> tuple[Role, ...]:
        """The roles of the cells that say which unit, and of which year."""
        return Role.UNIT, Role.CODE, Role.YEAR


SPELLINGS: dict[str, Role] = {
    **{str(role): role for role in Role},
    "indicator": Role.NAME, "指标名称": Role.NAME, "三级指标": Role.NAME,
    "全年实际值": Role.ACTUAL, "全年完成值": Role.ACTUAL, "实际值": Role.ACTUAL, "完成值": Role.ACTUAL, "自评分": Role.CLAIMED,
    "actual": Role.ACTUAL, "chosen": Role.CHOSEN, "claimed": Role.CLAIMED, "audited": Role.AUDITED,
    "reason": Role.REASON, "偏差原因分析及改进措施": Role.REASON,
    "单位名称": Role.UNIT, "unit": Role.UNIT, "year": Role.YEAR,
    "code": Role.CODE, "unit_code": Role.CODE, "单位编码": Role.CODE, "预算单位代码": Role.CODE, "预算单位编码": Role.CODE, "统一社会信用代码": Role.CODE,
}
PASSED_OVER = frozenset({"序号", "备注", "一级指标", "二级指标", "分值", "年度指标值", "绩效指标"})
"""Columns of the printed form that say nothing of what happened."""

DEEPEST = 30
"""Rows among which the headings are looked for."""

_BLANKS = re.compile(r"\s+")
_REMARK = re.compile(r"[（(][^（）()]*[)）]$")


def role_of(text: str) -> Role | None:
    """The role that a heading names; blanks, a remark in brackets and case do not count."""
    plain = _BLANKS.sub("", clean(text)).lower()
    return SPELLINGS.get(plain) or SPELLINGS.get(_REMARK.sub("", plain))


def is_passed_over(text: str) -> bool:
    return _BLANKS.sub("", clean(text)) in PASSED_OVER


class Layout(StrEnum):
    """How a table is laid out, surest first; the last two still miss a heading."""

    ONE = "每行一个指标"
    MANY = "每行一个单位"
    ONE_BROKEN = "每行一个指标，缺标题"
    MANY_UNKNOWN = "每行一个单位，没有认得的名称"


@record
class Header:
    """The headings of a table: in which row, and of which layout."""

    table: Table
    at: int
    layout: Layout

    @property
    def row(self) -> Row:
        return self.table.rows[self.at]


def find_header(tables: list[Table], names: Slots) -> Header | None:
    """The first row of the first table that has the headings of the surest layout."""
    found = [
        Header(table, at, layout)
        for table in tables
        for at, row in enumerate(table.rows[:DEEPEST])
        if (layout := _layout(filled(row), names)) is not None
    ]
    order = list(Layout)
    return min(found, key=lambda header: order.index(header.layout), default=None)


def _layout(row: list[Entry], names: Slots) -> Layout | None:
    roles = {role_of(entry.text) for entry in row}
    if {Role.NAME, Role.ACTUAL} <= roles:
        return Layout.ONE
    if Role.UNIT in roles and any(names.knows(column_of(entry.text)[0]) for entry in row):
        return Layout.MANY
    if Role.ACTUAL in roles or (Role.NAME in roles and len(row) > 1):
        return Layout.ONE_BROKEN
    return Layout.MANY_UNKNOWN if Role.UNIT in roles and len(row) > 1 else None


def is_long(header: Header) -> bool:
    """Whether each row is an indicator of one of many units."""
    roles = {role_of(entry.text) for entry in header.row if entry}
    return header.layout is Layout.ONE and bool(roles & {Role.UNIT, Role.CODE})


def column_of(heading: str) -> tuple[str, Role]:
    """The name and the role in the heading of a many-unit table: `税收`, `税收.自评得分`."""
    name, dot, last = heading.replace("．", ".").rpartition(".")
    role = role_of(last) if dot else None
    return (name, role) if role in Role.of_a_value() and role else (heading, Role.ACTUAL)


def labelled(entry: Entry) -> Iterator[tuple[Role, Entry]]:
    """What one cell says of the unit: `单位：某局　单位代码：001001`; the 单位 in `单位：万元` is another."""
    for piece in clean(entry.text).split("\u3000"):
        label, colon, value = piece.replace(":", "：").partition("：")
        role = role_of(label) if colon else None
        if role in Role.of_a_unit() and role is not None and clean(value) and unit_of(clean(value)) is None:
            yield role, Entry(clean(value), entry.cell)
