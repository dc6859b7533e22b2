"""The sentences that all writers of a diff share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.compare.result import Change, Diff, Given, Indicated, Peak, Regraded, Scores, Stretch
from perfdsl.quantity import decimal_text, terminates
from perfdsl.score.wording import minus

SAME = "意思相同"
_SIGNS = ("≥", "≤", "＜", "＞", "=", "任何值")
GRADED_ON = {True: "总分", False: "取舍前的总分"}


def points(value: Fraction) -> str:
    """Points with the decimals that they have; a fraction that has no end to six places."""
    return minus(decimal_text(value, 6))


def heading(diff: Diff) -> str:
    return f"{diff.old} → {diff.new}"


def verdict(diff: Diff) -> str:
    """The first line: how much differs."""
    if diff.same_digest:
        return f"{SAME}（摘要相同）。"
    if not diff.changes_points:
        return f"{SAME}：没有一处改变得分、总分或等级，只有名称、次序或说明不同。"
    kinds = [(kind, sum(one.kind == kind for one in diff.indicators)) for kind in ("新增", "删除", "改名", "移动", "修改")]
    counted = "，".join(f"{kind} {count} 项" for kind, count in kinds if count)
    return f"指标：{counted or '没有不同'}；其他规定 {len(diff.whole)} 处。"


def about(one: Indicated) -> str:
    """`改名 税收收入（原名 税收）`."""
    old = (one.old_path or "").rpartition("/")
    if one.kind == "改名":
        return f"改名 {one.name}（原名 {old[2]}）"
    if one.kind == "移动":
        return f"移动 {one.name}（原在 {old[0] or '最上一级'}）"
    return f"{one.kind} {one.name}"


def change(told: Change) -> str:
    return f"{told.what} {told.old} → {told.new}" + ("" if told.points else "（不影响得分）")


def changed(one: Indicated) -> list[str]:
    """Every aspect that was changed; of what was added or removed, all that is said of it."""
    if one.kind in ("新增", "删除"):
        return [f"{told.what} {told.new if one.kind == '新增' else told.old}" for told in one.changes]
    return list(map(change, one.changes))


def changes(one: Indicated) -> str:
    return "；".join(changed(one))


def consequences(one: Indicated) -> Iterator[str]:
    """One sentence for every stretch, and what is not certain."""
    yield from map(stretch, one.stretches)
    if one.old_path is None or one.new_path is None:
        return
    if not one.stretches and any(c.points for c in one.changes):
        yield "怎样填都同样得分" if one.certain else "没有判定：试过的值里没有见到得分不同的，别的组合可能不同"
    if one.tried:
        yield f"（得分由几个值一起决定：一个变化时，其余取下面的值，只列差得最多的；别的组合没有判定{_tried(one)}）"


def _tried(one: Indicated) -> str:
    return "".join(f"；{name}：{texts}" for name, texts in one.tried)


def stretch(found: Stretch) -> str:
    """`完成 0亿元（不含）至 3.3亿元（不含）：最多少得 1.36 分（3亿元：15 分 → 13.64 分）`."""
    at = f"{found.vary} {found.text}" if found.vary else ""
    head = "，".join(filter(None, [given(found.given), at]))
    said = [*_worse(found), *_better(found), *([found.kind] if found.kind else []), *([f"没有判定：{found.undecided}"] if found.undecided else [])]
    return f"{head}：{'；'.join(said)}" if said else f"{head}：得分不同"


def given(cells: Given) -> str:
    """`地区 = 「西部」，评价基准日 ≥ 2024-07-01`."""
    return "，".join(f"{name} {value}" if _is_region(value) else f"{name} = {value}" for name, value in cells)


def _is_region(value: str) -> bool:
    return value.startswith(_SIGNS) or (not value.startswith("「") and "）至 " in value)


def _worse(found: Stretch) -> Iterator[str]:
    yield from _extreme("少得", found.loss, found.worst)


def _better(found: Stretch) -> Iterator[str]:
    yield from _extreme("多得", found.gain, found.best)


def _extreme(verb: str, rounded: Scores | None, peak: Peak | None) -> Iterator[str]:
    """The peak before rounding with the scores there; where rounding makes more of it elsewhere, that, too."""
    there = peak.scores.change if peak else None
    if peak and peak.reached and there and (there > 0) == (peak.change > 0):
        yield f"最多{verb} {points(abs(there))} 分{_witness(peak.scores)}"
        if rounded and rounded.change and abs(rounded.change) > abs(there):
            yield f"因取舍最多可{verb} {points(abs(rounded.change))} 分{_witness(rounded)}"
    elif rounded and rounded.change:
        yield f"最多{verb} {points(abs(rounded.change))} 分{_witness(rounded)}"
    elif peak:
        near = "" if peak.reached else "接近 "
        inexact = "" if terminates(peak.change) else "约 "
        yield f"取舍前最多{verb} {near}{inexact}{points(abs(peak.change))} 分{_witness(peak.scores)}"


def _witness(scores: Scores) -> str:
    if scores.old is None or scores.new is None:
        return ""
    at = f"{scores.at}：" if scores.at else ""
    return f"（{at}{points(scores.old)} 分 → {points(scores.new)} 分）"


def regraded(diff: Diff, one: Regraded) -> str:
    """`总分 80分（含）至 85分（不含）：良 → 中`."""
    at = one.region.text(lambda x: f"{decimal_text(x, 6)}分")
    what = f"没有判定：{one.undecided}" if one.undecided else f"{_grades(one.old)} → {_grades(one.new)}"
    return f"{GRADED_ON[diff.on_rounded]} {at}：{what}"


def _grades(names: tuple[str, ...]) -> str:
    return "或".join(names) or "没有等级"
