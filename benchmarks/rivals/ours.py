"""perfdsl itself, from the ruleset in the language: the hook for the columnar engine `perfdsl.batch`.

`prepare` loads and compiles w.perf and brings the columns into the engine's form; `score` runs the compiled plan.
"""

from __future__ import annotations

from typing import Any

from benchmarks.rivals import common
from benchmarks.workload.check import Digits
from benchmarks.workload.shape import RULESET
from benchmarks.workload.units import Columns
from perfdsl import pipeline


def prepare(columns: Columns, threads: int) -> Any:
    ruleset = pipeline.load(RULESET).ruleset
    raise NotImplementedError(f"enter here how perfdsl.batch compiles {ruleset}")


def score(state: Any) -> Any:
    raise NotImplementedError("enter here how a compiled plan scores columns")


def digits(result: Any) -> Digits:
    return common.digits(result)
