"""The target of a row as clauses of a ruleset, with what the form leaves open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from perfdsl.data.reading import LONGEST, Fault, reading
from perfdsl.forms.direction import LESS, bad, signs
from perfdsl.forms.draft_names import compact, in_quotes
from perfdsl.forms.spoken import mended, suspected
from perfdsl.quantity import decimal_text
from perfdsl.record import changed, record
from perfdsl.units import PURE, Unit, unit_of

_SIGNS = {
    "≥": ("≥", "≧", ">=", "=>", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少"),
    "≤": ("≤", "≦", "<=", "=<", "小于等于", "小于或等于", "不高于", "不超过", "不大于", "不多于", "至多", "控制在"),
    "=": ("=", "═", "等于"), ">": (">", "大于", "高于", "超过"), "<": ("<", "小于", "低于"),
}
_BY_SPELLING = {spelling: sign for sign, spellings in _SIGNS.items() for spelling in spellings}
_OF_COLUMN = {**_BY_SPELLING, "正向": "≥", "反向": "≤", "正向指标": "≥", "反向指标": "≤"}
_SIGN = "|".join(sorted(map(re.escape, _BY_SPELLING), key=len, reverse=True))
_BOUND = re.compile(rf"(?P<sign>{_SIGN})?(?P<number>-?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)(?P<unit>[^\d≥≤]{{0,12}}?)(?P<limit>及?其?以[上下内])?")
_DAY = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)日|底)?(?:之?前)?(?:完成)?")
_METHODS = {"≥": "正向比率", ">": "正向比率", "≤": "反向比率", "<": "反向比率", "=": "等值比率"}
_SHARE = re.compile("率|满意度|占比|比例")
_TIERS = "定性相符，或者 定性三档"


@record
class TargetDraft:
    """Clauses with what is open at each; `unit` is what the actual value is counted in (None: words or a date).

    `unknown` is a unit that the ruleset cannot write; it is taken off both target and actual value.
    """

    target: str = ""
    method: str = ""
    unit: Unit | None = None
    unknown: str = ""
    target_open: tuple[str, ...] = ()
    method_open: tuple[str, ...] = ()
    is_day: bool = False
    words: str = ""


def plain(text: str) -> str:
    """Full-width digits and signs in their usual form, without blanks."""
    return compact(unicodedata.normalize("NFKC", text)).replace(" ", "")


def drafted(text: str, sign: str, unit: str, about: Sequence[str], actual: str, year: int | None) -> TargetDraft:
    """*text* with the sign and the unit of their own columns; *about* are the headings and the name, which tell whether less is better.

    5O个 and an unsigned 290% are read as what they stand for, with a question.
    """
    near = mended(plain(text)) or ("" if plain(sign) else suspected(text))
    if near:
        draft = drafted(near, sign, unit, about, actual, year)
        return changed(draft, target_open=(f"表上写作「{plain(text)}」，疑是「{near}」误认的，按「{near}」写", *draft.target_open))
    value, mark = plain(text), _OF_COLUMN.get(plain(sign), "")
    found = _BOUND.fullmatch(value)
    if found and len(found["number"]) <= LONGEST:
        own = plain(unit) if not found["unit"] else found["unit"]
        return _bound(found, _BY_SPELLING.get(found["sign"] or "", mark), own, about, plain(actual))
    day = _DAY.fullmatch(value)
    if day and (day["year"] or year) and not isinstance(reading(plain(actual)), str | Fault):
        return _deadline(day, year)
    return _words(compact(text), is_day=day is not None)


def _bound(found: re.Match[str], sign: str, unit: str, about: Sequence[str], actual: str) -> TargetDraft:
    symbol, unknown = _unit(unit)
    opened = [f"单位「{unknown}」不在单位表里，按不带单位的数计"] if unknown else []
    if not symbol and not unknown and (taken := _unit_of_actual(actual)):
        symbol, opened = taken, [f"目标没有写单位，按实际完成值的「{taken}」"]
    number = found["number"].replace(",", "")
    if not found["unit"] and not unit and symbol == "%" and 0 < Fraction(number) <= 1 and not actual.startswith(("0", ".")):
        opened, number = [f"目标写作 {number}，实际完成值是百分比，按 {(share := decimal_text(Fraction(number) * 100, 20))}% 读"], share
    chosen, why = _direction(found, sign, symbol, about)
    opened += [why] if why else []
    if _SHARE.search("".join(about)) and symbol == "%" and Fraction(number) > 100:
        opened.append(f"{number}% 大于 100%，疑是「≥」误认成了「2」")
    return TargetDraft(f"{chosen} {number}{symbol}", _METHODS[chosen], unit_of(symbol) or PURE, unknown, tuple(opened), _method_open(chosen, sign, about))


def _unit(text: str) -> tuple[str, str]:
    """The unit as the language writes it, or what it does not know."""
    bare = re.sub(r"\(.*\)$", "", text) or text
    for one in (text, bare, re.sub(r"^年$|/年$|每年$", "", bare)):
        if one and (found := unit_of(one)):
            return ("%" if found.symbol == "百分比" else found.symbol), ""
    return "", text


def _unit_of_actual(actual: str) -> str:
    """The unit of the actual value, where the target has none."""
    found = _BOUND.fullmatch(actual)
    return _unit(found["unit"])[0] if found and found["unit"] else ""


def _direction(found: re.Match[str], sign: str, symbol: str, about: Sequence[str]) -> tuple[str, str]:
    """The sign that counts and, where the form states none, why it was taken."""
    if found["limit"]:
        return ("≥", "") if found["limit"].endswith("上") else ("≤", "")
    if sign:
        return sign, ""
    number = Fraction(found["number"].replace(",", ""))
    tried = signs(about[:-1], plain(about[-1]), unit_of(symbol) if symbol else None, number)
    why = "目标是 0，" if number == 0 else "看来越少越好，" if tried[0] == LESS else ""
    doubt = "；也可能相反，核对方向" if len(tried) > 1 else ""
    return tried[0], f"没有写比较号；{why}读作 {tried[0]}{doubt}" if why else f"没有写比较号，读作 {tried[0]}{doubt}"


def _method_open(chosen: str, sign: str, about: Sequence[str]) -> tuple[str, ...]:
    if chosen in "≤<":
        return ("反向比率，或者 反向线性",)
    if bad(about[:-1], plain(about[-1])) and sign in ("≥", ">"):
        return ("越少越好的指标写的是 ≥，核对方向",)
    return ("超过目标值的也得满分；要求恰好相等的，另写规则",) if chosen == "=" else ()


def _deadline(day: re.Match[str], year: int | None) -> TargetDraft:
    date = f"{day['month']}月{day['day']}日" if day["day"] else f"{day['month']}月底"
    when = f"{day['year']}年{date}" if day["year"] and day["day"] else date
    opened = () if not day["year"] or int(day["year"]) == year else (f"目标写的是 {day['year']} 年，与年度不同",)
    return TargetDraft(f"{when}前", "按期完成", None, "", opened, ("迟了不得分；按天数扣分的，另写规则",), is_day=True)


def _words(text: str, *, is_day: bool = False) -> TargetDraft:
    opened = ("是期限；实际完成值写成日期的，改成「目标 12月底前」这样的写法和「计分 按期完成」",) if is_day else (_TIERS,)
    return TargetDraft(f"「{in_quotes(text)}」", "定性相符", words=text, method_open=opened)
