"""Clauses to blocks: each clause goes to the nearest heading above it that it fits.

Headings open a block by their level, as in an outline; indentation carries no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable

from perfdsl.diagnostics import Diagnostic
from perfdsl.source import Span
from perfdsl.syntax import tree as t

_ANYWHERE = (t.Basis, t.Note)
_RULE = (t.ActualIs, t.LetIs, t.Otherwise, t.RowCompared, t.RowBetween, t.RowExact, t.Along, t.Tier, t.Judge,
         t.Step, t.Exhaust, t.PartStep, t.StepLimit, t.Limit, t.Reason, t.Listed, t.Adjustment)
_TARGETS = (t.TargetBound, t.TargetDate, t.TargetWords)
_INDICATOR = (t.Weight, *_TARGETS, t.ScoredBy, t.Combine, t.NotApplicablePolicy, t.AddUp, t.AverageBy, t.Unbounded)
_OUTSIDE = tuple(kind for kind in _INDICATOR if kind not in (t.Weight, t.NotApplicablePolicy))
_POLICY = (t.Year, t.Edition, t.Version, t.Quote, t.Extends, t.DeclaredTotal, t.Accept, t.GradeBasis, t.GradeLine, t.RoundingOf,
           t.NotApplicablePolicy, t.ReasonDueWhen, t.TotalLimit, t.TotalUncapped, t.OutsideLimit, t.LetIs)
_GROUP = (t.Weight, t.Scale, t.Share, t.Combine)
_TEST = (t.GivenValue, t.ExpectScore, t.ExpectTotal, t.ExpectGrade, t.ExpectValue, t.ExpectNothing, t.ExpectAlert, t.ExpectBarred)
_PART = (t.Weight, *_TARGETS, t.AddUp, t.AverageBy)

_POINTS = (t.Gives, t.Judge, t.GivesNothing, t.Directly, t.Adjustment)
_OF_TOTAL = (t.TotalLimit, t.TotalGives, t.GradeLimit, t.GradeLowered, t.GradeSettled, t.Barred)

_TOP, _PART_DEPTH, _LEAF = 1, 4, 9


class _Open:
    """A block that is being filled."""

    def __init__(self, head: t.Head, depth: int) -> None:
        self.head = head
        self.depth = depth
        self.clauses: list[t.Clause] = []
        self.blocks: list[t.Block] = []

    def closed(self) -> t.Block:
        return t.Block(self.head, tuple(self.clauses), tuple(self.blocks))


def _depth(head: t.Head) -> int:
    """How deep in the outline a heading stands: 0 the ruleset, 1–3 the levels, 4 a part; a leaf holds no headings."""
    match head:
        case t.RulesetHead():
            return 0
        case t.GroupHead(level=level):
            return level
        case t.OutsideHead() | t.Edit(kind="BONUS" | "PENALTY"):
            return _TOP
        case t.Edit(kind=kind) if kind.startswith("LEVEL"):
            return int(kind[-1])
        case t.PartHead():
            return _PART_DEPTH
    return _LEAF


def _closes(head: t.Head) -> int:
    """The depth from which a heading closes what is open."""
    return min(_depth(head), _TOP) if isinstance(head, t.Edit) or _depth(head) == _LEAF else _depth(head)


def fits(head: t.Head, clause: t.Clause) -> bool:
    """Whether the clause may stand under the heading; a 当 by what it does."""
    own, conditional = _allowed(head)
    return isinstance(clause.result, conditional) if isinstance(clause, t.When) else isinstance(clause, (*_ANYWHERE, *own))


def _allowed(head: t.Head) -> tuple[tuple[type, ...], tuple[type, ...]]:
    """The clauses that may stand under a heading, and what may stand there behind 当."""
    match head:
        case t.RulesetHead():
            return _POLICY, (*_OF_TOTAL, t.Alert)
        case t.MethodHead() | t.ApplicationHead() | t.Edit(kind="METHOD" | "APPLICATION"):
            return _RULE, _POINTS
        case t.GroupHead(level=3) | t.Edit(kind="LEVEL3"):
            return _INDICATOR + _RULE, (*_POINTS, *_TARGETS, t.Weight, t.Veto, t.Alert)
        case t.OutsideHead() | t.Edit(kind="BONUS" | "PENALTY"):
            return _OUTSIDE + _RULE, (*_POINTS, *_TARGETS, t.Veto, t.Alert)
        case t.GroupHead() | t.Edit(kind="LEVEL1" | "LEVEL2"):
            return _GROUP, (t.Veto,)
        case t.PartHead():
            return _PART, _TARGETS
        case t.DataHead() | t.Edit(kind="DATA"):
            return (t.AddUp, t.AverageBy), ()
        case t.TestHead():
            return _TEST, ()
    return (), ()


def outline(clauses: Iterable[t.Clause]) -> tuple[tuple[t.Block, ...], list[Diagnostic]]:
    """The top-level blocks, and E006 for every clause that fits no heading above it."""
    top: list[t.Block] = []
    stack: list[_Open] = []
    found: list[Diagnostic] = []
    for clause in clauses:
        if isinstance(clause, t.Head):
            _close(stack, top, _closes(clause))
            if isinstance(clause, t.GroupHead):
                _make_room(stack, top, clause, found)
            stack.append(_Open(clause, _depth(clause)))
        else:
            _place(stack, clause, found)
    _close(stack, top, -1)
    return tuple(top), found


def _close(stack: list[_Open], top: list[t.Block], depth: int) -> None:
    while stack and stack[-1].depth >= depth:
        block = stack.pop().closed()
        (stack[-1].blocks if stack else top).append(block)


def _make_room(stack: list[_Open], top: list[t.Block], head: t.GroupHead, found: list[Diagnostic]) -> None:
    """A 加分项 or 减分项 holds no indicators; 归入 says what does."""
    if stack and _is_outside(stack[-1].head):
        _close(stack, top, stack[-1].depth)
    if head.into is not None:
        _back_to(stack, head, head.into, found)


def _is_outside(head: t.Head) -> bool:
    return isinstance(head, t.OutsideHead) or (isinstance(head, t.Edit) and head.kind in ("BONUS", "PENALTY"))


def _back_to(stack: list[_Open], head: t.GroupHead, into: t.Word, found: list[Diagnostic]) -> None:
    """Close all that is open under the heading that 归入 names, so that what follows stands right under it."""
    named = next((at for at, one in enumerate(stack) if one.head.name.text == into.text and one.depth < head.level), None)
    if named is None:
        found.append(Diagnostic("E006", f"「{into.text}」不是「{head.name.text}」上面的标题", into.span,
                                "归入 后面写它上面的一级、二级指标，或规则集的名称；接在别处的，移到那里"))
    else:
        while len(stack) > named + 1:
            below = stack.pop().closed()
            stack[-1].blocks.append(below)


def _place(stack: list[_Open], clause: t.Clause, found: list[Diagnostic]) -> None:
    """What a part cannot take (计分, 合成) belongs to its indicator, what a datum cannot take (令) to the ruleset;
    what is said of the total or the grade belongs to the ruleset wherever it is written."""
    whole = bool(stack) and _is_of_whole(clause)
    if len(stack) > 1 and not whole and isinstance(stack[-1].head, t.PartHead | t.DataHead) and not fits(stack[-1].head, clause):
        below = stack.pop().closed()
        stack[-1].blocks.append(below)
    if stack and fits(stack[0 if whole else -1].head, clause):
        stack[0 if whole else -1].clauses.append(clause)
    else:
        found.append(_misplaced(stack, clause.span))


def _is_of_whole(clause: t.Clause) -> bool:
    said = clause.result if isinstance(clause, t.When) else clause
    return isinstance(said, (*_OF_TOTAL, t.TotalUncapped, t.OutsideLimit))


def _misplaced(stack: list[_Open], span: Span) -> Diagnostic:
    if not stack:
        return Diagnostic("E006", f"「{span.text}」前面没有标题", span, "先写「规则集 「名称」」等标题，再写它的子句")
    head = stack[-1].head.span.text
    return Diagnostic("E006", f"「{span.text}」不能写在「{head}」下面", span, "移到它所属的标题下面，或在前面补上标题")
