"""Headings, and the blocks that they open."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax.tree.expressions import Expr, Literal, Word


@record
class RulesetHead:
    name: Word
    span: Span


@record
class ParameterWritten:
    name: Word
    default: Expr | None
    span: Span


@record
class MethodHead:
    name: Word
    parameters: tuple[ParameterWritten, ...]
    span: Span


@record
class DataHead:
    """数据; `kind` is the unit's symbol, `DATE_TYPE`, `TEXT_TYPE`, or empty."""

    name: Word
    kind: str
    options: tuple[Word, ...]
    span: Span


@record
class GroupHead:
    """一级 二级 三级指标; level 3 is an indicator; `into` names the heading it stands right under, where it is said."""

    level: int
    name: Word
    weight: Literal | None
    span: Span
    into: Word | None = None


@record
class PartHead:
    name: Word
    weight: Literal | None
    span: Span


@record
class TestHead:
    __test__ = False
    name: Word
    span: Span


@record
class OutsideHead:
    """加分项, 减分项: an item beside the declared total."""

    bonus: bool
    name: Word
    span: Span


@record
class ApplicationHead:
    """结果应用: a value that follows from the scores; `unit` is its symbol, or empty for points."""

    name: Word
    unit: str
    span: Span


@record
class Edit:
    """修改 删除 新增: `verb` and `kind` are names of terminals; `into` names the group a new indicator joins,
    `heading` is the new heading of a datum, a method or a 结果应用."""

    verb: str
    kind: str
    name: Word
    weight: Literal | None
    into: Word | None
    heading: DataHead | MethodHead | ApplicationHead | None
    span: Span


Head = RulesetHead | MethodHead | DataHead | GroupHead | OutsideHead | ApplicationHead | PartHead | TestHead | Edit
