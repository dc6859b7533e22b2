"""The total against a plain computation: groups with 满分 and 占, 取高 and 取低, 不适用, bonus, penalty, caps and grades."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from perfdsl.pipeline import check, evaluate, load_source
from perfdsl.source import Source

HEAD = """规则集 「随机」
  总分 100分
  取舍 每项得分 不取舍
  取舍 总分 不取舍
  不适用 {policy}
  等级依据 总分
  等级 优 ≥ 90分，等级 良 ≥ 60分，等级 差 < 60分
  总分 {top}
数据 违规（是、否）
当 违规 = 是，总分 不高于 {cap}分
当 违规 = 是，等级 不高于 良
"""

KINDS = ("加", "满分", "取高", "取低")
shapes = st.sampled_from([1, 2, 4]).flatmap(lambda n: st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from([[1], [1, 1], [1, 3]])), min_size=n, max_size=n))


def _weights(kind: str, parts: list[int], share: Fraction) -> list[Fraction]:
    whole = Fraction(60) if kind == "满分" else share
    return [whole if kind in ("取高", "取低") else whole * part / sum(parts) for part in parts]


def _written(shape: list[tuple[str, list[int]]], share: Fraction) -> str:
    """The groups as text; each counts *share*."""
    text = ""
    for at, (kind, parts) in enumerate(shape):
        more = {"加": "", "满分": "，满分 60分"}.get(kind, f"，合成 {kind}")
        text += f"一级指标 组{at} {share}分{more}\n"
        for number, weight in enumerate(_weights(kind, parts, share)):
            text += f"  三级指标 项{at}{number} {float(weight):g}分\n    否则 得 分值 × 实际值\n    最低得 0，最高得 分值\n    目标 ≥ 1\n"
    return text


def _reached(kind: str, weights: list[Fraction], shares: list[Fraction | None], whole: Fraction) -> tuple[Fraction, Fraction]:
    """Points and the weight that they stand for, counted in the total."""
    counted = [(w, s) for w, s in zip(weights, shares, strict=True) if s is not None]
    if not counted:
        return Fraction(0), Fraction(0)
    if kind in ("取高", "取低"):
        points = [w * s for w, s in counted]
        return (max if kind == "取高" else min)(points), whole
    scale = whole / 60 if kind == "满分" else Fraction(1)
    return sum((w * s * scale for w, s in counted), Fraction(0)), sum((w * scale for w, _ in counted), Fraction(0))


@given(shape=shapes, shares=st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=8, max_size=8),
       bonus=st.integers(0, 9), penalty=st.integers(0, 9), wrong=st.booleans(), capped=st.booleans())
def test_totals(shape: list[tuple[str, list[int]]], shares: list[int | None], bonus: int, penalty: int, wrong: bool, capped: bool) -> None:
    whole = Fraction(100, len(shape))
    ends = "加分项 加，最多加 5分\n  每出现1次加1分\n减分项 减，最多扣 6分\n  每出现1次扣2分\n"
    head = HEAD.format(policy="其余按比例折算", top="不高于 100分" if capped else "不封顶", cap=70)
    loaded = load_source(Source("随机.perf", head + _written(shape, whole) + ends))
    assert [d for d in check(loaded) if d.severity.value == "error"] == []

    given_: dict[str, str] = {"违规": "是" if wrong else "否", "加": f"{bonus}次", "减": f"{penalty}次"}
    taken = iter(shares)
    points, stands_for = Fraction(0), Fraction(0)
    for at, (kind, parts) in enumerate(shape):
        mine: list[Fraction | None] = []
        for number in range(len(parts)):
            share = next(taken)
            mine.append(None if share is None else Fraction(share, 10))
            given_[f"项{at}{number}"] = "不适用" if share is None else f"{share / 10:g}"
        got, applies = _reached(kind, _weights(kind, parts, whole), mine, whole)
        points, stands_for = points + got, stands_for + applies
    total = evaluate(loaded, given_).scorecards[0].total
    if stands_for == 0:
        assert total.score is None
        return
    wanted = points * 100 / stands_for + min(bonus, 5) - min(2 * penalty, 6)
    wanted = min(wanted, Fraction(100)) if capped else wanted
    wanted = min(wanted, Fraction(70)) if wrong else wanted
    assert total.score == wanted
    assert total.grade == ("优" if wanted >= 90 and not wrong else "良" if wanted >= 60 else "差")
