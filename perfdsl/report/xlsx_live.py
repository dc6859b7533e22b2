"""A formula where it gives the very score, else the value with a word on why."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from perfdsl.report.xlsx_piece import LONGEST, Piece, Unsayable, text_piece


class Live:
    """Writes scores on one sheet; `prefix` is its name as formulas of other sheets write it.

    `notes` collects what stands as a value, with the reason.
    """

    def __init__(self, sheet: Any, prefix: str) -> None:
        self.sheet, self.prefix = sheet, prefix
        self.notes: list[tuple[str, str]] = []

    def score(self, at: tuple[int, int], make: Callable[[], Piece], exact: Fraction, style: Any, name: str) -> None:
        """The formula that *make* gives, or the value with the reason where no formula gives it."""
        try:
            made = make()
            agrees(made, exact)
        except Unsayable as why:
            self.value(at, exact, style, name, str(why))
            return
        self.formula(at, made, style, float(exact))

    def later(self, at: tuple[int, int], make: Callable[[], Piece], shown: str, style: Any) -> None:
        """What stands for a score that is still open: the formula that will give it once the data are filled in, where there is one."""
        try:
            made = make()
        except Unsayable:
            made = None
        if made is None or made.value is not None or len(made.text) > LONGEST:
            self.sheet.write_string(*at, shown, style)
        else:
            self.formula(at, Piece(f"IFERROR({made.text},{text_piece(shown).text})", None), style, shown)

    def formula(self, at: tuple[int, int], made: Piece, style: Any, value: float | str) -> None:
        self.sheet.write_formula(*at, f"={made.text.replace(self.prefix, '')}", style, value)

    def value(self, at: tuple[int, int], exact: Fraction, style: Any, name: str, why: str) -> None:
        self.sheet.write_number(*at, float(exact), style)
        self.sheet.write_comment(*at, f"这里是数值，不是公式：{why}。")
        self.notes.append((name, why))


def agrees(made: Piece, exact: Fraction | None) -> None:
    """Raises `Unsayable` where the formula does not give *exact*, as far as a float can."""
    if exact is None or not isinstance(made.value, float | int) or isinstance(made.value, bool):
        raise Unsayable("公式要用的数据还没有")
    if abs(made.value - float(exact)) > 1e-9 * max(1.0, abs(float(exact))):
        raise Unsayable("电子表格按二进制小数计算，取舍后会与精确值不同")
    if len(made.text) > LONGEST:
        raise Unsayable("规则太长，公式里写不下")
