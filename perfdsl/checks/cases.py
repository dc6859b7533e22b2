"""Case lists: some line always applies."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Part, Ruleset, TargetCase
from perfdsl.model.walk import every, expressions, rule_parts, rules
from perfdsl.quantity import Quantity, decimal_text
from perfdsl.record import record
from perfdsl.regions import Region, gaps, holds, samples
from perfdsl.source import Span
from perfdsl.units import Unit

Options = Mapping[str, tuple[str, ...]]
_VERDICT = ("定性", "qualitative")
_LOWER = (k.Comparator.GE, k.Comparator.GT)
_UPPER = (k.Comparator.LE, k.Comparator.LT)


@record
class _Line:
    """What the thresholds of a case list lie on: `subject` is compared with multiples of `base` (None: plain numbers)."""

    subject: k.Expr
    base: k.Expr | None


def holes(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E212: a case list without 否则, or conditional targets, in which a value or a region meets no line."""
    options = {d.name: d.expected.options for d in ruleset.data}
    for rule in rules(ruleset):
        for node in (n for part in rule_parts(rule) for n in every(part)):
            if isinstance(node, k.Choice) and node.otherwise is None:
                yield from _choice(node, ChainMap({"实际值": _verdicts(node)}, options))
    for indicator in ruleset.indicators():
        items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
        for item in items:
            yield from _targets(item.targets, options)


def _verdicts(choice: k.Choice) -> tuple[str, ...]:
    """The verdicts of a 定性 list, which are all that its cell can hold."""
    lines = [case.condition for case in choice.cases if case.span.text.startswith(_VERDICT)]
    return tuple(c.right.text for c in lines if isinstance(c, k.Comparison) and isinstance(c.right, k.Word))


def _targets(cases: tuple[TargetCase, ...], options: Options) -> Iterator[Diagnostic]:
    conditions = [c.condition for c in cases if c.condition is not None]
    if conditions and len(conditions) == len(cases):
        span = cases[-1].target.span
        made = tuple(k.Case(c, k.Name("目标值", span), span) for c in conditions)
        yield from _choice(k.Choice(made, None, span), options, "补一行不带条件的「目标 …」")


def _choice(choice: k.Choice, options: Options, hint: str = "补上这些情形，或在后面写：否则 得 0") -> Iterator[Diagnostic]:
    span = choice.cases[-1].span
    if (missing := _options_left(choice, options)) is not None:
        if missing:
            yield Diagnostic("E212", f"没有一条适用于：{'、'.join(missing)}", span, hint)
        return
    comparisons = [c for case in choice.cases for c in every(case.condition) if isinstance(c, k.Comparison)]
    line = _line(comparisons)
    if line is None:
        yield Diagnostic("E212", "没有「否则」，看不出是否总有一条适用", span, hint)
        return
    found = gaps(_edges(comparisons, line), lambda at: _covered(choice, at), (_least(line.subject), None))
    if found:
        unit = next((c.right.value.unit for c in comparisons if isinstance(c.right, k.Number) and c.right.value.unit.symbol), None)
        shown = "；".join(_shown(region, line, unit) for region in found)
        yield Diagnostic("E212", f"没有「否则」，{_name(line.subject)}在这里没有一条适用：{shown}", span, hint)


def _least(subject: k.Expr) -> Fraction | None:
    """0 for an absolute value, which 绝对值 makes of max（甲，0 − 甲）."""
    if isinstance(subject, k.Extreme) and subject.op == "max" and len(subject.operands) == 2:
        first, second = subject.operands
        if isinstance(second, k.Arithmetic) and second.op == "−" and _is_zero(second.left) and second.right == first:
            return Fraction(0)
    return None


def _options_left(choice: k.Choice, options: Options) -> list[str] | None:
    """The options that no line names; None where the list is not about words."""
    words, subjects = set(), set()
    for case in choice.cases:
        c = case.condition
        if not (isinstance(c, k.Comparison) and c.op is k.Comparator.EQ and isinstance(c.right, k.Word)):
            return None
        subjects.add(c.left)
        words.add(c.right.text)
    subject = subjects.pop()
    if subjects or not isinstance(subject, k.Name):
        return None
    known = options.get(subject.name, ())
    return [o for o in known if o not in words] if known else ["其他文字"]


