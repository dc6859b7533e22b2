"""Case lists: some line always applies, each can be reached, and no two say different things of one value."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from fractions import Fraction

from perfdsl.checks.holes import hidden
from perfdsl.checks.lines import Bands, bands, name
from perfdsl.checks.overlaps import overlapping
from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Part, Ruleset, TargetCase
from perfdsl.model.walk import every, names, of_indicator, of_whole, rule_parts, rules
from perfdsl.source import Span

Options = Mapping[str, tuple[str, ...]]
_VERDICT = ("定性", "qualitative")
_LOWER = (k.Comparator.GE, k.Comparator.GT)
_UPPER = (k.Comparator.LE, k.Comparator.LT)
_REST = "补上这些情形，或在后面写：否则 得 0"
_REST_OF_STEPS = "在后面写：否则 得 分值（从满分扣起）；这种情形不扣分的，把「得」改成「直接得」，或写「不扣分」"


def lists(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E212, E222, E225 and W304 of every case list, and E220 of every interval; each rule looked at once."""
    options = {d.name: d.expected.options for d in ruleset.data}
    weights = {id(i.method.rule): i.weight for i in ruleset.indicators() if i.method and not i.method.rule.name}
    for rule in rules(ruleset):
        stepped: set[int] = set()
        for node in (n for part in rule_parts(rule) for n in every(part)):
            if isinstance(node, k.Stepped) and all(total.sign < 0 for total in node.totals):
                stepped.add(id(node.start))
                yield from _nothing_to_deduct(node)
            if isinstance(node, k.Choice):
                yield from _list(node, options, weights.get(id(rule), Fraction(100)), id(node) in stepped)
            else:
                yield from _nothing_inside(node)


def _nothing_to_deduct(node: k.Stepped) -> Iterator[Diagnostic]:
    """W308: cases that do not look at the actual value, 否则 gives 0, and below it deductions for missing the target."""
    start = node.start
    if not (isinstance(start, k.Choice) and isinstance(start.otherwise, k.Number) and start.otherwise.value.amount == 0):
        return
    missed = all(isinstance(t, k.StepTotal) and "目标值" in names(t.steps.amount) for t in node.totals)
    if missed and not any({"实际值", "完成率"} & names(case.condition) for case in start.cases):
        yield Diagnostic("W308", f"「否则」已经是 0 分，「{node.totals[0].span.text}」没有分可扣", start.otherwise.span,
                         "要从满分扣起，写「否则 得 分值」；前面的情形不扣分的，写「当 …，不扣分」或「当 …，直接得 …」", severity=Severity.WARNING)


def _list(choice: k.Choice, options: Options, weight: Fraction, stepped: bool) -> Iterator[Diagnostic]:
    lines = bands(choice)
    if choice.otherwise is None:
        known = ChainMap({"实际值": _verdicts(choice)}, dict(options))
        yield from _holes(choice, lines, known, _REST_OF_STEPS if stepped else _REST)
    for line in lines:
        yield from _unreached(line)
    yield from overlapping(choice, lines, weight)
    yield from hidden(choice, lines, weight)


# ---- no line applies


def targets(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E212: conditional targets of which none may hold."""
    options = {d.name: d.expected.options for d in ruleset.data}
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
        choice = k.Choice(tuple(k.Case(c, k.Name("目标值", span), span) for c in conditions), None, span)
        yield from _holes(choice, bands(choice), options, "补一行不带条件的「目标 …」")


def _holes(choice: k.Choice, lines: list[Bands], options: Options, hint: str = _REST) -> Iterator[Diagnostic]:
    span = choice.cases[-1].span
    if (missing := _options_left(choice, options)) is not None:
        if missing:
            subject = choice.cases[0].condition
            asked = name(subject.left) if isinstance(subject, k.Comparison) else ""
            yield Diagnostic("E212", f"{asked}为 {'、'.join(missing)} 时没有一条适用", span, hint)
        return
    whole = next((line for line in lines if len(line.rows) == len(choice.cases)), None)
    if whole is None:
        yield Diagnostic("E212", "没有「否则」，看不出是否总有一条适用", span, hint)
    elif left := whole.every & ~_any(whole):
        shown = "；".join(region.text(whole.number) for region, _ in whole.regions(left))
        yield Diagnostic("E212", f"没有「否则」，{name(whole.subject)}在这里没有一条适用：{shown}", span, hint)


def _any(line: Bands) -> int:
    """The pieces where some row holds."""
    held = 0
    for row in line.rows:
        held |= row.pieces
    return held


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


# ---- lines for nothing


def _unreached(line: Bands) -> Iterator[Diagnostic]:
    """E222: a line that no value reaches, because the lines above it take them all."""
    taken = 0
    for row in line.rows:
        mine = row.pieces & line.every
        if mine and not mine & ~taken:
            text = row.case.span.text
            yield Diagnostic("E222", f"「{text}」永远轮不到：前面的各条已经包括了它", row.case.span, "把要求高的写在前面")
        taken |= mine


def intervals(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E220 of the conditions that stand beside rules."""
    beside = (part for indicator in ruleset.indicators() for part in of_indicator(indicator))
    for part in (*(let.value for let in ruleset.lets), *beside, *of_whole(ruleset)):
        for node in every(part):
            yield from _nothing_inside(node)


def _nothing_inside(node: k.Expr | k.Condition) -> Iterator[Diagnostic]:
    """E220: an interval of 评分, or a band, that holds no value; two points of 插值 at one place."""
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
