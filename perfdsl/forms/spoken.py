"""Targets and actual values that are no plain number with a sign: dates, ranges, growth, ranks, Chinese numerals, none and all."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from fractions import Fraction

from perfdsl.forms.numerals import plain, tight
from perfdsl.quantity import decimal_text, parse_number
from perfdsl.record import record

_DAY = re.compile(r"(?:(?P<year>20\d\d)[年./-])?(?P<month>1[0-2]|0?[1-9])(?:月|[./-](?=\d))(?:(?P<day>[0-3]?\d)[日号]?|底|末|份)?"
                  r"(?P<before>之前|以前|前)?(?:已?(?:全部)?(?:完成|完工|竣工|拨付|支付|发放|验收))?")
_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?P<unit>[^\d~至±以及-]{0,6}?)"
_RANGE = re.compile(rf"(?P<low>{_NUMBER})(?P<own>%?)(?:-|~|至|—|–)(?P<high>{_NUMBER}){_UNIT}")
_AROUND = re.compile(rf"(?P<mid>{_NUMBER})(?P<own>[^\d±]{{0,3}})±(?P<by>{_NUMBER}){_UNIT}")
_GROWTH = re.compile(rf"(?:同比|比上年|较上年)?(?P<way>增长|提高|提升|增加|上升|下降|减少|降低|压减|节约|缩短)(?:率|了)?(?P<sign>≥|>=|>|不低于|不少于|达到|达)?"
                     rf"(?P<number>{_NUMBER})(?P<unit>%|个百分点)(?:及?以上|左右)?")
_RANK = re.compile(r"(?:全[省市县国区]|排名|位居|居|位列|进入)*(?:(?P<top>前)|第)(?P<number>\d+)[名位]?(?:以内)?")
_NONE = re.compile(r"(?:零|无|不发生|未发生|杜绝|没有)(?:重大|较大|安全|责任|生产)*(?:事故|投诉|差错|违规|上访|伤亡|死亡|事件|案件|舆情|故障)(?:发生)?")
_ALL = re.compile(r"(?:全面|全部|基本)?(?:全覆盖|应保尽保|应发尽发|应补尽补|应付尽付|足额(?:发放|到位|拨付)|全额(?:发放|到位|拨付))")
_AMOUNT = re.compile(rf"(?P<sign>≥|>=|>|≤|<=|<|=|不低于|不少于|至少|不超过|不高于)?(?P<number>{_NUMBER})(?P<scale>[万亿]?){_UNIT}(?P<limit>及?其?以[上下内])?")
_UP, _DOWN = ("≥", ">=", ">", "不低于", "不少于", "至少"), ("≤", "<=", "<", "不超过", "不高于")
_RISES = ("增长", "提高", "提升", "增加", "上升")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
_FAR = 2
_LONGEST = 30
_DIGIT_LIKE = str.maketrans("OoIl", "0011")
_MISREAD = re.compile(r"(?P<sign>[≥≤<>=]*)(?P<number>(?=[OoIl\d.]*\d)(?=[\d.]*[OoIl])[OoIl\d.]+|[OoIl](?=[OoIl]*%))(?P<unit>%|[\u4e00-\u9fff]{1,4})?")


@record
class Comparison:
    """Whether a target is reached; `share` is what part of it, None where that is no ratio; `how` the comparison in words."""

    met: bool
    share: Fraction | None
    how: str


def mended(text: str) -> str:
    """A number with letters read for digits (5O个, l0个) as it should stand; empty where there is none."""
    found = _MISREAD.fullmatch(tight(text))
    if found is None:
        return ""
    return f"{found['sign']}{found['number'].translate(_DIGIT_LIKE)}{found['unit'] or ''}"


def suspected(text: str) -> str:
    """290% as the ≥90% that it may have been; empty for any other text."""
    found = re.fullmatch(r"2(?P<rest>\d\d(?:\.\d+)?%)", plain(text))
    return f"≥{found['rest']}" if found else ""


def compared(target: str, actual: str, year: int | None = None, *, more: bool = True) -> Comparison | None:
    """The actual value against a target of one of these forms; None where either is none, or the outcome is not certain.

    Without *more* an amount without a sign is not compared: less may be meant.
    """
    wanted, done = plain(target), plain(actual)
    if len(wanted) > _LONGEST or len(done) > _LONGEST:
        return None
    found = _by_day(wanted, done, year)
    ways = (_by_range, _by_growth, _by_rank, _by_none, _by_all, *((_by_amount,) if more or not wanted[:1].isdecimal() else ()))
    return found or next((one for way in ways if (one := way(wanted, done)) is not None), None)


def _days(found: re.Match[str], year: int | None) -> tuple[date, date] | None:
    """The first and the last day that a date may mean."""
    in_year, month = int(found["year"] or year or 0), int(found["month"])
    if not in_year or not (found["year"] or "月" in found.group()):
        return None
    last = monthrange(in_year, month)[1]
    if not found["day"]:
        return date(in_year, month, 1), date(in_year, month, last)
    day = int(found["day"])
    return (date(in_year, month, day),) * 2 if 1 <= day <= last else None


def _by_day(target: str, actual: str, year: int | None) -> Comparison | None:
    a, b = _DAY.fullmatch(target), _DAY.fullmatch(actual)
    if a is None or b is None or target.endswith("个月"):
        return None
    wanted, done = _days(a, year or 2000), _days(b, int(a["year"] or 0) or year or 2000)
    if wanted is None or done is None or bool(b["year"]) > bool(a["year"] or year):
        return None
    if done[0] > wanted[1]:
        return Comparison(False, None, f"「{actual}」晚于「{target}」")
    return Comparison(True, None, "按期完成") if done[1] <= wanted[1] else None


def _number(text: str) -> tuple[Fraction, str] | None:
    """A bare amount and its unit, 万 and 亿 multiplied out."""
    found = _AMOUNT.fullmatch(text)
    value = parse_number(found["number"]) if found and not found["sign"] and not found["limit"] else None
    return None if found is None or value is None else (value * _SCALES[found["scale"]], found["unit"])


def _ratio(actual: Fraction, target: Fraction, unit: str) -> Comparison:
    share = actual / target if target > 0 else None
    return Comparison(actual >= target, share, f"{decimal_text(actual, 4)}{unit} ÷ {decimal_text(target, 4)}{unit}")


def _same(a: str, b: str) -> bool:
    return not a or not b or a == b


def _by_range(target: str, actual: str) -> Comparison | None:
    ends, done = _ends(target), _number(actual)
    if ends is None or done is None or not _same(ends[2], done[1]):
        return None
    low, high, unit = ends
    if done[0] < low:
        return _ratio(done[0], low, unit)
    how = f"「{actual}」{'在' if done[0] <= high else '超出'}「{target}」{'之内' if done[0] <= high else ''}"
    return Comparison(done[0] <= high, None, how)


def _ends(target: str) -> tuple[Fraction, Fraction, str] | None:
    if (found := _RANGE.fullmatch(target)) is not None:
        low, high, unit = Fraction(found["low"]), Fraction(found["high"]), found["unit"] or found["own"]
        return (low, high, unit) if low < high else None
    if (found := _AROUND.fullmatch(target)) is not None and _same(found["own"], found["unit"]):
        middle, by = Fraction(found["mid"]), Fraction(found["by"])
        return middle - by, middle + by, found["own"] or found["unit"]
    return None


def _by_growth(target: str, actual: str) -> Comparison | None:
    """A bare actual value far above the target may be the level and not its growth."""
    wanted, done, bare = _GROWTH.fullmatch(target), _GROWTH.fullmatch(actual), _number(actual)
    if wanted is None or (done is None and bare is None):
        return None
    if done is not None and (wanted["way"] in _RISES) != (done["way"] in _RISES):
        return Comparison(False, Fraction(0), f"「{actual}」与「{target}」相反")
    value, unit = (Fraction(done["number"]), done["unit"]) if done is not None else bare or (Fraction(0), "")
    aim = Fraction(wanted["number"])
    certain = unit in ("%", "个百分点") and (done is not None or value <= aim * _FAR)
    return _ratio(value, aim, unit) if certain else None


def _by_rank(target: str, actual: str) -> Comparison | None:
    wanted, done = _RANK.fullmatch(target), _RANK.fullmatch(actual)
    if wanted is None or done is None:
        return None
    met = int(done["number"]) <= int(wanted["number"])
    if met and done["top"] and not wanted["top"]:
        return Comparison(True, None, f"「{actual}」") if done["number"] == wanted["number"] else None
    return Comparison(met, None, f"「{actual}」{'不后于' if met else '后于'}「{target}」")


def _by_none(target: str, actual: str) -> Comparison | None:
    done = _number(actual) if _NONE.fullmatch(target) else None
    if done is None or done[1] == "%":
        return None
    return Comparison(not done[0], Fraction(int(not done[0])), f"目标为 0，{'没有发生' if not done[0] else '而已发生'}")


def _by_all(target: str, actual: str) -> Comparison | None:
    done = _number(actual) if _ALL.fullmatch(target) else None
    return _ratio(done[0], Fraction(100), "%") if done is not None and done[1] == "%" else None


def _by_amount(target: str, actual: str) -> Comparison | None:
    """Numerals and scales: 五十个, 1万卷; with units alike, and for targets of which more is better by their sign."""
    found, done = _AMOUNT.fullmatch(target), _number(actual)
    if found is None or done is None or not found["unit"] or found["unit"] != done[1]:
        return None
    value = Fraction(found["number"]) * _SCALES[found["scale"]]
    down = found["sign"] in _DOWN or (found["limit"] or "").endswith(("下", "内"))
    up = found["sign"] in _UP or (found["limit"] or "").endswith("上")
    if down:
        return Comparison(done[0] <= value, value / done[0] if done[0] > value else Fraction(1), f"{decimal_text(done[0], 4)} 与 {decimal_text(value, 4)}")
    return _ratio(done[0], value, done[1]) if up or not found["sign"] else None
