"""docs/reference/methods.md and docs/graphs are what the shipped methods give.

`pytest tests/manual --golden-update` writes both anew; what stands above the mark of the page is written by hand.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from method_pages import GRAPHS, MARK, PAGE, drawn, generated, graphs, places, round_between
from method_samples import Sample, files, own_methods, rulesets, samples
from svg_reading import read

from perfdsl.data.facts import Fact, Facts
from perfdsl.graph import Curve
from perfdsl.quantity import Quantity, of
from perfdsl.score import scorecard

_HEADING = re.compile(r"^计分方法 (?:「([^」]+)」|([^\s（「]+))", re.M)
NAMES = [(stem, quoted or plain) for stem, file in files().items()
         for quoted, plain in _HEADING.findall(file.read_text(encoding="utf-8"))]


@cache
def _made() -> dict[str, str]:
    return graphs()


def _lines(ruleset: str, method: str) -> list[tuple[Sample, Curve]]:
    return next(drawn(r, m) for r in rulesets() for m in own_methods(r) if (r.name, m.name) == (ruleset, method))


def _score(sample: Sample, line: Curve, at: Fraction) -> Fraction | None:
    """By the whole score table; None where an officer decides."""
    items = {**{name: Fact(value) for name, value in sample.given}, sample.vary: Fact(of(at, line.unit))}
    rows = scorecard(sample.ruleset, Facts("", sample.ruleset.year, items)).rows
    return next(row for row in rows if row.indicator.path == sample.indicator.path).outcome.score


def test_the_page_is_up_to_date(pytestconfig: pytest.Config) -> None:
    own, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    assert mark, f"手写部分的后面要有一行 {MARK}"
    if pytestconfig.getoption("golden_update"):
        PAGE.write_text(own + MARK + generated(), encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == own + MARK + generated(), "pytest tests/manual --golden-update"


def test_the_graphs_are_up_to_date_and_none_is_left_over(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("golden_update"):
        GRAPHS.mkdir(exist_ok=True)
        for old in GRAPHS.glob("*.svg"):
            old.unlink()
        for name, picture in _made().items():
            (GRAPHS / name).write_text(picture, encoding="utf-8")

    assert {file.name: file.read_text(encoding="utf-8") for file in GRAPHS.glob("*.svg")} == _made()


def test_every_method_has_a_section_with_its_clauses_and_its_source() -> None:
    text = generated()
    for ruleset in rulesets():
        for method in own_methods(ruleset):
            section = re.search(rf"^## {re.escape(method.name)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
            assert section, method.name
            assert re.search(rf"^计分方法 「?{re.escape(method.name)}」?", section[1], re.M)
            assert all(f"- 依据：{basis}" in section[1] for basis in method.basis)
            assert method.basis
            assert not samples(ruleset, method) or "| 得分 |" in section[1], method.name


def test_every_method_that_computes_from_a_number_has_a_graph() -> None:
    with_graph = {name.partition(".")[0].partition("-")[0] for name in _made()}
    numeric = {m.name for r in rulesets() for m in own_methods(r) for s in samples(r, m)
               if s.ruleset.inputs()[s.vary].unit is not None}

    assert len(with_graph) > 5
    assert numeric - with_graph == set()


def test_the_table_agrees_with_the_engine() -> None:
    """A few cells that a reader can follow in the head."""
    text = generated()
    for method, row in (("正向比率", "| 10家 | 5分 |"), ("反向比率", "| 20天 | 5分 |"), ("反向线性", "| 20次 | 0分 |")):
        assert row in text.partition(f"\n## {method}\n")[2].partition("\n## ")[0], method


@pytest.mark.parametrize(("ruleset", "method"), NAMES)
def test_a_picture_goes_through_the_exact_scores(ruleset: str, method: str) -> None:
    for sample, line in _lines(ruleset, method):
        picture = read(next(text for name, text in _made().items() if _is_of(name, sample)))
        across, up = picture.pixel
        for at in (at for at in places(line) if at not in {p.at for p in line.points}):
            score = _score(sample, line, at)
            if score is not None:
                heights = [y + (z - y) * (at - a) / (b - a) for points in picture.lines for (a, y), (b, z) in pairwise(points)
                           if a - across / 50 <= at <= b + across / 50 and a < b]
                heights += [y for x, y in picture.full if abs(x - at) <= across / 20]
                assert heights, at
                assert min(abs(height - score) for height in heights) <= up, at


def _is_of(name: str, sample: Sample) -> bool:
    method = sample.indicator.method
    words = [v for n, v in sample.given if isinstance(v, str) and n != sample.indicator.path]
    return method is not None and name == "-".join([method.rule.name, *words]) + ".svg"


@pytest.mark.parametrize(("ruleset", "method"), NAMES)
def test_the_points_of_a_line_are_exact(ruleset: str, method: str) -> None:
    for sample, line in _lines(ruleset, method):
        for point in line.points:
            if point.low is not None and point.low == point.high:
                assert _score(sample, line, point.at) == point.low


@pytest.mark.parametrize(("low", "high", "found"), [("0", "20", "10"), ("80", "90", "85"), ("20", "25", "22"), ("-22", "-21.5", "-21.8")])
def test_a_round_number_between(low: str, high: str, found: str) -> None:
    assert round_between(Fraction(low), Fraction(high)) == Fraction(found)


def test_what_is_given_beside_the_varied_value_comes_from_the_tests_of_the_ruleset() -> None:
    ruleset = next(r for r in rulesets() if r.name == "分档计分方法")
    method = next(m for m in own_methods(ruleset) if m.name == "结余与上年比较")
    sample = samples(ruleset, method)[0]

    assert sample.vary == "年末结转结余"
    assert [(n, v.shown) for n, v in sample.given if isinstance(v, Quantity)] == [("年末结转结余.上年", 60)]
