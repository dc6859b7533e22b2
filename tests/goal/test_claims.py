"""Every region that is claimed is the one in which the exact interpreter reaches the aim."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from checking import card, check_need, surely
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdsl.data import read, read_mapping
from perfdsl.data.facts import NOTHING, Facts
from perfdsl.goal.aim import Aim, next_better
from perfdsl.goal.cells import asked_of
from perfdsl.goal.goals import Goals, goals
from perfdsl.goal.need import need
from perfdsl.goal.whole import Whole
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load, load_source
from perfdsl.record import changed
from perfdsl.source import Source

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted([*(ROOT / "rulesets").rglob("*.csv"), *(ROOT / "examples" / "lingling-2023").glob("*.csv")])


@cache
def _example(path: Path) -> tuple[Ruleset, Facts]:
    rules = path.with_suffix(".perf") if path.with_suffix(".perf").exists() else path.parent / "corrected.perf"
    ruleset = load(rules).ruleset
    assert ruleset is not None
    return ruleset, read(path, ruleset)[0][0]


def _aims(ruleset: Ruleset, facts: Facts) -> list[Aim]:
    now = Whole(ruleset, facts).now
    better = next_better(ruleset, now)
    return [*([better] if better else []), Aim((), now.low), Aim((), now.low + 1), Aim((), now.high - 3)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples(path: Path) -> None:
    ruleset, facts = _example(path)
    whole = Whole(ruleset, facts)
    done = 0
    for at, aim in enumerate(_aims(ruleset, facts)):
        for indicator in list(ruleset.indicators())[at::4]:
            for one in asked_of(whole, indicator):
                done += check_need(ruleset, facts, aim, need(whole, aim, one, (indicator,)))
    assert done > 3


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_with_holes(path: Path) -> None:
    """With two cells taken out: what is claimed holds whatever these turn out to be."""
    ruleset, facts = _example(path)
    given_ = [name for name, fact in facts.items.items() if fact is not NOTHING][::5]
    holes = changed(facts, items={name: fact for name, fact in facts.items.items() if name not in given_})
    whole = Whole(ruleset, holes)
    for aim in _aims(ruleset, holes)[:1]:
        for indicator in list(ruleset.indicators())[::5]:
            for one in asked_of(whole, indicator):
                check_need(ruleset, holes, aim, need(whole, aim, one, (indicator,)))


# ---- random rulesets

_RULES = (
    "当 实际值 ≥ 目标值 得 分值\n否则 得 分值 × 完成率\n最低得 0，最高得 分值",
    "≥ 90 得 分值\n60（含）至 90（不含） 得 分值 × 60%\n否则 得 0",
    "按 完成率 插值\n60% 得 0\n100% 得 分值",
    "每低于 {size} 扣 {points}分，不足一步 舍去，扣完为止",
    "每低于 {size} 扣 {points}分，不足一步 进一，最多扣 6分，扣完为止",
    "每超过 {size} 扣 {points}分，不足一步 按比例，扣完为止",
    "当 实际值 < 30，本项 不得分\n按 实际值 插值\n20 得 分值 × 10%\n70 得 分值\n110 得 分值 × 40%",
    "评分 0分（含）至 分值（不含） 由评审人填写",
    "当 甲.得分率 < 50% 得 0\n否则 得 分值 × 最小（1，乙 ÷ 丙）",
)
_EFFECTS = ("当 违规 = 是，总分 不高于 59分", "当 总分 ≥ 80分 且 乙 < 50，等级 不高于 良", "当 一级指标最低得分率 < 30%，等级 降一级",
            "当 乙 > 90，总分 得 61分", "当 丙 < 10，不得参评", "总分 不低于 20分")
_ROUNDINGS = ("保留2位 四舍五入", "保留1位 截断", "保留0位 四舍六入五成双", "不取舍")


@st.composite
def rulesets(draw: st.DrawFn) -> str:
    rules = ["按 实际值 插值\n0 得 0\n100 得 分值", *draw(st.lists(st.sampled_from(_RULES), min_size=1, max_size=3))]
    item, whole = draw(st.tuples(st.sampled_from(_ROUNDINGS), st.sampled_from(_ROUNDINGS)))
    effects = draw(st.lists(st.sampled_from(_EFFECTS), max_size=2, unique=True))
    policy = draw(st.sampled_from(["其余按比例折算", "得零分"]))
    weight = Fraction(100, len(rules))
    text = [f"规则集 「随机」，总分 100分，取舍 每项得分 {item}，取舍 总分 {whole}，不适用 {policy}，接受 分值合计 {len(rules) * int(weight)}分",
            f"等级依据 {draw(st.sampled_from(['总分', '取舍前总分']))}", "等级 优 ≥ 90分，等级 良 > 75分，等级 差 ≤ 75分",
            "数据 乙，数据 丙，数据 违规（是、否）", *effects]
    for at, rule in enumerate(rules):
        size, points = draw(st.tuples(st.integers(1, 9), st.integers(1, 5)))
        text.append(f"一级指标 组{at}，三级指标 {'甲丁戊己'[at]} {int(weight)}分，目标 ≥ 80\n" + rule.format(size=size, points=points))
    return "\n".join(text)


numbers = st.none() | st.integers(0, 120) | st.fractions(0, 120, max_denominator=10)


def _text(value: Fraction | int) -> str:
    return f"{float(value):g}"


@settings(max_examples=40)
@given(rulesets(), st.lists(numbers, min_size=6, max_size=6), st.sampled_from([None, "优", "良", 50, 88]), st.fractions(0, 1, max_denominator=97),
       st.sampled_from(["是", "否", ""]))
def test_random_rulesets(text: str, values: list[Fraction | int | None], reach: str | int | None, share: Fraction, wrong: str) -> None:
    ruleset = load_source(Source("随机.perf", text)).ruleset
    assert ruleset is not None, text
    given_ = {name: _text(v) for name, v in zip(("甲", "丁", "戊", "己", "乙", "丙"), values, strict=True)
              if v is not None and name in {*ruleset.inputs()} | {p.rpartition("/")[2] for p in ruleset.inputs()}}
    facts = read_mapping({**given_, "违规": wrong}, ruleset)[0][0]
    whole = Whole(ruleset, facts)
    aim = _random_aim(ruleset, whole, reach)
    answer = goals(ruleset, facts, aim)
    for line in answer.lines:
        check_need(ruleset, facts, aim, line.need, share)
    _check_answer(ruleset, facts, answer)


def _random_aim(ruleset: Ruleset, whole: Whole, reach: str | int | None) -> Aim:
    from perfdsl.goal.aim import of_grade

    if isinstance(reach, int):
        return Aim((), Fraction(reach))
    found = of_grade(ruleset, reach) if reach else next_better(ruleset, whole.now)
    assert found is not None
    return found


def _check_answer(ruleset: Ruleset, facts: Facts, answer: Goals) -> None:
    """Bounds hold, and every combination reaches the aim."""
    assert answer.reached == surely(ruleset, facts, answer.aim, {})
    for line in answer.lines:
        if line.hold and line.hold.best:
            best = card(ruleset, facts, line.need.asked.given(line.hold.best.value)).total.high
            assert best == line.hold.best.high <= line.hold.most
            assert not line.hold.attained or best == line.hold.most
            for place in (Fraction(0), Fraction(50), Fraction(200)) if line.hold.decided and line.need.asked.domain and not line.need.asked.chosen else ():
                assert card(ruleset, facts, line.need.asked.given(place)).total.high <= line.hold.most
    for one in answer.together.found if answer.together else ():
        items = {path: fact for m in one.moves for path, fact in m.lever.asked.given(m.value).items()}
        assert surely(ruleset, facts, answer.aim, items)
        assert card(ruleset, facts, items).total.low == one.total
        for move in one.moves:
            assert not surely(ruleset, facts, answer.aim, {p: f for p, f in items.items() if p != move.lever.asked.path})
