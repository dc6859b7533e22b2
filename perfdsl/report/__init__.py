"""Scorecards as text or as the bytes of an office file: one writer per output format, found by its name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from perfdsl.diagnostics import Diagnostic
from perfdsl.report.options import Options
from perfdsl.score.scorecard import Scorecard

FORMATS = ("table", "markdown", "json", "csv", "html", "xlsx", "docx")
BINARY = ("xlsx", "docx")
"""Formats whose writers give bytes; they go to a file only."""


def render(
    cards: Sequence[Scorecard],
    format: str,
    *,
    width: int = 80,
    ascii_only: bool = False,
    summary: bool = False,
    findings: Sequence[Diagnostic] = (),
) -> str | bytes:
    """*cards* in one of `FORMATS`: text that ends in a line break, or bytes for those in `BINARY`.

    `findings` are what was found wrong for all cards alike (each card has its own besides).  `width` and
    `ascii_only` matter to the terminal's table only; `summary` ranks the units in one table (JSON has no such form).
    Only the writer asked for is imported.
    """
    if format not in FORMATS:
        raise ValueError(f"no such format: {format}")
    name = {"json": "json_text", "csv": "csv_table"}.get(format, format)
    writer = import_module(f"perfdsl.report.{name}")
    made: str | bytes = writer.write(cards, Options(width, ascii_only, summary, tuple(findings)))
    return made
