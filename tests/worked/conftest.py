"""The worked examples are read by the harness of the language's own tests, which lies in the next folder."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "spec"))
