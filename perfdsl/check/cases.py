"""Case lists: some line always applies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Ruleset
from perfdsl.model.walk import every, rule_parts
from perfdsl.quantity import Quantity, decimal_text
from perfdsl.record import record
from perfdsl.regions import Region, holds, samples
from perfdsl.units import Unit


@record
class _Line:
    """What the thresholds of a case list lie on: `subject` is compared with multiples of `base` (None: plain numbers)."""

    subject: k.Expr
    base: k.Expr | None


def holes(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E212: a case list without 否则 in which a value, or a region, meets no line."""
    rules = {use.rule for i in ruleset.indicators() if (use := i.method)} | set(ruleset.methods)
    for rule in rules:
        for part in rule_parts(rule):
            for node in every(part):
                if isinstance(node, k.Choice) and node.otherwise is None:
                    yield from _choice(node, ruleset)


def _choice(choice: k.Choice, ruleset: Ruleset) -> Iterator[Diagnostic]:
    span = choice.cases[-1].span
    if (missing := _options_left(choice, ruleset)) is not None:
        if missing:
            yield Diagnostic("E212", f"没有一条适用于：{'、'.join(missing)}", span, "补上这些情形，或在后面写「否则 得 …」")
        return
    comparisons = [c for case in choice.cases for c in every(case.condition) if isinstance(c, k.Comparison)]
    line = _line(comparisons)
    if line is None:
        yield Diagnostic("E212", "没有「否则」，看不出是否总有一条适用", span, "在后面写：否则 得 0")
        return
    found = [region for at, region in samples(_edges(comparisons, line)) if not _covered(choice, at)]
    if found:
        unit = next((c.right.value.unit for c in comparisons if isinstance(c.right, k.Number)), None)
        shown = "；".join(_shown(region, line, unit) for region in found)
        yield Diagnostic("E212", f"没有「否则」，{_name(line.subject)}在这里没有一条适用：{shown}", span,
                         "补上这一段，或在后面写：否则 得 0")


def _options_left(choice: k.Choice, ruleset: Ruleset) -> list[str] | None:
    """The options of a datum that no line names; None where the list is not about options."""
    subjects, words = set(), set()
    for case in choice.cases:
        c = case.condition
        if not (isinstance(c, k.Comparison) and c.op is k.Comparator.EQ and isinstance(c.right, k.Word)):
            return None
        subjects.add(c.left)
        words.add(c.right.text)
    options = {d.name: d.expected.options for d in ruleset.data}
    subject = next(iter(subjects))
    if len(subjects) > 1 or not isinstance(subject, k.Name):
        return None
    return [o for o in options.get(subject.name, ()) if o not in words]


def _line(comparisons: list[k.Comparison]) -> _Line | None:
    lines = {_Line(c.left, _threshold(c.right)[1]) for c in comparisons}
    zero = {line for line in lines if line.base is None}
    if len(lines) == 2 and zero and all(_is_zero(c.right) for c in comparisons if _threshold(c.right)[1] is None):
        lines -= zero
    return lines.pop() if len(lines) == 1 else None


def _threshold(node: k.Expr) -> tuple[Fraction, k.Expr | None]:
    """A threshold as a multiple of a base: 3亿元 of nothing, 目标值 × 80% of 目标值."""
    if isinstance(node, k.Number):
        return node.value.amount, None
    if isinstance(node, k.Arithmetic) and node.op == "×":
        for number, base in ((node.left, node.right), (node.right, node.left)):
            if isinstance(number, k.Number):
                return number.value.amount, base
    return Fraction(1), node


def _is_zero(node: k.Expr) -> bool:
    return isinstance(node, k.Number) and node.value.amount == 0


def _edges(comparisons: list[k.Comparison], line: _Line) -> list[Fraction]:
    return sorted({_threshold(c.right)[0] for c in comparisons if c.left == line.subject})


def _covered(choice: k.Choice, at: Fraction) -> bool:
    return any(_true(case.condition, at) for case in choice.cases)


def _true(condition: k.Condition, at: Fraction) -> bool:
    if isinstance(condition, k.Logic):
        results = (_true(part, at) for part in condition.operands)
        return all(results) if condition.op == "且" else any(results)
    return holds(condition.op, at, _threshold(condition.right)[0])


def _name(node: k.Expr) -> str:
    return node.name if isinstance(node, k.Name) else f"「{node.span.text}」"


def _shown(region: Region, line: _Line, unit: Unit | None) -> str:
    if line.base is None and unit is not None:
        return region.text(lambda v: str(Quantity(v, unit)))
    return region.text(lambda v: f"{decimal_text(v)} × {_name(line.base)}" if line.base else decimal_text(v))
