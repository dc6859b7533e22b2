"""What a block of units reaches, as columns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from perfdsl.batch.block import Flags, Integers
from perfdsl.batch.one import Note
from perfdsl.record import record


@record
class Item:
    """One indicator, for every unit; the numbers of `status` are those of `one.STATUSES`.

    `points` are the score × 10^`places` as printed, 0 where there is none (see `has`).  `clause` is the number of the deciding clause in
    `clauses`, of which one may be empty: none decided.  `deviation` is (actual ÷ target − 1) in hundredths of a percent, half up, where
    `deviates`.  `weight` × 10^`places`.
    """

    path: str
    places: int
    points: Integers
    has: Flags
    status: npt.NDArray[np.uint8]
    weight: Integers
    clause: npt.NDArray[np.int8] | npt.NDArray[np.int32]
    clauses: tuple[str, ...]
    deviation: Integers
    deviates: Flags
    reason_due: Flags


@record
class Told:
    """A column of 预警 or of one 结果应用: the number of each unit's text in `texts`, of which one may be empty: nothing is told."""

    codes: npt.NDArray[np.int32]
    texts: tuple[str, ...]


@record
class Scores:
    """`total` × 10^`places`, where `complete`; `low` and `high` bound it in any case.

    `grade` is an index into `grades`, −1 where there is none.  `notes` are by the unit of which there is something else to say.
    `told` are the columns of `told.headings`, none where only points and grades are told.
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
    notes: Mapping[int, Note]
    told: tuple[Told, ...] = ()
    apart: int = 0
