"""The answers of `perfdsl goal` in an officer's words; shared by its writers."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.goal.combination import Combination
from perfdsl.goal.effort import MEASURE
from perfdsl.goal.goals import Goals, Line, Missing
from perfdsl.goal.hold import Hold
from perfdsl.goal.need import At, Need
from perfdsl.goal.together import Together
from perfdsl.goal.words import region_text
from perfdsl.model.ruleset import Ruleset
from perfdsl.quantity import Rounding, decimal_text, percent_text
from perfdsl.score.scorecard import is_boundless

_TWO = Rounding(2)
_MOST_REGIONS = 3
_ANY = ("填多少都行", "哪一天都行")


def total_text(ruleset: Ruleset, value: Fraction) -> str:
    return (ruleset.total_rounding or _TWO).text(value)


def points_text(ruleset: Ruleset, value: Fraction) -> str:
    return (ruleset.item_rounding or _TWO).text(value)


def now_text(goals: Goals) -> str:
    now = goals.now
    total = total_text(goals.ruleset, now.low)
    if now.low != now.high:
        total = f"{total}～{'不封顶' if is_boundless(now.high) else total_text(goals.ruleset, now.high)}"
    grades = " 至 ".join(dict.fromkeys((now.grades[0], now.grades[-1]))) if now.grades and now.barred is not True else ""
    return f"现在总分 {total}" + (f"，等级 {grades}" if grades else "")


def heading(goals: Goals) -> str:
    if goals.reached:
        return f"{now_text(goals)}：已达到{goals.aim.text}。下面是其他各项不变时，每一项保持在什么范围内仍能达到。"
    return f"{now_text(goals)}。要达到{goals.aim.text}，其他各项不变时，每一项要做到："


def name_text(need: Need) -> str:
    """The unknown, with the indicators that it counts in where it is not theirs alone by name."""
    return need.asked.name + (f"（完成值为「{need.asked.word}」时）" if need.asked.word is not None else "")


def where_text(need: Need, *, maybe: bool = False) -> str:
    """The values with which the aim is reached."""
    regions, words = (need.maybe_regions, need.maybe_words) if maybe else (need.regions, need.words)
    if words:
        return "填" + "、".join(f"「{w}」" for w in words)
    shown = [region_text(need.asked, r) for r in regions[:_MOST_REGIONS]]
    more = len(regions) - len(shown)
    return "，或 ".join(shown) + (f"（等 {len(regions)} 段）" if more else "")


def is_free(need: Need) -> bool:
    """Whether a number that is known changes nothing: any value will do, as far as that is told."""
    regions = need.regions or need.maybe_regions
    return need.asked.now is not None and len(regions) == 1 and region_text(need.asked, regions[0]) in _ANY


def free(lines: list[Line]) -> list[str]:
    """The names of these in one sentence, those that wait for what is missing in another."""
    sure = [name_text(line.need) for line in lines if line.need.possible]
    open_ones = [name_text(line.need) for line in lines if not line.need.possible]
    said = [(sure, "不论是多少，都能达到"), (open_ones, "不论是多少，能不能达到都要看未填的")]
    return ["、".join(f"「{name}」" for name in names) + what + "。" for names, what in said if names]


def now_value(need: Need) -> str:
    return "未填" if need.asked.now is None else need.asked.text(need.asked.now)


def gives(ruleset: Ruleset, at: At) -> str:
    """得 14.20分，总分 90.00，等级 优"""
    low, high = at.points
    points = points_text(ruleset, low) if low == high else "待定"
    grades = f"，等级 {' 或 '.join(at.grades)}" if at.grades else ""
    return f"得 {points}分，总分 {_range(ruleset, at)}{grades}"


def _range(ruleset: Ruleset, at: At) -> str:
    return total_text(ruleset, at.low) if at.low == at.high else f"{total_text(ruleset, at.low)}～{total_text(ruleset, at.high)}"


# ---- what cannot be


def impossible(goals: Goals, line: Line) -> str:
    """The proof that an unknown alone is not enough."""
    hold = line.hold
    if hold is None or hold.best is None:
        return _undecided(line)
    total = f"总分{'最多' if hold.attained else '不超过'} {total_text(goals.ruleset, hold.most)}"
    says = f"本项最多得 {_best(goals, hold.best)}分{'（满分）' if hold.full else ''}，{total}{_short(goals, hold)}{_held(hold)}"
    rest = f"；其余失分最多的：{_losing(goals, hold)}" if hold.others else ""
    return f"{'不可能' if hold.decided else '不能断定，已知'}：{says}{rest}"


def held(goals: Goals, line: Line) -> tuple[str, str, str, str]:
    """The same in cells: the most of the item, the most of the total, the grade, and what else there is to say."""
    hold = line.hold
    if hold is None or hold.best is None:
        return "", "", "", _undecided(line)
    notes = [*(() if hold.decided else ("不能断定",)), *(("满分",) if hold.full else ()), *(() if hold.attained else ("总分达不到这么多",)),
             *(f"「{text}」管住了" for text in hold.effects)]
    grades = " 或 ".join(hold.best.grades) or "没有等级"
    return _best(goals, hold.best), total_text(goals.ruleset, hold.most), grades, "；".join(notes)


def _undecided(line: Line) -> str:
    return "不能断定：" + "；".join(dict.fromkeys(why for _, why in line.need.undecided))


def _best(goals: Goals, best: At) -> str:
    low, high = best.points
    points = points_text(goals.ruleset, high)
    return points if low == high else f"{points_text(goals.ruleset, low)}～{points}"


def _short(goals: Goals, hold: Hold) -> str:
    aim = goals.aim.points
    if aim is not None:
        return f" ＜ {decimal_text(aim)}，差 {total_text(goals.ruleset, aim - hold.most)}分"
    grades = hold.best.grades if hold.best else ()
    return f"，等级 {' 或 '.join(grades)}" if grades else "，没有等级"


def _held(hold: Hold) -> str:
    return "".join(f"；「{text}」管住了" for text in hold.effects)


def _losing(goals: Goals, hold: Hold) -> str:
    return "、".join(f"{indicator.name} {points_text(goals.ruleset, lost)}分" for indicator, lost in hold.others)


# ---- several together, and what is missing


def combination_text(ruleset: Ruleset, one: Combination) -> str:
    moves = "，".join(f"{m.lever.asked.name}{_with_word(m.lever.asked.word)} 做到 {m.lever.asked.text(m.value)}"
                     f"（现为 {_now(m.lever.asked.now, m.lever.asked.text)}，得 {points_text(ruleset, m.points)}分）" for m in one.moves)
    grade = f"，等级 {' 或 '.join(one.grades)}" if one.grades else ""
    return f"{moves}：总分 {total_text(ruleset, one.total)}{grade}；变动幅度合计 {percent_text(one.effort)}"


def _with_word(word: str | None) -> str:
    return "" if word is None else f"（完成值为「{word}」）"


def _now(now: Fraction | str | None, text) -> str:  # type: ignore[no-untyped-def]  # text is the writer of one kind of value
    return "未填" if now is None else text(now)


def together_heading(ruleset: Ruleset, aim: str, found: Together) -> str:
    if found.size is None:
        return f"几项一起，每个指标只动一个数、都做到最好，总分是 {total_text(ruleset, found.best)}，仍达不到{aim}。"
    kind = "没有逐一比较，下面是试过的里面最省的" if found.cut else "最省的几种"
    return f"单独一项都不够，{'' if found.cut else '至少'}要 {found.size} 项一起，{kind}（{MEASURE}；每个指标只动一个数）："


def missing_text(ruleset: Ruleset, one: Missing) -> str:
    """What a missing value can still change, and what it must be."""
    found = one.spread
    name = name_text(one.need)
    total = f"总分在 {total_text(ruleset, found.low)} 到 {total_text(ruleset, found.high)} 之间"
    grades = f"，等级可能是 {'、'.join(found.grades)}" if found.grades else ""
    swing = f"与同一项里别的未填的合起来影响 {points_text(ruleset, one.swing)}分" if one.jointly else f"影响 {points_text(ruleset, one.swing)}分"
    return f"「{name}」{swing}：{total}{grades}；{_must(one.need)}"


def _must(need: Need) -> str:
    if need.possible:
        return f"{where_text(need)}，就能达到"
    if need.maybe:
        return f"{where_text(need, maybe=True)}，才有可能达到，还要看其余未填的"
    return "填什么都达不到"
