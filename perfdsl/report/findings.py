"""Diagnostics for the terminal, with the place shown and the words underlined; and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfdsl.diagnostics import Cell, Diagnostic, Note, Place, Severity
from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.text import hang, legible
from perfdsl.width import width_of

MANY, SHOWN = 50, 20
"""Of more than MANY findings of one code the first SHOWN are printed."""

_COLOR = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.REMARK: "36;1"}


@record
class _Screen:
    width: int
    color: bool
    ascii_only: bool

    def painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def clean(self, text: str) -> str:
        return legible(text, self.ascii_only)


def show(findings: Sequence[Diagnostic], *, width: int = 80, color: bool = False, ascii_only: bool = False) -> str:
    """All findings in the order given and a line that counts them; empty where there are none."""
    if not findings:
        return ""
    screen = _Screen(max(24, width), color, ascii_only)
    blocks = ["\n".join(block) for block in _blocks(findings, screen)]
    return "\n\n".join([*blocks, tally(findings)]) + "\n"


def tally(findings: Sequence[Diagnostic]) -> str:
    """`2 个错误，1 个警告`."""
    counts = Counter(d.severity for d in findings)
    return "，".join(f"{counts[s]} 个{s.chinese}" for s in Severity if counts[s])


def _blocks(findings: Sequence[Diagnostic], screen: _Screen) -> Iterator[list[str]]:
    total, seen = Counter(d.code for d in findings), Counter[str]()
    for finding in findings:
        seen[finding.code] += 1
        if total[finding.code] <= MANY or seen[finding.code] <= SHOWN:
            yield list(_block(finding, screen))
        elif seen[finding.code] == SHOWN + 1:
            yield [screen.clean(f"…另有 {total[finding.code] - SHOWN} 处 {finding.code}")]


def _block(d: Diagnostic, screen: _Screen) -> Iterator[str]:
    label = f"{d.severity.chinese} {d.code}  "
    first, *others = hang(label, screen.clean(d.message), screen.width)
    yield screen.painted(label.rstrip(), _COLOR[d.severity]) + first[len(label.rstrip()) :]
    yield from others
    yield from _shown(d.place, screen, _COLOR[d.severity])
    for note in d.notes:
        yield from _note(note, screen)
    if d.hint:
        yield from _hint(d.hint, screen)


def _note(note: Note, screen: _Screen) -> Iterator[str]:
    yield from hang("  另见：", screen.clean(note.message), screen.width)
    yield from _shown(note.place, screen, "36")


def _hint(hint: str, screen: _Screen) -> Iterator[str]:
    first, *others = hang("  提示：", screen.clean(hint), screen.width)
    yield "  " + screen.painted("提示：", "32") + first[len("  提示：") :]
    yield from others


def _shown(place: Place | None, screen: _Screen, code: str) -> Iterator[str]:
    """The place, and for a span its first line with the words underlined."""
    if place is None:
        return
    yield f"  --> {screen.clean(str(place))}"
    if isinstance(place, Span):
        yield from _excerpt(place, screen, code)


def _excerpt(span: Span, screen: _Screen, code: str) -> Iterator[str]:
    line, start = span.source.line(span.line), span.column - 1
    end = max(start, min(len(line), start + span.end - span.start))
    gutter = str(span.line)
    before, marked, after = _window(line, start, end, screen, screen.width - len(gutter) - 5)
    blank = " " * (width_of(before))
    carets = "^" * max(1, width_of(marked))
    yield f"  {gutter} | {before}{marked}{after}"
    yield f"  {' ' * len(gutter)} | {blank}{screen.painted(carets, code)}"


def _window(line: str, start: int, end: int, screen: _Screen, room: int) -> tuple[str, str, str]:
    """The line before, under and after the mark, of a long line only what stands around the mark.

    Tabs count as one blank, so that carets stand under what they mean.
    """
    parts = (line[:start], line[start:end], line[end:])
    before, marked, after = (screen.clean(part).replace("\t", " ") for part in parts)
    if width_of(before + marked + after) <= room:
        return before, marked, after
    marked = _head(marked, room, screen)
    before = _tail(before, (room - width_of(marked)) // 2, screen)
    return before, marked, _head(after, room - width_of(before + marked), screen)


def _head(text: str, room: int, screen: _Screen) -> str:
    """As much of the start of *text* as fits, with a sign that something was left out."""
    if width_of(text) <= room:
        return text
    sign = screen.clean("…")
    kept = _fitting(text, room - len(sign))
    return kept + sign if room >= len(sign) else ""


def _tail(text: str, room: int, screen: _Screen) -> str:
    """As much of the end of *text* as fits."""
    if width_of(text) <= room:
        return text
    sign = screen.clean("…")
    return sign + _fitting(text[::-1], room - len(sign))[::-1] if room >= len(sign) else ""


def _fitting(text: str, room: int) -> str:
    """The longest start of *text* that takes at most *room* columns."""
    used = 0
    for at, char in enumerate(text):
        used += width_of(char)
        if used > room:
            return text[:at]
    return text


def as_json(d: Diagnostic) -> dict[str, str | int | None]:
    """The finding for machines; line and column count from 1 and are numbers, `cell` is `Sheet1!D7`."""
    file, line, column, cell = _position(d.place)
    return {"code": d.code, "severity": d.severity.value, "message": d.message, "file": file, "line": line,
            "column": column, "cell": cell, "hint": d.hint or None}


def _position(place: Place | None) -> tuple[str | None, int | None, int | None, str | None]:
    match place:
        case Span():
            return place.source.name, place.line, place.column, None
        case Cell():
            inside = f"{place.sheet}!{place.address}" if place.sheet else place.address
            return place.file, place.line, place.column, inside or None
        case None:
            return None, None, None, None
