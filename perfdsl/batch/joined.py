"""Scores of several blocks under one another, and some rows of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from perfdsl.batch.block import Integers
from perfdsl.batch.one import Note
from perfdsl.batch.scores import Item, Scores, Told
from perfdsl.record import changed

_OF_ITEM = ("points", "has", "status", "weight", "clause", "deviation", "deviates", "reason_due")
_OF_ALL = ("total", "low", "high", "complete", "grade", "standing")


def joined(parts: Sequence[Scores]) -> Scores:
    """The units of *parts* in their order."""
    if len(parts) == 1:
        return parts[0]
    items = tuple(_item([part.items[at] for part in parts]) for at in range(len(parts[0].items)))
    return changed(_all(parts[0], lambda name: np.concatenate([getattr(part, name) for part in parts])),
                   items=items, notes=_notes(parts), told=tuple(_told([part.told[at] for part in parts]) for at, _ in enumerate(parts[0].told)),
                   apart=sum(part.apart for part in parts))


def _notes(parts: Sequence[Scores]) -> dict[int, Note]:
    made: dict[int, Note] = {}
    start = 0
    for part in parts:
        made |= {start + row: note for row, note in part.notes.items()}
        start += len(part.standing)
    return made


def _item(items: list[Item]) -> Item:
    whole: dict[str, Any] = {name: np.concatenate([getattr(item, name) for item in items]) for name in _OF_ITEM if name != "clause"}
    clause, clauses = _texts([(item.clause, item.clauses) for item in items])
    return changed(items[0], clause=clause, clauses=clauses, **whole)


def _told(columns: list[Told]) -> Told:
    return Told(*_texts([(column.codes, column.texts) for column in columns]))


def _texts(columns: list[tuple[Any, tuple[str, ...]]]) -> tuple[Any, tuple[str, ...]]:
    """Columns of numbers of texts under one another."""
    numbers = {text: at for at, text in enumerate(dict.fromkeys(text for _, texts in columns for text in texts))}
    return np.concatenate([np.array([numbers[text] for text in texts], np.int32)[codes] for codes, texts in columns]), tuple(numbers)


def taken(scores: Scores, rows: Integers) -> Scores:
    """Some of the units, in the order of *rows*."""
    items = tuple(changed(item, **{name: getattr(item, name)[rows] for name in _OF_ITEM}) for item in scores.items)
    notes = {new: scores.notes[old] for new, old in enumerate(rows.tolist()) if old in scores.notes}
    told = tuple(changed(column, codes=column.codes[rows]) for column in scores.told)
    return changed(_all(scores, lambda name: getattr(scores, name)[rows]), items=items, notes=notes, told=told)


def _all(scores: Scores, made: Callable[[str], Any]) -> Scores:
    return changed(scores, **{name: made(name) for name in _OF_ALL})
