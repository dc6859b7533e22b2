"""Each row of a form as an indicator of a ruleset, with its data and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.data.cells import read_score
from perfdsl.diagnostics import Cell
from perfdsl.forms.draft_names import NameDraft, cleaned, compact, named_so, written
from perfdsl.forms.draft_parts import PartDraft, composite
from perfdsl.forms.draft_targets import TargetDraft, plain
from perfdsl.forms.draft_values import reason, values
from perfdsl.forms.form import Form, FormRow, Said
from perfdsl.quantity import decimal_text
from perfdsl.record import changed, record

EXECUTION = ("预算执行率", "资金执行率", "预算资金执行率")
_NO_CELL = Cell("", "")


@record
class ItemDraft:
    """An indicator: `weight` as written into the ruleset; the `opened` questions of the whole row; the cells of its data.

    One with `parts` has a `combiner` instead of a target and an actual value of its own.
    """

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
    parts: tuple[PartDraft, ...] = ()
    combiner: str = ""

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
            left_out += [_part(row, part) for part in row.parts if not made[-1].parts]
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


def _item(form: Form, row: FormRow, name: NameDraft, weight: Fraction) -> ItemDraft:
    levels = tuple(heading_name(level) for level in row.levels)
    value = values(form, row, name, levels)
    named = [] if name.name else ["表上没有写名称，核对后改名"]
    scores, unread = _scores(row)
    made = ItemDraft(levels, named_so(name.name), weight, value.target, (*named, *value.opened, *unread, *_twice(row)),
                     name.pieces, value.actual, *scores, reason(row), name.name in EXECUTION)
    found = None if made.is_execution else composite(form, row, levels)
    return made if found is None else changed(made, target=found.target, opened=(*named, *found.opened, *unread, *_twice(row)),
                                              actual="", parts=found.parts, combiner=found.combiner)


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
