"""What is found for a whole region of values is what the exact interpreter gives at each of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rules import HEAD, NAMES, Node, Test, conditions, sums, values

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.pipeline import load, load_source
from perfdsl.prove.line import Domain, Piece
from perfdsl.prove.region import EVERYWHERE, cut, inside
from perfdsl.prove.scores import Scored, by_score, exactly, pieces, put, rounded, scored
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.regions import Region
from perfdsl.source import Source

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted([*(ROOT / "rulesets").rglob("*.perf"), *(ROOT / "examples").rglob("*.perf")])


@cache
def _ruleset(path: Path) -> Ruleset:
    ruleset = load(path).ruleset
    assert ruleset is not None
    return ruleset


def _places(region: Region, share: Fraction, whole: bool) -> Iterator[Fraction]:
    """The ends that belong to the region, a place inside, and one at *share* of the way, or that far out."""
    yield from (end for end, closed in ((region.low, region.low_closed), (region.high, region.high_closed)) if closed and end is not None)
    yield inside(region, whole)
    low, high = region.low, region.high
    far = (low + (high - low) * share if low is not None and high is not None else
           low + 1000 * share + 1 if low is not None else (high or Fraction(0)) - 1000 * share - 1)
    yield from (place for part in cut(region, (), whole) if (place := Fraction(far // 1) if whole else far) is not None
                and part == region and _within(region, place))


def _within(region: Region, place: Fraction) -> bool:
    return (region.low is None or place > region.low) and (region.high is None or place < region.high)


def _agrees(piece: Piece[Scored], ruleset: Ruleset, indicator: Indicator, unknown: Unknown, items: dict[str, Fact], at: Fraction) -> None:
    """One value of the region gives what was found for all of it; a bound holds."""
    plain = scored(ruleset, indicator, {**items, unknown.path: Fact(unknown.value(at))})
    found = piece.value
    assert found is not None
    assert found.row.status is plain.row.status
    assert [d.code for d in found.found] == [d.code for d in plain.found]
    for claimed, exact in ((found.low, plain.low), (found.high, plain.high)):
        value = put(claimed, at)
        assert value == exact if isinstance(value, Fraction) else value.low <= exact <= value.high


def _covers(found: list[Piece[Scored]], domain: Domain) -> None:
    """The regions follow one another without a hole from end to end of the domain."""
    assert (found[0].region.low, found[-1].region.high) == (domain.region.low, domain.region.high)
    for a, b in zip(found, found[1:], strict=False):
        assert a.region.high is not None
        assert b.region.low == a.region.high + (1 if domain.whole else 0)
        assert a.region.high_closed != b.region.low_closed or domain.whole


@settings(max_examples=150)
@given(st.lists(st.tuples(conditions, sums), min_size=1, max_size=4), sums, values, st.fractions(0, 1))
def test_random_case_lists(cases: list[tuple[Test, Node]], last: Node, given_: dict[str, int], share: Fraction) -> None:
    lines = [f"当 {test[0]} 得 {node[0]} × 1分" for test, node in cases]
    _check_random("\n".join([*lines, f"否则 得 {last[0]} × 1分"]), given_, share)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 7), st.integers(0, 3), st.sampled_from(["舍去", "进一", "按比例"]),
                          st.none() | st.integers(0, 9)), min_size=1, max_size=3), st.booleans(), values, st.fractions(0, 1))
def test_random_steps(steps: list[tuple[str, int, int, str, int | None]], to_zero: bool, given_: dict[str, int], share: Fraction) -> None:
    lines = [f"每 {name} {size} 扣 {points}分，不足一步 {rounding}" + (f"，最多扣 {most}分" if most is not None else "")
             for name, size, points, rounding, most in steps]
    _check_random("\n".join([*lines, *(["扣完为止"] if to_zero else [])]), given_, share)


def _check_random(rule: str, given_: dict[str, int], share: Fraction) -> None:
    ruleset = load_source(Source("随机.perf", HEAD + rule)).ruleset
    assert ruleset is not None
    indicator, unknowns = next(ruleset.indicators()), Unknowns(ruleset)
    items = {u.path: Fact(u.value(Fraction(given_.get(u.name, 0)))) for u in unknowns.of(indicator)}
    for unknown in (u for u in unknowns.of(indicator) if u.name in NAMES):
        found = pieces(ruleset, indicator, unknown, Domain(EVERYWHERE), items)
        _covers(found, Domain(EVERYWHERE))
        for piece in found:
            if not piece.undecided:
                for at in _places(piece.region, share, False):
                    _agrees(piece, ruleset, indicator, unknown, items, at)


def _alone(ruleset: Ruleset) -> Iterator[tuple[Indicator, Unknown, Unknowns]]:
    """The indicators whose score hangs on one number or day, with that."""
    unknowns = Unknowns(ruleset)
    for indicator in ruleset.indicators():
        found = unknowns.of(indicator)
        if len(found) == 1 and not found[0].is_chosen:
            yield indicator, found[0], unknowns


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_rulesets(path: Path) -> None:
    ruleset = exactly(_ruleset(path))
    for indicator, unknown, unknowns in _alone(ruleset):
        domain = unknowns.domain(unknown)
        every = pieces(ruleset, indicator, unknown, domain)
        for found in (every, by_score(every)):
            _covers(found, domain)
            assert not any(piece.undecided for piece in found), indicator.name
            for piece in found:
                for at in _places(piece.region, Fraction(3, 7), domain.whole):
                    _agrees(piece, ruleset, indicator, unknown, {}, at) if found is every else None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_rounding_is_put_back(path: Path) -> None:
    ruleset = _ruleset(path)
    indicator, unknown, unknowns = next(_alone(ruleset), (None, None, None))
    if indicator is None or unknown is None or unknowns is None or ruleset.item_rounding is None:
        return
    domain = unknowns.domain(unknown)
    found = rounded(by_score(pieces(exactly(ruleset), indicator, unknown, domain)), ruleset.item_rounding, domain)
    for piece in found[::97]:
        at = inside(piece.region, domain.whole)
        assert piece.value == scored(ruleset, indicator, {unknown.path: Fact(unknown.value(at))}).row.score
