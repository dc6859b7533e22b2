"""The manual is written from the worked examples, which are read by the harness of the language's own tests."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "worked"), str(TESTS / "spec")]
