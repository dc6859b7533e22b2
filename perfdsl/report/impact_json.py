"""An impact as JSON: `impact.schema.json` is the contract.  Numbers are strings and exact."""

from __future__ import annotations

import json
from typing import Any

from perfdsl.compare.affected import JOINT, Impact, Ranged, Share, UnitImpact
from perfdsl.report.diff_json import number


def write(impact: Impact) -> str:
    value = {
        "old": impact.old, "new": impact.new, "edits": list(impact.edits), "units": [_unit(one) for one in impact.units],
        "ranged": [_ranged(one) for one in impact.ranged],
        "not_compared": [{"code": one.code, "name": one.name, "file": one.file, "why": one.why} for one in impact.uncompared],
        "mean": {"change": number(impact.mean_change), "shares": [_share(one) for one in impact.mean]},
        "grades": [{"grade": name, "old": str(old), "new": str(new)} for name, old, new in impact.grades],
        "crossings": [{"old": old, "new": new, "units": str(count)} for old, new, count in impact.crossings],
        "sampled_orders": str(impact.orders) if impact.orders else None,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _unit(one: UnitImpact) -> dict[str, Any]:
    return {"key": one.key, "code": one.code, "name": one.name, "file": one.file, "old": number(one.old), "new": number(one.new), "change": number(one.change),
            "old_grade": one.old_grade, "new_grade": one.new_grade, "shares": [_share(share) for share in one.shares]}


def _ranged(one: Ranged) -> dict[str, Any]:
    return {"key": one.key, "code": one.code, "name": one.name, "file": one.file, "old": number(one.old), "low": number(one.low), "high": number(one.high),
            "old_grade": one.old_grade, "grades": list(one.grades), "lacking": list(one.lacking)}


def _share(one: Share) -> dict[str, Any]:
    """`edit` is the place in `edits`, from 0; null for all of them together."""
    return {"edit": None if one.edit == JOINT else str(one.edit), "points": number(one.points), "standard_error": number(one.error)}
