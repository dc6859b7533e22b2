"""What a regulation is made of, before there is any format: chapters, numbered articles, items, tables, graphs."""

from __future__ import annotations

from perfdsl.graph import Curve
from perfdsl.record import record


@record
class Chapter:
    """第一章, or 附件1 where it stands behind the signature (`attached`); a `number` of 0 there is no attachment of it."""

    number: int
    title: str
    attached: bool = False


@record
class Section:
    """第一节 of a chapter."""

    number: int
    title: str


@record
class Article:
    """第一条: its number, what it is of (empty: nothing), and its first sentence."""

    number: int
    title: str
    text: str


@record
class Item:
    """（一） under an article (`level` 1), 1. under that (2); a `number` of 0 goes without one."""

    level: int
    number: int
    text: str


@record
class Cell:
    """A cell of a table: `joined` continues the one above, `left` is not centred."""

    text: str = ""
    joined: bool = False
    left: bool = False


@record
class Grid:
    """A table: headings, rows of cells, and the share of the width that each column takes, in thousandths."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


def without_empty(grid: Grid) -> Grid:
    """The table without the columns in which nothing stands; what they took goes to the others."""
    kept = [at for at in range(len(grid.headings)) if any(row[at].text or row[at].joined for row in grid.rows)]
    room = sum(grid.widths[at] for at in kept)
    return Grid(tuple(grid.headings[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in grid.rows),
                tuple(1000 * grid.widths[at] // room for at in kept))


@record
class Picture:
    """The score of an indicator against what is filled in: as a drawing, or as the table of its ranges."""

    curve: Curve
    title: str
    label: str
    note: str


@record
class Signature:
    """Where the regulation is stamped and dated."""


Block = Chapter | Section | Article | Item | Grid | Picture | Signature


@record
class Paper:
    """A whole regulation; `under` stands below its title, `foot` at its end."""

    title: str
    under: str
    blocks: tuple[Block, ...]
    foot: str


_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def chinese(number: int) -> str:
    """1 to 9999 in Chinese: 一, 十二, 一百零三."""
    text, gap = "", False
    for worth, name in _PLACES:
        digit, number = divmod(number, worth)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
        gap = bool(text) and not digit
    text += (("零" if gap else "") + _DIGITS[number]) if number else ""
    return text.removeprefix("一") if text.startswith("一十") else text


def heading(block: Chapter | Section) -> str:
    """`第一章　总则`, `第二节　产出指标`, `附件1　版本沿革`, `附：编者注`."""
    if isinstance(block, Chapter) and block.attached:
        return f"附件{block.number}　{block.title}" if block.number else f"附：{block.title}"
    return f"第{chinese(block.number)}{'章' if isinstance(block, Chapter) else '节'}　{block.title}"


def marker(block: Article | Item) -> str:
    """`第三条`, `（一）`, `1.`"""
    if isinstance(block, Article):
        return f"第{chinese(block.number)}条　"
    if not block.number:
        return ""
    return f"（{chinese(block.number)}）" if block.level == 1 else f"{block.number}. "
