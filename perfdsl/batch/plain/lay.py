"""Makes the recipe of a ruleset and a row of headings: here, and only here, the rooms of perfdsl are asked."""

from __future__ import annotations

import marshal
import pickle

from perfdsl.batch.asked import Asked, asked_of
from perfdsl.batch.one import last_places
from perfdsl.batch.plain import recipe as r
from perfdsl.batch.reading.plan import Column as Planned
from perfdsl.batch.reading.plan import Plan as Reading
from perfdsl.batch.reading.plan import wide_plan
from perfdsl.batch.reading.worth import worths
from perfdsl.batch.shape import basis, shape_of
from perfdsl.batch.stopped import Unreadable
from perfdsl.batch.told import grouped
from perfdsl.data.facts import Absent
from perfdsl.data.headings import Layout, Role, find_header
from perfdsl.data.names import Actual, Slots
from perfdsl.data.reading import COMPARING, FIXED
from perfdsl.data.table import Entry, Table
from perfdsl.diagnostics import Cell, blocking, errors
from perfdsl.model.ruleset import Kind, Ruleset
from perfdsl.pipeline import Loaded, load
from perfdsl.plan.binding import Cell as PlanCell
from perfdsl.plan.plan import Plan
from perfdsl.plan.shown import shown
from perfdsl.plan.single import Single
from perfdsl.plan.world import Unplanned

_MOST_PLACES = 6
"""Decimals of points from which on other writers would use exponents."""


def laid(ruleset: str, heading: tuple[str, ...], brief: bool, places: int) -> r.Recipe | None:
    """None where the ruleset cannot be used, or the rows are not units one by one."""
    loaded = load(ruleset)
    if loaded.ruleset is None or blocking(loaded.diagnostics) or _finest(loaded.ruleset) > _MOST_PLACES:
        return None
    names = Slots(loaded.ruleset)
    found = find_header([table_of(heading, "")], names)
    if found is None or found.layout is not Layout.MANY:
        return None
    try:
        reading = wide_plan(found, names)
    except Unreadable:
        return None
    return _recipe(loaded, loaded.ruleset, reading, brief, places)


def table_of(heading: tuple[str, ...], file: str) -> Table:
    """A table of nothing but these headings."""
    return Table(file, (tuple(Entry(text, Cell(file, f"第1行第{at}列", "", 1, at)) for at, text in enumerate(heading, 1)),))


def _finest(ruleset: Ruleset) -> int:
    return max(shown(rounding).places or 0 for rounding in (ruleset.item_rounding, ruleset.total_rounding))


def _recipe(loaded: Loaded, ruleset: Ruleset, reading: Reading, brief: bool, places: int) -> r.Recipe:
    sound = not errors(loaded.diagnostics)
    single, asked = single_of(loaded, ruleset, places), asked_of(ruleset)
    absent = {text: said is Absent.NOT_APPLICABLE for text, said in FIXED.items() if isinstance(said, Absent)}
    columns = tuple(_column(column, at, single.cells) for at, column in enumerate(reading.columns) if column.place.role is not Role.REASON)
    return r.Recipe(
        pickle.dumps(loaded, 5), not (loaded.diagnostics or reading.found), ruleset.year, reading.unit, reading.code, reading.year, columns,
        len(single.cells), places, absent, COMPARING, _reasons(reading, asked), asked.is_single, _scoring(single, brief),
        _shape(loaded, ruleset, brief, sound))


def single_of(loaded: Loaded, ruleset: Ruleset, places: int) -> Single:
    """What scores units whose numbers have so many decimals."""
    plan = Plan(ruleset, not errors(loaded.diagnostics), loaded.content)
    numbers: dict[PlanCell, int] = {(name, False): places for name, expected in plan.frame.wanted.items() if expected.kind is Kind.QUANTITY}
    return Single(plan, numbers | {(name, True): places for name in plan.frame.judged})


def _column(column: Planned, number: int, cells: dict[PlanCell, int]) -> r.Column:
    slot, role = column.place.slot, column.place.role
    cell = cells.get((slot.path, role is Role.CHOSEN), -1) if role in (Role.ACTUAL, Role.CHOSEN) else -1
    unit, options = slot.expected.unit, frozenset(slot.expected.options)
    if role is not Role.ACTUAL:
        return r.Column(column.at, r.SCORE, cell, number, frozenset(), {"分": (1, 0)})
    if slot.actual is not Actual.CELL:
        return r.Column(column.at, r.MARK, cell, number, frozenset(), {})
    match slot.expected.kind:
        case Kind.QUANTITY:
            kind = r.SHARE if unit is not None and unit.kind == "ratio" and unit.symbol != "倍" else r.NUMBER
            return r.Column(column.at, kind, cell, number, options, worths(unit))
        case Kind.DATE:
            return r.Column(column.at, r.DAY, cell, number, options, {})
    return r.Column(column.at, r.WORDS, cell, number, options, {})


def _reasons(reading: Reading, asked: Asked) -> tuple[tuple[int, ...], ...]:
    at = {column.place.slot.path: column.at for column in reading.columns if column.place.role is Role.REASON}
    return tuple(tuple(at[name] for name in names if name in at) for names in asked.reasons)


def _scoring(single: Single, brief: bool) -> r.Scoring | None:
    """None where the ordinary unit cannot be laid out, or numbers stand in what is told."""
    try:
        made, beside = single.ordinary(), None if brief else single.extras()
        told = () if brief else single.tellings.of_scored()
    except Unplanned:
        return None
    places = shown(single.plan.ruleset.item_rounding).places or 0
    kinds = tuple(tuple((last_places(one.weight, places), one.clause) for one in several) for several in made.kinds)
    single.plan.keep()
    texts = beside.texts if beside else ()
    reads = {at for one in told for at in one.reads if at >= len(single.cells)} | (beside.reads if beside else set())
    lacks = not reads <= {*single.own} or not all(one.source for one in told)
    own = tuple(single.own) if reads else ()
    return None if lacks else r.Scoring(
        _code(made.text), kinds, tuple((_code(one.rate) if one.rate else b"", tuple(map(_code, one.due))) for one in texts),
        tuple((whole.score is not None, whole.grade, int(whole.standing), whole.faults) for whole in made.wholes),
        grouped(single.plan.ruleset, [_code(one.source) for one in told]) if told else (), single.room, own)


def _code(text: str) -> bytes:
    return marshal.dumps(compile(text, "<plan>", "exec"))


def _shape(loaded: Loaded, ruleset: Ruleset, brief: bool, sound: bool) -> r.Shape:
    shape = shape_of(ruleset, loaded.digest, brief, sound)
    item, total = (shown(rounding).places or 0 for rounding in (ruleset.item_rounding, ruleset.total_rounding))
    return r.Shape(shape.names, item, total, tuple(basis(shape).items()), sound, shape.told)
