"""Programs of other people that some tests need: LibreOffice, Chromium, PostgreSQL, Java.

A test that needs one is left out where it is missing, and the last lines of the run name it.  With PERFDSL_WHOLE set
(as `.ci/run` does) a missing one fails the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

WHOLE = "PERFDSL_WHOLE"
_NAMES = {"soffice": ("soffice", "libreoffice"), "chromium": ("chromium", "chromium-browser", "google-chrome"),
          "initdb": ("initdb",), "java": ("java",)}
_NEEDS = "needs "


def program(name: str, request: pytest.FixtureRequest) -> str:
    """The path of a program; without it the test is left out, loudly, or fails where all must run."""
    found = next((path for path in map(shutil.which, _NAMES[name]) if path), None)
    if found:
        return found
    if os.environ.get(WHOLE):
        pytest.fail(f"{name} is missing, and {WHOLE} says that nothing may be left out")
    pytest.skip(_NEEDS + name)


def left_out(reporter: Any) -> Iterator[tuple[str, str]]:
    """Each test that did without a program, and that program: of all processes that ran tests."""
    for report in reporter.stats.get("skipped", ()):
        _, _, name = str(report.longrepr[2]).partition(_NEEDS) if isinstance(report.longrepr, tuple) else ("", "", "")
        if name:
            yield report.nodeid, name
