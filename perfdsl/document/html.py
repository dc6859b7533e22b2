"""The regulation as one printable page: no scripts, nothing from elsewhere, graphs drawn in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
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
from perfdsl.graph import draw
from perfdsl.quantity import fixed_text
from perfdsl.report.html_parts import tag

CSS = """
@page { size: A4; margin: 30mm 26mm 28mm 28mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 40px 24px; max-width: 820px; color: #000; background: #fff; line-height: 1.75;
  font: 17px/1.75 "仿宋_GB2312", FangSong, STFangsong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; }
h1 { text-wrap: balance; margin: 0 0 8px; text-align: center; font: 28px/1.4 "方正小标宋简体", FZXiaoBiaoSong-B05S, "Noto Serif CJK SC", SimSun, serif; }
h2, h3 { margin: 28px 0 10px; text-align: center; font-family: SimHei, "Noto Sans CJK SC", sans-serif; font-weight: normal; }
h2 { font-size: 20px; } h3 { font-size: 17px; margin: 18px 0 6px; }
p { margin: 0; text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }
p.under { text-align: center; text-indent: 0; margin-bottom: 24px; font-size: 15px; }
p.article { margin-top: 8px; } p.below { padding-left: 2em; } b { font-family: SimHei, "Noto Sans CJK SC", sans-serif; font-weight: normal; }
table { width: 100%; margin: 10px 0; border-collapse: collapse; table-layout: fixed; font-size: 14px; line-height: 1.4; }
th, td { border: 1px solid #000; padding: 4px 5px; text-align: center; vertical-align: middle; overflow-wrap: anywhere; }
th { font-family: SimHei, "Noto Sans CJK SC", sans-serif; font-weight: normal; } td.left { text-align: left; }
figure { margin: 10px 0; text-align: center; break-inside: avoid; } figure svg { width: 78%; height: auto; }
p.sign { margin: 56px 2em 0; text-align: right; text-indent: 0; line-height: 2; break-inside: avoid; }
p.foot { margin-top: 32px; padding-top: 8px; border-top: 1px solid #999; text-indent: 0; font-size: 12px; color: #444; }
@media print {
  body { max-width: none; padding: 0; font-size: 12pt; line-height: 1.65; } h1 { font-size: 20pt; } h2 { font-size: 14pt; } h3 { font-size: 12pt; }
  table { font-size: 9pt; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
  h2.attached { break-before: page; } p.under { font-size: 10pt; } p.foot { font-size: 8pt; } p { orphans: 2; widows: 2; }
}
"""
_STYLE = re.compile(r"<style>.*?</style>\n?", re.S)


def write(paper: Paper) -> str:
    """The page."""
    first = next((block for block in paper.blocks if isinstance(block, Picture)), None)
    style = _STYLE.search(_drawn(first)) if first else None
    body = [tag("h1", paper.title), tag("p", paper.under, "under"), *(text for block in paper.blocks for text in _block(block)),
            tag("p", paper.foot, "foot")]
    return ('<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(paper.title)}</title>\n<style>{CSS}</style>\n{style[0] if style else ''}</head>\n<body>\n"
            + "\n".join(body) + "\n</body>\n</html>\n")


def _drawn(picture: Picture) -> str:
    return draw(picture.curve, picture.title, picture.label, picture.note)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Chapter():
            yield tag("h2", heading(block), "attached" if block.attached else "")
        case Section():
            yield tag("h3", heading(block))
        case Article():
            yield f'<p class="article"><b>{escape(marker(block) + block.title)}</b>{escape(_after(block))}</p>'
        case Item():
            yield tag("p", marker(block) + block.text, "below" if block.level > 1 else "")
        case Grid():
            yield _grid(block)
        case Picture():
            yield f"<figure>{_STYLE.sub('', _drawn(block))}</figure>"
        case Signature():
            yield '<p class="sign">（盖章）　　　　　<br>　　　　年　　月　　日</p>'
        case _:
            assert_never(block)


def _after(block: Article) -> str:
    """The sentence behind the title of an article."""
    return f"　{block.text}" if block.title and block.text else block.text


def _grid(grid: Grid) -> str:
    columns = "".join(f'<col style="width:{fixed_text(Fraction(width, 10), 1)}%">' for width in grid.widths)
    head = "".join(tag("th", text) for text in grid.headings)
    rows = "\n".join(f"<tr>{''.join(_cells(grid.rows, at))}</tr>" for at in range(len(grid.rows)))
    return f"<table><colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"


def _cells(rows: Sequence[tuple[Cell, ...]], at: int) -> Iterator[str]:
    """The cells that begin in a row, each over those that it goes on in."""
    for column, cell in enumerate(rows[at]):
        if not cell.joined:
            depth = 1
            while at + depth < len(rows) and rows[at + depth][column].joined:
                depth += 1
            spans = f' rowspan="{depth}"' if depth > 1 else ""
            kind = ' class="left"' if cell.left else ""
            yield f"<td{kind}{spans}>{escape(cell.text).replace(chr(10), '<br>')}</td>"
