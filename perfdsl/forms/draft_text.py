"""The text of a ruleset for the indicators of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from perfdsl.forms.draft_groups import declared_weights, first
from perfdsl.forms.draft_head import behind, head, opening, question
from perfdsl.forms.draft_items import ItemDraft
from perfdsl.forms.draft_money import MoneyDraft
from perfdsl.forms.draft_names import compact, quoted
from perfdsl.forms.draft_parts import combining
from perfdsl.forms.form import Form
from perfdsl.quantity import decimal_text

EXPECTED, ACHIEVED = "预期目标", "实际完成情况"


def ruleset_text(form: Form, items: Sequence[ItemDraft], money: MoneyDraft, left_out: Sequence[str]) -> str:
    """The whole ruleset: policies as in 财预〔2020〕10号 where the form shows none, each open question at its line."""
    declared = declared_weights(form)
    parts = [*opening(form), *head(form, items, money, declared), *_data(form, money), *_levels(items, money, declared),
             *_rest(form, left_out)]
    return "\n".join(parts) + "\n"


def _rest(form: Form, left_out: Sequence[str]) -> Iterator[str]:
    """What of the form is in no clause."""
    labels = [(label, " ".join(said.text.split())) for label, said in form.particulars]
    if left_out or form.not_understood or any(text for _, text in labels):
        yield ""
    yield from (question(text) for text in left_out)
    yield from (f"# 表上的「{label}」没有列入：{text}" for label, text in labels if text)
    yield from (f"# 没有读懂的格子 {said.cell.address}：{' '.join(said.text.split())}" for said in form.not_understood)


def goal_texts(form: Form) -> list[tuple[str, str]]:
    """年度总体目标 and what is said to have been achieved, each on one line, as the data that the printed form shows."""
    sides = ((EXPECTED, [goal.expected for goal in form.goals]), (ACHIEVED, [goal.achieved for goal in form.goals]))
    texts = [(name, "；".join(text for said in cells if said and (text := compact(said.text)))) for name, cells in sides]
    return [(name, text) for name, text in texts if text]


def _data(form: Form, money: MoneyDraft) -> Iterator[str]:
    told = [f"数据 {name} 文字" for name, _ in goal_texts(form)]
    if money.declared or told:
        yield ""
        yield from (f"数据 {name} {money.unit}" for name, _ in money.declared)
        yield from told


def _levels(items: Sequence[ItemDraft], money: MoneyDraft, declared: Mapping[tuple[str, ...], Fraction]) -> Iterator[str]:
    """What stands under no heading comes first, so that it does not fall under the one before it."""
    loose = [item for item in items if not first(item)]
    yield from _group(loose, "", declared)
    yield from money.indicator
    for name in dict.fromkeys(first(item) for item in items if first(item)):
        yield ""
        under = [item for item in items if first(item) == name]
        guessed = [] if any(item.levels[:1] == (name,) for item in under) else ["表上没有写一级指标的名称，照二级指标定的"]
        yield f"一级指标 {quoted(name)}{_points(declared.get((name,)))}{behind(guessed)}"
        yield from _group(under, name, declared)


def _group(items: Sequence[ItemDraft], name: str, declared: Mapping[tuple[str, ...], Fraction]) -> Iterator[str]:
    for second in dict.fromkeys(item.second for item in items):
        if second:
            yield f"  二级指标 {quoted(second)}{_points(declared.get((name, second)))}"
        yield from (line for item in items if item.second == second for line in _indicator(item))


def _points(weight: Fraction | None) -> str:
    return f" {decimal_text(weight)}分" if weight else ""


def _indicator(item: ItemDraft) -> Iterator[str]:
    yield f"    三级指标 {quoted(item.name)} {decimal_text(item.weight)}分{behind(item.opened)}"
    target = item.target
    yield from _pieces(item)
    if item.is_execution:
        yield "      目标 ≥ 100%"
        yield "      计分 执行率"
    elif item.parts:
        yield from _parts(item)
    elif not target.method:
        yield f"      评分 0分（含）至 分值（含） 由评审人填写 须说明理由{behind(target.method_open)}"
    else:
        yield f"      目标 {target.target}{behind(target.target_open)}"
        yield f"      计分 {target.method}{behind(target.method_open)}"


def _parts(item: ItemDraft) -> Iterator[str]:
    if item.target.method:
        yield f"      计分 {item.target.method}{behind(item.target.method_open)}"
    yield f"      合成 {item.combiner}  {question(combining(item.combiner))}"
    for part in item.parts:
        yield f"      分项 {quoted(part.name)}{behind(part.opened)}"
        yield f"        目标 {part.target.target}{behind(part.target.target_open)}"


def _pieces(item: ItemDraft) -> Iterator[str]:
    """How the row could be written as parts, as a comment."""
    if item.pieces:
        yield f"      # 待定：一格里有 {len(item.pieces)} 个目标，应拆成分项，实际完成值也按分项填；把下面的目标、计分换成："
        yield "      #   计分 正向比率"
        yield "      #   合成 平均"
        for name, target in item.pieces:
            bound = target if target.endswith(("上", "下", "内")) or not target[0].isdigit() else f"≥ {target}"
            yield f"      #   分项 {quoted(name)}，目标 {bound}"
