"""Each row of a form as an indicator of a ruleset, with its data and what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfdsl.data.cells import read_score
from perfdsl.data.facts import Absent
from perfdsl.data.headings import is_furniture, role_of
from perfdsl.data.reading import reading
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell
from perfdsl.forms.draft_actuals import actual, verdict
from perfdsl.forms.draft_names import UNNAMED, NameDraft, cleaned, compact, written
from perfdsl.forms.draft_targets import TargetDraft, drafted, plain
from perfdsl.forms.form import Form, FormRow, Said
from perfdsl.quantity import decimal_text
from perfdsl.record import changed, record

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
EXECUTION = ("预算执行率", "资金执行率", "预算资金执行率")
_NO_CELL = Cell("", "")


@record
class ItemDraft:
    """An indicator: `weight` as written into the ruleset; the `opened` questions of the whole row; the cells of its data."""

    levels: tuple[str, ...]
    name: str
    weight: Fraction
    target: TargetDraft
    opened: tuple[str, ...] = ()
    pieces: tuple[tuple[str, str], ...] = ()
    actual: str = ""
    claimed: str = ""
    audited: str = ""
    reason: str = ""
    is_execution: bool = False

    @property
    def second(self) -> str:
        """What stands between the 一级指标 and the name."""
        return "·".join(level for level in self.levels[1:] if level)


def items(form: Form) -> tuple[list[ItemDraft], list[str]]:
    """The indicators, and a line for each row that gives none because it has no name or no points."""
    made: list[ItemDraft] = []
    left_out: list[str] = []
    for row in form.rows:
        weight = points(row.weight) if points(row.weight) is not None else points(row.share)
        name = cleaned(row.name.text)
        if weight is not None and weight > 0:
            made.append(_numbered(_item(form, row, name, weight), made))
            left_out += [_part(row, part) for part in row.parts]
        elif name.name:
            left_out.append(f"「{written(name.name)}」（{row.name.cell.address}）没有可读的分值，没有列入；补上分值再写成三级指标")
    return made, left_out


def _part(row: FormRow, part: FormRow) -> str:
    """A part of an indicator, with what its cells hold: nothing of the form is left out unsaid."""
    cells = (("目标", part.target), ("实际", part.actual))
    said = "，".join(f"{label} {plain(cell.text)}" for label, cell in cells if cell is not None and plain(cell.text))
    where = f"「{plain(row.name.text)}」的分项「{plain(part.name.text)}」（{part.name.cell.address}）没有列入"
    return f"{where}：{said}" if said else where


def heading_name(text: str) -> str:
    return written(compact(text))


def points(said: Said | None) -> Fraction | None:
    """The points in a cell; None where it has none that can be read."""
    if said is None:
        return None
    return read_score(plain(said.text).removesuffix("%"), said.cell)[0]


def _text(said: Said | None) -> str:
    return clean(_UNSEEN.sub("", said.text)) if said is not None else ""


def _item(form: Form, row: FormRow, name: NameDraft, weight: Fraction) -> ItemDraft:
    levels = tuple(heading_name(level) for level in row.levels)
    written_target = _text(row.target)
    is_lifted = bool(name.target) and reading(plain(written_target)) is Absent.EMPTY
    about = (*levels, name.name)
    done = _text(row.actual)
    target = _target(form, row, name.target if is_lifted else written_target, about, done)
    value, opened = actual(target, done)
    target, value = verdict(target, value)
    named = [] if name.name else ["表上没有写名称，核对后改名"]
    lifted = ["目标写在名称里，已移出"] if name.target else []
    scores, unread = _scores(row)
    return ItemDraft(levels, _name(name.name), weight, target, (*named, *lifted, *opened, *unread, *_twice(row)),
                     name.pieces, value, *scores, _text(row.reason), name.name in EXECUTION)


def _name(text: str) -> str:
    """The name of the indicator; a word that the data table needs for itself gets an addition."""
    name = written(text) or UNNAMED
    return f"{name}指标" if role_of(name) is not None or is_furniture(name) else name


def _target(form: Form, row: FormRow, text: str, about: Sequence[str], actual: str) -> TargetDraft:
    """No target leaves the points to the reviewer."""
    if row.target is not None and row.target.fault:
        return TargetDraft("", "", None, words=" ", method_open=(f"目标读不出：{row.target.fault}；照表补上目标和计分办法，不然由评审人打分",))
    if reading(plain(text)) is Absent.EMPTY or plain(text) in ("一", "无"):
        return TargetDraft("", "", None, words=" ", method_open=("表上没有目标；写明目标和计分办法，不然由评审人打分",))
    return drafted(text, _text(row.sign), _text(row.unit), about, actual, form.year)


def _twice(row: FormRow) -> Iterator[str]:
    if row.share is not None and row.converted is not None:
        yield "表上另有权重和折算得分；分值已经是权重，不再折算"


def _scores(row: FormRow) -> tuple[tuple[str, str], list[str]]:
    """自评得分 and 复核得分 as they can be read, and a question for each that cannot."""
    found, opened = [], []
    for word, said in (("自评得分", row.claimed), ("复核得分", row.audited)):
        text = plain(said.text) if said is not None else ""
        value, faults = read_score(text, _NO_CELL)
        found.append("" if value is None else decimal_text(value, 20))
        opened += [f"{word}写作「{text}」，读不出，没有录入"] if faults else []
    return (found[0], found[1]), opened


def _numbered(item: ItemDraft, before: list[ItemDraft]) -> ItemDraft:
    """Two indicators of one name under the same headings (or one under none) are told apart by a number."""
    same = sum(other.name.partition("（之")[0] == item.name and _together(other, item) for other in before)
    if not same:
        return item
    return changed(item, name=f"{item.name}（之{same + 1}）", opened=(*item.opened, "与上面的指标同名，加了编号"))


def _together(one: ItemDraft, other: ItemDraft) -> bool:
    a, b = (list(filter(None, item.levels)) for item in (one, other))
    return a == b or not b
