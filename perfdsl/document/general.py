"""The first chapters: basis, scope, total and words; the table of indicators and the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from perfdsl.document.book import Book
from perfdsl.document.content import Cell, Grid, chinese, without_empty
from perfdsl.document.formulas import points_number, whole
from perfdsl.document.indicators import group_title
from perfdsl.document.remarks import regulation_basis
from perfdsl.document.targets import aggregation, filled_in, short_targets, weight
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Datum, Group, Indicator, Outside, Ruleset, weight_of
from perfdsl.model.walk import every, expressions, names

HEADINGS = ("一级指标", "二级指标", "三级指标", "分值", "年度目标值", "计分方法", "依据")
_WIDTHS = (125, 125, 185, 90, 185, 130, 160)
_DATA = (200, 290, 250, 260)
_DATA_LEFT = 2
_JOINED = Cell(joined=True)
_WORDS = {
    "分值": "分值，是一项指标的满分",
    "实际值": "实际值，是一项指标的实际完成值",
    "目标值": "目标值，是一项指标的年度目标值",
    "完成率": "完成率，是实际值除以目标值所得的比率",
}


def general(book: Book, ruleset: Ruleset) -> None:
    """总则."""
    if cited := [said for text in ruleset.basis if (said := book.remarks.basis(text))]:
        book.article("依据", "本办法依据下列文件和规定：", cited)
    year = f"{ruleset.year}年度" if ruleset.year else ""
    notes = "".join(f"{note.rstrip('。')}。" for text in ruleset.notes if (note := book.remarks.note(text)))
    book.article("适用", f"本办法用于{year}「{ruleset.name}」的计分。{notes}")
    book.article("总分", _total(ruleset))
    if words := list(_words(ruleset)):
        book.article("用语", "本办法所称：", words)
    if order := "；".join(_order(ruleset)):
        book.article("计分的次序", f"{order}。")


def _total(ruleset: Ruleset) -> str:
    top = [f"{node.name}{points_number(weight_of(node))}" for node in ruleset.groups]
    declared = f"总分{points_number(ruleset.declared_total)}" if ruleset.declared_total is not None else ""
    made = f"由{'、'.join(top)}组成" if top else ""
    accepted = f"各项分值合计{points_number(ruleset.accepted.weight)}，与总分不同，予以接受" if ruleset.accepted else ""
    beside = f"另设{_outside(ruleset)}" if ruleset.outside else ""
    return "；".join(text for text in ("，".join(t for t in (declared, made) if t), accepted, beside) if text) + "。"


def _outside(ruleset: Ruleset) -> str:
    kinds = [(kind, [i.name for i in ruleset.outside if i.outside is kind]) for kind in Outside]
    return "；".join(f"{kind.value}{len(items)}项（{'、'.join(items)}）" for kind, items in kinds if items)


def _words(ruleset: Ruleset) -> Iterator[str]:
    """The words of an item that some rule uses, and the intermediate values of the whole."""
    used = {name for part in expressions(ruleset) for name in names(part)}
    yield from (_WORDS[name] for name in k.ITEM_NAMES if name in used)
    yield from (f"{let.name} = {whole(let.value)}" for let in ruleset.lets)


def _order(ruleset: Ruleset) -> Iterator[str]:
    """How several cases, and several steps, of one rule go together."""
    nodes = [node for part in expressions(ruleset) for node in every(part)]
    if any(isinstance(node, k.Choice) and len(node.cases) + (node.otherwise is not None) > 1 for node in nodes):
        yield "一项规定列有几种情形的，按所列次序，以最先符合的一种为准"
    if any(isinstance(node, k.Stepped) and len(node.totals) > 1 for node in nodes):
        yield "列有几条加分、扣分的，逐条累计"


# ---- the table of indicators


def table(book: Book, ruleset: Ruleset, numbers: Mapping[str, int]) -> None:
    """All indicators under their levels."""
    book.article("指标、分值和目标", "各项指标的分值、目标值和计分方法见下表。")
    items = [item for node in ruleset.groups for item in _leaves(node, ())] + [((), item) for item in ruleset.outside]
    rows: list[tuple[Cell, ...]] = []
    for first, same in groupby(items, key=lambda pair: _first(*pair)):
        rows += _section(first, list(same), numbers)
    total = points_number(ruleset.weight)
    rows.append((Cell("合计"), Cell(), Cell(), Cell(total), Cell(), Cell(), Cell()))
    book.add(without_empty(Grid(HEADINGS, tuple(rows), _WIDTHS)))


def _leaves(node: Group | Indicator, above: tuple[Group, ...]) -> Iterator[tuple[tuple[Group, ...], Indicator]]:
    if isinstance(node, Indicator):
        yield above, node
        return
    for child in node.children:
        yield from _leaves(child, (*above, node))


def _first(above: tuple[Group, ...], item: Indicator) -> str:
    return item.outside.value if item.outside else group_title(above[0]) if above else ""


def _section(first: str, items: list[tuple[tuple[Group, ...], Indicator]], numbers: Mapping[str, int]) -> Iterator[tuple[Cell, ...]]:
    before = None
    for at, (above, item) in enumerate(items):
        second = above[1].path if len(above) > 1 else ""
        middle = _JOINED if second and second == before else Cell(above[1].name if second else "")
        yield (_JOINED if at else Cell(first), middle, *_row(item, numbers))
        before = second


def _row(item: Indicator, numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    wanted = "\n".join(f"{part.name} {short_targets(part.targets)}".rstrip() for part in item.parts) or short_targets(item.targets)
    return (Cell(item.name, left=True), Cell(weight(item) or "—"), Cell(wanted or "—"), Cell(_scored(item, numbers)),
            Cell("；".join(filter(None, map(regulation_basis, item.basis))), left=True))


def _scored(item: Indicator, numbers: Mapping[str, int]) -> str:
    rule = item.method.rule.name if item.method else ""
    return f"{rule}\n（第{chinese(numbers[rule])}条）" if rule else "另行规定"


# ---- data


def data(book: Book, ruleset: Ruleset) -> None:
    """What is filled in beside the actual values of the indicators."""
    if not ruleset.data:
        return
    for text in (text for datum in ruleset.data for text in datum.basis):
        book.remarks.basis(text)
    book.article("填报的数据", "各项指标的实际完成值以外，还应当填报下列数据。")
    rows = tuple(tuple(Cell(text, left=at >= _DATA_LEFT) for at, text in enumerate(one)) for one in map(_datum, ruleset.data))
    book.add(without_empty(Grid(("名称", "填报", "汇总", "依据"), rows, _DATA)))


def _datum(datum: Datum) -> tuple[str, ...]:
    return datum.name, filled_in(datum.expected), aggregation(datum.aggregation), "；".join(filter(None, map(regulation_basis, datum.basis)))


