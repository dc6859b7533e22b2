"""What is proved of random rules holds at every value that is tried; what is refuted breaks at the value that is named."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from test_rules import HEAD, NAMES, Node, Test, conditions, sums

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load_source
from perfdsl.prove.claims import Kind, Verdict
from perfdsl.prove.proofs import prove
from perfdsl.prove.scores import scored
from perfdsl.prove.unknown import Unknown
from perfdsl.source import Source
from perfdsl.testing import run_tests

numbers = st.fractions(0, 40, max_denominator=12)
values = st.fixed_dictionaries(dict.fromkeys(NAMES, numbers))
SEEN: Counter[Verdict] = Counter()


def _ruleset(rule: str) -> Ruleset:
    ruleset = load_source(Source("随机.perf", HEAD + rule)).ruleset
    assert ruleset is not None
    return ruleset


def _points(ruleset: Ruleset, at: dict[str, Fraction]) -> tuple[Fraction, Fraction]:
    cells = ruleset.inputs()
    items = {name: Fact(Unknown(name, cells[name]).value(x)) for name, x in at.items()}
    found = scored(ruleset, next(ruleset.indicators()), items)
    return found.low, found.high


@settings(max_examples=120)
@given(st.lists(st.tuples(conditions, sums), min_size=0, max_size=2), sums, st.booleans(), st.lists(values, min_size=8, max_size=8))
def test_range(cases: list[tuple[Test, Node]], last: Node, bounded: bool, tried: list[dict[str, Fraction]]) -> None:
    lines = [f"当 {test[0]} 得 {node[0]} × 1分" for test, node in cases] + [f"否则 得 {last[0]} × 1分"]
    rule = "\n".join([*lines, *(["最低得 0，最高得 分值"] if bounded else [])])
    ruleset = _ruleset(rule)

    claim = next(c for c in prove(ruleset).claims if c.kind is Kind.RANGE)

    SEEN[claim.verdict] += 1
    if claim.verdict is Verdict.PROVED:
        assert all(low >= 0 and high <= 10 for low, high in (_points(ruleset, at) for at in tried))
    if bounded:
        assert claim.verdict is not Verdict.REFUTED
    if claim.verdict is Verdict.REFUTED and claim.test:
        result, = run_tests(_ruleset(f"{rule}\n{claim.test}"))
        assert {d.code for d in result.failures} <= {"E455"}


def test_most_is_decided() -> None:
    assert SEEN[Verdict.UNDECIDED] * 10 <= sum(SEEN.values())
    assert min(SEEN[Verdict.PROVED], SEEN[Verdict.REFUTED]) >= 10
