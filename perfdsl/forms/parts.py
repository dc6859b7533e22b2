"""Parts of an indicator: the rows below it that have no points of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfdsl.forms.form import FormRow
from perfdsl.forms.words import plain
from perfdsl.record import changed

_MARKED = re.compile(r"\s*[·•●◆▪]|\s*其中[:：]")
_MARK = re.compile(r"[-—–/*.]*|无|一")
"""What stands in a cell that says nothing."""


def with_parts(rows: Iterable[FormRow]) -> tuple[FormRow, ...]:
    """The rows, each with its parts inside it."""
    made = list[FormRow]()
    for row in rows:
        if made and _is_part(row, made[-1]):
            made[-1] = changed(made[-1], parts=(*made[-1].parts, row))
        else:
            made.append(row)
    return tuple(made)


def _is_part(row: FormRow, above: FormRow) -> bool:
    """Whether a row belongs to the one above: that has points and no values, or this one's name is marked (· 修桥)."""
    named = bool(row.name.text.strip()) and row.levels == above.levels
    if not named or _has_points(row) or not _has_points(above):
        return False
    return _MARKED.match(row.name.text) is not None or (_has_values(row) and not _has_values(above))


def _has_points(row: FormRow) -> bool:
    return any((row.weight, row.share, row.claimed, row.converted))


def _has_values(row: FormRow) -> bool:
    return any(said is not None and (said.fault or not _MARK.fullmatch(plain(said.text))) for said in (row.target, row.actual))
