"""Trees of templates as Python functions that give the text of one unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from perfdsl.dates import chinese_date
from perfdsl.plan import polynomial as p
from perfdsl.plan import showing
from perfdsl.plan.code import Writer, compiled
from perfdsl.plan.quotients import Terms
from perfdsl.plan.telling import PartTold
from perfdsl.plan.templates import Ending, Guarded, NumberSlot, PartSlot, Piece, Template, TextSlot, WordSlot
from perfdsl.plan.tree import FiniteTest, Test, TextTest, Tree
from perfdsl.quantity import decimal_text, fixed_text
from perfdsl.score.wording import points_text, signed_text

Fill = Callable[[list[Any], Mapping[str, str] | None, Sequence[str]], str]
"""Of the values of a unit, the texts of its cells and what is said of the parts of the item."""

_PLACES = 30
"""Up to so many decimals a number with a fixed denominator is shown as a whole number of last places."""
_NAMES: dict[str, Any] = {name: getattr(showing, name) for name in ("minus", "cents", "points", "day", "finite")}


class Filler(Writer):
    """Writes functions that fill templates in; `made` are the lines of the template that is being written."""

    def filled(self, tree: Tree[Template], before: str) -> Fill:
        """Of a tree of what is said of an item, *before* put in front."""
        return self._compiled(tree, lambda said: self._lines_of(Template((before, *said.pieces))))

    def part(self, tree: Tree[PartTold], places: tuple[int, ...]) -> Fill:
        """Of a tree of what is said of a part, which notes its points at *places* for what is said of the item."""
        return self._compiled(tree, lambda told: [*self._noted(told.points if places else None, places), *self._lines_of(told.said)])

    def _compiled(self, tree: Tree[Any], leaf: Callable[[Any], list[str]]) -> Fill:
        self.names: dict[str, Any] = dict(_NAMES)
        return compiled(self.of_lines(tree, leaf, ", t, p"), self.names)

    def test(self, test: Test | TextTest | FiniteTest) -> str:
        match test:
            case TextTest():
                return f"t.get({test.column!r})"
            case FiniteTest():
                return f"finite({self._ratio(test.terms)})"
        return super().test(test)

    # ---- templates

    def _lines_of(self, said: Template) -> list[str]:
        self.made: list[str] = []
        self.held: dict[Piece, str] = {}
        text = self._text(said.pieces)
        return [*self.made, f"return {text}"]

    def _text(self, pieces: tuple[Piece, ...]) -> str:
        """The pieces put together; each place has a name, so that what stands twice is written once."""
        parts = [repr(piece) if isinstance(piece, str) else self._named(piece) for piece in pieces]
        return f"''.join(({', '.join(parts)},))" if parts else "''"

    def _named(self, piece: Piece) -> str:
        if piece not in self.held:
            text = self._written(piece)
            name = self.held[piece] = f"x{len(self.held)}"
            self.made.append(f"{name} = {text}")
            if isinstance(piece, Guarded):
                self.made.append(f"if {name}[0] in '-−': {name} = f'（{{{name}}}）'")
        return self.held[piece]

    def _written(self, piece: Piece) -> str:
        match piece:
            case NumberSlot():
                return self._number(piece)
            case WordSlot():
                return self.value(self.cells[piece.column, False])
            case TextSlot():
                return f"t[{piece.column!r}]"
            case PartSlot():
                return f"p[{piece.at}]"
            case Ending():
                return f"{self._named(piece.slot)}.rstrip('。')"
            case Guarded():
                return self._text(piece.pieces)
        return repr(piece)

    # ---- numbers

    def _number(self, slot: NumberSlot) -> str:
        made = self.binding.quotient(slot.terms)
        fixed = _last_places(made.bottom)
        ratio = self._ratio(slot.terms, slot.upright)
        if slot.how is chinese_date:
            return f"day({self.polynomial(made.top)})"
        if slot.how is points_text:
            return f"points({ratio})" if fixed is None or fixed[0] > 2 else self._cents(self._times(made.top, fixed, 2))
        if slot.how is fixed_text:
            if fixed is None or fixed[0] > slot.places:
                return f"{self._name('all_places', slot.places)}({ratio})"
            return f"{self._name('fixed', slot.places)}({self._times(made.top, fixed, slot.places)})"
        assert slot.how in (decimal_text, signed_text), slot.how
        if fixed is None or fixed[0] > slot.places:
            text = f"{self._name('decimal', slot.places)}({ratio})"
        else:
            whole = self._times(made.top, fixed, fixed[0])
            text = self._short(whole, fixed[0]) if fixed[0] else f"str({whole})"
        return f"minus({text})" if slot.how is signed_text and not slot.not_negative else text

    def _cents(self, units: str) -> str:
        """Points of whole hundredths, without a call where they are nothing special."""
        listed = self._name("ends", 2)
        return f"(f'{{n // 100}}{{{listed}[n % 100]}}' if 0 <= (n := {units}) < {100 * showing.MOST} else cents(n))"

    def _short(self, units: str, places: int) -> str:
        """A number of last places, without a call where it is not below 0."""
        if places > showing.LISTED:
            return f"{self._name('short', places)}({units})"
        listed, scale = self._name("short_ends", places), 10**places
        return f"(f'{{n // {scale}}}{{{listed}[n % {scale}]}}' if (n := {units}) >= 0 else {self._name('short', places)}(n))"

    def _name(self, kind: str, places: int) -> str:
        """What `showing` has for so many places, under a name of its own."""
        name = f"{kind}{places}"
        self.names[name] = getattr(showing, kind)(places)
        return name

    def _times(self, top: p.Polynomial, fixed: tuple[int, int], places: int) -> str:
        return self.polynomial(p.scaled(top, fixed[1] * 10 ** (places - fixed[0])))

    def _ratio(self, terms: Terms, upright: bool = False) -> str:
        """Top and bottom, as arguments."""
        made = self.binding.quotient(terms)
        both = f"{self.polynomial(made.top)}, {self.polynomial(made.bottom)}"
        return both if upright or p.is_constant(made.bottom) else f"*upright({both})"

    def _noted(self, points: Terms | None, places: tuple[int, ...]) -> list[str]:
        return [] if points is None else [f"{', '.join(f'v[{at}]' for at in places)} = upright({self._ratio(points)})"]


def _last_places(bottom: p.Polynomial) -> tuple[int, int] | None:
    """How many decimals every number over this fixed bottom has, and how many last places 1 ÷ bottom is; None where there is no end."""
    if not p.is_constant(bottom):
        return None
    fixed = int(p.value_of(bottom))
    return next(((k, 10**k // fixed) for k in range(_PLACES) if 10**k % fixed == 0), None)
