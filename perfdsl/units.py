"""The closed list of units: how each is written, what it measures, what it is worth.

`grammar/` and the reader of cells take their UNIT from here, so a new unit is one entry.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from perfdsl.record import record

Dimension = tuple[tuple[str, int], ...]
"""What a quantity measures: base kinds with exponents, sorted; `()` is a pure number."""

_TABLE: dict[str, dict[str, int | Fraction]] = {
    "money": {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8, "万": 10**4, "亿": 10**8},
    "ratio": {"%": Fraction(1, 100), "百分比": Fraction(1, 100), "个百分点": Fraction(1, 100),
              "百分点": Fraction(1, 100), "‰": Fraction(1, 1000), "倍": 1},
    "score": {"分": 1},
    "person": {"人": 1, "万人": 10**4, "名": 1, "位": 1},
    "visit": {"人次": 1, "万人次": 10**4},
    "household": {"户": 1, "万户": 10**4},
    "area": {"平方米": 1, "㎡": 1, "万平方米": 10**4, "公顷": 10**4, "亩": Fraction(2000, 3),
             "万亩": Fraction(20000000, 3), "平方公里": 10**6},
    "length": {"米": 1, "公里": 1000, "千米": 1000},
    "mass": {"吨": 1000, "万吨": 10**7, "公斤": 1, "千克": 1},
    "volume": {"立方米": 1, "万立方米": 10**4},
    "day": {"天": 1, "日": 1},
    "workday": {"个工作日": 1, "工作日": 1},
    "month": {"个月": 1, "月": 1},
    "year": {"年": 1},
    "hour": {"小时": 1, "分钟": Fraction(1, 60)},
    "energy": {"千瓦时": 1, "万千瓦时": 10**4},
}
_COUNTED = ("个 家 项 件 起 例 处 条 场 场次 次 册 份 套 台 辆 座 所 期 篇 批 门 间 栋 名次 位次 头 只 株 棵 张 "
            "盏 部 支 宗 类 本 幅 块 村 乡镇 步 批次 班 节 届 轮 车次 床 棚 孔 眼 口 吨次 人日 人天 课时 学时 人月 岁").split()
_SCALED_COUNTS = {"万个": "个", "万册": "册", "万份": "份", "万次": "次", "万件": "件", "万株": "株", "万家": "家"}


@record
class Unit:
    """A unit as written, its kind, how many base units it is, and the dimension of that base."""

    symbol: str
    kind: str
    factor: Fraction
    dimension: Dimension


PURE = Unit("", "number", Fraction(1), ())


def _single(symbol: str, kind: str, factor: int | Fraction) -> Unit:
    pure = kind in ("ratio", "number")
    return Unit(symbol, kind, Fraction(factor), () if pure else ((kind, 1),))


UNITS: dict[str, Unit] = {
    **{s: _single(s, kind, f) for kind, row in _TABLE.items() for s, f in row.items()},
    **{s: _single(s, s, 1) for s in _COUNTED},
    **{s: _single(s, base, 10**4) for s, base in _SCALED_COUNTS.items()},
}

PERCENT, SCORE, DAY = UNITS["%"], UNITS["分"], UNITS["天"]
_NOT_BEFORE = {"年": "(?!度)", "分": "(?![值项档])", "月": "(?!底)", "个": "(?!百分点)", "百分比": "", "项": "(?!目)"}


_MEASURED = ("ratio", "number", "score", "money", "area", "length", "mass", "volume", "energy", "hour")
_TIMES = ("day", "workday", "month", "year")


def is_counted(unit: Unit) -> bool:
    """Whether *unit* counts whole things: 家, 人, 天."""
    return unit.kind not in _MEASURED and "/" not in unit.kind


def is_indivisible(unit: Unit) -> bool:
    """Whether a part of one has no meaning: half a 家; half a day has."""
    return is_counted(unit) and unit.kind not in _TIMES


def pattern() -> str:
    """The regular expression of one unit or of one per another (`万元/人`), longest first; `％` and `/` of either width."""
    longest_first = sorted((s for s in UNITS if s != "%"), key=len, reverse=True)
    one = "(?:[%％﹪]|" + "|".join(s + _NOT_BEFORE.get(s, "") for s in longest_first) + ")"
    return f"{one}(?:[/／]{one})?"


@cache
def unit_of(symbol: str) -> Unit | None:
    """The unit that *symbol* names, or None.  `万元/人` is 万元 per 人."""
    symbol = symbol.replace("％", "%").replace("﹪", "%").replace("／", "/")
    if symbol in UNITS:
        return UNITS[symbol]
    over, slash, under = symbol.partition("/")
    if slash and over in UNITS and under in UNITS:
        a, b = UNITS[over], UNITS[under]
        dimension = divided(a.dimension, b.dimension)
        return Unit(symbol, f"{a.kind}/{b.kind}", a.factor / b.factor, dimension)
    return None


def times(a: Dimension, b: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product (or, with sign −1, of a quotient)."""
    powers = dict(a)
    for kind, power in b:
        powers[kind] = powers.get(kind, 0) + sign * power
    return tuple(sorted((k, p) for k, p in powers.items() if p))


def divided(a: Dimension, b: Dimension) -> Dimension:
    return times(a, b, -1)


def unit_of_result(op: str, left: Unit | None, right: Unit | None) -> Unit:
    """The unit to show left op right in (op one of + − × ÷): that of the part which has one, where the dimension allows."""
    a, b = left or PURE, right or PURE
    if op in "+−":
        return b if a == PURE else a
    dimension = times(a.dimension, b.dimension, 1 if op == "×" else -1)
    if dimension == ():
        return a if a.symbol == b.symbol and op == "×" else PURE
    return next((unit for unit in (a, b) if unit.dimension == dimension), Unit("", "derived", Fraction(1), dimension))
