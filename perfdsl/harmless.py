"""Text that no spreadsheet runs as a formula."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?")


def harmless(text: str) -> str:
    """*text* with a `'` before it where a spreadsheet would take it for a formula; a plain number stays."""
    risky = text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or text.startswith(("\t", "\r"))
    return "'" + text if risky and not _NUMBER.fullmatch(text) else text
