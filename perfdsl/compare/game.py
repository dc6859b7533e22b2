"""One unit under every mixture of old and new: what its total is worth, and which edits have a hand in it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from perfdsl.compare import components as c
from perfdsl.compare.meaning import ASPECTS
from perfdsl.compare.mixtures import Mixture, Mixtures
from perfdsl.compare.shapley import Shares, exact, sampled
from perfdsl.compare.units import Known
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import effects as e
from perfdsl.model.references import TOTAL_NAMES, split
from perfdsl.model.ruleset import Group, Indicator, Ruleset
from perfdsl.model.walk import names
from perfdsl.score.effects import Conditions, added_up, limited, rounding_of
from perfdsl.score.groups import OPEN
from perfdsl.score.rows import bare_row
from perfdsl.score.scorecard import Row, Status
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit

MOST_EDITS = 10
"""Up to so many edits that act together every mixture is scored; above it orders are sampled."""
MOST_ON_ROW = 8
ORDERS, SEED = 200, 20240101

class Unscored(Exception):  # noqa: N818  # no error: an answer that is not there
    """A mixture under which the unit has no score."""


class Game:
    """One unit; rows are scored once for all mixtures that differ in nothing that touches them."""

    def __init__(self, mixtures: Mixtures, known: Known) -> None:
        self.mixtures, self.known = mixtures, known
        self._rows: dict[tuple[str, Mixture], Row] = {}
        self._worth: dict[Mixture, Fraction | None] = {}
        self._units: dict[Mixture, Unit] = {}

    def unit(self, mixture: Mixture) -> Unit:
        if mixture not in self._units:
            ruleset = self.mixtures.ruleset(mixture)
            facts = self.known.under(ruleset)
            own, waiting = for_unit(ruleset, facts)
            self._units[mixture] = Unit(own, waiting, facts, lambda unit, one, found: self._scored(mixture, unit, one, found), ruleset)
        return self._units[mixture]

    def _scored(self, mixture: Mixture, unit: Unit, indicator: Indicator, found: list[Diagnostic]) -> Row:
        key = (indicator.path, mixture & self.mixtures.touching[indicator.path])
        if key not in self._rows:
            self._rows[key] = bare_row(unit, indicator, found)
        return self._rows[key]

    def worth(self, mixture: Mixture) -> Fraction:
        """The rounded total, as a scorecard has it; raises `Unscored` where there is none."""
        if mixture not in self._worth:
            self._worth[mixture] = _total(self.unit(mixture))
        if (found := self._worth[mixture]) is None:
            raise Unscored
        return found

    def shares(self) -> Shares:
        """What each edit adds to or takes from the total of the unit; edits that are not named do nothing to it."""
        tables = self._tables()
        players = sorted({n for path, table in tables.items() for n in _acting(self.mixtures.touching[path], table)} | self._beside(tables))
        if tables and self._adds_up(tables):
            return Shares(self._row_by_row(tables), {})
        if len(players) <= MOST_EDITS:
            return Shares(exact(players, lambda some: self.worth(self._all_but(players, some))), {})
        return sampled(players, lambda some: self.worth(self._all_but(players, some)), ORDERS, SEED)

    def _all_but(self, players: Iterable[int], some: Mixture) -> Mixture:
        """The mixture with all edits that do nothing, so that the ends are the two rulesets themselves."""
        return some | (frozenset(self.mixtures.all) - set(players)) if some else some

    # ---- rows

    def _tables(self) -> dict[str, dict[Mixture, Row | None]]:
        """Every row that an edit touches, for every mixture of those that do; empty where these are too many."""
        found: dict[str, dict[Mixture, Row | None]] = {}
        for path, touching in self.mixtures.touching.items():
            if len(touching) > MOST_ON_ROW:
                return {}
            subsets = [frozenset(some) for size in range(len(touching) + 1) for some in combinations(sorted(touching), size)]
            found[path] = {some: self._row(path, some) for some in subsets}
        return found

    def _row(self, path: str, mixture: Mixture) -> Row | None:
        unit = self.unit(mixture)
        return unit.row(unit.indicators[path]) if path in unit.indicators else None

    def _beside(self, tables: dict[str, dict[Mixture, Row | None]]) -> set[int]:
        """The edits of more than rows, which may act on the total; all of them where the rows were not gone through."""
        if not tables:
            return set(self.mixtures.all)
        rows = set(ASPECTS) | {c.ADDED, c.REMOVED, "取舍 每项得分", c.LET}
        return {n for n, edit in enumerate(self.mixtures.edits.edits) if any(what not in rows and what != "等级" for what, _ in edit.keys)}

    def _adds_up(self, tables: dict[str, dict[Mixture, Row | None]]) -> bool:
        """Whether under every mixture the total is just the sum of the rows."""
        rows = [row for table in tables.values() for row in table.values() if row is not None]
        if any(row.score is None or row.status is Status.NOT_APPLICABLE or row.indicator.outside for row in rows):
            return False
        most = sum((max(_points(row) for row in table.values()) for table in tables.values()), Fraction(0))
        least = sum((min(_points(row) for row in table.values()) for table in tables.values()), Fraction(0))
        parts = self.mixtures.edits.components
        if any(sum((_points(table[end & self.mixtures.touching[path]]) for path, table in tables.items()), Fraction(0)) != self.worth(end)
               for end in (frozenset[int](), frozenset(self.mixtures.all))):
            return False
        return all(is_plain(r) and all(rounding_of(r).apply(_points(row)) == _points(row) for row in rows) for r in (parts.old, parts.new)) and all(
            self._is_quiet(effect, side, least, most) for side in (frozenset[int](), frozenset(self.mixtures.all))
            for effect in self.mixtures.ruleset(side).effects)

    def _is_quiet(self, effect: e.Effect, side: Mixture, least: Fraction, most: Fraction) -> bool:
        """Whether a clause leaves every total from *least* to *most* as it is, under all mixtures."""
        if not isinstance(effect, e.TotalGives | e.TotalLimit):
            return True
        said = {name for part in (effect.condition, effect.points) if part is not None for name in names(part)}
        if any(split(name)[1] or name in TOTAL_NAMES for name in said) or said & {let.name for let in self.mixtures.ruleset(side).lets}:
            return False
        conditions = Conditions(self.unit(side), least)
        held = conditions.held(effect.condition)
        if held is False:
            return True
        points = conditions.points(effect.points)
        return isinstance(effect, e.TotalLimit) and points is not None and (points <= least if effect.lowest else points >= most)

    def _row_by_row(self, tables: dict[str, dict[Mixture, Row | None]]) -> dict[int, Fraction]:
        """The edits' parts of each row, added up."""
        parts: dict[int, Fraction] = {}
        for path, table in tables.items():
            players = sorted(_acting(self.mixtures.touching[path], table))
            rest = self.mixtures.touching[path] - set(players)
            for n, share in exact(players, lambda some, table=table, rest=rest: _points(table[some | rest])).items():  # type: ignore[misc]  # defaults
                parts[n] = parts.get(n, Fraction(0)) + share
        return parts


