"""Goals without an indicator, and words of the template that were left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdsl.audit.aims import amounts_in
from perfdsl.audit.kinds import REMARK, WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Sheet
from perfdsl.audit.texts import squeezed
from perfdsl.forms.form import Said

_CLAUSES = re.compile(r"[；;。\n]|(?<![0-9])[0-9]{1,2}[、.．](?![0-9])|目标[0-9]+[:：]?|[（(][0-9]{1,2}[）)]")
_LEFT = re.compile(r"\*{2,}|^…+$|^\.{3,}$|[（(][0-9]+字以内[）)]|^指标[0-9]+[:：]$|^好坏$|XX|××|对照年度目标")
_NUMBERS = re.compile(r"[0-9.]+[^一-鿿]*|及?以[上下内]")
_SHARED = 4
"""Characters in common from which a goal counts as covered by an indicator."""


def goals(sheet: Sheet) -> Iterator[Finding]:
    """A301: a clause of the goals with an amount that no indicator, target or name takes up."""
    texts = [item.name + item.aim.text for item in sheet.items]
    if not texts:
        return
    for goal in sheet.form.goals:
        for clause in _clauses(goal.expected):
            amounts = amounts_in(clause)
            if goal.expected is not None and amounts and not any(_covers(text, clause, amounts) for text in texts):
                yield finding("A301", WARNING, "年度总体目标", goal.expected.cell, f"总体目标「{_short(clause)}」没有对应的指标")


def _clauses(said: Said | None) -> list[str]:
    return [squeezed(part) for part in _CLAUSES.split(said.text)] if said else []


def _short(clause: str) -> str:
    return clause.strip("，,") if len(clause) <= 30 else clause[:30] + "…"


def _covers(text: str, clause: str, amounts: list[str]) -> bool:
    """Whether an indicator has one of the amounts, or a run of characters in common with the clause."""
    own = {_bare(found) for found in amounts_in(text)}
    if own & {_bare(found) for found in amounts}:
        return True
    words = _NUMBERS.sub("，", clause)
    runs = (words[at : at + _SHARED] for at in range(len(words) - _SHARED + 1))
    return any(run in text for run in runs if "，" not in run)


def _bare(amount: str) -> str:
    return re.sub(r"^[^0-9]+", "", amount)


def left_overs(sheet: Sheet) -> Iterator[Finding]:
    """A302: `**`, ……, 指标2：, （100字以内）, 好坏."""
    for said in dict.fromkeys(_texts(sheet)):
        found = dict.fromkeys(_LEFT.findall(squeezed(said)))
        if found:
            yield finding("A302", REMARK, "", said.cell, f"模板文字{'、'.join(f'「{text}」' for text in found)}没有删去或填写")


def _texts(sheet: Sheet) -> Iterator[Said]:
    form = sheet.form
    for goal in form.goals:
        yield from (said for said in (goal.expected, goal.achieved) if said)
    for row in form.rows:
        yield from (said for said in (row.name, row.target, row.actual, row.reason) if said)
    yield from form.notes
    yield from form.not_understood


CHECKS = (goals, left_overs)
