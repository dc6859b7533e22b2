"""Chinese text in a fixed number of columns: how wide it is, and where its lines may break."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdsl.width import width_of

CLOSING = "。，；：、）」”％！？》』】〕’,.;:!?)]}%‰…"
"""Marks that never start a line."""
OPENING = "（「“《『【〔‘([{"
"""Marks that never end a line."""

_UNITS = "[%％‰万亿千百元个家项户人分天件次倍]{0,3}"
_ATOM = re.compile(
    rf"\d{{4}}-\d\d-\d\d|(?:[<>≥≤≧≦=＝]=?[ ]?)?[+\-−]?\d[\d.,]*{_UNITS}|[×÷−][ ]?\d[\d.,]*[%％]?|[A-Za-z0-9_./\-]+{_UNITS}|[ \t]+|.", re.DOTALL)
"""What no line break goes through: a day, a number with its sign and unit, a word of another script."""
_NARROW: dict[str, str | int | None] = {
    "−": "-", "–": "-", "—": "-", "·": "-", "…": "..", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "→": "->",
    "“": '"', "”": '"', "‘": "'", "’": "'", "²": "2", "³": "3", "¥": "￥", "✓": "√", "\u00a0": " ",
}
_CONTROL = dict.fromkeys((*range(9), *range(11, 32), 127), " ")


def legible(text: str, ascii_only: bool) -> str:
    """*text* without control characters; for a GBK console also without what it lacks or draws in doubtful width."""
    cleaned = text.translate(_CONTROL)
    if not ascii_only or cleaned.isascii():
        return cleaned
    narrowed = cleaned.translate(str.maketrans(_NARROW))
    return narrowed.encode("gbk", "replace").decode("gbk")


def padded(text: str, width: int, *, right: bool = False) -> str:
    """*text* filled with blanks to *width* columns, at its left where it stands `right`."""
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


def wrap(text: str, width: int) -> list[str]:
    """*text* in lines of at most *width* columns, at least one line.

    No line starts with a closing mark or ends with an opening one, and no number is split, unless a single piece
    is wider than the line: that is cut wherever the line is full.  A character wider than the line gets its own.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_filled(paragraph, max(1, width)))
    return lines


def hang(label: str, text: str, width: int) -> list[str]:
    """*text* behind *label*, its further lines indented to where the first began."""
    indent = width_of(label)
    first, *others = wrap(text, max(1, width - indent))
    return [label + first, *(" " * indent + line for line in others)]


def _filled(paragraph: str, width: int) -> Iterator[str]:
    """The lines of one paragraph, filled greedily; blanks at a break are dropped."""
    line, used = "", 0
    for piece in _pieces(paragraph):
        for part in _cut(piece, width):
            size = width_of(part)
            if used and used + size > width:
                yield line.rstrip()
                line, used = "", 0
            if used or not part.isspace():
                line, used = line + part, used + size
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What must stay on one line: an atom with the opening marks before it and the closing marks behind it."""
    held: list[str] = []
    opened = False
    for found in _ATOM.finditer(text):
        atom = found.group()
        joins = atom in CLOSING or not width_of(atom)
        if held and not (opened or joins):
            yield "".join(held)
            held = []
        held.append(atom)
        opened = atom in OPENING
    if held:
        yield "".join(held)


def _cut(piece: str, width: int) -> Iterator[str]:
    """The piece whole where it fits, else in parts that fill a line each."""
    if width_of(piece) <= width:
        yield piece
        return
    part: list[str] = []
    used = 0
    for char in piece:
        size = width_of(char)
        if part and used + size > width:
            yield "".join(part)
            part, used = [], 0
        part.append(char)
        used += size
    yield "".join(part)
