"""Columns of words, days, marks and reasons."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np

from perfdsl.batch.block import Days, Flags, Marks, State, States, Words
from perfdsl.batch.reading.loose import missing_of
from perfdsl.batch.reading.meaning import Meaning, Meanings
from perfdsl.batch.reading.numbers import Read, counted
from perfdsl.batch.reading.texts import strings
from perfdsl.data.facts import Absent

_EPOCH = date(1970, 1, 1).toordinal()


def _asked(array: Any, meanings: Meanings) -> tuple[Any, list[Meaning]]:
    """For each row the number of its text, and what each text means; a null is an empty cell."""
    import pyarrow.compute as pc

    said = pc.dictionary_encode(strings(array), null_encoding="encode")
    texts = ["" if text is None and array.null_count else text for text in said.dictionary.to_pylist()]
    return said.indices.to_numpy(zero_copy_only=False), [meanings.of(text) for text in texts]


def _state(answers: list[Meaning]) -> States:
    return np.array([state_of(one) for one in answers], np.uint8)


def state_of(one: Meaning) -> State:
    if one.said is Absent.NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    return State.MISSING if isinstance(one.said, Absent) else State.GIVEN


def _read(column: Any, codes: Any, answers: list[Meaning]) -> Read:
    bad = np.array([one.is_fault for one in answers], bool)
    return Read(column, np.flatnonzero(bad[codes]) if bad.any() else np.zeros(0, np.int64), {}, counted(codes, answers))


def words(array: Any, meanings: Meanings) -> Read:
    codes, answers = _asked(array, meanings)
    said = [str(one.said) if state_of(one) is State.GIVEN else "" for one in answers]
    vocabulary = dict.fromkeys((*meanings.place.slot.expected.options, "", *sorted(set(said))))  # so that blocks have the same
    distinct = {word: at for at, word in enumerate(vocabulary)}
    numbered = np.array([distinct[word] for word in said], np.int32)
    state = _state(answers)[codes]
    return _read(Words(numbered[codes], tuple(distinct), state if state.any() else None), codes, answers)


def days(array: Any, meanings: Meanings) -> Read:
    import pyarrow as pa

    if pa.types.is_date32(array.type):
        missing = missing_of(array)
        ordinals = array.view(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64) + _EPOCH
        if not ((ordinals < 1) | (ordinals > date.max.toordinal())).any():
            state = np.where(missing, State.MISSING, State.GIVEN).astype(np.uint8)
            column = Days(np.where(missing, 0, ordinals), state if missing.any() else None)
            return Read(column, np.zeros(0, np.int64), {}, Counter())
    codes, answers = _asked(array, meanings)
    ordinals = np.array([one.said.toordinal() if isinstance(one.said, date) else 0 for one in answers], np.int64)
    state = _state(answers)[codes]
    return _read(Days(ordinals[codes], state if state.any() else None), codes, answers)


def marks(array: Any, meanings: Meanings) -> Read:
    """What a cell says where no value is read: 不适用, or nothing."""
    codes, answers = _asked(array, meanings)
    states = np.array([State.NOT_APPLICABLE if one.said is Absent.NOT_APPLICABLE else State.MISSING for one in answers], np.uint8)
    return _read(Marks(states[codes]), codes, answers)


def reasons(array: Any) -> Flags:
    """Where a reason stands."""
    import pyarrow.compute as pc

    from perfdsl.data.table import clean

    texts = strings(array)
    texts = texts.fill_null("") if texts.null_count else texts
    short = pc.utf8_trim_whitespace(texts)
    made: Flags = pc.not_equal(short, "").to_numpy(zero_copy_only=False).copy()
    odd = np.flatnonzero(pc.match_substring_regex(short, "[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]|^\\[bookmark:").to_numpy(zero_copy_only=False))
    for row in odd:
        made[row] = bool(clean(texts[int(row)].as_py()))
    return made
