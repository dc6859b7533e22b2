"""测试 blocks: what is supposed and what is expected, by full names."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.blocks import all_of, headed
from perfdsl.model.expressions import Expressions, Scope, twice, unknown
from perfdsl.model.names import Ambiguous, Names
from perfdsl.model.ruleset import Ruleset
from perfdsl.model.testcase import Expectation, Given, Test, What
from perfdsl.record import changed
from perfdsl.source import Span
from perfdsl.syntax import tree as t


def resolve_tests(block: t.Block, ruleset: Ruleset, scope: Scope, found: list[Diagnostic]) -> Ruleset:
    """*ruleset* with the tests of *block*."""
    reader = _TestReader(ruleset, Expressions(scope, found), found)
    tests = [reader.test(child) for child in headed(block.blocks, t.TestHead)]
    seen: dict[str, Span] = {}
    for test in tests:
        if test.name in seen:
            found.append(twice("测试", test.name, seen[test.name], test.span))
        seen[test.name] = test.span
    return changed(ruleset, tests=tuple(tests))


CHOSEN = ".评定得分"
"""Behind the name of an indicator: the officer's score, as in the headings of a data file."""


class _TestReader:
    """Reads the tests of one ruleset."""

    def __init__(self, ruleset: Ruleset, to: Expressions, found: list[Diagnostic]) -> None:
        self.to = to
        self.found = found
        self.inputs = Names(ruleset.inputs())
        self.rows = Names(i.path for i in ruleset.indicators())
        self.judged = Names(path for i in ruleset.indicators() for path in (i.path, *(part.path for part in i.parts)))
        self.derived = {i.path for i in ruleset.indicators() if i.is_derived}
        self.grades = [g.name for g in ruleset.grades]
        self.applications = [one.name for one in ruleset.applications]

    def test(self, block: t.Block) -> Test:
        given = tuple(self._given(c) for c in all_of(block, t.GivenValue))
        expected = [e for c in block.clauses if (e := self._expectation(c))]
        if not expected:
            self.found.append(Diagnostic("E218", f"测试「{block.head.name.text}」没有期望", block.head.span,
                                         "在下面写：期望 税收 得 12分"))
        return Test(block.head.name.text, given, tuple(expected), block.head.span)

    def _given(self, clause: t.GivenValue) -> Given:
        chosen = clause.name.text.endswith(CHOSEN)
        name = t.Word(clause.name.text.removesuffix(CHOSEN), clause.name.quoted, clause.name.span)
        known = self._path(name, self.judged if chosen else self.inputs)
        if not chosen and known in self.derived and not all(isinstance(v, t.Word) and v.text == "不适用" for v in clause.values):
            self.found.append(Diagnostic("E105", f"「{known}」的实际值由数据算出，不能给定", clause.span, "给定它用到的数据"))
        made = tuple(k.Word(v.text, v.span) if isinstance(v, t.Word) else self.to.expr(v) for v in clause.values)
        return Given(known, made, chosen, clause.span)

    def _expectation(self, clause: t.Clause) -> Expectation | None:
        match clause:
            case t.ExpectScore():
                return Expectation(What.SCORE, self._path(clause.name, self.rows), self._points(clause.value), "", clause.span)
            case t.ExpectNothing():
                return Expectation(What.NOTHING, self._path(clause.name, self.rows), None, "", clause.span)
            case t.ExpectTotal():
                return Expectation(What.TOTAL, "", self._points(clause.value), "", clause.span)
            case t.ExpectGrade():
                if clause.name.text not in self.grades:
                    self.found.append(unknown("等级", clause.name, self.grades))
                return Expectation(What.GRADE, "", None, clause.name.text, clause.span)
            case t.ExpectValue():
                return self._value(clause)
            case t.ExpectAlert():
                return Expectation(What.ALERT, "", None, clause.text, clause.span)
            case t.ExpectBarred():
                return Expectation(What.BARRED, "", None, "", clause.span)
        return None

    def _value(self, clause: t.ExpectValue) -> Expectation:
        """What a 结果应用 should give, in the unit in which that is kept."""
        if clause.name.text not in self.applications:
            self.found.append(unknown("结果应用", clause.name, self.applications))
        made = self.to.expr(clause.value)
        if not isinstance(made, k.Number):
            self.found.append(Diagnostic("E105", f"「{clause.value.span.text}」不是一个数", clause.value.span, "写成一个数，如 100万元"))
        value = made.value.amount if isinstance(made, k.Number) else None
        return Expectation(What.VALUE, clause.name.text, value, "", clause.span)

    def _points(self, value: t.Expr) -> Fraction | None:
        before = len(self.found)
        made = self.to.points(value)
        if isinstance(made, k.Number):
            return made.value.amount
        if len(self.found) > before:
            return None
        self.found.append(Diagnostic("E105", f"「{value.span.text}」不是一个分数", value.span, "写成一个数，如 12分"))
        return None

    def _path(self, name: t.Word, known: Names) -> str:
        path = known.find(name.text)
        if isinstance(path, Ambiguous):
            self.found.append(Diagnostic("E101", f"有 {len(path.paths)} 项都叫「{name.text}」", name.span,
                                         "写出路径：" + "、".join(f"「{p}」" for p in path.paths)))
        elif path is None:
            self.found.append(unknown("指标或数据", name, known.leaves))
        return path if isinstance(path, str) else name.text
