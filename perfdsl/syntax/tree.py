"""What was written: one class a clause, in the order of the file; headings hold what stands under them."""

from __future__ import annotations

from perfdsl.quantity import Quantity
from perfdsl.record import record
from perfdsl.source import Span

# ---- expressions


@record
class Literal:
    """A number with or without a unit."""

    value: Quantity
    span: Span


@record
class DateLiteral:
    """A date as written: `2023-12-31`, `12月底` (of the ruleset's year)."""

    text: str
    span: Span


@record
class Word:
    """A name, or words in quotes; `text` is without the quotes."""

    text: str
    quoted: bool
    span: Span


@record
class Call:
    """A function of the language applied to arguments: `最小（甲，乙）`."""

    function: Word
    arguments: tuple[Argument, ...]
    span: Span


@record
class Argument:
    """An argument; `name` is empty where it goes by its place."""

    name: str
    value: Expr
    span: Span


@record
class Binary:
    """op is one of + − × ÷."""

    op: str
    left: Expr
    right: Expr
    span: Span


@record
class Compare:
    """`first` op `second`, and where three are chained, `second` op2 `third`."""

    sides: tuple[Expr, ...]
    ops: tuple[str, ...]
    span: Span


@record
class Junction:
    """Conditions joined by 且 or 或."""

    op: str
    parts: tuple[Condition, ...]
    span: Span


Expr = Literal | DateLiteral | Word | Call | Binary
Condition = Compare | Junction

# ---- what a ruleset declares


@record
class Year:
    year: int
    span: Span


@record
class Version:
    text: str
    span: Span


@record
class Basis:
    """依据: the articles a block rests on."""

    texts: tuple[str, ...]
    span: Span


@record
class Note:
    texts: tuple[str, ...]
    span: Span


@record
class Quote:
    """引用: a library ruleset whose methods may be used."""

    name: Word
    year: int | None
    span: Span


@record
class Extends:
    """沿用: the ruleset that this one starts from."""

    name: Word
    year: int | None
    span: Span


@record
class DeclaredTotal:
    value: Literal
    span: Span


@record
class Accept:
    """接受 分值合计: a sum of weights other than the declared total is meant."""

    value: Literal
    span: Span


@record
class GradeBasis:
    """等级依据; `unrounded` for 取舍前总分."""

    unrounded: bool
    span: Span


@record
class GradeLine:
    name: Word
    op: str
    bound: Literal
    span: Span


@record
class RoundingOf:
    """取舍; `places` None for 不取舍; `mode` is the name of the keyword's terminal."""

    items: bool
    places: int | None
    mode: str
    span: Span


@record
class NotApplicablePolicy:
    """不适用; `policy` is the name of the keyword's terminal."""

    policy: str
    span: Span


@record
class ReasonDueWhen:
    """偏差 … 须说明原因; `threshold` None for 未得满分."""

    threshold: Literal | None
    inclusive: bool
    span: Span


# ---- what an indicator declares


@record
class Weight:
    value: Literal
    span: Span


@record
class TargetBound:
    """目标; `op` is empty where no direction was written (20家)."""

    op: str
    value: Expr
    span: Span


@record
class TargetDate:
    day: DateLiteral
    span: Span


@record
class TargetWords:
    words: Word
    span: Span


Target = TargetBound | TargetDate | TargetWords


@record
class ScoredBy:
    method: Word
    arguments: tuple[Argument, ...]
    span: Span


@record
class Combine:
    """合成; `combiner` is the name of the keyword's terminal."""

    combiner: str
    span: Span


@record
class ActualIs:
    value: Expr
    span: Span


# ---- how a score comes about


@record
class LetIs:
    name: Word
    value: Expr
    span: Span


@record
class Gives:
    """得: the points."""

    value: Expr
    span: Span


@record
class RangeBound:
    """An end of an interval; `included` None where it was not said."""

    value: Expr
    included: bool | None
    span: Span


@record
class Judge:
    """评分: an officer's score in an interval."""

    low: RangeBound
    high: RangeBound
    reason_due: bool
    span: Span


Result = Gives | Judge


@record
class When:
    condition: Condition
    result: Result | Target
    span: Span


@record
class Otherwise:
    result: Result
    span: Span


@record
class RowCompared:
    """A band open on one side: `≥ 90% 得 5分`."""

    op: str
    value: Expr
    result: Result
    span: Span


@record
class RowBetween:
    """A band: `80%（含）至 90%（不含） 得 4分`."""

    low: RangeBound
    high: RangeBound
    result: Result
    span: Span


@record
class RowExact:
    """A point: an anchor of 插值, or a band of one value."""

    value: Expr
    result: Result
    span: Span


@record
class Along:
    """按 … 分档 or 插值: what the rows below compare."""

    subject: Expr
    interpolate: bool
    span: Span


@record
class Tier:
    """定性: a verdict and the interval of its score."""

    verdict: Word
    judge: Judge
    span: Span


@record
class Step:
    """每…扣/加; `kind` is the name of the keyword's terminal, `counted` the datum that is counted."""

    kind: str
    size: Literal
    counted: Word | None
    deducts: bool
    points: Expr
    span: Span


@record
class Exhaust:
    """扣完为止."""

    span: Span


@record
class PartStep:
    """不足一步; `rounding` is the name of the keyword's terminal."""

    rounding: str
    span: Span


@record
class StepLimit:
    """最多扣 / 最多加."""

    deducts: bool
    points: Expr
    span: Span


@record
class Limit:
    """最低得 / 最高得."""

    lowest: bool
    points: Expr
    span: Span


@record
class Reason:
    """须说明理由, of the judgement above it."""

    span: Span


# ---- tests


@record
class GivenValue:
    name: Word
    value: Expr
    span: Span


@record
class ExpectScore:
    name: Word
    value: Expr
    span: Span


@record
class ExpectTotal:
    value: Expr
    span: Span


@record
class ExpectGrade:
    name: Word
    span: Span


# ---- headings


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
    """一级 二级 三级指标; level 3 is an indicator."""

    level: int
    name: Word
    weight: Literal | None
    span: Span


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
class Edit:
    """修改 删除 新增: `verb` and `kind` are names of terminals; `into` names the group a new indicator joins,
    `heading` is the new heading of a datum or a method."""

    verb: str
    kind: str
    name: Word
    weight: Literal | None
    into: Word | None
    heading: DataHead | MethodHead | None
    span: Span


Head = RulesetHead | MethodHead | DataHead | GroupHead | PartHead | TestHead | Edit
Clause = (
    Head | Year | Version | Basis | Note | Quote | Extends | DeclaredTotal | Accept | GradeBasis | GradeLine | RoundingOf
    | NotApplicablePolicy | ReasonDueWhen | Weight | TargetBound | TargetDate | TargetWords | ScoredBy | Combine | ActualIs
    | LetIs | When | Otherwise | RowCompared | RowBetween | RowExact | Along | Tier | Judge | Step | Exhaust | PartStep
    | StepLimit | Limit | Reason | GivenValue | ExpectScore | ExpectTotal | ExpectGrade
)


@record
class Block:
    """A heading, the clauses that belong to it, and the blocks under it."""

    head: Head
    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]

    @property
    def span(self) -> Span:
        return self.head.span
