"""GoRules ZEN: a decision graph of expressions, asked for one unit after another.  Its numbers have 28 digits."""

from __future__ import annotations

from typing import NamedTuple

import zen

from benchmarks.rivals import common
from benchmarks.workload.check import Digits
from benchmarks.workload.names import IDS, RESULTS
from benchmarks.workload.units import Columns

_KEY = "w"
"""Behind a loader the graph is compiled once; a decision made from its text takes five to ten times as long."""


class State(NamedTuple):
    engine: zen.ZenEngine
    units: list[dict[str, float]]


def prepare(columns: Columns, threads: int) -> State:
    values = common.values(columns)
    units = [dict(zip(values, unit, strict=True)) for unit in common.rows(values)]
    return State(zen.ZenEngine({"loader": {"type": "static", "content": {_KEY: _graph()}}}), units)


def score(state: State) -> list[dict[str, float]]:
    evaluate = state.engine.evaluate
    return [evaluate(_KEY, unit)["result"] for unit in state.units]


def digits(results: list[dict[str, float]]) -> Digits:
    cells = [[round(unit[name] * 100) for name in RESULTS[:-1]] + [unit["grade"]] for unit in results]
    return common.from_rows(cells)


def _graph() -> dict:
    """Input, expressions, output."""
    made = [(name, f"round({rule}, 2)") for name, rule in _RULES.items()]
    made += [("total", "sum([" + ", ".join(f"$.{name}" for name in IDS) + "])"),
             ("grade", "$.total >= 90 ? 3 : $.total >= 80 ? 2 : $.total >= 60 ? 1 : 0")]
    lines = [{"id": name, "key": name, "value": rule} for name, rule in made]
    nodes = [{"id": "in", "name": "in", "type": "inputNode"},
             {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": lines}},
             {"id": "out", "name": "out", "type": "outputNode"}]
    edges = [{"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
             for one, other in (("in", "rules"), ("rules", "out"))]
    return {"nodes": nodes, "edges": edges}


def _up(name: str, weight: int) -> str:
    return f"({name}_a >= {name}_t ? {weight} : {weight} * {name}_a / {name}_t)"


def _down(name: str, weight: int) -> str:
    return f"({name}_a <= {name}_t or {name}_a == 0 ? {weight} : {weight} * {name}_t / {name}_a)"


_RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": "(n5_a >= n5_t ? 5 : 0)",
    "s6": "(s6_a >= s6_t ? 6 : s6_a >= 0.9 * s6_t ? 4.8 : s6_a >= 0.75 * s6_t ? 3 : 0)",
    "l7": "(l7_a >= l7_t ? 9 : l7_a <= 0.6 * l7_t ? 0 : 9 * (l7_a - 0.6 * l7_t) / (0.4 * l7_t))",
    "p8": "max([6 - 0.75 * max([p8_a - p8_t, 0]), 0])",
    "q9": "(q9 == 0 ? 5 : q9 == 1 ? 3.5 : 1.5)",
    "c10": f"({_up('c10a', 5)} + {_up('c10b', 4)} + {_up('c10c', 3)})",
    "o11": f"(o11_a <= 1.3 * o11_t ? {_up('o11', 7)} : max([7 * (2.3 * o11_t - o11_a) / o11_t, 0]))",
    "l12": "(l12_a >= l12_t ? 7 : l12_a <= 0.5 * l12_t ? 0 : 7 * (l12_a - 0.5 * l12_t) / (0.5 * l12_t))",
}
