"""The actual value of a row as `eval` reads it beside its target."""

from __future__ import annotations

from perfdsl.data.facts import Absent
from perfdsl.data.reading import Amount, reading
from perfdsl.forms.draft_names import compact
from perfdsl.forms.draft_targets import TargetDraft, plain
from perfdsl.quantity import decimal_text
from perfdsl.record import changed
from perfdsl.units import PURE, Unit

_BOTH = 2
"""Up to this a bare number can be a share as well as a percentage."""
_VERDICTS = (("未达成", ("未达成", "未完成")), ("部分达成", ("部分达成", "部分完成")), ("达成", ("达成预期", "达成年度", "达成指标", "全部达成")))


def actual(target: TargetDraft, text: str) -> tuple[str, list[str]]:
    """The actual value as `eval` reads it; empty, with a question, where it does not say what the target asks for."""
    if target.words or not text:
        return text, []
    said = reading(plain(text).removesuffix(target.unknown) if target.unknown else plain(text))
    if isinstance(said, Absent):
        return text, []
    if target.is_day and not isinstance(said, Amount | str):
        return text, []
    if isinstance(said, Amount) and target.unit is not None and (value := _fitting(said, target.unit)):
        return value, []
    return "", [f"实际完成值写作「{compact(text)}」，不能与目标比较，没有录入；填上确数"]


def _fitting(said: Amount, wanted: Unit) -> str:
    """The amount as text, where it can be counted in *wanted* without doubt."""
    if said.unit is None:
        doubtful = wanted.kind == "ratio" and 0 < abs(said.number) <= _BOTH
        return "" if doubtful else decimal_text(said.number, 20)
    fits = said.unit.dimension == wanted.dimension and (wanted != PURE or said.unit.kind == "number")
    return f"{decimal_text(said.number, 20)}{said.unit.symbol}" if fits else ""


def verdict(target: TargetDraft, actual: str) -> tuple[TargetDraft, str]:
    """A target in words whose actual value is one of the three verdicts is scored by tiers."""
    told = next((one for one, words in _VERDICTS if actual.startswith(words)), "")
    if not told or not target.words.strip():
        return target, actual
    opened = f"实际完成值写作「{compact(actual)}」，录作「{told}」；得分由评审人在该档内填写"
    return changed(target, method="定性三档", method_open=(opened,)), told
