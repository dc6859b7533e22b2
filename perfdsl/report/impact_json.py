"""An impact as JSON: `impact.schema.json` is the contract.  Numbers are strings and exact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from perfdsl.compare.affected import JOINT, Impact, Ranged, Share, Uncompared, UnitImpact
from perfdsl.report.diff_json import number


def write(impact: Impact) -> str:
    """Put together once: there may be a hundred thousand units."""
    parts: dict[str, Iterable[str]] = {
        "old": [_text(impact.old)], "new": [_text(impact.new)], "edits": [_text(list(impact.edits))], "units": _list(map(_unit, impact.units)),
        "ranged": _list(map(_ranged, impact.ranged)), "not_compared": _list(map(_uncompared, impact.uncompared)),
        "mean": [_text({"change": number(impact.mean_change), "shares": [_share(one) for one in impact.mean]})],
        "grades": [_text([{"grade": name, "old": str(old), "new": str(new)} for name, old, new in impact.grades])],
        "crossings": [_text([{"old": old, "new": new, "units": str(count)} for old, new, count in impact.crossings])],
        "sampled_orders": [_text(str(impact.orders) if impact.orders else None)],
    }
    pieces = (piece for at, (name, texts) in enumerate(parts.items()) for piece in (",\n" if at else "{\n", f'  "{name}": ', *texts))
    return "".join([*pieces, "\n}\n"])


def _text(value: object, depth: int = 1) -> str:
    """As `json.dumps` lays it out at that depth."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)


def _list(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    start = "[\n    "
    for value in values:
        yield start + _text(value, 2)
        start = ",\n    "
    yield "[]" if start.startswith("[") else "\n  ]"


def _uncompared(one: Uncompared) -> dict[str, Any]:
    return {"code": one.code, "name": one.name, "file": one.file, "why": one.why}


def _unit(one: UnitImpact) -> dict[str, Any]:
    return {"key": one.key, "code": one.code, "name": one.name, "file": one.file, "old": number(one.old), "new": number(one.new), "change": number(one.change),
            "old_grade": one.old_grade, "new_grade": one.new_grade, "shares": [_share(share) for share in one.shares]}


def _ranged(one: Ranged) -> dict[str, Any]:
    return {"key": one.key, "code": one.code, "name": one.name, "file": one.file, "old": number(one.old), "low": number(one.low), "high": number(one.high),
            "old_grade": one.old_grade, "grades": list(one.grades), "lacking": list(one.lacking)}


def _share(one: Share) -> dict[str, Any]:
    """`edit` is the place in `edits`, from 0; null for all of them together."""
    return {"edit": None if one.edit == JOINT else str(one.edit), "points": number(one.points), "standard_error": number(one.error)}
