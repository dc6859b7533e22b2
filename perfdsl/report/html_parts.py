"""Parts of the page: an element, a bar, the budget block."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from perfdsl.quantity import Quantity, decimal_text, fixed_text, percent_text
from perfdsl.report.known import FUNDS, data_values
from perfdsl.score.scorecard import Scorecard


def tag(name: str, text: str, classes: str = "") -> str:
    """An element that holds *text*, escaped."""
    return f'<{name}{f" class={chr(34)}{classes}{chr(34)}" if classes else ""}>{escape(text)}</{name}>'


def bar(name: str, whole: Fraction, *parts: tuple[Fraction, str]) -> str:
    """A drawing of *parts* of *whole*, each with its colour, the later ones over the earlier."""
    drawn = "".join(f'<rect width="{_percent(part, whole)}" height="10" fill="{color}"/>' for part, color in parts)
    return (f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{escape(name)}">'
            f'<rect width="100" height="10" fill="#e6eaef"/>{drawn}</svg>')


def _percent(part: Fraction, whole: Fraction) -> str:
    share = part / whole if whole > 0 else Fraction(0)
    return fixed_text(100 * min(Fraction(1), max(Fraction(0), share)), 1)


def budget(card: Scorecard) -> Iterator[str]:
    """年初预算数, 全年预算数, 全年执行数 with the rate of execution, where the rules read them."""
    values = data_values(card)
    amounts = {name: value for name in FUNDS if isinstance(value := values.get(name), Quantity)}
    if not amounts:
        return
    cells = [f"{name} {decimal_text(value.shown)}{value.unit.symbol}" for name, value in amounts.items()]
    _, whole, spent = (amounts.get(name) for name in FUNDS)
    if whole is not None and spent is not None and whole.amount:
        cells.append(f"执行率 {percent_text(spent.amount / whole.amount)}")
    yield '<p class="funds">' + "".join(tag("span", cell) for cell in cells) + "</p>"
