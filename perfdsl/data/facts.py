"""What happened: the values of one unit, as read, with their places."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from perfdsl.diagnostics import Cell
from perfdsl.quantity import Quantity
from perfdsl.record import record


class Absent(Enum):
    """Why there is no value.  None of these is zero."""

    MISSING = "未填：数据中没有这一项"
    EMPTY = "未填：单元格为空"
    NOT_APPLICABLE = "不适用"
    UNREADABLE = "读不出"


Value = Quantity | str | date
"""What a readable cell holds: an exact quantity, words, or a day."""


@record
class Fact:
    """All that the data says of one indicator, part or datum.

    `text` is the cell as written.  The claimed (自评得分), chosen (评定得分) and audited (复核得分) scores
    stand beside the computed one and never replace it.
    """

    value: Value | Absent
    text: str = ""
    cell: Cell | None = None
    claimed: Fraction | None = None
    chosen: Fraction | None = None
    audited: Fraction | None = None
    reason: str = ""


NOTHING = Fact(Absent.MISSING)


@record
class Facts:
    """The facts of one unit by full name (`产出指标/数量指标/税收`, `全年执行数`); `cell` is where its own name stands.

    `members` are the units whose facts a 汇总 has put together here.  `code` (单位代码) stays the same where a name changes; it is text.
    """

    unit: str
    year: int | None
    items: dict[str, Fact]
    cell: Cell | None = None
    members: tuple[Facts, ...] = ()
    code: str = ""

    def of(self, path: str) -> Fact:
        """The fact of that full name; `NOTHING` where the data does not mention it."""
        return self.items.get(path, NOTHING)

    @property
    def key(self) -> tuple[str, str, int | None]:
        """What tells one unit of one year from all others: its code where it has one, else its name without blanks."""
        return ("code", self.code, self.year) if self.code else ("name", "".join(self.unit.split()), self.year)
