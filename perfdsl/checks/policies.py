"""Policies that regulations disagree about: a ruleset says each of them, none has a default."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model.ruleset import Ruleset


def stated(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E203–E206: a ruleset with indicators must state its total, both roundings, the grade basis and 不适用."""
    if not ruleset.groups:
        return
    if ruleset.declared_total is None:
        yield _unsaid(ruleset, "E203", "总分是多少", "总分 100分")
    if ruleset.item_rounding is None:
        yield _unsaid(ruleset, "E204", "每项得分怎样取舍", "取舍 每项得分 保留2位 四舍五入",
                      "取舍 每项得分 保留2位 截断", "取舍 每项得分 不取舍")
    if ruleset.total_rounding is None:
        yield _unsaid(ruleset, "E204", "总分怎样取舍", "取舍 总分 保留2位 四舍五入", "取舍 总分 保留2位 截断", "取舍 总分 不取舍")
    if ruleset.grades and ruleset.grade_on_unrounded is None:
        yield _unsaid(ruleset, "E205", "等级看取舍前还是取舍后的总分（89.995 打印为 90.00，是良还是优）",
                      "等级依据 取舍前总分", "等级依据 总分")
    if ruleset.not_applicable is None:
        yield _unsaid(ruleset, "E206", "不适用的指标怎样处理", "不适用 其余按比例折算", "不适用 同一级指标内折算",
                      "不适用 得满分", "不适用 得零分")


def _unsaid(ruleset: Ruleset, code: str, what: str, *readings: str) -> Diagnostic:
    notes = tuple(Note(f"实践中的写法：{reading}") for reading in readings[1:])
    return Diagnostic(code, f"规则集「{ruleset.name}」没有说明{what}", ruleset.span, f"加一行：{readings[0]}", notes)
