"""Scores as a table: a row for each unit, the columns under the names of the ruleset."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from perfdsl.batch.block import Block, Flags, Integers
from perfdsl.batch.engine import Engine
from perfdsl.batch.reading.about import NO_YEAR
from perfdsl.batch.scores import Item, Scores
from perfdsl.model.ruleset import Ruleset
from perfdsl.plan.whole import Standing
from perfdsl.record import record
from perfdsl.score.scorecard import BOUNDLESS

STATUS_WORDS = ("已计分", "未填", "不适用", "待评")
"""In the order of `scores.STATUSES`."""
STANDING_WORDS = ("已评定", "待定", "没有总分", "不得参评", "有错误")
"""In the order of `Standing`."""
_DIGITS = 18
"""Of a decimal column: what fits 64 bits."""
_BOUNDLESS = int(BOUNDLESS) // 10**6


@record
class Shape:
    """What the columns of a table of scores are: `names` of the items as headings, and what all rows share.

    `grade_due`: whether the ruleset is without errors; else no unit has a grade.
    """

    names: tuple[str, ...]
    brief: bool
    ruleset: str
    ruleset_year: int | None
    version: str
    digest: str
    grade_due: bool = True


def shape_of(ruleset: Ruleset, digest: str, brief: bool, grade_due: bool = True) -> Shape:
    return Shape(headings_of(ruleset), brief, ruleset.name, ruleset.year, ruleset.version, digest, grade_due)


def headings_of(ruleset: Ruleset) -> tuple[str, ...]:
    """The name of each item; its full name where two share one."""
    named = Counter(item.name for item in ruleset.indicators())
    return tuple(item.path if named[item.name] > 1 else item.name for item in ruleset.indicators())


def table(scores: Scores, names: Any, codes: Any, years: Integers, shape: Shape) -> Any:
    """A record batch with a row for each unit."""
    import pyarrow as pa

    columns: dict[str, Any] = {"单位": names, "单位代码": _texts(codes), "年度": pa.array(years.astype(np.int32), mask=years == NO_YEAR)}
    columns |= _whole(scores, shape)
    clauses = pa.array(scores.clauses, pa.string())
    for name, item in zip(shape.names, scores.items, strict=True):
        columns |= _of_item(name, item, clauses, shape.brief)
    columns |= _basis(shape, len(years))
    return pa.RecordBatch.from_arrays([*columns.values()], [*columns])


def nothing(engine: Engine, shape: Shape) -> Any:
    """The table of no units."""
    import pyarrow as pa

    texts = pa.array([], pa.string())
    return table(engine(Block(0, {}, {}, {})), texts, texts, np.zeros(0, np.int64), shape)


def _texts(codes: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.equal(codes, ""), pa.scalar(None, pa.string()), codes)


def _whole(scores: Scores, shape: Shape) -> dict[str, Any]:
    standing = scores.standing
    if not shape.grade_due:
        standing = np.where(standing == Standing.GRADED, Standing.FAULTY, standing)
    grade = np.where(standing == Standing.FAULTY, -1, scores.grade)
    columns = {"总分": decimals(scores.total, scores.complete, scores.places), "等级": words(_grades(grade, standing, scores), (*scores.grades, "不得参评"))}
    if shape.brief:
        return columns
    ends = {"总分下限": scores.low, "总分上限": scores.high}
    for name, end in ends.items():
        columns[name] = decimals(end, ~scores.complete & (np.abs(end) < _BOUNDLESS * 10**scores.places), scores.places)
    return {**columns, "状态": words(standing, STANDING_WORDS)}


def _grades(grade: Any, standing: Any, scores: Scores) -> Any:
    return np.where(standing == Standing.BARRED, len(scores.grades), grade)


def _of_item(name: str, item: Item, clauses: Any, brief: bool) -> dict[str, Any]:
    columns = {f"{name}.得分": decimals(item.points, item.has, item.places)}
    if brief:
        return columns
    return {
        **columns,
        f"{name}.失分": decimals(item.weight - item.points, item.has, item.places),
        f"{name}.状态": words(item.status, STATUS_WORDS),
        f"{name}.偏差（%）": decimals(item.deviation, item.deviates, 2),
        f"{name}.须说明原因": _flags(item.reason_due),
        f"{name}.适用条款": _dictionary(item.clause, clauses),
    }


def _basis(shape: Shape, n: int) -> dict[str, Any]:
    return {name: words(np.zeros(n, np.int32), (text,)) for name, text in basis(shape).items()}


def basis(shape: Shape) -> dict[str, str]:
    """The columns that say the same of every unit."""
    version = f"版本 {shape.version} " if shape.version else ""
    year = "" if shape.ruleset_year is None else str(shape.ruleset_year)
    whole = {"规则集": shape.ruleset, "规则集年度": year, "版本和摘要": f"{version}摘要 {shape.digest}"}
    return {name: text for name, text in whole.items() if not shape.brief or name == "版本和摘要"}


def decimals(units: Integers, has: Flags, places: int) -> Any:
    """Exact decimals of 64 bits; null where there is none."""
    import pyarrow as pa

    n = len(units)
    mask = None if has.all() else pa.py_buffer(np.packbits(has, bitorder="little"))
    values = pa.py_buffer(np.ascontiguousarray(units, np.int64))
    return pa.Array.from_buffers(pa.decimal64(_DIGITS, places), n, [mask, values])


def words(codes: Any, texts: tuple[str, ...]) -> Any:
    """One of few texts for each row; null where the code is below 0."""
    import pyarrow as pa

    return _dictionary(codes, pa.array(texts, pa.string()))


def _dictionary(codes: Any, texts: Any) -> Any:
    import pyarrow as pa

    indices = np.asarray(codes, np.int32)
    mask = indices < 0
    return pa.DictionaryArray.from_arrays(pa.array(indices, mask=mask if mask.any() else None), texts)


def _flags(flags: Flags) -> Any:
    import pyarrow as pa

    return pa.array(flags)
