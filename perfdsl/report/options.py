"""What a writer is told beside the scorecards."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic
from perfdsl.record import record


@record
class Options:
    """`width` in columns of the terminal; `ascii_only` for consoles that know GBK at best."""

    width: int = 80
    ascii_only: bool = False
    summary: bool = False
    findings: tuple[Diagnostic, ...] = ()
