"""Total and grade in formulas: bonus and penalty, caps and overrides, the scale of grades."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfdsl.model import effects as e
from perfdsl.model import kernel as k
from perfdsl.model.references import LOWEST_RATE, TOTAL, UNROUNDED_TOTAL
from perfdsl.model.ruleset import Grade, Outside
from perfdsl.quantity import Rounding
from perfdsl.record import record
from perfdsl.report.xlsx_groups import counted, summed
from perfdsl.report.xlsx_items import Items
from perfdsl.report.xlsx_kernel import Formulas
from perfdsl.report.xlsx_piece import Piece, arithmetic, compared, either, extreme, joined, number, text_piece
from perfdsl.report.xlsx_rounding import rounded
from perfdsl.score.groups import OPEN
from perfdsl.units import SCORE

_OWNER = "总分"
_NONE = Piece('""', "", plain=True)


@record
class Whole:
    """The total before and after rounding."""

    unrounded: Piece
    total: Piece


def whole(items: Items) -> Whole:
    """The formulas of the total.  Raises `Unsayable`."""
    aside = items.cells.made
    sums = aside(_OWNER, f"{items.which}各项合计", _added_up(items))
    unrounded = sums
    if any(isinstance(x, e.TotalLimit | e.TotalGives) for x in items.card.ruleset.effects):
        unrounded = aside(_OWNER, f"{items.which}照规定改变后的总分", _limited(items, sums))
    return Whole(unrounded, rounded(unrounded, items.card.ruleset.total_rounding or Rounding(None)))


def _added_up(items: Items) -> Piece:
    ruleset = items.card.ruleset
    made = items.groups.total()
    for kind, limit, op in ((Outside.BONUS, ruleset.bonus_limit, "min"), (Outside.PENALTY, ruleset.penalty_limit, "max")):
        cells = [items.groups.score(i) for i in ruleset.outside if i.outside is kind]
        if cells:
            points = summed(cells)
            end = None if limit is None else number(limit if op == "min" else -limit)
            made = arithmetic("+", made, points if end is None else extreme(op, [points, end]))
    waiting = [] if items.groups.instead else [items.places[row.indicator.path][1] for row in items.card.rows if row.status in OPEN]
    return Piece(f"IF({counted(waiting)},{made.text},NA())", None, SCORE) if waiting else made


def _conditions(items: Items, value: Piece) -> Formulas:
    """What the conditions on the whole may use, for one value of the total."""
    shown = items.cells.made(_OWNER, "总分（条件中用的）", rounded(value, items.card.ruleset.total_rounding or Rounding(None)))
    names: dict[str, Callable[[], Piece]] = {
        TOTAL: lambda: shown, UNROUNDED_TOTAL: lambda: value, LOWEST_RATE: items.groups.lowest_rate,
    }
    return items.outer(_OWNER, names)


def _limited(items: Items, value: Piece) -> Piece:
    said = items.card.total.effects
    formulas = _conditions(items, value)
    made = value
    effects = items.card.ruleset.effects
    for gives in reversed([x for x in effects if isinstance(x, e.TotalGives)]):
        held = _holds(items, formulas, gives.condition, gives in said)
        made = either(held, formulas.expr(gives.points), made)
    for limit in (x for x in effects if isinstance(x, e.TotalLimit)):
        made = formulas.short("总分", made)
        within = extreme("max" if limit.lowest else "min", [made, formulas.expr(limit.points)])
        made = within if limit.condition is None else either(_holds(items, formulas, limit.condition, limit in said), within, made)
    return made


def _holds(items: Items, formulas: Formulas, condition: k.Condition, held: bool) -> Piece:
    return items.settled(formulas, condition, held, _OWNER)


def grade(items: Items, made: Whole, total_cell: Piece) -> Piece:
    """The formula of the grade.  Raises `Unsayable`."""
    ruleset = items.card.ruleset
    read = made.unrounded if ruleset.grade_on_unrounded else total_cell
    formulas = _conditions(items, made.unrounded) if _needs_conditions(items) else items.outer(_OWNER)
    found = _NONE
    for one in reversed(ruleset.grades):
        found = either(_line(formulas, one, read), text_piece(one.name), found)
    said = items.card.total.effects
    for effect in ruleset.effects:
        if not isinstance(effect, e.TotalGives | e.TotalLimit | e.Barred):
            found = formulas.short("等级", found)
            found = either(_holds(items, formulas, effect.condition, effect in said), _after(items, effect, found), found)
    for effect in (x for x in ruleset.effects if isinstance(x, e.Barred)):
        found = either(_holds(items, formulas, effect.condition, effect in said), text_piece("不得参评"), found)
    return found


def _needs_conditions(items: Items) -> bool:
    ruleset = items.card.ruleset
    return any(g.joined for g in ruleset.grades) or any(not isinstance(x, e.TotalGives | e.TotalLimit) for x in ruleset.effects)


def _line(formulas: Formulas, one: Grade, read: Piece) -> Piece:
    within = compared(one.op, read, number(one.bound, SCORE))
    if not one.joined or one.condition is None:
        return within
    return joined(one.joined, [within, formulas.condition(one.condition)])


def _after(items: Items, effect: e.GradeLimit | e.GradeLowered | e.GradeSettled, found: Piece) -> Piece:
    """The grade as 等级 不高于, 等级 降一级 or 等级 定为 leaves it."""
    if isinstance(effect, e.GradeLowered):
        return _lowered(items.card.ruleset.grades, found)
    limit = text_piece(effect.grade)
    if isinstance(effect, e.GradeSettled):
        return limit
    better = _better(items.card.ruleset.grades, effect.grade)
    if not better:
        return found
    is_better = joined("或", [compared(k.Comparator.EQ, found, text_piece(name)) for name in better])
    return either(is_better, limit, found)


def _lowered(grades: Sequence[Grade], found: Piece) -> Piece:
    names = [g.name for g in grades]
    made = found
    for better, worse in reversed(list(zip(names, names[1:], strict=False))):
        made = either(compared(k.Comparator.EQ, found, text_piece(better)), text_piece(worse), made)
    return made


def _better(grades: Sequence[Grade], name: str) -> list[str]:
    order = [g.name for g in grades]
    return order[: order.index(name)]
