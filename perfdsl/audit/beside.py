"""What further columns of a row say: a reason, a second target, a second actual value, and cells without a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdsl.audit.texts import MARKS, squeezed
from perfdsl.forms.form import Form, FormRow, Said

_REASON = re.compile(r"原因|备注|说明|情况")
_FOR_REASONS = re.compile(r"原因|备注|说明|偏差(?!率|度|值)|改进|措施|整改|差异|理由|失分|扣分|问题")
_NOT_FOR_REASONS = re.compile(r"^指标(?:说明|解释)|(?:评分|计分|扣分|评价|考核|打分)(?:的?标准|方法|办法|细则|规则|说明)")
_TARGET = re.compile(r"(?:指标|目标|计划|预期)值|目标$")
_ACTUAL = re.compile(r"完成|实际|实现|达成")
_NO_REASON = MARKS | {"0", "无偏差", "未填", "不适用"}
_CELLS = (("name", "名称"), ("target", "目标值"), ("sign", "比较号"), ("unit", "计量单位"), ("actual", "实际完成值"), ("weight", "分值"),
          ("claimed", "得分"), ("share", "权重"), ("converted", "折算得分"))


def reason_of(row: FormRow) -> str:
    """The reason column; where it says nothing, a column of remarks that does not hold the actual value."""
    texts = (squeezed(row.reason), *(squeezed(said) for heading, said in row.others if _explains(heading)))
    return next((text for text in texts if text not in _NO_REASON), "")


def _explains(heading: str) -> bool:
    text = squeezed(heading)
    return bool(_REASON.search(text)) and not _ACTUAL.search(text)


def has_place_for_reasons(form: Form) -> bool:
    """Whether a column could hold the reason for points lost; so it is taken where the columns are not known."""
    texts = [squeezed(heading) for heading in form.columns]
    written = any(row.reason is not None for row in form.rows)
    return not texts or written or any(_FOR_REASONS.search(text) and not _NOT_FOR_REASONS.search(text) for text in texts)


def second_target(row: FormRow) -> bool:
    """Whether another column holds a target too."""
    return row.target is not None and any(_TARGET.search(squeezed(heading)) and squeezed(said) not in MARKS for heading, said in row.others)


def second_actual(row: FormRow) -> bool:
    """Whether another column tells what was done."""
    return any(_ACTUAL.search(squeezed(heading)) and squeezed(said) not in MARKS for heading, said in row.others)


def without_value(row: FormRow) -> Iterator[tuple[str, Said]]:
    """The cells of a row that should have a value and have none, each with the name of its column."""
    for field, label in _CELLS:
        said: Said | None = getattr(row, field)
        if said is not None and said.fault:
            yield label, said
