"""One unit of workload W at a time, the ruleset warm: beside what a person writes for W alone in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.rivals import ours, python_ints
from benchmarks.tables import Table, goal
from benchmarks.timing import Job, Times, alternating
from benchmarks.workload import units
from benchmarks.workload.shape import RULESET, SCALE, WORD, WORDS
from perfdsl.batch.columns.layout import Drafter
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.pipeline import load
from perfdsl.plan.plan import Plan
from perfdsl.plan.single import Single
from perfdsl.warm import Compiled, compiled

UNITS = 2000
DEVIATIONS = 7
COLUMNS = 10**5
_PLACES = len(str(SCALE)) - 1
_INTERPRETED = 50

_MEANING = f"""{UNITS:,} units of workload W, one after another, in plain Python; the ruleset is loaded, the code for it made, the
values are whole numbers of last places as the hand-written function takes them.  "numbers" is 13 points, total
and grade; "structured reasons" has the status, the clause and the bounds of each beside them; "sentences" are
the paragraphs of the units with {DEVIATIONS} deviations, made of what was scored before.  "perfdsl.compiled" takes a
unit as a dict by names: of numbers, or of texts as they stand in cells.  Ratios are of medians to the first row."""
_CODES = f"""{COLUMNS:,} units of workload W by columns, in memory, one thread, machine code ready: points alone, with the code of the
clause that decided each item, and with its deviation and whether a reason is due as well (twice as many bytes
to write, and a division more for an item).  share is what is taken beside the points."""
_POINTS, _CLAUSES, _ALL = "points, total, grade", "with the codes of clauses", "with deviations and reasons"
_HAND, _SENTENCES = "by hand (python_one.py)", f"sentences, {DEVIATIONS} deviations"
_AT_MOST = {"numbers": (2.0, None), "structured reasons": (5.0, None), _SENTENCES: (None, 60.0)}
"""Times the hand-written function, and microseconds a unit."""


class Units(NamedTuple):
    """The same units for all: values for a `Single`, dicts of numbers and of texts, tuples for the hand-written function."""

    single: Single
    values: list[list[Any]]
    numbers: list[dict[str, Any]]
    texts: list[dict[str, Any]]
    tuples: list[tuple[int, ...]]


def prepared(count: int = UNITS) -> Units:
    """Some units, and a plan for them."""
    ruleset = load(RULESET).ruleset
    assert ruleset is not None
    columns, full = units.units(count), ours.full_names(ruleset)
    cells = {name: column.tolist() if name != WORD else [WORDS[at] for at in column.tolist()] for name, column in columns.items()}
    single = Single(Plan(ruleset), {(full.get(name, name), False): _PLACES for name in cells if name != WORD})
    by_path = {full.get(name, name): values for name, values in cells.items()}
    values = [[by_path[path][at] if not chosen and path in by_path else None for path, chosen in single.cells] for at in range(count)]
    numbers = [{name: own[at] if name == WORD else Decimal(own[at]).scaleb(-_PLACES) for name, own in cells.items()} for at in range(count)]
    texts = [{name: str(value) for name, value in one.items()} for one in numbers]
    return Units(single, values, numbers, texts, python_ints.prepare(columns, 1))


def tables(rounds: int) -> Sequence[Table]:
    return [_one_by_one(prepared(), rounds), _codes(rounds)]


def _one_by_one(made: Units, rounds: int) -> Table:
    single, ready = made.single, compiled(load(RULESET))
    counted = [one for one in map(single.score, made.values) if len(single.sentences(one)) == DEVIATIONS]
    few = Compiled(ready.loaded)
    few._ways = ()  # nothing but the interpreter
    work: dict[str, tuple[int, Callable[[], object]]] = {
        _HAND: (UNITS, lambda: python_ints.score(made.tuples)),
        "numbers": (UNITS, lambda: [single.numbers(one) for one in made.values]),
        "structured reasons": (UNITS, lambda: [single.score(one) for one in made.values]),
        _SENTENCES: (len(counted), lambda: [single.sentences(one) for one in counted]),
        "perfdsl.compiled, numbers": (UNITS, lambda: [ready.score(one).total for one in made.numbers]),
        "perfdsl.compiled, texts": (UNITS, lambda: [ready.score(one).total for one in made.texts]),
        "perfdsl.compiled, texts, items": (UNITS, lambda: [ready.score(one).items for one in made.texts]),
        "perfdsl.compiled, texts, sentences": (UNITS, lambda: [ready.score(one).sentences() for one in made.texts]),
        "the interpreter": (_INTERPRETED, lambda: [few.score(one).total for one in made.texts[:_INTERPRETED]]),
    }
    times = alternating([Job(name, run) for name, (_, run) in work.items()], rounds)
    hand = times[_HAND].median / UNITS
    return Table("One unit, warm", _MEANING, tuple(_row(times[name], count, hand) for name, (count, _) in work.items()))


def _row(times: Times, count: int, hand: float) -> dict[str, Any]:
    each = times.median / count
    ratio, most = _AT_MOST.get(times.name, (None, None))
    limit = ratio if most is None else most
    return {"what": times.name, "units": count, "runs": len(times.seconds), "least_us": times.least / count * 1e6, "median_us": each * 1e6,
            "times_by_hand": each / hand, "in": "" if limit is None else "times" if most is None else "us",
            **goal(each / hand if most is None else each * 1e6, limit)}


def _codes(rounds: int) -> Table:
    ruleset = load(RULESET).ruleset
    assert ruleset is not None
    block = ours.block_of(units.units(COLUMNS), ruleset)
    jobs = []
    for name in (_POINTS, _CLAUSES, _ALL):
        scorer = Scorer(ruleset, coded=name != _POINTS)
        room = scorer.room(COLUMNS)
        with patch.object(Drafter, "_beside", Drafter._beside if name == _ALL else lambda *_: None):
            ours.warm(ours.State(scorer, block, room))
        scorer.wait()
        jobs.append(Job(name, lambda scorer=scorer, room=room: scorer.score(block, room)))  # type: ignore[misc]  # defaults
    times = alternating(jobs, rounds)
    plain = times[_POINTS]
    rows = [{"what": one.name, "runs": len(one.seconds), "least_ms": one.least * 1e3, "median_ms": one.median * 1e3,
             "share_%": (one.least / plain.least - 1) * 100, **goal((one.least / plain.least - 1) * 100, 10.0 if one.name == _CLAUSES else None)}
            for one in times.values()]
    return Table("Codes in columns", _CODES, tuple(rows))
