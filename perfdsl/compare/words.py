"""Changes in words: what stood there, what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from perfdsl.compare.meaning import SILENT, differing
from perfdsl.compare.result import Change
from perfdsl.compare.rules import one_line, rule_text, written
from perfdsl.model.ruleset import Bound, Combiner, Indicator, NotApplicable, Part, TargetCase
from perfdsl.model.timed import NEXT as _NEXT
from perfdsl.model.timed import by_period
from perfdsl.quantity import Rounding, RoundingMode, decimal_text

NOTHING = "（无）"
_MODES = {RoundingMode.HALF_UP: "四舍五入", RoundingMode.TRUNCATE: "截断", RoundingMode.UP: "进一", RoundingMode.HALF_EVEN: "四舍六入五成双"}


def changes(old: Indicator, new: Indicator) -> tuple[Change, ...]:
    """Every aspect of an indicator that differs."""
    return tuple(Change(name, *_told(_TELL[name], old, new), name not in SILENT) for name in differing(old, new) if not _same_actual(name, old, new))


def _same_actual(name: str, old: Indicator, new: Indicator) -> bool:
    """Whether 计分 differs only in what the cell must hold, which the target says already."""
    fields = ("method", "actual", "combiner", "aggregation")
    return name == "计分" and all(getattr(old, field) == getattr(new, field) for field in fields)


def _told(tell: Callable[[Indicator], str], old: Indicator, new: Indicator) -> tuple[str, str]:
    """Both texts; where they are written alike (a method of the same name), they are told apart."""
    first, second = tell(old), tell(new)
    if tell is _parts:
        first, second = _less(first, second), _less(second, first)
    if first == second and tell is _method:
        first, second = _with_clauses(old), _with_clauses(new)
    return (first, second) if first != second else (f"{first}（原规定）", f"{second}（新规定）")


def _with_clauses(indicator: Indicator) -> str:
    """A method of a name with what it says."""
    use = indicator.method
    return f"{use.rule.name}：{rule_text(use.rule)}" if use and use.rule.name else _method(indicator)


def _less(text: str, other: str) -> str:
    """The parts of *text* that are not in *other*."""
    return _NEXT.join(part for part in text.split(_NEXT) if part not in other.split(_NEXT)) or NOTHING


def target_text(cases: Sequence[TargetCase]) -> str:
    return by_period([(case.condition, _aim(case)) for case in cases]) or NOTHING


def _aim(case: TargetCase) -> str:
    target = case.target
    return f"{target.op} {target.text}" if isinstance(target, Bound) and target.text[:1].isdigit() else target.text


def _weight(indicator: Indicator) -> str:
    cases = [(case.condition, f"{decimal_text(case.weight)}分") for case in indicator.weights]
    return by_period([*cases, (None, f"{decimal_text(indicator.weight)}分")])


def _method(indicator: Indicator) -> str:
    use = indicator.method
    derived = f"实际值 = {written(indicator.actual)}；" if indicator.actual else ""
    combined = f"，合成 {indicator.combiner.value}" if isinstance(indicator.combiner, Combiner) else ""
    together = f"，{one_line(indicator.aggregation.span.text)}" if indicator.aggregation else ""
    if use is None:
        return f"{derived}按完成率{combined}{together}"
    given = "，".join(f"{name} = {written(value)}" for name, value in use.arguments)
    called = f"{use.rule.name}（{given}）" if use.rule.name and given else use.rule.name or rule_text(use.rule)
    return f"{derived}{called}{combined}{together}"


def _part(part: Part) -> str:
    weight = "" if part.weight is None else f" {decimal_text(part.weight)}分"
    return f"{part.name}{weight} 目标 {target_text(part.targets)}"


def policy_text(policy: NotApplicable | None, default: Fraction | None = None) -> str:
    if default is not None:
        return f"得 {decimal_text(default)}分"
    return NOTHING if policy is None else policy.value


def _parts(indicator: Indicator) -> str:
    return _NEXT.join(map(_part, indicator.parts)) or NOTHING


def _limits(indicator: Indicator) -> str:
    return "、".join([*(["不封顶"] if indicator.uncapped else []), *(["可得负分"] if indicator.negative else [])]) or "0 分至分值"


def spans(said: Sequence[Any], what: str = "") -> str:
    """Clauses as they are written, without *what* they all begin with."""
    return _NEXT.join(one_line(one.span.text).removeprefix(what).lstrip() for one in said) or NOTHING


def alone(one: Indicator) -> Iterator[tuple[str, str]]:
    """What there is to say of an indicator that only one ruleset has: each aspect and its words."""
    if one.outside is None:
        yield "分值", _weight(one)
    else:
        yield "分值", f"{one.outside.value}，计入总分以外"
    yield from ((name, text) for name in ("目标", "分项", "计分", "否决") if (text := _TELL[name](one)) not in ("", NOTHING))


_TELL: dict[str, Callable[[Indicator], str]] = {
    "分值": _weight, "目标": lambda i: target_text(i.targets), "计分": _method,
    "分项": _parts, "不适用": lambda i: policy_text(i.not_applicable, i.default),
    "否决": lambda i: spans(i.vetoes), "上下限": _limits, "预警": lambda i: spans(i.alerts, "预警"),
    "依据和说明": lambda i: "；".join((*i.basis, *i.notes)) or NOTHING,
}


def rounding_text(rounding: Rounding | None) -> str:
    if rounding is None:
        return NOTHING
    return "不取舍" if rounding.places is None else f"保留{rounding.places}位 {_MODES[rounding.mode]}"
