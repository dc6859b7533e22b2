"""What a block of units reaches, as columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from perfdsl.batch.block import Flags, Integers
from perfdsl.record import record

NO_CLAUSE = -1


@record
class Item:
    """One indicator, for every unit; the numbers of `status` are those of `one.STATUSES`.

    `points` are the score × 10^`places` as printed, 0 where there is none (see `has`).  `clause` is the number of the deciding clause in
    `Scores.clauses`.  `deviation` is (actual ÷ target − 1) in hundredths of a percent, half up, where `deviates`.  `weight` × 10^`places`.
    """

    path: str
    places: int
    points: Integers
    has: Flags
    status: npt.NDArray[np.uint8]
    weight: Integers
    clause: npt.NDArray[np.int32]
    deviation: Integers
    deviates: Flags
    reason_due: Flags


@record
class Scores:
    """`total` × 10^`places`, where `complete`; `low` and `high` bound it in any case.

    `grade` is an index into `grades`, −1 where there is none.  `clauses` are the texts of the clauses that items point to.
    `apart` counts the units that the exact interpreter or plain integers worked out, and not the columns.
    """

    items: tuple[Item, ...]
    places: int
    total: Integers
    low: Integers
    high: Integers
    complete: Flags
    grade: npt.NDArray[np.int8]
    grades: tuple[str, ...]
    standing: npt.NDArray[np.uint8]
    clauses: tuple[str, ...]
    apart: int = 0
