"""What is to be reached: a grade or better, or a total."""

from __future__ import annotations

import re
from fractions import Fraction

from perfdsl.goal.whole import Standing
from perfdsl.model.ruleset import Ruleset
from perfdsl.quantity import decimal_text, parse_number
from perfdsl.record import record
from perfdsl.score.grading import best_first

_POINTS = re.compile(r"(.+?)分?(?:以上|及以上)?")


@record
class Aim:
    """`grades` are those that are good enough, the least of them first; empty where `points` of the total are wanted."""

    grades: tuple[str, ...]
    points: Fraction | None = None

    def surely(self, standing: Standing) -> bool:
        """Whether it is reached however the open items turn out."""
        if self.points is not None:
            return bool(standing.low >= self.points)
        return bool(standing.grades) and standing.barred is False and set(standing.grades) <= set(self.grades)

    def possibly(self, standing: Standing) -> bool:
        """Whether it is reached where the open items turn out best."""
        if self.points is not None:
            return bool(standing.high >= self.points)
        return standing.barred is not True and bool(set(standing.grades) & set(self.grades))

    @property
    def text(self) -> str:
        if self.points is not None:
            return f"总分 {decimal_text(self.points)}分"
        return f"等级「{self.grades[0]}」" + ("或更好" if len(self.grades) > 1 else "")


def of_grade(ruleset: Ruleset, name: str) -> Aim:
    order = best_first(ruleset)
    return Aim(tuple(reversed(order[: order.index(name) + 1])))


def read(ruleset: Ruleset, text: str) -> Aim | str:
    """The aim that *text* (优, 85分) names, or what is wrong with it."""
    if text in (known := best_first(ruleset)):
        return of_grade(ruleset, text)
    match = _POINTS.fullmatch(text.strip())
    number = parse_number(match.group(1)) if match else None
    if number is not None:
        return Aim((), number)
    return f"没有认出目标「{text}」：写分数，如 85分" + (f"，或等级：{'、'.join(known)}" if known else "；这个规则集没有等级")


def next_better(ruleset: Ruleset, standing: Standing) -> Aim | None:
    """The grade above the worst that the unit may have now; the best where it has that; None without grades."""
    order = best_first(ruleset)
    if not order:
        return None
    worst = max((order.index(name) for name in standing.grades), default=1)
    return of_grade(ruleset, order[max(worst - 1, 0)])
