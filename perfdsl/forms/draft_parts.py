"""The parts of a composite indicator as 分项, with how they combine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfdsl.forms.draft_names import NameDraft, cleaned, compact, named_so
from perfdsl.forms.draft_targets import TargetDraft, plain
from perfdsl.forms.draft_values import has_target, reason, values
from perfdsl.forms.form import Form, FormRow
from perfdsl.record import changed, record

_MARK = re.compile(r"^[·•●◆▪]+")
_ALIKE = "表上没有写各分项怎样合成；也可以是 全部达标、取低、取高，各分项另有分值的写 加权"
_UNLIKE = "各分项的目标有的越大越好、有的越小越好或是文字，一种计分方法用不上；都达到才得分，不合当地办法的拆成几个三级指标"


@record
class PartDraft:
    """A 分项 with its data; `opened` are the questions of its row."""

    name: str
    target: TargetDraft
    actual: str
    reason: str
    opened: tuple[str, ...] = ()


@record
class CompositeDraft:
    """The parts; `target` holds only how they score, alike for all of them, or nothing where 全部达标 asks for no method."""

    parts: tuple[PartDraft, ...]
    target: TargetDraft
    combiner: str
    opened: tuple[str, ...]


def composite(form: Form, row: FormRow, levels: Sequence[str]) -> CompositeDraft | None:
    """None where the row has a target of its own, or a part none: then the parts only tell more of the one value."""
    parts = _numbered([_part(form, part, levels) for part in row.parts])
    if not parts or has_target(row) or not all(part.target.method for part in parts):
        return None
    methods = {part.target.method for part in parts}
    questions = dict.fromkeys(text for part in parts for text in part.target.method_open)
    alike = len(methods) == 1
    how = TargetDraft("", methods.pop() if alike else "", method_open=tuple(questions) if alike else ())
    return CompositeDraft(tuple(parts), how, "平均" if alike else "全部达标", tuple(_own_value(row)))


def part_name(text: str) -> NameDraft:
    """The name of a part without the mark before it."""
    return cleaned(_MARK.sub("", compact(text)))


def combining(combiner: str) -> str:
    """The question at 合成."""
    return _ALIKE if combiner == "平均" else _UNLIKE


def _own_value(row: FormRow) -> Iterator[str]:
    if row.actual is not None and plain(row.actual.text):
        yield f"实际完成值写作「{compact(row.actual.text)}」，没有录入；按分项填"


def _part(form: Form, row: FormRow, levels: Sequence[str]) -> PartDraft:
    name = part_name(row.name.text)
    found = values(form, row, name, levels)
    return PartDraft(named_so(name.name), found.target, found.actual, reason(row), found.opened)


def _numbered(parts: Sequence[PartDraft]) -> list[PartDraft]:
    """Parts of one name are told apart by a number."""
    names = [part.name for part in parts]
    return [part if (same := names[:at].count(part.name)) == 0 else changed(part, name=f"{part.name}（之{same + 1}）")
            for at, part in enumerate(parts)]
