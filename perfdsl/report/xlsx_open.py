"""Total and grade while rows are open: the range they can still be in, and the very ones once the last row is filled in."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.model.kernel import NotCounted
from perfdsl.model.walk import every, names
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.record import record
from perfdsl.report.known import data_values
from perfdsl.report.totals import grade_text, total_text
from perfdsl.report.xlsx_groups import counted
from perfdsl.report.xlsx_items import Items
from perfdsl.report.xlsx_piece import Piece, Unsayable, text_piece
from perfdsl.report.xlsx_style import places_format
from perfdsl.report.xlsx_total import Whole, grade, whole
from perfdsl.score.groups import OPEN
from perfdsl.score.scorecard import Row, Scorecard, is_boundless
from perfdsl.units import SCORE

_OWNER = "总分"
_PENDING = '"待定"'


@record
class End:
    """The lowest or the highest that the total can still be: its cells, and the items it is made of."""

    items: Items
    made: Whole
    cell: Piece


@record
class Pending:
    """The total of a form with open rows; `ends` are None where no formula gives the range."""

    made: Whole
    total: Piece
    ends: tuple[End, End] | None
    untouched: str


def is_settled(card: Scorecard, row: Row) -> bool:
    """Whether weight and applicability of a row are certain, so that only its value or its score is waited for."""
    missing = {datum.name for datum in card.ruleset.data} - data_values(card).keys()
    doubtful = any(names(case.condition) & missing for case in row.indicator.weights)
    rule = row.indicator.method.rule.score if row.indicator.method else None
    return not doubtful and not (rule is not None and any(isinstance(node, NotCounted) for node in every(rule)))


def pending(items: Items) -> Pending:
    """The total that turns into a number with the last row.  Raises `Unsayable`."""
    waiting = [row for row in items.card.rows if row.status in OPEN]
    if not waiting:
        raise Unsayable("总分要看还没有填的数据")
    made, cells = whole(items), [items.places[row.indicator.path][1] for row in waiting]
    untouched = f"COUNT({','.join(cells)})=0"
    ends = _ends(items, waiting)
    meanwhile = _range(items.card, ends) if ends else f"IF({untouched},{text_piece(total_text(items.card)).text},{_PENDING})"
    return Pending(made, Piece(f"IF({counted(cells)},{made.total.text},{meanwhile})", None, SCORE), ends, untouched)


def _ends(items: Items, waiting: list[Row]) -> tuple[End, End] | None:
    total = items.card.total
    try:
        return (_end(items, "最低", {row.indicator.path: (row, row.low) for row in waiting}, total.low),
                _end(items, "最高", {row.indicator.path: (row, row.high) for row in waiting}, total.high))
    except Unsayable:
        return None


def _end(items: Items, which: str, scores: dict[str, tuple[Row, Fraction]], exact: Fraction) -> End:
    rounding = items.card.ruleset.total_rounding
    if is_boundless(exact) or rounding is None or rounding.places is None or rounding.mode is not RoundingMode.HALF_UP:
        raise Unsayable("总分的范围不能用公式写")
    supposed = items.supposing(which, {path: _supposed(items, which, row, points) for path, (row, points) in scores.items()})
    made = whole(supposed)
    if not isinstance(made.total.value, float) or abs(made.total.value - float(rounding.apply(exact))) > 1e-9:
        raise Unsayable("公式给出的范围与逐条推算的不同")
    return End(supposed, made, items.cells.made(_OWNER, f"{which}总分", made.total))


def _supposed(items: Items, which: str, row: Row, points: Fraction) -> Piece:
    """The score of a row, or before it has one the least or the most that it can be."""
    if is_boundless(points):
        raise Unsayable("得分没有上限")
    cell = items.places[row.indicator.path][1]
    exact = (items.card.ruleset.item_rounding or Rounding(None)).apply(points)
    return items.cells.made(row.indicator.name, f"{which}得分", Piece(f"IF(ISNUMBER({cell}),{cell},{float(exact)!r})", float(exact), SCORE))


def _range(card: Scorecard, ends: tuple[End, End]) -> str:
    low, high = (f'TEXT({end.cell.text},"{places_format(card.ruleset.total_rounding)}")' for end in ends)
    return f'{low}&"～"&{high}'


def pending_grade(items: Items, found: Pending, cell: str) -> Piece:
    """The grade beside the total in *cell*: the worst and the best that are possible until it is a number.  Raises `Unsayable`."""
    sure = grade(items, found.made, Piece(cell, None, SCORE))
    shown = grade_text(items.card)
    meanwhile = _between(items, found.ends, shown) if found.ends else ""
    text = meanwhile or f"IF({found.untouched},{text_piece(shown).text},{_PENDING})"
    return Piece(f"IF(ISNUMBER({cell}),{sure.text},{text})", shown)


def _between(items: Items, ends: tuple[End, End], shown: str) -> str:
    """`良 至 优`; empty where the ends do not tell it."""
    found = [grade(end.items, end.made, end.cell) for end in ends]
    if " 至 ".join(dict.fromkeys(str(one.value) for one in found)) != shown:
        return ""
    low, high = (items.cells.made("等级", f"{which}等级", one).text for which, one in zip(("最低", "最高"), found, strict=True))
    return f'IF({low}={high},{low},{low}&" 至 "&{high})'
