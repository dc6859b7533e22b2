"""Scorecards for machines.  Every number of the score is a string, exact: no reader's float can damage it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from perfdsl.data.facts import Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.quantity import Quantity, Rounding, exact_text
from perfdsl.report.findings import as_json
from perfdsl.report.form import TWO_PLACES, points
from perfdsl.report.options import Options
from perfdsl.score import explain
from perfdsl.score.scorecard import Outcome, PartOutcome, Result, Row, Scorecard, is_boundless
from perfdsl.version import __version__


def write(cards: Sequence[Scorecard], options: Options) -> str:
    """One object for one unit, `{"units": […]}` for any other number (with the findings where there is none); the shape is in `scorecard.schema.json`."""
    units = [card_object(card, options.findings) for card in cards]
    whole: dict[str, Any] = units[0] if len(units) == 1 else {"units": units}
    if not units:
        whole["diagnostics"] = [as_json(d) for d in options.findings]
    return json.dumps(whole, ensure_ascii=options.ascii_only, indent=2) + "\n"


def card_object(card: Scorecard, findings: Sequence[Diagnostic] = ()) -> dict[str, Any]:
    """The whole of one card, with the findings common to all cards first."""
    found = dict.fromkeys([*findings, *card.diagnostics])
    return {
        "ruleset": _ruleset(card),
        "engine": __version__,
        "unit": card.unit,
        "code": card.code,
        "total": _total(card),
        "indicators": [_indicator(card, row) for row in card.rows],
        "results": [_result(one) for one in card.results],
        "alerts": [alert.text for alert in card.alerts],
        "diagnostics": [as_json(d) for d in found],
    }


def _ruleset(card: Scorecard) -> dict[str, str | None]:
    ruleset = card.ruleset
    year = None if ruleset.year is None else str(ruleset.year)
    return {"name": ruleset.name, "year": year, "version": ruleset.version, "digest": card.digest}


def _total(card: Scorecard) -> dict[str, Any]:
    total, rounding = card.total, card.ruleset.total_rounding or TWO_PLACES
    low, high = (total.low, total.high) if total.score is None else (total.score, total.score)
    return {
        "weight": exact_text(total.weight),
        "declared_weight": _exact(total.declared),
        "score": None if total.score is None else rounding.text(total.score),
        "unrounded": _exact(total.unrounded),
        "grade": total.grade,
        "range": {"low": _end(rounding, low), "high": _end(rounding, high), "grades": list(total.grades)},
        "items": _exact(total.base),
        "bonus": exact_text(total.bonus),
        "penalty": exact_text(total.penalty),
        "effects": [effect.span.text for effect in total.effects],
        "barred": total.barred,
        "waiting": list(total.waiting),
    }


def _end(rounding: Rounding, value: Fraction) -> str | None:
    """An end of a range; null where it has none."""
    return None if is_boundless(value) else rounding.text(value)


def _result(one: Result) -> dict[str, str | None]:
    return {"name": one.application.name, "value": None if one.value is None else _value(one.value)}


def _indicator(card: Scorecard, row: Row) -> dict[str, Any]:
    indicator, fact, measured = row.indicator, row.fact, _measured(row.outcome)
    return {
        "name": indicator.name,
        "path": indicator.path,
        "weight": exact_text(indicator.weight),
        "outside": None if indicator.outside is None else indicator.outside.name.lower(),
        "target": measured["target"],
        "actual": measured["actual"],
        "rate": measured["rate"],
        "score": None if row.score is None else _score(card, row.score),
        "unrounded": _exact(row.unrounded),
        "claimed": _exact(fact.claimed),
        "chosen": _exact(fact.chosen),
        "audited": _exact(fact.audited),
        "lost": _exact(row.lost),
        "deviation": measured["deviation"],
        "because": explain.because(row),
        "basis": _basis(row),
        "reason": fact.reason or None,
        "status": row.status.value,
        "parts": [_part(part) for part in row.parts],
    }


def _score(card: Scorecard, score: Fraction) -> str:
    """The score in the ruleset's places; every digit where the ruleset does not round."""
    rounding = card.ruleset.item_rounding
    return exact_text(score) if rounding is not None and rounding.places is None else points(card, score)


def _measured(outcome: Outcome) -> dict[str, str | None]:
    """What was wanted and what was reached; `deviation` is (actual − target) ÷ target."""
    return {
        "target": outcome.target.text if outcome.target else None,
        "actual": None if outcome.actual is None else _value(outcome.actual),
        "rate": _exact(outcome.rate),
        "deviation": None if outcome.rate is None else exact_text(outcome.rate - 1),
    }


def _part(one: PartOutcome) -> dict[str, Any]:
    return {
        "name": one.part.name,
        "path": one.part.path,
        "weight": _exact(one.part.weight),
        **_measured(one.outcome),
        "score": _exact(one.outcome.score),
        "status": one.outcome.status.value,
    }


def _basis(row: Row) -> list[str]:
    """The articles of the indicator, then those of its method."""
    method = row.indicator.method.rule.basis if row.indicator.method else ()
    return list(dict.fromkeys([*row.indicator.basis, *method]))


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


def _value(value: Value) -> str:
    match value:
        case Quantity():
            return exact_text(value.shown) + value.unit.symbol
        case date():
            return value.isoformat()
        case _:
            return value
