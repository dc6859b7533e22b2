"""What a target or an actual value says: sign, number and unit wherever they stand, a deadline, several at once, or words."""

from __future__ import annotations

import re
from fractions import Fraction

from perfdsl.audit.texts import MARKS, squeezed
from perfdsl.forms.form import Said
from perfdsl.quantity import parse_number
from perfdsl.record import record
from perfdsl.units import Unit, pattern, unit_of

_SIGNS = {
    "≥": ("≥", ">=", "≧", "⩾", "＞=", "＞＝", "﹥=", ">＝", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少", "达到"),
    "≤": ("≤", "<=", "≦", "⩽", "＜=", "＜＝", "﹤=", "<＝", "小于等于", "小于或等于", "不高于", "不超过", "不大于", "不多于", "至多", "不超", "控制在"),
    "=": ("=", "＝", "﹦", "═", "==", "等于"),
    ">": (">", "＞", "﹥", "大于", "高于", "超过"),
    "<": ("<", "＜", "﹤", "小于", "低于", "少于"),
}
_BY_TEXT = {text: sign for sign, texts in _SIGNS.items() for text in texts}
_SIGN = "|".join(re.escape(text) for text in sorted(_BY_TEXT, key=len, reverse=True))
_NUMBER = r"[-－−]?(?:[0-9０-９]{1,3}(?:,[0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?(?:[eE]-?[0-9]{1,3})?"
_UNIT = rf"(?:{pattern()}|[A-Za-zμ°㎡²³/／*·元人月年户次吨亩米批车]{{1,9}})"
_LIMIT = r"(?:及其?|其|或)?(?:以上|以下|以内|之内|以里)"
_AMOUNT = re.compile(rf"(?P<before>[^0-9０-９≥≤<>=]{{0,8}}?)(?P<sign>{_SIGN})?(?P<words>[^0-9０-９≥≤<>=]{{0,8}}?)(?P<number>{_NUMBER})"
                     rf"(?P<unit>{_UNIT})?(?:[（(](?P<inner>[^）)]{{1,6}})[）)])?(?P<limit>{_LIMIT})?(?P<after>完成|左右)?[。；;]?")
_ONE = re.compile(rf"(?:{_SIGN})?{_NUMBER}(?:{pattern()})")
_DAY = re.compile(r"(?:(?P<year>[0-9]{4})年)?(?P<month>[0-9]{1,2})月(?:底|末|份|(?P<day>[0-9]{1,2})日)?(?:之前|以前|前)?(?:完成|完工|竣工|拨付|支付|发放)?")
_FAR = 5
_WIDE = str.maketrans("％﹪／", "%%/")
_PARTED = re.compile(r"[，,、；;。]")
_BEFORE = re.compile(r"已?(?:完成|达到|达|实现|约|共|全年|累计|为|每[^0-9]{1,3})*")


@record
class Aim:
    """A cell that was read.

    `sign` is empty where none is stated; `number` None where there is none; `unit` None where none of our units is written,
    `unit_text` is then what stands there.  `day` is a date in the year (year or 0, month, day or 0).
    """

    text: str
    sign: str = ""
    number: Fraction | None = None
    unit: Unit | None = None
    unit_text: str = ""
    day: tuple[int, int, int] | None = None
    several: bool = False
    empty: bool = False

    @property
    def words(self) -> bool:
        """Whether it says something that is neither number nor date."""
        return not (self.empty or self.several) and self.number is None and self.day is None

    @property
    def is_rate(self) -> bool:
        return self.unit is not None and self.unit.kind == "ratio" and self.unit.symbol != "倍"


def aim_of(value: Said | None, sign: Said | None = None, unit: Said | None = None) -> Aim:
    """The target of a row, in one cell or with its sign and unit in cells of their own."""
    text = squeezed(value)
    if text in MARKS and not (value and value.fault):
        return Aim(text, empty=True)
    read = read_text(text)
    if read.number is None:
        return read
    stated = _stated(squeezed(sign))
    written = squeezed(unit).partition("(")[0].partition("（")[0] if unit else ""
    return _completed(read, stated, "" if written in MARKS else written)


def _stated(text: str) -> str:
    """The sign in a cell of its own, where 正向 and 反向 may stand too."""
    if text in _BY_TEXT:
        return _BY_TEXT[text]
    return "≥" if "正向" in text else "≤" if "反向" in text or "逆向" in text else ""


def _completed(read: Aim, stated: str, written: str) -> Aim:
    """The reading with what the cells of its own say, where the value does not say it itself."""
    own = bool(read.unit_text)
    unit = read.unit if own else unit_of(written)
    text = f"{'' if read.sign else stated}{read.text}{'' if own else written}"
    return Aim(text, read.sign or stated, read.number, unit, read.unit_text or written)


def read_text(text: str) -> Aim:
    """What a squeezed text says."""
    if composite(text):
        return Aim(text, several=True)
    if (found := _DAY.fullmatch(text)) and not text.endswith("个月"):
        return Aim(text, day=(int(found["year"] or 0), int(found["month"]), int(found["day"] or 0)))
    found = _AMOUNT.fullmatch(text)
    if found is None or not _BEFORE.fullmatch(found["before"] or "") or not _BEFORE.fullmatch(found["words"] or ""):
        return Aim(text)
    written = (found["unit"] or (found["inner"] if unit_of(found["inner"] or "") else "") or "").translate(_WIDE).replace("百分比", "%")
    value = parse_number(found["number"].replace("－", "-").replace("−", "-"))
    return Aim(text, _sign(found["sign"], found["limit"] or found["after"]), value, unit_of(written), written)


def _sign(sign: str | None, limit: str | None) -> str:
    if limit and limit.endswith("上"):
        return "≥"
    if limit and limit.endswith(("下", "内", "里")):
        return "≤"
    return _BY_TEXT.get(sign or "", "")


def composite(text: str) -> bool:
    """Whether several targets with units stand in one text, parted by commas."""
    return sum(bool(_ONE.search(part)) for part in _PARTED.split(text)) > 1


def amounts_in(text: str) -> list[str]:
    """The numbers with units in a text, as written."""
    return [found.group() for found in _ONE.finditer(text)]


@record
class Pair:
    """Target and actual value in the same measure."""

    target: Fraction
    actual: Fraction


def paired(target: Aim, actual: Aim) -> Pair | None:
    """The two numbers to compare; None where they cannot be compared for sure.

    A bare value is in the unit of the other, unless the two are so far apart that it may be meant in another one.
    """
    if target.number is None or actual.number is None or actual.sign not in ("", "="):
        return None
    if target.unit_text and actual.unit_text and actual.unit_text != target.unit_text:
        return _converted(target, actual)
    if bool(target.unit_text) != bool(actual.unit_text) and not _near(target.number, actual.number):
        return None
    return Pair(target.number, actual.number)


def _near(a: Fraction, b: Fraction) -> bool:
    """Whether one is at most five times the other; nothing is far from 0."""
    return not a or not b or Fraction(1, 5) <= b / a <= _FAR


def _converted(target: Aim, actual: Aim) -> Pair | None:
    """In base units, where both units are ours and measure the same; a share is no 倍."""
    a, b = target.unit, actual.unit
    if a is None or b is None or target.number is None or actual.number is None:
        return None
    if a.dimension != b.dimension or a.kind != b.kind or target.is_rate != actual.is_rate:
        return None
    return Pair(target.number * a.factor, actual.number * b.factor)
