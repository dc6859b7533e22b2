"""Scores as a table: a row for each unit, the columns under the names of the ruleset."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.arrays import as_arrow, bits, decimals, texts_of
from perfdsl.batch.block import Block, Integers
from perfdsl.batch.engine import Engine
from perfdsl.batch.reading.about import NO_YEAR
from perfdsl.batch.scores import Item, Scores
from perfdsl.batch.shape import LEAST_BOUNDLESS, Shape, basis
from perfdsl.batch.words import BARRED, STANDING_WORDS, STATUS_WORDS
from perfdsl.plan.whole import Standing


def table(scores: Scores, names: Any, codes: Any, years: Integers, shape: Shape) -> Any:
    """A record batch with a row for each unit."""
    import pyarrow as pa

    columns: dict[str, Any] = {"单位": names, "单位代码": _texts(codes), "年度": as_arrow(years.astype(np.int32), years != NO_YEAR)}
    columns |= _whole(scores, shape)
    for name, item in zip(shape.names, scores.items, strict=True):
        columns |= _of_item(name, item, shape.brief)
    columns |= {name: _said(told.codes, told.texts).dictionary_decode() for name, told in zip(shape.told, scores.told, strict=bool(shape.told))}
    columns |= {name: words(np.zeros(len(years), np.int32), (text,)) for name, text in basis(shape).items()}
    return pa.RecordBatch.from_arrays([*columns.values()], [*columns])


def nothing(engine: Engine, shape: Shape) -> Any:
    """The table of no units."""
    import pyarrow as pa

    texts = pa.array([], pa.string())
    return table(engine(Block(0, {}, {}, {})), texts, texts, np.zeros(0, np.int64), shape)


def _texts(codes: Any) -> Any:
    """The same texts; null where one is empty."""
    import pyarrow as pa

    offsets, _ = texts_of(codes)
    given = np.diff(offsets) > 0
    if given.all():
        return codes
    _, starts, texts = codes.buffers()
    mask = bits(np.concatenate([np.zeros(codes.offset, bool), given]))
    return pa.Array.from_buffers(codes.type, len(codes), [mask, starts, texts], offset=codes.offset)


def _whole(scores: Scores, shape: Shape) -> dict[str, Any]:
    standing = scores.standing
    if not shape.grade_due:
        standing = np.where(standing == Standing.GRADED, Standing.FAULTY, standing)
    grade = scores.grade if shape.grade_due else np.full_like(scores.grade, -1)
    columns = {"总分": decimals(scores.total, scores.complete, scores.places), "等级": _grade_words(_grades(grade, standing, scores), scores, shape)}
    if shape.brief:
        return columns
    ends = {"总分下限": scores.low, "总分上限": scores.high}
    for name, end in ends.items():
        columns[name] = decimals(end, ~scores.complete & (np.abs(end) < LEAST_BOUNDLESS * 10**scores.places), scores.places)
    return {**columns, "状态": words(standing, STANDING_WORDS)}


def _grade_words(codes: Any, scores: Scores, shape: Shape) -> Any:
    """The grade, or the worst and the best that an open unit can have."""
    said = (*scores.grades, BARRED)
    ranges = {row: note.grades for row, note in scores.notes.items() if note.grades and shape.grade_due}
    numbers = {text: at for at, text in enumerate(dict.fromkeys(ranges.values()), len(said))}
    if ranges:
        codes = np.array(codes, np.int32)
        codes[[*ranges]] = [numbers[text] for text in ranges.values()]
    return words(codes, (*said, *numbers))


def _grades(grade: Any, standing: Any, scores: Scores) -> Any:
    return np.where(standing == Standing.BARRED, len(scores.grades), grade)


def _of_item(name: str, item: Item, brief: bool) -> dict[str, Any]:
    columns = {f"{name}.得分": decimals(item.points, item.has, item.places)}
    if brief:
        return columns
    return {
        **columns,
        f"{name}.失分": decimals(item.weight - item.points, item.has, item.places),
        f"{name}.状态": words(item.status, STATUS_WORDS),
        f"{name}.偏差（%）": decimals(item.deviation, item.deviates, 2),
        f"{name}.须说明原因": as_arrow(item.reason_due),
        f"{name}.适用条款": _said(item.clause, item.clauses),
    }


def words(codes: Any, texts: tuple[str, ...]) -> Any:
    """One of few texts for each row; null where the code is below 0."""
    import pyarrow as pa

    return _dictionary(codes, pa.array(texts, pa.string()))


def _said(codes: Any, texts: tuple[str, ...]) -> Any:
    """The text of each row; null where it is empty."""
    known: dict[str, int] = {}
    numbers = np.array([known.setdefault(text, len(known)) if text else -1 for text in texts], np.int32)
    return words(numbers[codes], tuple(known))


def _dictionary(codes: Any, texts: Any) -> Any:
    import pyarrow as pa

    indices = np.asarray(codes, np.int32)
    return pa.DictionaryArray.from_arrays(as_arrow(indices, indices >= 0), texts)
