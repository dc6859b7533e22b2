"""Workload W: the units are the mixture that is promised, and every reference gives the same digits."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from benchmarks.workload import check, exact, files, hard, units
from benchmarks.workload.shape import GRADES, ITEMS, NUMBERS, PART_WEIGHTS, RULESET, SCALE, WORD, Item
from benchmarks.workload.units import Columns
from perfdsl import pipeline
from perfdsl.data import read
from perfdsl.model.ruleset import Ruleset
from perfdsl.score import scorecard
from perfdsl.score.scorecard import Scorecard
from perfdsl.testing import run_tests

COUNT = 4000


@pytest.fixture(scope="module")
def mixture() -> Columns:
    return units.units(COUNT)


def _units(columns: Columns, count: int) -> Iterator[dict[str, int]]:
    lists = {name: column[:count].tolist() for name, column in columns.items()}
    return (dict(zip(lists, unit, strict=True)) for unit in zip(*lists.values(), strict=True))


def _points(item: Item, unit: dict[str, int]) -> Fraction:
    """Unrounded, of all but q9."""
    values = [(Fraction(unit[pair.actual], SCALE), Fraction(unit[pair.target], SCALE)) for pair in item.pairs]
    if item.id != "c10":
        return exact.RULES[item.id](*values[0], item.weight)
    return sum((exact.RULES["u1"](*value, weight) for value, weight in zip(values, PART_WEIGHTS, strict=True)), Fraction(0))


def _ruleset() -> Ruleset:
    loaded = pipeline.load(RULESET)

    assert loaded.diagnostics == ()
    assert loaded.ruleset is not None
    return loaded.ruleset


def _digits(card: Scorecard) -> exact.Scored:
    scores = {row.indicator.name: row.score for row in card.rows if row.score is not None}
    cents = tuple(scores[item.name] * 100 for item in ITEMS)
    assert card.total.score is not None
    assert card.total.grade is not None
    return exact.Scored(tuple(map(int, cents)), int(card.total.score * 100), GRADES.index(card.total.grade))


def test_the_ruleset_is_sound_and_weighs_what_the_workload_says() -> None:
    ruleset = _ruleset()

    assert [(item.name, item.weight) for item in ITEMS] == [(one.name, one.weight) for one in _in_order(ruleset)]
    assert not any(result.failures for result in run_tests(ruleset))


def _in_order(ruleset: Ruleset) -> list:
    places = {item.name: at for at, item in enumerate(ITEMS)}
    return sorted(ruleset.indicators(), key=lambda one: places[one.name])


@pytest.mark.parametrize("made", [units.units, hard.units])
def test_perfdsl_scores_200_units_as_the_fractions_do(made, tmp_path: Path) -> None:
    columns, ruleset = made(200), _ruleset()
    facts, found = read(str(files.write(tmp_path / "units.csv", columns)), ruleset)

    assert found == []
    assert [_digits(scorecard(ruleset, one)) for one in facts] == [exact.scored(unit) for unit in _units(columns, 200)]


@pytest.mark.parametrize("made", [units.units, hard.units])
def test_the_fast_reference_gives_the_digits_of_the_fractions(made) -> None:
    columns = made(600)

    digits = check.digits(columns)

    want = [exact.scored(unit) for unit in _units(columns, 600)]
    assert digits.cents.tolist() == [list(one.cents) for one in want]
    assert digits.total.tolist() == [one.total for one in want]
    assert digits.grade.tolist() == [one.grade for one in want]


def test_a_wrong_cell_or_grade_is_counted_once_a_unit(mixture: Columns) -> None:
    right = check.digits(mixture)
    cents, grade = right.cents.copy(), right.grade.copy()
    cents[3, 0] += 1
    cents[3, 5] += 1
    grade[7] ^= 1

    assert check.wrong_units(right, right) == 0
    assert check.wrong_units(check.Digits(cents, right.total, grade), right) == 2


def test_fewer_units_are_the_first_of_more(mixture: Columns) -> None:
    few, many = units.units(70), units.units(units.BLOCK + 70)

    assert {len(column) for column in many.values()} == {units.BLOCK + 70}
    for name, column in mixture.items():
        assert few[name].tolist() == column[:70].tolist() == many[name][:70].tolist()
        assert many[name][units.BLOCK:].tolist() != few[name].tolist()


def test_the_mixture_has_its_shares(mixture: Columns) -> None:
    """Each share is at least what is promised: a threshold or a natural value may be the target too."""
    for item in ITEMS:
        for pair in item.pairs:
            actual, target = mixture[pair.actual], mixture[pair.target]
            assert 0.2 < np.mean(actual == target) < 0.37, item
            assert np.mean((actual == 0) | (target == 0)) > 0.005, item
            assert np.abs(np.abs(actual - target) == 1).mean() < 0.05


@pytest.mark.parametrize("item", [item for item in ITEMS if item.id not in ("n5", "s6", "q9")], ids=lambda item: item.id)
def test_about_one_score_in_seven_is_a_half_cent(item: Item, mixture: Columns) -> None:
    """And one composite in seven more, as each of its parts is a pair of the mixture."""
    halves = [(_points(item, unit) * 200) % 2 == 1 for unit in _units(mixture, COUNT)]

    assert 0.13 < np.mean(halves) < (0.35 if item.id == "c10" else 0.21)


def test_endless_parts_sum_up_to_a_half_cent() -> None:
    parts = units.endless(np.random.default_rng(1), 500)

    for row in zip(*(column.tolist() for part in parts for column in part), strict=True):
        points = [Fraction(100 * weight * row[at], row[at + 1]) for weight, at in zip(PART_WEIGHTS, (0, 2, 4), strict=True)]
        assert sum(points) * 2 % 2 == 1
        assert all(0 < one < 100 * weight for one, weight in zip(points, PART_WEIGHTS, strict=True))
        assert all(map(_endless, points))


def _endless(number: Fraction) -> bool:
    return (10**20 * number).denominator != 1


def test_adversarial_units_are_on_both_sides_of_a_half_cent_and_large() -> None:
    columns = hard.units(300)
    assert max(column.max() for column in columns.values()) > 10**11
    for item in ITEMS:
        if item.id in ("n5", "s6", "q9"):
            continue
        apart = [_points(item, unit) * 200 - round((_points(item, unit) * 200 - 1) / 2) * 2 - 1 for unit in _units(columns, 300)]
        assert 0 not in apart
        assert 0.4 < np.mean([one > 0 for one in apart]) < 0.6
        assert max(map(abs, apart)) < Fraction(1, 10)


def test_files_hold_the_same_units(mixture: Columns, tmp_path: Path) -> None:
    written = files.write(tmp_path / "units.parquet", mixture)
    again = files.read(written)
    text = files.write_units(tmp_path / "units.csv", COUNT).read_text("utf-8").splitlines()

    assert again.keys() == {*NUMBERS, WORD} == mixture.keys()
    assert all((again[name] == column).all() for name, column in mixture.items())
    assert len(text) == COUNT + 1
    assert text[1].split(",")[1] == f"{mixture[NUMBERS[0]][0] / SCALE:.4f}"
