"""A filled-in form as the text of a ruleset and of its data, ready for `perfdsl eval`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from perfdsl.forms.draft_groups import first
from perfdsl.forms.draft_items import ItemDraft, items
from perfdsl.forms.draft_money import INDICATOR, MoneyDraft, money
from perfdsl.forms.draft_names import compact
from perfdsl.forms.draft_text import goal_texts, ruleset_text
from perfdsl.forms.form import Form
from perfdsl.record import record
from perfdsl.source import Source

_HEADINGS = ("指标", "实际完成值", "评定得分", "自评得分", "复核得分", "偏差原因")


@record
class Imported:
    """The text of a ruleset and of its data (CSV without a BOM); `questions` counts what the ruleset leaves open."""

    ruleset: str
    data: str
    questions: int


def imported(form: Form) -> Imported:
    """What `perfdsl check` accepts but for the faults of the form itself; every open question is a comment `# 待定：…`."""
    found, left_out = items(form)
    spent = money(form, found)
    text = _laid_out(ruleset_text(form, found, spent, left_out))
    return Imported(text, _data(form, found, spent), text.count("# 待定："))


def _laid_out(text: str) -> str:
    """As `fmt` writes it."""
    from perfdsl.syntax.format import format_source

    return format_source(Source("导入", text), False)[0]


def _data(form: Form, found: Sequence[ItemDraft], spent: MoneyDraft) -> str:
    out = io.StringIO()
    lines = [_HEADINGS, *_about(form), *((name, amount) for name, amount in spent.declared), *_execution(spent),
             *((name, _harmless(text)) for name, text in goal_texts(form)), *_rows(found, spent)]
    csv.writer(out, lineterminator="\n").writerows((*line, *[""] * (len(_HEADINGS) - len(line))) for line in lines)
    return out.getvalue()


def _about(form: Form) -> Iterator[tuple[str, ...]]:
    if form.unit is not None and compact(form.unit.text):
        yield "单位", compact(form.unit.text)
    if form.year is not None:
        yield "年度", str(form.year)


def _execution(spent: MoneyDraft) -> Iterator[tuple[str, ...]]:
    if spent.weight:
        yield INDICATOR, "", "", spent.claimed


def _rows(found: Sequence[ItemDraft], spent: MoneyDraft) -> Iterator[tuple[str, ...]]:
    parts = [part.name for item in found for part in item.parts]
    names = Counter([*(item.name for item in found), *parts, *([INDICATOR] if spent.weight else [])])
    for item in found:
        name = item.name if names[item.name] == 1 else _path(item)
        actual = "" if item.is_execution else item.actual
        yield name, actual, "", item.claimed, item.audited, _harmless(item.reason)
        for part in item.parts:
            full = part.name if names[part.name] == 1 else f"{_path(item)}/{part.name}"
            yield full, part.actual, "", "", "", _harmless(part.reason)


def _path(item: ItemDraft) -> str:
    return "/".join(filter(None, (first(item), item.second, item.name)))


def _harmless(text: str) -> str:
    """*text* so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")) else text
