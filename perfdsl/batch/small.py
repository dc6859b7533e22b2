"""Files of the formats that `perfdsl eval` reads whole (xlsx, docx, json, …): a few thousand units at most."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np

from perfdsl.batch.block import Block
from perfdsl.batch.counts import Counts
from perfdsl.batch.reading.about import NO_YEAR
from perfdsl.batch.reading.chunk import Chunk
from perfdsl.batch.rejects import Reject
from perfdsl.batch.run import Step, Steps
from perfdsl.batch.stopped import Unreadable
from perfdsl.data import read
from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Cell, Diagnostic, Severity, errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import same_row


def small_steps(file: str, ruleset: Ruleset) -> tuple[Steps, tuple[Diagnostic, ...]]:
    """The one step of a file, and what is to be said of it beside the faults of its units."""
    facts, found = read(file, ruleset)
    if not facts:
        wrong = errors(found)
        raise Unreadable(wrong[0], tuple(wrong[1:]))
    step = Step(_chunk(facts, found, ruleset), len(facts), len(facts))

    def steps(finished: int) -> Generator[Step, None, None]:
        yield step if not finished else Step(None, step.rows, step.mark)

    return steps, tuple(one for one in found if one.severity is not Severity.ERROR)


def _chunk(facts: list[Facts], found: Sequence[Diagnostic], ruleset: Ruleset) -> Chunk:
    own = [[one for one in errors(found) if _is_of(one, unit, facts)] for unit in facts]
    others = [one for one in errors(found) if not any(one in faults for faults in own)]
    kept = [unit for unit, faults in zip(facts, own, strict=True) if not faults]
    rejects = [_reject(unit, one) for unit, faults in zip(facts, own, strict=True) for one in faults]
    rejects += [_reject(Facts("", None, {}), one) for one in others]
    back = len(facts) - len(kept) + len({_row(one) for one in others})
    years = np.array([unit.year or NO_YEAR for unit in kept], np.int64)
    counts = Counts(len(kept) + back, len(kept), back)
    return Chunk(Block(len(kept), {}, {}, {}, ruleset.year), _texts([unit.unit for unit in kept]), _texts([""] * len(kept)), years, {},
                 tuple(rejects), counts, tuple(kept))


def _texts(texts: list[str]) -> Any:
    import pyarrow as pa

    return pa.array(texts, pa.string())


def _is_of(fault: Diagnostic, unit: Facts, facts: list[Facts]) -> bool:
    """Whether a fault stands in the row of this unit; where there is but one, all are its own."""
    if len(facts) == 1:
        return True
    return unit.cell is not None and isinstance(fault.place, Cell) and same_row(fault.place, unit.cell)


def _row(fault: Diagnostic) -> object:
    place = fault.place
    return (place.sheet, place.line or place.address) if isinstance(place, Cell) else fault


def _reject(unit: Facts, fault: Diagnostic) -> Reject:
    return Reject(unit.unit, "", str(unit.year or ""), "", "", fault)
