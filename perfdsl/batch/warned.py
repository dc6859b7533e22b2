"""What `perfdsl eval` would warn of, counted by code.

W452 (no reason where one is due) and W455 (a hundred times the target) are told by what stands beside the points; the codes of units that
are open or faulty by their notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from perfdsl.batch.asked import Asked
from perfdsl.batch.block import Flags
from perfdsl.batch.reading.chunk import Chunk
from perfdsl.batch.scores import Item, Scores
from perfdsl.batch.words import LEAST, MOST, WHOLE


def warned(scores: Scores, chunk: Chunk, asked: Asked, is_brief: bool) -> tuple[tuple[str, int], ...]:
    """*is_brief*: nothing is known beside the points, so that reasons and distances are not counted."""
    found = Counter(code for note in scores.notes.values() for code in note.codes)
    for item, names, single in zip(scores.items, asked.reasons, asked.is_single, strict=True):
        if not is_brief:
            found["W452"] += int(np.count_nonzero(item.reason_due & ~_explained(chunk, names, len(item.reason_due))))
            found["W455"] += _far(item) if single else 0
    return tuple(sorted((code, times) for code, times in found.items() if times))


def _far(item: Item) -> int:
    size = np.abs(item.deviation.astype(np.int64) + WHOLE)
    return int(np.count_nonzero(item.deviates & (size > 0) & ((size <= LEAST) | (size >= MOST))))


def _explained(chunk: Chunk, names: Sequence[str], size: int) -> Flags:
    if chunk.facts is not None:
        return np.array([any(facts.of(name).reason for name in names) for facts in chunk.facts], bool)
    reasons: Mapping[str, Flags] = chunk.block.reasons
    made = np.zeros(size, bool)
    for name in names:
        if name in reasons:
            made |= reasons[name]
    return made
