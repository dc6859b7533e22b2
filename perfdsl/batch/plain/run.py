"""A job in plain Python, from the file to the output."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from perfdsl.batch.counts import Counts
from perfdsl.batch.plain.about import Who, who_of
from perfdsl.batch.plain.file import Rows, rows_of
from perfdsl.batch.plain.read import Finer, Read, read
from perfdsl.batch.plain.recipe import FINE_PLACES, FINEST_PLACES, USUAL_PLACES, Recipe, kept
from perfdsl.batch.plain.scoring import lines
from perfdsl.batch.plain.styles import STYLES
from perfdsl.batch.plain.told import Table

if TYPE_CHECKING:
    from perfdsl.batch.plain.odd import Odd
    from perfdsl.batch.rejects import Reject
    from perfdsl.diagnostics import Diagnostic


class Order(NamedTuple):
    """What is asked for on the command line."""

    ruleset: str
    data: str
    out: Path
    kind: str
    rejects: Path
    is_brief: bool


class Done(NamedTuple):
    """What became of a job, and what is to be said of ruleset and headings."""

    counts: Counts
    found: tuple[Diagnostic, ...]


def tried(order: Order) -> Done | None:
    """The job, done; None where it is not for plain Python, and nothing has been written then.  Raises OSError."""
    if order.kind not in STYLES or _is_taken(order):
        return None
    rows = rows_of(order.data)
    if rows is None:
        return None
    for places in (USUAL_PLACES, FINE_PLACES, FINEST_PLACES):
        recipe = kept(order.ruleset, rows.heading, order.is_brief, places)
        if recipe is None:
            return None
        try:
            return _Job(order, rows, recipe).done()
        except Finer:
            continue
    return None


def _is_taken(order: Order) -> bool:
    """Whether an unfinished run has its parts there, or a file would be written over the data."""
    files = [os.path.abspath(path) for path in (order.data, order.out, order.rejects)]
    return len({*files}) < len(files) or order.out.with_name(f".{order.out.name}.parts").exists()


class _Job:
    """The rows of a file under one recipe."""

    def __init__(self, order: Order, rows: Rows, recipe: Recipe) -> None:
        self._order, self._rows, self._recipe = order, rows, recipe
        self._asked: Odd | None = None

    def _odd(self) -> Odd:
        if self._asked is None:
            from perfdsl.batch.plain.odd import Odd

            self._asked = Odd(self._recipe, self._rows, self._order.data, self._order.is_brief)
        return self._asked

    def done(self) -> Done:
        """Raises `Finer`, before anything is written."""
        found, who = read(self._recipe, self._rows, self._odd), who_of(self._recipe, self._rows, self._odd)
        bad = (found.bad | who.faulty | {*who.again}) - who.passed
        kept = [at for at in range(len(self._rows.rows)) if at not in bad and at not in who.passed]
        text = self._text(found, who, kept)
        rejects = self._rejects(who, sorted(bad))
        self._write(text, rejects)
        if self._asked is not None:
            self._asked.keep()
        warned = tuple(sorted((found.warned + who.warned).items()))
        return Done(Counts(len(kept) + len(bad), len(kept), len(bad), 0, len(who.passed), warned), self._found())

    def _text(self, found: Read, who: Who, kept: Sequence[int]) -> bytes:
        table = Table(self._recipe, self._order.kind, self._order.is_brief)
        return table.style.head + "".join(lines(self._recipe.scoring, table, found, who, kept, self._odd)).encode()

    def _rejects(self, who: Who, bad: Sequence[int]) -> list[Reject]:
        made: list[Reject] = []
        for row in bad:
            year = "" if who.years[row] is None else str(who.years[row])
            made += self._odd().rejects(row, who.names[row], who.codes[row], year, who.again.get(row))
        return made

    def _write(self, text: bytes, rejects: list[Reject]) -> None:
        """The rejects first; those of an earlier run do not stay beside the output."""
        if rejects:
            from perfdsl.batch import rejects as reject_file

            _whole(self._order.rejects, reject_file.head() + reject_file.lines(rejects))
        else:
            self._order.rejects.unlink(missing_ok=True)
        _whole(self._order.out, text)

    def _found(self) -> tuple[Any, ...]:
        return () if self._recipe.is_quiet else (*self._odd().loaded.diagnostics, *self._odd().reading.found)


def _whole(path: Path, data: bytes) -> None:
    """The file is there complete, or as it was before."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
