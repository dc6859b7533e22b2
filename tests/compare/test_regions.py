"""Every region that is claimed: the interpreter gives different points inside it and the same outside; no value does worse than the largest loss."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from edited_rulesets import ruleset_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perfdsl.compare.diff import diff
from perfdsl.compare.result import Indicated, Stretch
from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Ruleset
from perfdsl.prove.region import contains, inside
from perfdsl.prove.scores import exactly, scored
from perfdsl.prove.unknown import Unknown, Unknowns

HEAD = """规则集 「随机」，年度 2024，总分 10分，不适用 其余按比例折算，取舍 每项得分 保留{places}位 {mode}，取舍 总分 不取舍
引用 「标准计分方法」
三级指标 项 10分，目标 {target}
"""
STEADY = settings(max_examples=60, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
                  suppress_health_check=list(HealthCheck))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule that more or fewer, in whole or in part, scores differently."""
    n = st.integers(1, 20)
    bands = sorted(draw(st.sets(st.integers(1, 30), min_size=1, max_size=3)), reverse=True)
    return draw(st.sampled_from([
        "计分 正向比率", "计分 反向比率", "计分 反向线性", "计分 达标得分",
        f"每低于 {draw(n)}% 扣 {draw(n)}分，不足一步 {draw(st.sampled_from(['舍去', '按比例', '进一']))}，扣完为止",
        f"按 完成率 插值\n{draw(st.integers(1, 50))}% 得 {draw(st.integers(0, 5))}\n{draw(st.integers(60, 120))}% 得 分值",
        "\n".join([*(f"≥ {b}万元 得 {max(0, 10 - 2 * at)}分" for at, b in enumerate(bands)), f"否则 得 {draw(st.integers(0, 2))}分"]),
        f"当 实际值 ≥ 目标值 得 分值，否则 得 分值 × 完成率 × 完成率\n最低得 {draw(st.integers(0, 3))}",
    ]))


texts = st.builds(lambda target, places, mode, rule: HEAD.format(target=f"≥ {target}万元", places=places, mode=mode) + rule,
                  st.integers(5, 25), st.integers(0, 2), st.sampled_from(["四舍五入", "截断", "四舍六入五成双"]), rules())


def _score(ruleset: Ruleset, unknown: Unknown, x: Fraction) -> Fraction | None:
    return scored(ruleset, next(ruleset.indicators()), {unknown.path: Fact(unknown.value(x))}).row.score


def _places(stretch: Stretch, share: Fraction) -> list[Fraction]:
    """The ends, a place near to either side of them, one inside, one somewhere inside."""
    region = stretch.region
    assert region is not None
    ends = [end for end in (region.low, region.high) if end is not None]
    near = [end + step for end in ends for step in (Fraction(-1, 10**9), Fraction(0), Fraction(1, 10**9))]
    far = region.low + (region.high - region.low) * share if region.low is not None and region.high is not None else (region.low or 0) + 100 * share
    return [x for x in (*near, inside(region), far) if x >= 0]


@STEADY
@given(texts, texts, st.fractions(0, 1), st.lists(st.fractions(0, 60), min_size=8, max_size=8))
def test_the_regions_are_those_of_the_interpreter(first: str, second: str, share: Fraction, others: list[Fraction]) -> None:
    old, new = ruleset_of(first), ruleset_of(second)
    found = [one for one in diff(old, new).indicators if one.certain]
    stretches = [s for one in found for s in one.stretches]
    (unknown,) = Unknowns(new).of(next(new.indicators()))
    bare = exactly(old), exactly(new)
    for x in [x for s in stretches for x in _places(s, share)] + others:
        told = [s for s in stretches if s.region is not None and contains(s.region, x)]
        scores = [_score(ruleset, unknown, x) for ruleset in bare]
        assert len(told) <= 1
        assert bool(told) == (scores[0] != scores[1]), (x, scores, told)
        if told and told[0].kind == "" and not told[0].undecided:
            _within(told[0], old, new, unknown, x)


def _within(told: Stretch, old: Ruleset, new: Ruleset, unknown: Unknown, x: Fraction) -> None:
    """No value gains or loses more than is claimed."""
    before, after = _score(old, unknown, x), _score(new, unknown, x)
    assert before is not None
    assert after is not None
    least = told.loss.change if told.loss else Fraction(0)
    most = told.gain.change if told.gain else Fraction(0)
    assert least is not None
    assert most is not None
    assert least <= after - before <= most, (x, before, after, told)


@STEADY
@given(texts, texts)
def test_every_witness_has_the_scores_that_are_said(first: str, second: str) -> None:
    old, new = ruleset_of(first), ruleset_of(second)
    for one in diff(old, new).indicators:
        _witnessed(one, old, new)


def _witnessed(one: Indicated, old: Ruleset, new: Ruleset) -> None:
    (unknown,) = Unknowns(new).of(next(new.indicators()))
    for scores in [s for stretch in one.stretches for s in (stretch.loss, stretch.gain) if s is not None]:
        x = Fraction(scores.at.removesuffix("万元")) if "…" not in scores.at else None
        region = next(stretch.region for stretch in one.stretches if scores in (stretch.loss, stretch.gain))
        assert x is not None
        assert region is not None
        exact = (_score(old, unknown, x), _score(new, unknown, x))
        assert exact == (scores.old, scores.new)


def test_a_quadratic_and_a_line_cross_where_they_say() -> None:
    head = HEAD.format(target="≥ 10万元", places=2, mode="四舍五入")
    (one,) = diff(ruleset_of(head + "计分 正向比率"), ruleset_of(head + "当 实际值 ≥ 目标值 得 分值，否则 得 分值 × 完成率 × 完成率")).indicators
    stretch = next(s for s in one.stretches if s.region is not None and s.region.low is not None)

    assert stretch.region is not None
    assert (stretch.region.low, stretch.region.high) == (Fraction(0), Fraction(10))
    assert stretch.worst is not None
    assert (stretch.worst.change, stretch.worst.scores.at) == (Fraction(-5, 2), "5万元")


def test_a_thousand_indicators_are_compared(tmp_path: Path) -> None:
    def text(target: int) -> str:
        rows = "\n".join(f"三级指标 项{n} 1分，目标 ≥ {target if n % 100 == 0 else 10}个，计分 正向比率" for n in range(1000))
        return f"规则集 「大」，总分 1000分，取舍 每项得分 保留2位 四舍五入，取舍 总分 不取舍，不适用 得零分，引用 「标准计分方法」\n{rows}\n"

    assert len(diff(ruleset_of(text(10)), ruleset_of(text(12))).indicators) == 10
