"""Audits as JSON: `audit.schema.json` is the contract.  Numbers are strings and exact, texts of cells as written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from perfdsl.audit import Audit, AuditRow, Finding
from perfdsl.audit.summary import by_kind, by_unit, key_of
from perfdsl.diagnostics import Cell
from perfdsl.forms.form import Said
from perfdsl.quantity import exact_text


def write(audits: Sequence[Audit]) -> str:
    """One object for one form; for any other number of forms a list with a summary."""
    value = as_json(audits[0]) if len(audits) == 1 else {"forms": [as_json(audit) for audit in audits], "summary": _summary(audits)}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_json(audit: Audit) -> dict[str, Any]:
    """One audit."""
    return {
        "form": _form(audit),
        "rows": [_row(row) for row in audit.rows],
        "findings": [_finding(found) for found in audit.findings],
        "not_understood": [{"cell": cell_text(said.cell), "text": said.text} for said in audit.form.not_understood],
    }


def _form(audit: Audit) -> dict[str, Any]:
    form = audit.form
    texts = {"title": form.title, "unit": form.unit, "project": form.project}
    totals = {"total_weight": form.total_weight, "total_claimed": form.total_claimed, "grade": form.grade}
    return {
        "file": form.file, "sheet": form.sheet, **{key: _text(said) for key, said in texts.items()}, "code": form.code or None, "key": key_of(audit),
        "year": None if form.year is None else str(form.year), "money_unit": form.money_unit,
        **{key: _text(said) for key, said in totals.items()},
    }


def _text(said: Said | None) -> str | None:
    return said.text if said else None


def _number(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


def _row(row: AuditRow) -> dict[str, Any]:
    return {
        "name": row.name, "path": row.path, "target": row.target, "actual": row.actual, "weight": _number(row.weight),
        "claimed": _number(row.claimed), "computed": _number(row.computed), "difference": _number(row.difference),
        "rule": row.rule, "cell": cell_text(row.cell),
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code, "kind": found.kind, "severity": found.severity.value, "indicator": found.indicator,
        "cell": cell_text(found.cell) if found.cell else None, "message": found.text, "claimed": _number(found.claimed),
        "computed": _number(found.computed), "difference": _number(found.difference),
    }


def cell_text(cell: Cell) -> str:
    """`Sheet!D7`; the file stands with the form."""
    return f"{cell.sheet}!{cell.address}" if cell.sheet else cell.address


def _summary(audits: Sequence[Audit]) -> dict[str, Any]:
    kinds = [{"code": line.code, "kind": line.kind, "title": line.title, "found": str(line.found), "forms": str(line.forms)}
             for line in by_kind(audits)]
    units = [{"unit": line.name, "key": line.key, "files": list(line.files), "errors": str(line.errors), "warnings": str(line.warnings),
              "remarks": str(line.remarks), "too_much": exact_text(line.too_much)} for line in by_unit(audits)]
    return {"kinds": kinds, "units": units}
