"""What every room's tests share: the command line in this process, and a cache folder of the tests' own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from perfdsl.record import record

sys.path.insert(0, str(Path(__file__).parent))
from programs import left_out, program  # lies beside this file

settings.register_profile("steady", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("steady")
"""Generated examples are the same in every run, nothing is kept between runs, and no example is timed."""


@record
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write what the examples print now to tests/golden")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for test, name in left_out(terminalreporter):
        terminalreporter.write_line(f"LEFT OUT, for want of {name}: {test}", red=True)


@pytest.fixture
def soffice(request: pytest.FixtureRequest) -> str:
    """LibreOffice."""
    return program("soffice", request)


@pytest.fixture
def chromium(request: pytest.FixtureRequest) -> str:
    return program("chromium", request)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is taken from the user's cache folder, and nothing is left there."""
    before = os.environ.get("PERFDSL_CACHE")
    os.environ["PERFDSL_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["PERFDSL_CACHE"]
    else:
        os.environ["PERFDSL_CACHE"] = before


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("eval", ruleset, data, stdin=b"…")`: the command through its entry point, without a process of its own."""

    def command(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        from perfdsl.cli import main

        monkeypatch.setattr(sys, "argv", ["perfdsl", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        return Ran(int(left.value.code or 0), shown.out, shown.err)

    return command