def _total(unit: Unit) -> Fraction | None:
    """None where a row is open, or a clause on the total of which nobody can say whether it holds makes a difference."""
    if any(unit.row(one).status in OPEN for one in unit.ruleset.indicators()):
        return None
    made = added_up(unit, lambda row: row.low)
    least = None if made is None else limited(unit, made.whole, True)
    if made is None or least is None or (least.waiting and limited(unit, made.whole, False).value != least.value):
        return None
    return rounding_of(unit.ruleset).apply(least.value)


def _points(row: Row | None) -> Fraction:
    return Fraction(0) if row is None or row.score is None else row.score


def _acting(touching: Mixture, table: dict[Mixture, Row | None]) -> set[int]:
    """The edits that make a difference to the row under some mixture."""
    return {n for n in touching if any(_sign(row) != _sign(table[some | {n}]) for some, row in table.items() if n not in some)}


def _sign(row: Row | None) -> object:
    """All of a row that others can see."""
    if row is None:
        return None
    out = row.outcome
    return row.status, row.score, row.low, row.high, row.indicator.weight, out.rate, out.actual, out.target_value


def is_plain(ruleset: Ruleset) -> bool:
    """Whether nothing in the form weighs or picks: no 满分, no 合成 of groups, no items outside the total."""
    groups = [node for node in ruleset.nodes() if isinstance(node, Group)]
    return not ruleset.outside and all(group.scale is None and group.combiner is None for group in groups)
