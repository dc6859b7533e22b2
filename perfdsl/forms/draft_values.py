"""What the cells of a row say of its target, its actual value and the reason, as the ruleset and the data take them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfdsl.data.facts import Absent
from perfdsl.data.reading import reading
from perfdsl.data.table import clean
from perfdsl.forms.draft_actuals import actual, verdict
from perfdsl.forms.draft_names import NameDraft
from perfdsl.forms.draft_targets import TargetDraft, drafted, plain
from perfdsl.forms.form import Form, FormRow, Said
from perfdsl.record import record
from perfdsl.units import pattern

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_TO_FILL = re.compile(r"[（(]待填[:：].*[）)]")
_AWAY = rf"[多少晚早] [\d.]+(?:{pattern()})?(?:（[\d.]+%）)?"
_WORD = rf"{_AWAY}|失 [\d.]+分|自评 [\d.]+分，[多少]报 [\d.]+分|须说明原因|(?:未)?达标|未达标：(?:{_AWAY}|与目标不符)|与目标不符"
_PRINTED = re.compile(rf"(?:{_WORD})(?:；(?:{_WORD}))*(?:；原因：(?P<reason>.+))?", re.DOTALL)
"""What our own table says beside the score, with the officer's reason at its end."""


@record
class Values:
    """The target, the actual value beside it, and what is open about both."""

    target: TargetDraft
    actual: str
    opened: tuple[str, ...]


def values(form: Form, row: FormRow, name: NameDraft, levels: Sequence[str]) -> Values:
    """A target that stands in the name takes the place of an empty one."""
    written_target = _text(row.target)
    is_lifted = bool(name.target) and reading(plain(written_target)) is Absent.EMPTY
    done = _text(row.actual)
    target = _target(form, row, name.target if is_lifted else written_target, (*levels, name.name), done)
    value, opened = actual(target, done)
    target, value = verdict(target, value)
    return Values(target, value, (*(["目标写在名称里，已移出"] if name.target else []), *opened))


def reason(row: FormRow) -> str:
    """偏差原因 in the officer's words, without what perfdsl has printed beside or instead of them."""
    text = _text(row.reason)
    if printed := _PRINTED.fullmatch(text):
        return printed["reason"] or ""
    return "" if _TO_FILL.fullmatch(text) else text


def has_target(row: FormRow) -> bool:
    """Whether the cell of the target holds one, or cannot be read."""
    return row.target is not None and (bool(row.target.fault) or not _is_empty(_text(row.target)))


def _text(said: Said | None) -> str:
    return clean(_UNSEEN.sub("", said.text)) if said is not None else ""


def _is_empty(text: str) -> bool:
    return reading(plain(text)) is Absent.EMPTY or plain(text) in ("一", "无")


def _target(form: Form, row: FormRow, text: str, about: Sequence[str], actual: str) -> TargetDraft:
    """No target leaves the points to the reviewer."""
    if row.target is not None and row.target.fault:
        return TargetDraft("", "", None, words=" ", method_open=(f"目标读不出：{row.target.fault}；照表补上目标和计分办法，不然由评审人打分",))
    if _is_empty(text):
        return TargetDraft("", "", None, words=" ", method_open=("表上没有目标；写明目标和计分办法，不然由评审人打分",))
    return drafted(text, _text(row.sign), _text(row.unit), about, actual, form.year)
