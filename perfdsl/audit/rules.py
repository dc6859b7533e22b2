"""The points that the general rules give for a row: one reading, or several where the rules differ in practice."""

from __future__ import annotations

import re
from fractions import Fraction

from perfdsl.audit.aims import Pair
from perfdsl.audit.sheet import Item
from perfdsl.audit.texts import number, per_cent, points_text, squeezed
from perfdsl.forms.direction import LESS, MORE, is_time, signs
from perfdsl.forms.spoken import Comparison, compared, suspected
from perfdsl.quantity import Rounding, RoundingMode, parse_number
from perfdsl.record import changed, record

_TWO, _CUT_TWO, _ONE = Rounding(2), Rounding(2, RoundingMode.TRUNCATE), Rounding(1)
_WHOLE = (Rounding(0), Rounding(0, RoundingMode.TRUNCATE), Rounding(0, RoundingMode.UP))
_IN_PROPORTION = re.compile(r"按(?:完成|实际|目标|超出|偏离|差额|相应|同)*(?:比例|完成率|比率)(?:进行)?(?:扣减|扣除|扣分|扣|计分|得分|赋分|计算|给分)*")
_TAKES = re.compile(r"扣|不得分|不计分|不给分|零分|得分为0|(?:得|计|为|给)0分")
_GIVES = re.compile(r"(?<!不)(?:得|计|给|记)([0-9]+(?:\.[0-9]+)?)分")
_SENSE = {MORE: "越多越好", LESS: "越少越好"}


@record
class Reading:
    """One way to score a row: its name, the points (rounded to two places) and how they come about."""

    name: str
    points: Fraction
    exact: Fraction
    how: str

    def agrees(self, claimed: Fraction) -> bool:
        """Whether *claimed* is these points, rounded or cut to two places, or rounded to one."""
        return claimed in (self.exact, self.points, _CUT_TWO.apply(self.exact), _ONE.apply(self.exact))

    def whole(self, claimed: Fraction) -> bool:
        """Whether *claimed* is these points in whole points, rounded up, down or to the nearest."""
        return claimed in {rounding.apply(self.exact) for rounding in _WHOLE}


def senses(item: Item) -> tuple[str, ...]:
    """The signs that the target would mean without one of its own, the likelier first."""
    return signs([squeezed(level) for level in item.row.levels], item.name, item.aim.unit, item.aim.number)


def direction(item: Item) -> str:
    """The sign of the target; where none is stated, the likelier one."""
    return item.aim.sign or senses(item)[0]


def met(sign: str, pair: Pair) -> bool:
    """Whether the target is reached."""
    return {"≥": pair.actual >= pair.target, ">": pair.actual > pair.target, "≤": pair.actual <= pair.target,
            "<": pair.actual < pair.target, "=": pair.actual == pair.target}[sign]


def readings(item: Item) -> list[Reading]:
    """Every reading for the row; empty where `by_ratio` has none, or the form's own rule gives other points."""
    return [] if departs(item) else by_ratio(item)


def departs(item: Item) -> bool:
    """Whether the form's own rule surely gives other points than the ratio.

    扣, 不得分 and 得 8分 beside 得 10分 of 10 do where the target is not reached; 得 8分 without it may do for any value.
    """
    weight = item.weight.value
    rest = _IN_PROPORTION.sub("", item.method)
    given = {parse_number(points) for points in _GIVES.findall(rest)}
    takes = bool(_TAKES.search(rest)) or len(given) > 1
    return bool(given and weight not in given) or (takes and any(one.points != weight for one in by_ratio(item)))


def by_ratio(item: Item) -> list[Reading]:
    """The general rules; empty where there is no weight of its own, the two values cannot be compared, or the target is misread."""
    weight = item.weight.value
    if weight is None or item.together or misread(item):
        return []
    if item.pair is None:
        return _spoken(spoken(item), weight)
    tried = (item.aim.sign,) if item.aim.sign else senses(item)
    if len(tried) == 1:
        return _under(tried[0], item, item.pair, weight)
    return [changed(one, name=f"{_SENSE[sign]}，{one.name}") for sign in tried for one in _under(sign, item, item.pair, weight)]


def misread(item: Item) -> bool:
    """Whether the target is a 290% that stands for ≥90%: nothing is computed with it."""
    return not item.aim.sign and bool(suspected(item.aim.text))


def spoken(item: Item, year: int | None = None) -> Comparison | None:
    """The comparison where target or actual value is no plain number: a date, a range, a rank."""
    if item.aim.number is not None and item.actual.number is not None:
        return None
    return compared(item.aim.text, item.actual.text, year, more=senses(item) == (MORE,))


def _spoken(found: Comparison | None, weight: Fraction) -> list[Reading]:
    if found is not None and found.met:
        return [_made("达到目标", Fraction(1), weight, "达到目标，满分")]
    if found is None or found.share is None:
        return []
    return [_made("按比例", found.share, weight, f"{found.how} = {per_cent(found.share)}，× {points_text(weight)}" if found.share else f"{found.how}，得 0")]


def _under(sign: str, item: Item, pair: Pair, weight: Fraction) -> list[Reading]:
    """The readings with that sign."""
    if met(sign, pair):
        return [_made("达到目标", Fraction(1), weight, "达到目标，满分")]
    if sign == "=" and pair.actual < pair.target:
        return _below(item, pair, weight)
    if sign in ("≥", ">"):
        return _upward(pair, weight)
    exceeded = [_made("超过仍满分", Fraction(1), weight, "超过目标仍得满分")] if sign == "=" else []
    return [*exceeded, *_reverse(pair, weight)]


def _below(item: Item, pair: Pair, weight: Fraction) -> list[Reading]:
    """Less than a target with =: a time shorter than set is met, a cost may be."""
    if is_time(item.aim.unit) and senses(item) == (LESS,):
        return [_made("提前完成", Fraction(1), weight, "比目标提前，满分")]
    if item.cost or LESS in senses(item):
        return [_made("节约仍满分", Fraction(1), weight, "低于预定的数仍得满分"), *_upward(pair, weight)]
    return _upward(pair, weight)


def _made(name: str, share: Fraction, weight: Fraction, how: str) -> Reading:
    exact = max(Fraction(0), share) * weight
    return Reading(name, _TWO.apply(exact), exact, how)


def _upward(pair: Pair, weight: Fraction) -> list[Reading]:
    if pair.target <= 0:
        return []
    share = max(Fraction(0), pair.actual) / pair.target
    how = f"{number(pair.actual)} ÷ {number(pair.target)} = {per_cent(share)}，× {points_text(weight)}"
    return [_made("按比例", share, weight, how)]


def _reverse(pair: Pair, weight: Fraction) -> list[Reading]:
    """The target exceeded where less is better: A÷B, and the straight line to 0 at twice the target."""
    if pair.target <= 0:
        return [_made("目标为零", Fraction(0), weight, "目标为 0 而已发生，得 0")]
    a, b = number(pair.target), number(pair.actual)
    ratio, line = pair.target / pair.actual, 1 - (pair.actual - pair.target) / pair.target
    full = points_text(weight)
    return [_made("A÷B", ratio, weight, f"{a} ÷ {b} = {per_cent(ratio)}，× {full}"),
            _made("直线", line, weight, f"1 −（{b} − {a}）÷ {a} = {per_cent(line)}，× {full}")]


def nearest(found: list[Reading], claimed: Fraction) -> Reading:
    """The reading that comes closest to the claim."""
    return min(found, key=lambda one: abs(one.points - claimed))
