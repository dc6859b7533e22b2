"""What perfdsl itself has written: its audits are no forms, and the notes it prints under a form belong to none of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfdsl.data.marks import SIGNED
from perfdsl.diagnostics import Cell, Diagnostic, Severity
from perfdsl.forms.grid import Grid
from perfdsl.forms.stretch import Stretch

_ANNEX = re.compile(r"附：计分说明(（.*）)?")
_SHEETS = frozenset({"逐项核算", "发现的问题"})


def is_audit(grids: Iterable[Grid]) -> bool:
    """Whether a file is an audit: by its sheets, or by its headings in Word."""
    grids = list(grids)
    return {grid.name for grid in grids} >= _SHEETS or any(map(_is_document, grids))


def _is_document(grid: Grid) -> bool:
    texts = {cell.text for cell in grid.cells}
    return bool(texts & _SHEETS) and any(text.endswith("自评表复核") for text in texts)


def passed_over(file: str) -> Diagnostic:
    """The remark on an audit among forms."""
    return Diagnostic("W405", "这是复核的结果，不是自评表，没有读", Cell(file, "开头"), "复核的结果另放一个文件夹", severity=Severity.REMARK)


def pass_over(stretch: Stretch) -> None:
    """Leaves out the line with ruleset and version, and the annex 计分说明 that ends with it."""
    annex = None
    for row in stretch.rows():
        line = stretch.line(row)
        text = line[0].text.strip() if len(line) == 1 else ""
        annex = row if _ANNEX.fullmatch(text) else annex
        if SIGNED.fullmatch(text):
            for known in stretch.rows(row if annex is None else annex, row + 1):
                stretch.pass_over(stretch.line(known))
