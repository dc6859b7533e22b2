"""The documents are tried on the chunks of the language's own tests and of the worked examples, which lie in other folders."""

from __future__ import annotations

import sys
from pathlib import Path

for folder in ("spec", "worked"):
    sys.path.insert(0, str(Path(__file__).parent.parent / folder))
