"""The twelve forms of the repository, read, and a form as plain data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from perfdsl.forms import docx_grid, xlsx_grid
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Form, Said
from perfdsl.forms.grid import Grid
from perfdsl.record import values

FORMS = Path(__file__).parents[2] / "examples" / "forms"
EXPECTED = Path(__file__).parent / "expected"
NUMBERS = ("000", "001", "003", "006", "010", "014", "022", "026", "029", "033", "037", "038")
_DECIMAL = re.compile(r"\d+\.\d*?(0+)$")


def grids(number: str, suffix: str) -> list[Grid]:
    reader = xlsx_grid if suffix == "xlsx" else docx_grid
    found, faults = reader.grids((FORMS / f"{number}.{suffix}").read_bytes(), f"{number}.{suffix}")
    assert not faults
    return found


def read(number: str, suffix: str) -> Form:
    found = find_forms(grids(number, suffix))
    assert len(found) == 1
    return found[0]


def all_forms() -> list[Form]:
    return [read(number, "xlsx") for number in NUMBERS]


def plain(item: Any, *, even: bool = False) -> Any:
    """A record as JSON, a `Said` as its text; `even` makes 25.00 of Word and 25 of Excel the same."""
    if isinstance(item, Said):
        text = item.text.strip() if even else item.text
        tail = _DECIMAL.fullmatch(text) if even else None
        return (text[:-len(tail[1])].rstrip(".") if tail else text) + (f"!{item.fault}" if item.fault else "")
    if isinstance(item, tuple):
        return [plain(part, even=even) for part in item]
    names = getattr(type(item), "__meant__", None)
    if names is None:
        return item
    filled = {name: plain(value, even=even) for name, value in zip(names, values(item), strict=True) if name not in ("file", "sheet")}
    return {name: value for name, value in filled.items() if value not in (None, "", [])}


def all_said(item: Any) -> list[Said]:
    """Every `Said` within a record."""
    if isinstance(item, Said):
        return [item]
    parts = item if isinstance(item, tuple) else values(item) if hasattr(type(item), "__meant__") else ()
    return [said for part in parts for said in all_said(part)]
