"""The rulesets that ship: sound, tidy, tested clause by clause, and what they print.

`pytest tests/rulesets --golden-update` writes `golden/` anew; read the diff before you commit it.  The ruleset's
digest stands there as `DIGEST`: its text is held by CHECKSUMS.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from decided import clauses, decided, loaded, rules, run_tests, steps, stood_on, turns

import perfdsl
from perfdsl.pipeline import check, load
from perfdsl.score.scorecard import Scorecard, Status

HERE = Path(__file__).parent
SHIPPED = sorted((HERE.parent.parent / "rulesets").rglob("*.perf"))


def _each(paths: list[Path]) -> Any:
    return pytest.mark.parametrize("path", paths, ids=lambda p: p.stem)


# ---- sound, tidy, tested


@_each(SHIPPED)
def test_nothing_is_wrong_with_it(path: Path) -> None:
    assert [f"{d.code} {d.message}" for d in check(load(path))] == []


@_each(SHIPPED)
def test_its_layout_is_tidy(path: Path, run: Any) -> None:
    assert run("fmt", "--check", path).code == 0


@_each(SHIPPED)
def test_its_tests_pass(path: Path) -> None:
    _, results = run_tests(loaded(path))

    assert [f"{r.test.name}：{f.message}" for r in results for f in r.failures] == []
    assert results


def test_no_two_have_one_name() -> None:
    names = [(ruleset.name, ruleset.year) for ruleset in map(loaded, SHIPPED)]

    assert len(names) == len(set(names))


# ---- every clause is decided by a test


@cache
def _cards() -> tuple[Scorecard, ...]:
    """Of all tests of all rulesets: a method may be tested where it is used."""
    return tuple(card for path in SHIPPED for card in run_tests(loaded(path))[0])


@_each(SHIPPED)
def test_every_method_scores_something_in_a_test(path: Path) -> None:
    used = {row.indicator.method.rule.span.text for card in _cards() for row in card.rows
            if row.indicator.method and row.status is Status.SCORED}

    assert [rule.name for rule in rules(loaded(path)) if rule.span.text not in used] == []


@_each(SHIPPED)
def test_every_clause_decides_a_test(path: Path) -> None:
    found = {clause for step in steps(_cards()) for clause in decided(step)}

    assert [c for rule in rules(loaded(path)) for c in clauses(rule) if c not in found] == []


@_each(SHIPPED)
def test_a_test_stands_on_every_value_at_which_a_rule_turns(path: Path) -> None:
    made = steps(_cards())
    missing = {turn for rule in rules(loaded(path)) for turn in {*turns(rule)} - {*stood_on(rule, made)}}

    assert sorted(missing) == []


# ---- what they print


@pytest.mark.parametrize("kind", ["table", "json"])
@_each(SHIPPED)
def test_what_its_example_prints(path: Path, kind: str, run: Any, monkeypatch: pytest.MonkeyPatch,
                                 pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(path.parent)
    ran = run("eval", path.name, path.with_suffix(".csv").name, "--format", kind, "--width", 80)
    golden = HERE / "golden" / f"{path.stem}.{kind}.txt"
    printed = ran.out.replace(load(path).digest, "DIGEST").replace(perfdsl.__version__, "VERSION")
    if pytestconfig.getoption("golden_update"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(printed.encode())

    assert (ran.code, ran.err) == (0, "")
    assert golden.is_file(), "pytest tests/rulesets --golden-update"
    assert printed == golden.read_bytes().decode()
