"""Which indicator, part or datum a name in the data means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from perfdsl.data.table import Entry, clean, quoted
from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model.kernel import Judgement, Rule
from perfdsl.model.names import Ambiguous, Names
from perfdsl.model.references import EVALUATION_DAY
from perfdsl.model.ruleset import PRIOR, Expected, Indicator, Ruleset
from perfdsl.model.walk import every, rule_parts
from perfdsl.model.walk import names as mentioned
from perfdsl.record import record
from perfdsl.spelling import nearest

_MARK = re.compile(r"^[·•・]\s*")


class Actual(Enum):
    """Where the actual value of a name comes from."""

    CELL = "cell"
    COMPUTED = "computed"
    PARTS = "parts"


@record
class Slot:
    """A full name, what its cell must hold, and whether it has one."""

    path: str
    expected: Expected
    actual: Actual


class Slots:
    """Every slot of a ruleset, by its name."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.by_path = {slot.path: slot for slot in _slots(ruleset)}
        self.names = Names(self.by_path)

    def knows(self, name: str) -> bool:
        return self._find(name) is not None

    def _find(self, name: str) -> str | Ambiguous | None:
        """The full name; a part may bear the mark that forms give it (`· 修桥`)."""
        return self.names.find(clean(name)) or self.names.find(_MARK.sub("", clean(name)))

    def resolve(self, name: str, entry: Entry, unknown: tuple[str, Severity]) -> Slot | Diagnostic:
        """The one slot that *name* means; *unknown* is the code and the severity where there is none."""
        found = self._find(name)
        if isinstance(found, str):
            return self.by_path[found]
        if found is not None:
            paths = "、".join(f"「{path}」" for path in found.paths)
            return Diagnostic("E406", f"名称{quoted(name)}可以指 {len(found.paths)} 处", entry.cell, f"写出是哪一个：{paths}")
        code, severity = unknown
        return Diagnostic(code, f"规则集中没有{quoted(name)}", entry.cell, self._meant(name), severity=severity)

    def _meant(self, name: str) -> str:
        if "，" in name and self.names.find(clean(name.partition("，")[0])):
            return "逗号是全角的，分不成几列；改成半角逗号「,」"
        if clean(name) == EVALUATION_DAY:
            return "值随日期而变的，规则集里加一行：数据 评价基准日 日期"
        leaf = clean(name).replace("／", "/").rpartition("/")[2]
        near = nearest(leaf, self.names.leaves)
        return f"是不是{'、'.join(f'「{word}」' for word in near)}？" if near else "名称照规则集的写法"


def _slots(ruleset: Ruleset) -> Iterator[Slot]:
    for datum in ruleset.data:
        yield Slot(datum.name, datum.expected, Actual.CELL)
        yield Slot(datum.name + PRIOR, datum.expected, Actual.CELL)
    for indicator in ruleset.indicators():
        yield Slot(indicator.path, indicator.expected, actual_of(indicator))
        for part in indicator.parts:
            yield Slot(part.path, part.expected, Actual.CELL)


def actual_of(indicator: Indicator) -> Actual:
    """Where the actual value of an indicator comes from."""
    if indicator.parts:
        return Actual.PARTS
    if indicator.method is not None and not _reads_cell(indicator.method.rule):
        return Actual.COMPUTED
    return Actual.COMPUTED if indicator.is_derived else Actual.CELL


def _reads_cell(rule: Rule) -> bool:
    """Whether a rule looks at 实际值, or asks an officer for the score; else it rests on data alone."""
    read = {name for part in rule_parts(rule) for name in mentioned(part)}
    judged = any(isinstance(node, Judgement) for node in every(rule.score))
    return judged or bool(read & {"实际值", "完成率"}) or not read - {"分值", "目标值"}
