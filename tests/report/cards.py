"""Scorecards built by hand: every state that a writer can meet."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.data.facts import Absent, Fact
from perfdsl.diagnostics import Cell, Diagnostic, Note, Severity
from perfdsl.model.kernel import Comparator, Number
from perfdsl.model.ruleset import (
    Accepted,
    Bound,
    Combiner,
    Expected,
    Indicator,
    Kind,
    NotApplicable,
    Part,
    Ruleset,
    Target,
)
from perfdsl.model.ruleset import Outcome as Words
from perfdsl.quantity import Quantity, Rounding, of
from perfdsl.score.scorecard import Outcome, PartOutcome, Row, Scorecard, Status, Total
from perfdsl.source import Source, Span
from perfdsl.units import PURE, UNITS

TEXT = """规则集 「部门整体支出绩效自评」
  年度 2023
  总分 100分
一级指标 产出指标 50分
一级指标 满意度指标 20分，目标 90%及以上
"""
SOURCE = Source("rules.perf", TEXT)


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(SOURCE, start, start + len(words))


HERE = span_of("规则集")


def quantity(number: str, unit: str = "") -> Quantity:
    return of(number, UNITS[unit] if unit else PURE)


def bound(number: str, unit: str = "") -> Bound:
    value = quantity(number, unit)
    return Bound(Comparator.GE, Number(value, HERE), value.unit, f"≥ {number}{unit}", HERE)


def words(text: str) -> Words:
    return Words(text, text, HERE)


def indicator(path: str, weight: str, parts: tuple[Part, ...] = ()) -> Indicator:
    levels = tuple(path.split("/"))
    return Indicator(levels[-1], path, levels, Fraction(weight), (), Expected(Kind.QUANTITY), None, None, parts,
                     Combiner.MEAN if parts else None, None, ("财预〔2020〕10号",), (), HERE)


def outcome(status: Status, score: str | None, weight: str, target: Target | None = None,
            actual: Quantity | str | None = None) -> Outcome:
    value = Fraction(score) if score is not None else None
    low, high = (value, value) if value is not None else (Fraction(0), Fraction(weight))
    wanted = target.value.value if isinstance(target, Bound) and isinstance(target.value, Number) else None
    return Outcome(status, value, low, high, target, wanted, actual, (), ())


def row(path: str, weight: str, score: str | None, target: Target | None = None, actual: Quantity | str | None = None,
        *, status: Status = Status.SCORED, fact: Fact | None = None, parts: tuple[PartOutcome, ...] = ()) -> Row:
    given = fact or Fact(actual if actual is not None else Absent.MISSING)
    result = outcome(status, score, weight, target, actual)
    rounded = None if score is None else Rounding(2).apply(Fraction(score))
    meant = indicator(path, weight, tuple(p.part for p in parts))
    return Row(meant, given, status, rounded, result.score, result.low, result.high, result, parts, None)


def part(path: str, number: str, actual: str | None) -> PartOutcome:
    meant = Part(path.rpartition("/")[2], path, None, (), Expected(Kind.QUANTITY), HERE)
    status = Status.SCORED if actual is not None else Status.MISSING
    value = quantity(actual, "个") if actual is not None else None
    score = None if value is None else str(15 * min(Fraction(1), value.shown / Fraction(number)))
    return PartOutcome(meant, Fact(value if value is not None else Absent.MISSING),
                       outcome(status, score, "15", bound(number, "个"), value))


def projects(done: Sequence[str | None] = ("30", "18", "16"), score: str | None = "14.5") -> Row:
    base = "产出指标/数量指标/招商项目/"
    wanted = (("新签约工业项目", "30"), ("新开工项目", "20"), ("新竣工投产项目", "16"))
    parts = tuple(part(base + name, number, actual) for (name, number), actual in zip(wanted, done, strict=True))
    return row(base[:-1], "15", score, status=Status.SCORED if score else Status.MISSING, parts=parts)


def tax(actual: str | None = "2.4", score: str | None = "12", reason: str = "") -> Row:
    value = quantity(actual, "亿元") if actual else None
    fact = Fact(value, f"{actual}亿元", claimed=Fraction(15), reason=reason) if value else Fact(Absent.MISSING)
    status = Status.SCORED if score else Status.MISSING
    return row("产出指标/数量指标/税收", "15", score, bound("3", "亿元"), value, status=status, fact=fact)


def others() -> list[Row]:
    """The rows that are alike in most cards; budget execution stands last, as a ruleset may have it."""
    return [
        row("产出指标/数量指标/新入统规模企业", "20", "20", bound("20", "家"), quantity("20", "家")),
        row("效益指标/经济效益指标/企业收入相应增加", "10", "10", words("增加"), "增加"),
        row("效益指标/社会效益指标/提供就业岗位", "10", "10", bound("1500", "个"), quantity("1660", "个")),
        row("效益指标/可持续影响指标/本部门可持续正常运转", "5", "5", words("持续正常运转"), "持续正常运转"),
        row("满意度指标/服务对象满意度指标/企业满意度", "10", "10", bound("90", "%"), quantity("95", "%")),
        row("预算执行/预算执行率", "10", "10", bound("100", "%"), quantity("100", "%")),
    ]


def ecology() -> Row:
    return row("效益指标/生态效益指标/生态环境保护程度", "5", "5", bound("98"), quantity("98"))


def ruleset(declared: str = "100", accepted: str | None = None, places: int | None = 2) -> Ruleset:
    rounding = Rounding(places)
    allowed = Accepted(Fraction(accepted), HERE) if accepted else None
    return Ruleset("部门整体支出绩效自评", 2023, "1", ("财预〔2020〕10号",), (), Fraction(declared), rounding, rounding,
                   True, (), NotApplicable.SCALE_ALL, (), allowed, (), (), (), (), (), HERE)


def card(rows: Sequence[Row], unit: str = "零陵产业开发区管理委员会", *, grade: str | None = "优",
         rules: Ruleset | None = None, grades: tuple[str, ...] = (), found: tuple[Diagnostic, ...] = ()) -> Scorecard:
    rules = rules or ruleset()
    weight = sum((r.indicator.weight for r in rows), Fraction(0))
    is_open = any(r.status in (Status.MISSING, Status.MANUAL) for r in rows)
    low, high = sum((r.low for r in rows), Fraction(0)), sum((r.high for r in rows), Fraction(0))
    score = None if is_open else sum((r.score or Fraction(0) for r in rows), Fraction(0))
    total = Total(weight, rules.declared_total, score, score, None if is_open else grade, low, high,
                  grades or ((grade,) if grade else ()), ())
    return Scorecard(rules, "ab12cd34ef567890", unit, tuple(rows), total, found)


ADDS_UP = Diagnostic("E201", "一级指标的分值合计为 110，声明的总分是 100", span_of("总分 100分"),
                     "一级指标 满意度指标 10分",
                     (Note("这里的分值比国家标准多 10分", span_of("满意度指标 20分")),))
UNREAD = Diagnostic("E402", "读不懂「约3亿」", Cell("自评表.xlsx", "D7", "Sheet1", 7, 4), "填写确数，例如 3亿元")
HIGH = Diagnostic("W402", "年度不同", None, severity=Severity.WARNING)


def scored() -> Scorecard:
    reason = "受市场下行影响，部分规上企业停产减产，税收同比下降"
    return card([tax(reason=reason), projects(), *others(), ecology()])


def over_declared() -> Scorecard:
    rows = [tax("3.6", "15"), projects(("30", "20", "16"), "15"), *others(), ecology(),
            row("满意度指标/服务对象满意度指标/群众满意度", "10", "10", bound("90", "%"), quantity("95", "%"))]
    return card(rows, grade=None, rules=ruleset(accepted="110"), found=(ADDS_UP, UNREAD))


def waiting() -> Scorecard:
    """Something missing, something that does not apply, something for the officer to score."""
    rows = [tax(None, None), projects(("30", None, "16"), None), *others(),
            row("效益指标/生态效益指标/生态环境保护程度", "5", None, bound("98"), None, status=Status.NOT_APPLICABLE,
                fact=Fact(Absent.NOT_APPLICABLE, "不适用")),
            row("效益指标/社会效益指标/营商环境改善程度", "5", None, words("明显改善"), "有所改善",
                status=Status.MANUAL)]
    return card(rows, grades=("中", "良", "优"))


def hostile() -> Scorecard:
    """A user's text that each format must not take for its own marks."""
    bad = row("产出|指标/<b>二级</b>/=HYPERLINK(1)", "10", "4", words("a|b\n<script>"), "-x|\\",
              fact=Fact("-x", "-x", reason="@SUM(A1)\n第二行 & <i>"))
    return card([bad], "=单位<script>alert(1)</script>", grade="差")


def many() -> list[Scorecard]:
    short = card([tax("1.5", "7.5"), projects(), *others(), ecology()], "甲街道办事处", grade="良")
    return [short, scored(), waiting(), card([tax(), projects(), *others(), ecology()], "乙镇人民政府")]
