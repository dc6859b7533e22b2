"""The regulation as Markdown; a graph is the table of its ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from perfdsl.document.content import (
    Article,
    Block,
    Cell,
    Chapter,
    Grid,
    Item,
    Paper,
    Picture,
    Section,
    Signature,
    heading,
    marker,
)
from perfdsl.document.ranges import table

SIGNED = "（盖章）　　　　　　　　　　年　　月　　日"
_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


def write(paper: Paper) -> str:
    """The whole text."""
    parts = [f"# {_safe(paper.title)}", _safe(paper.under), *(text for block in paper.blocks for text in _block(block)), "---", _safe(paper.foot)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Chapter():
            yield f"## {_safe(heading(block))}"
        case Section():
            yield f"### {_safe(heading(block))}"
        case Article():
            name = f"**{marker(block).rstrip('　')}　{_safe(block.title)}**" if block.title else f"**{marker(block).rstrip('　')}**"
            yield f"{name}　{_safe(block.text)}".rstrip("　")
        case Item():
            yield "　" * (2 * block.level - 2) + _safe(marker(block).rstrip() + block.text)
        case Grid():
            yield _grid(block)
        case Picture():
            yield f"{_safe(block.title)}的得分（{_safe(block.note)}）：" if block.note else f"{_safe(block.title)}的得分："
            yield _grid(table(block))
        case Signature():
            yield SIGNED
        case _:
            assert_never(block)


def _grid(grid: Grid) -> str:
    rows = [[_cell(cell) for cell in row] for row in _filled(grid)]
    return "\n".join([_line([_safe(text) for text in grid.headings]), "|" + "---|" * len(grid.headings), *map(_line, rows)])


def _filled(grid: Grid) -> Iterator[list[Cell]]:
    """Markdown joins no cells: what goes on is left empty."""
    for row in grid.rows:
        yield [Cell() if cell.joined else cell for cell in row]


def _line(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _cell(cell: Cell) -> str:
    return _safe(cell.text).replace("\n", "<br>")


def _safe(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
