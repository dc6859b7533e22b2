"""rule-engine: one compiled rule an indicator, asked for one unit after another.  Its numbers are Decimals of 28 digits."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import rule_engine

from benchmarks.rivals import common
from benchmarks.workload.check import Digits
from benchmarks.workload.shape import SCALE
from benchmarks.workload.units import Columns


class State(NamedTuple):
    scores: list[rule_engine.Rule]
    grade: rule_engine.Rule
    units: list[dict[str, Decimal]]


def prepare(columns: Columns, threads: int) -> State:
    short = common.short(columns)
    units = [{name: Decimal(value) if name == "q9" else Decimal(value) / SCALE for name, value in zip(short, unit, strict=True)}
             for unit in common.rows(short)]
    scores = [rule_engine.Rule(f"(({rule}) * 100 + 0.5).floor / 100") for rule in _RULES.values()]
    return State(scores, rule_engine.Rule("total >= 90 ? 3 : total >= 80 ? 2 : total >= 60 ? 1 : 0"), units)


def score(state: State) -> list[tuple[Decimal, ...]]:
    return [_one(state, unit) for unit in state.units]


def _one(state: State, unit: dict[str, Decimal]) -> tuple[Decimal, ...]:
    scores = [rule.evaluate(unit) for rule in state.scores]
    total = sum(scores)
    return *scores, total, state.grade.evaluate({"total": total})


def digits(results: list[tuple[Decimal, ...]]) -> Digits:
    return common.from_rows([(*(cell * 100 for cell in cells), grade) for *cells, grade in results])


def _up(name: str, weight: int) -> str:
    return f"({name}_a >= {name}_t ? {weight} : {weight} * {name}_a / {name}_t)"


def _down(name: str, weight: int) -> str:
    return f"({name}_a <= {name}_t or {name}_a == 0 ? {weight} : {weight} * {name}_t / {name}_a)"


_RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": "n5_a >= n5_t ? 5 : 0",
    "s6": "s6_a >= s6_t ? 6 : s6_a >= 0.9 * s6_t ? 4.8 : s6_a >= 0.75 * s6_t ? 3 : 0",
    "l7": "l7_a >= l7_t ? 9 : l7_a <= 0.6 * l7_t ? 0 : 9 * (l7_a - 0.6 * l7_t) / (0.4 * l7_t)",
    "p8": "$max([6 - 0.75 * $max([p8_a - p8_t, 0]), 0])",
    "q9": "q9 == 0 ? 5 : q9 == 1 ? 3.5 : 1.5",
    "c10": f"{_up('c10a', 5)} + {_up('c10b', 4)} + {_up('c10c', 3)}",
    "o11": f"o11_a <= 1.3 * o11_t ? {_up('o11', 7)} : $max([7 * (2.3 * o11_t - o11_a) / o11_t, 0])",
    "l12": "l12_a >= l12_t ? 7 : l12_a <= 0.5 * l12_t ? 0 : 7 * (l12_a - 0.5 * l12_t) / (0.5 * l12_t)",
}