def unreachable(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E222: a line that no value reaches, because the lines above it take them all."""
    for rule in rules(ruleset):
        for node in (n for part in rule_parts(rule) for n in every(part)):
            if isinstance(node, k.Choice):
                yield from _unreached(node)


def _unreached(choice: k.Choice) -> Iterator[Diagnostic]:
    comparisons = [c for case in choice.cases for c in every(case.condition) if isinstance(c, k.Comparison)]
    line = _line(comparisons)
    if line is None or any(isinstance(c.right, k.Word | k.Day) for c in comparisons):
        return
    least = _least(line.subject)
    points = [at for at, _ in samples(_edges(comparisons, line)) if least is None or at >= least]
    reached = {next((i for i, case in enumerate(choice.cases) if _true(case.condition, at)), None) for at in points}
    for at, case in enumerate(choice.cases):
        if at not in reached and any(_true(case.condition, point) for point in points):
            yield Diagnostic("E222", f"「{case.span.text}」永远轮不到：前面的各条已经包括了它", case.span, "把要求高的写在前面")


def intervals_within_weight(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E224: an indicator's own rule gives points, or asks for a score, below 0 or above its weight."""
    for indicator in ruleset.indicators():
        use = indicator.method
        if use is None or use.rule.name:
            continue
        for value in _given(use.rule.score):
            if not 0 <= value.value.amount <= indicator.weight:
                yield Diagnostic("E224", f"「{value.span.text}」超出 0 到分值 {decimal_text(indicator.weight)}分 的范围", value.span,
                                 f"最多写 {decimal_text(indicator.weight)}分，或改指标的分值")
        for node in every(use.rule.score):
            if isinstance(node, k.Judgement):
                low, high = _points(node.low, indicator.weight), _points(node.high, indicator.weight)
                if (low is not None and low < 0) or (high is not None and high > indicator.weight):
                    yield Diagnostic("E224", f"「{node.span.text}」超出 0 到分值 {decimal_text(indicator.weight)}分 的范围", node.span,
                                     f"写成 0分（含）至 {decimal_text(indicator.weight)}分（含）之内")


def _given(node: k.Expr) -> Iterator[k.Number]:
    """The points that the branches of a rule without steps and bounds write down."""
    if isinstance(node, k.Choice):
        for value in (*(case.value for case in node.cases), *((node.otherwise,) if node.otherwise else ())):
            yield from _given(value)
    elif isinstance(node, k.Number):
        yield node


def _points(node: k.Expr, weight: Fraction) -> Fraction | None:
    """The points of an end that is written as points, as a share of 分值, or as 分值."""
    match node:
        case k.Number():
            return node.value.amount
        case k.Name(name="分值"):
            return weight
        case k.Arithmetic(op="×", left=k.Number() as share, right=k.Name(name="分值")):
            return share.value.amount * weight
    return None


def empty_intervals(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E220: an interval of 评分, or a band, that holds no value; two points of 插值 at one place."""
    for node in (n for part in expressions(ruleset) for n in every(part)):
        match node:
            case k.Judgement(low=k.Number(value=low), high=k.Number(value=high)):
                if _is_empty(low.amount, high.amount, node.low_closed and node.high_closed):
                    yield _empty(node.span)
            case k.Logic(op="且", operands=(k.Comparison() as a, k.Comparison() as b)) if a.left == b.left:
                if a.op in _LOWER and b.op in _UPPER and isinstance(a.right, k.Number) and isinstance(b.right, k.Number):
                    closed = a.op is k.Comparator.GE and b.op is k.Comparator.LE
                    if _is_empty(a.right.value.amount, b.right.value.amount, closed):
                        yield _empty(node.span)
            case k.Interpolation(anchors=anchors):
                at = [x.value.amount for x, _ in anchors if isinstance(x, k.Number)]
                if len(set(at)) < len(at):
                    yield Diagnostic("E220", "「插值」有两个点写在同一个值上", node.span, "每个值只写一个点")


def _is_empty(low: Fraction, high: Fraction, closed: bool) -> bool:
    return low > high or (low == high and not closed)


def _empty(span: Span) -> Diagnostic:
    return Diagnostic("E220", f"「{span.text}」里没有一个值", span, "小的数写在「至」前面，大的写在后面")


def _line(comparisons: list[k.Comparison]) -> _Line | None:
    lines = {_Line(c.left, _threshold(c.right)[1]) for c in comparisons}
    zero = {line for line in lines if line.base is None}
    one_subject = len({line.subject for line in lines}) == 1
    if len(lines) == 2 and zero and one_subject and all(_is_zero(c.right) for c in comparisons if _is_plain(c.right)):
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


def _is_plain(node: k.Expr) -> bool:
    return _threshold(node)[1] is None


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
    return f"「{node.name}」" if isinstance(node, k.Name) else f"「{node.span.text}」"


def _shown(region: Region, line: _Line, unit: Unit | None) -> str:
    if line.base is None and unit is not None:
        return region.text(lambda v: str(Quantity(v, unit)))
    return region.text(lambda v: f"{decimal_text(v)} × {_name(line.base)}" if line.base else decimal_text(v))
