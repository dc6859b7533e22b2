"""A diff as JSON: `diff.schema.json` is the contract.  Numbers are strings and exact."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from perfdsl.compare.result import Change, Diff, Indicated, Peak, Regraded, Scores, Stretch
from perfdsl.quantity import exact_text
from perfdsl.regions import Region


def write(diff: Diff) -> str:
    value = {
        "old": diff.old, "new": diff.new, "same_digest": diff.same_digest, "changes_points": diff.changes_points,
        "indicators": [_indicator(one) for one in diff.indicators], "ruleset": [_change(one) for one in diff.whole],
        "graded_on": "total" if diff.on_rounded else "unrounded_total", "grades": [_graded(one) for one in diff.grades],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def number(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


def _indicator(one: Indicated) -> dict[str, Any]:
    kinds = {"新增": "added", "删除": "removed", "改名": "renamed", "移动": "moved", "修改": "changed"}
    return {"kind": kinds[one.kind], "name": one.name, "old_path": one.old_path, "new_path": one.new_path, "weight": number(one.weight),
            "changes": [_change(told) for told in one.changes], "stretches": [_stretch(found) for found in one.stretches], "certain": one.certain,
            "tried": dict(one.tried)}


def _change(told: Change) -> dict[str, Any]:
    return {"what": told.what, "old": told.old, "new": told.new, "points": told.points}


def region(found: Region | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"low": number(found.low), "high": number(found.high), "low_closed": found.low_closed, "high_closed": found.high_closed}


def _stretch(found: Stretch) -> dict[str, Any]:
    return {"vary": found.vary or None, "region": region(found.region), "text": found.text, "given": dict(found.given),
            "loss": _scores(found.loss), "gain": _scores(found.gain), "unrounded_loss": _peak(found.worst), "unrounded_gain": _peak(found.best),
            "kind": found.kind or None, "undecided": found.undecided or None}


def _scores(found: Scores | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"at": found.at, "old": number(found.old), "new": number(found.new), "change": number(found.change)}


def _peak(found: Peak | None) -> dict[str, Any] | None:
    return None if found is None else {"change": number(found.change), "reached": found.reached, "scores": _scores(found.scores)}


def _graded(one: Regraded) -> dict[str, Any]:
    return {"region": region(one.region), "old": list(one.old), "new": list(one.new), "undecided": one.undecided or None}
