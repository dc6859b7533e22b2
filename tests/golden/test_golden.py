"""What the examples print, whole and to the letter.

`pytest tests/golden --golden-update` writes the files anew; read their diff before you commit it.
The engine's version stands in them as `VERSION`, so that a release does not touch them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import perfdsl

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
FORMATS = ("table", "markdown", "json", "csv")
RULESET_OF = {"shortfall": "corrected"}
"""Data → ruleset, where they are not called alike."""

DATA = sorted(file for file in EXAMPLES.glob("*/*") if file.suffix not in (".perf", ".md") and any(file.parent.glob("*.perf")))
"""Data beside a ruleset; examples/forms holds forms without one."""


def _printed(ran: Any) -> str:
    """Both streams and the exit code."""
    text = f"{ran.out}\n==== stderr\n{ran.err}\n==== exit {ran.code}\n"
    return text.replace(perfdsl.__version__, "VERSION")


def _compare(golden: Path, printed: str, update: bool) -> None:
    if update:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(printed.encode())
    assert golden.is_file(), f"{golden.name} is not there yet: pytest tests/golden --golden-update"
    assert printed == golden.read_bytes().decode()


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("data", [f for f in DATA if f.suffix == ".csv"], ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_what_an_example_prints(data: Path, kind: str, run: Any, monkeypatch: pytest.MonkeyPatch,
                                pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(data.parent)
    ran = run("eval", f"{RULESET_OF.get(data.stem, data.stem)}.perf", data.name, "--format", kind, "--width", 80)

    _compare(HERE / data.parent.name / f"{data.stem}.{kind}.txt", _printed(ran), pytestconfig.getoption("golden_update"))


@pytest.mark.parametrize("data", DATA, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_every_data_file_of_an_example_is_evaluated(data: Path) -> None:
    assert data.with_suffix(".csv") in DATA
    assert (data.parent / f"{RULESET_OF.get(data.stem, data.stem)}.perf").is_file()


@pytest.mark.parametrize("ruleset", sorted(EXAMPLES.glob("*/*.perf")), ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_the_tests_of_an_example_pass_and_its_layout_is_tidy(ruleset: Path, run: Any) -> None:
    assert run("fmt", "--check", ruleset).code == 0
    assert "0 个不通过" in run("test", ruleset).out
