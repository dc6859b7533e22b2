"""Programs of other people that some tests need: LibreOffice, Chromium, PostgreSQL, Java.

A test that needs one is left out where it is missing, and the last lines of the run name it.  With PERFDSL_WHOLE set
(as `.ci/run` does) a missing one fails the test.
"""

from __future__ import annotations

import os
import shutil

import pytest

WHOLE = "PERFDSL_WHOLE"
_NAMES = {"soffice": ("soffice", "libreoffice"), "chromium": ("chromium", "chromium-browser", "google-chrome"),
          "initdb": ("initdb",), "java": ("java",)}
left_out: dict[str, str] = {}
"""Test → the program that it did without."""


def program(name: str, request: pytest.FixtureRequest) -> str:
    """The path of a program; without it the test is left out, loudly, or fails where all must run."""
    found = next((path for path in map(shutil.which, _NAMES[name]) if path), None)
    if found:
        return found
    if os.environ.get(WHOLE):
        pytest.fail(f"{name} is missing, and {WHOLE} says that nothing may be left out")
    left_out[request.node.nodeid] = name
    pytest.skip(f"needs {name}")
