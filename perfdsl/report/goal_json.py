"""`perfdsl goal` for machines: `goal.schema.json` is the contract.  Every number is a string, exact."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from perfdsl.goal.cells import Asked
from perfdsl.goal.combination import Combination
from perfdsl.goal.effort import MEASURE
from perfdsl.goal.goals import Goals, Line, Missing
from perfdsl.goal.hold import Hold
from perfdsl.goal.need import At, Value
from perfdsl.goal.together import Together
from perfdsl.model.ruleset import Kind
from perfdsl.quantity import exact_text
from perfdsl.regions import Region
from perfdsl.report.options import Options
from perfdsl.score.scorecard import is_boundless
from perfdsl.units import PURE


def write(answers: Sequence[Goals], options: Options) -> str:
    """One object for one unit, `{"units": […]}` for any other number."""
    units = [_one(one) for one in answers]
    return json.dumps(units[0] if len(units) == 1 else {"units": units}, ensure_ascii=options.ascii_only, indent=2) + "\n"


def _one(one: Goals) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "code": one.code,
        "aim": {"grades": list(one.aim.grades), "points": None if one.aim.points is None else exact_text(one.aim.points)},
        "reached": one.reached,
        "total": {"low": _end(one.now.low), "high": _end(one.now.high), "grades": list(one.now.grades)},
        "unknowns": [_line(line) for line in one.lines],
        "missing": [_missing(missing) for missing in one.missing],
        "together": None if one.together is None else _together(one.together),
    }


def _line(line: Line) -> dict[str, Any]:
    need, asked = line.need, line.need.asked
    return {
        "path": asked.path, "field": "评定得分" if asked.chosen else "实际完成值", "word": asked.word,
        "unit": "分" if asked.chosen else (asked.unknown.expected.unit or PURE).symbol,
        "indicators": [i.path for i in need.indicators],
        "now": None if asked.now is None else _value(asked, asked.now),
        "reached_in": [_region(asked, r) for r in need.regions], "reached_by": list(need.words),
        "perhaps_in": [_region(asked, r) for r in need.maybe_regions], "perhaps_by": list(need.maybe_words),
        "undecided": [{**_region(asked, r), "why": why} for r, why in need.undecided],
        "nearest": None if need.nearest is None else _at(asked, need.nearest),
        "impossible": None if line.hold is None else _hold(asked, line.hold),
    }


def _region(asked: Asked, region: Region) -> dict[str, Any]:
    low, high = (None if end is None else _value(asked, end) for end in (region.low, region.high))
    return {"low": low, "low_included": region.low_closed, "high": high, "high_included": region.high_closed}


def _value(asked: Asked, value: Value) -> str:
    if isinstance(value, str):
        return value
    return asked.text(value) if asked.unknown.expected.kind is Kind.DATE and not asked.chosen else exact_text(value)


def _at(asked: Asked, at: At) -> dict[str, Any]:
    return {"value": _value(asked, at.value), "points": [exact_text(p) for p in at.points], "total": [_end(at.low), _end(at.high)],
            "grades": list(at.grades)}


def _end(value: Fraction) -> str | None:
    """An end of a range; null where it has none."""
    return None if is_boundless(value) else exact_text(value)


def _hold(asked: Asked, hold: Hold) -> dict[str, Any]:
    return {"proved": hold.decided and hold.best is not None, "best": None if hold.best is None else _at(asked, hold.best),
            "total_at_most": _end(hold.most), "attained": hold.attained, "effects": list(hold.effects), "barred": hold.barred,
            "others": [{"path": i.path, "lost": exact_text(lost)} for i, lost in hold.others]}


def _missing(one: Missing) -> dict[str, Any]:
    found = one.spread
    return {"path": one.need.asked.path, "word": one.need.asked.word, "swing": _end(one.swing), "jointly": one.jointly,
            "total": [_end(found.low), _end(found.high)], "grades": list(found.grades)}


def _together(found: Together) -> dict[str, Any]:
    return {"measure": MEASURE, "size": None if found.size is None else str(found.size), "cut": found.cut, "best_total": _end(found.best),
            "combinations": [_combination(one) for one in found.found]}


def _combination(one: Combination) -> dict[str, Any]:
    moves = [{"path": m.lever.asked.path, "value": _value(m.lever.asked, m.value), "points": exact_text(m.points)} for m in one.moves]
    return {"moves": moves, "effort": exact_text(one.effort), "total": exact_text(one.total), "grades": list(one.grades)}
