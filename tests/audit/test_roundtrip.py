"""Forms that perfdsl writes itself: their audit finds what their own scores deserve, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from perfdsl.audit import Audit, audit
from perfdsl.diagnostics import Severity
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Said
from perfdsl.pipeline import evaluate, load
from perfdsl.record import changed
from perfdsl.report import render

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
RULESET_OF = {"shortfall": "corrected"}
"""Data → ruleset, where they are not called alike."""

DATA = sorted(file for file in EXAMPLES.glob("*/*") if file.suffix in (".csv", ".xlsx", ".json") and any(file.parent.glob("*.perf")))

@cache
def _audited(file: Path, kind: str) -> Audit:
    loaded = load(file.parent / f"{RULESET_OF.get(file.stem, file.stem)}.perf")
    written = render(evaluate(loaded, file).scorecards, kind)
    assert isinstance(written, bytes)
    grids, faults = read_grids(written, f"自评表.{kind}")
    assert faults == []
    (form,) = find_forms(grids)
    return audit(form)


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("file", DATA, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_what_perfdsl_writes_has_no_errors(file: Path, kind: str) -> None:
    """The points are the ruleset's own; the published form that adds up to 110 is written with the total 110."""
    assert _audited(file, kind).of(Severity.ERROR) == ()


@pytest.mark.parametrize("file", DATA, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_both_formats_say_the_same(file: Path) -> None:
    rows = [[(row.path, row.claimed, row.computed) for row in _audited(file, kind).rows] for kind in ("xlsx", "docx")]

    assert rows[0] == rows[1]
    assert len(rows[0]) == 9


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_points_changed_afterwards_are_found(kind: str) -> None:
    """The test would see an error: two points more than the form gives."""
    form = _audited(EXAMPLES / "lingling-2023" / "corrected.csv", kind).form
    more = tuple(changed(row, claimed=Said("17", row.claimed.cell)) if row.name.text == "税收" and row.claimed else row for row in form.rows)
    found = audit(changed(form, rows=more))

    assert [(one.code, one.indicator) for one in found.of(Severity.ERROR)] == [("A101", "税收"), ("A004", "总分")]
