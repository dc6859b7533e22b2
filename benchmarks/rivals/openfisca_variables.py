"""OpenFisca: one variable an input, one with a formula a score, all units at once.  Its floats have 32 bits."""

from __future__ import annotations

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.rivals import common
from benchmarks.workload.names import IDS, RESULTS
from benchmarks.workload.shape import WORD_CENTS
from benchmarks.workload.units import Columns

_YEAR = "2024"
_UNIT = Entity("unit", "units", "a unit that is scored", "")
_WORDS = np.array(WORD_CENTS) / 100


def prepare(columns: Columns, threads: int) -> Simulation:
    inputs = common.values(columns)
    system = TaxBenefitSystem([_UNIT])
    system.add_variables(*(_variable(name) for name in inputs if name != "q9"), _variable("word", int))
    system.add_variables(*(_variable(name, float, _rounded(rule)) for name, rule in _RULES.items()))
    system.add_variables(_variable("total", float, _total), _variable("grade", int, _grade))
    simulation = SimulationBuilder().build_default_simulation(system, len(inputs["q9"]))
    for name, column in inputs.items():
        simulation.set_input("word" if name == "q9" else name, _YEAR, column)
    return simulation


def score(simulation: Simulation) -> Columns:
    for name in RESULTS:
        simulation.delete_arrays(name)
    return {name: simulation.calculate(name, _YEAR) for name in RESULTS}


digits = common.from_points


def _variable(name: str, kind: type = float, formula=None) -> type[Variable]:
    inside = {"value_type": kind, "entity": _UNIT, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), inside | ({"formula": formula} if formula else {}))


def _rounded(rule):
    def formula(unit, period):
        return np.floor(rule(lambda name: unit(name, period)) * 100 + 0.5) / 100
    return formula


def _total(unit, period):
    return sum(unit(name, period) for name in IDS)


def _grade(unit, period):
    total = unit("total", period)
    return (total >= 60) * 1 + (total >= 80) + (total >= 90)


def _up(name: str, weight: int):
    return lambda read: weight * np.minimum(read(f"{name}_a") / read(f"{name}_t"), 1)


def _down(name: str, weight: int):
    def rule(read):
        actual, target = read(f"{name}_a"), read(f"{name}_t")
        return weight * np.minimum(np.divide(target, actual, out=np.ones_like(actual), where=actual > 0), 1)
    return rule


def _line(name: str, start: float, weight: int):
    return lambda read: weight * np.clip((read(f"{name}_a") / read(f"{name}_t") - start) / (1 - start), 0, 1)


def _bands(read):
    rate = read("s6_a") / read("s6_t")
    return np.select([rate >= 1, rate >= 0.9, rate >= 0.75], [6, 4.8, 3], 0)


def _over(read):
    return np.maximum(6 - 0.75 * np.maximum(read("p8_a") - read("p8_t"), 0), 0)


def _composite(read):
    return sum(_up(f"c10{part}", weight)(read) for part, weight in zip("abc", (5, 4, 3), strict=True))


def _returning(read):
    rate = read("o11_a") / read("o11_t")
    return np.where(rate <= 1.3, 7 * np.minimum(rate, 1), np.maximum(7 - 7 * (rate - 1.3), 0))


_RULES = {
    "b0": _up("b0", 10), "u1": _up("u1", 12), "u2": _up("u2", 8), "d3": _down("d3", 8), "d4": _down("d4", 5),
    "n5": lambda read: np.where(read("n5_a") >= read("n5_t"), 5, 0), "s6": _bands, "l7": _line("l7", 0.6, 9), "p8": _over,
    "q9": lambda read: _WORDS[read("word")], "c10": _composite, "o11": _returning, "l12": _line("l12", 0.5, 7),
}
