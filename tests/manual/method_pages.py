"""docs/reference/methods.md and docs/graphs: every shipped method with its clauses, its source, scores and a graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from method_samples import Sample, files, own_methods, rulesets, samples

from perfdsl.data.facts import Fact, Facts, Value
from perfdsl.graph import Curve, curve, draw
from perfdsl.graph.probe import Probe
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Kind, Ruleset
from perfdsl.quantity import decimal_text
from perfdsl.score import scorecard
from perfdsl.score.explain import target_text
from perfdsl.score.scorecard import JudgementStep, Row, Status
from perfdsl.score.values import interval_text
from perfdsl.score.wording import value_text

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "methods.md"
GRAPHS = ROOT / "docs" / "graphs"
MARK = "<!-- 以下由 pytest tests/manual --golden-update 从 rulesets 写出，不要手改 -->\n"
_FEW = 6
_LINES: dict[object, Curve] = {}


def generated() -> str:
    """All that stands below the mark."""
    parts = ["", "## 目录", "", "| 规则集 | 方法 |", "|---|---|", *map(_listed, rulesets()), ""]
    for ruleset in rulesets():
        for method in own_methods(ruleset):
            parts += _section(ruleset, method)
    return "\n".join(parts).rstrip("\n") + "\n"


def graphs() -> dict[str, str]:
    """File name → picture."""
    return {_file(method, sample): _picture(method, sample, line)
            for ruleset in rulesets() for method in own_methods(ruleset) for sample, line in drawn(ruleset, method)}


def drawn(ruleset: Ruleset, method: k.Rule) -> list[tuple[Sample, Curve]]:
    """The lines worth a picture: of the first indicator that uses the method, one for each choice, if the score moves."""
    every_one = [s for s in samples(ruleset, method) if s.ruleset.inputs()[s.vary].kind is Kind.QUANTITY]
    first = [s for s in every_one if s.indicator.path == every_one[0].indicator.path]
    lines = [(s, line_of(s)) for s in first]
    return [(s, line) for s, line in lines if line.points]


def line_of(sample: Sample) -> Curve:
    """Its line; each is worked out once."""
    method = sample.indicator.method
    key = (sample.ruleset.name, sample.indicator.path, method and method.span.text, sample.vary, sample.given)
    if key not in _LINES:
        _LINES[key] = curve(sample.ruleset, sample.indicator.path, dict(sample.given), sample.vary)
    return _LINES[key]


def _listed(ruleset: Ruleset) -> str:
    methods = "、".join(f"[{m.name}](#{re.sub(r'[（）]', '', m.name)})" for m in own_methods(ruleset))
    return f"| [{ruleset.name}](../../{files()[ruleset.name].relative_to(ROOT).as_posix()}) | {methods} |"


# ---- one method


def _section(ruleset: Ruleset, method: k.Rule) -> Iterator[str]:
    clauses, notes = _written(method)
    yield from (f"## {method.name}", "", *(f"{note.rstrip('。')}。" for note in notes), "")
    yield from ("```text", *clauses, "```", "", f"- 规则集：引用 「{ruleset.name}」")
    yield from _parameters(method)
    yield from (f"- 依据：{text}" for text in method.basis)
    yield ""
    for sample in samples(ruleset, method):
        yield from _scores(sample)
    for sample, _ in drawn(ruleset, method):
        yield from (f"![{method.name}（{_note(sample)}）](../graphs/{_file(method, sample)})", "")


def _written(method: k.Rule) -> tuple[list[str], list[str]]:
    """The clauses below the heading up to the next blank line, and the 说明 among them."""
    text = method.span.source.text.split("\n")[method.span.line - 1:]
    block = text[:next((at for at, line in enumerate(text) if not line.strip()), len(text))]
    notes = [line.strip().removeprefix("说明").strip()[1:-1] for line in block if line.strip().startswith("说明")]
    return [line for line in block if not line.strip().startswith(("说明", "依据", "#"))], notes


def _parameters(method: k.Rule) -> Iterator[str]:
    if method.parameters:
        texts = (p.name + (f"（缺省 {p.default.span.text}）" if p.default else "（必须给）") for p in method.parameters)
        yield f"- 参数：{'、'.join(texts)}"


# ---- its scores


def _scores(sample: Sample) -> Iterator[str]:
    rows = list(_rows(sample))
    if rows:
        yield from (_case(sample), "", f"| {_varied(sample)} | 得分 |", "|---|---|", *(f"| {at} | {score} |" for at, score in rows), "")


def _case(sample: Sample) -> str:
    indicator = sample.indicator
    target = target_text(_probe(sample).row(Fraction(0)) if _is_number(sample) else _worded(sample, sample.words[0]))
    others = [f"{name} {value_text(value)}" for name, value in _given(sample)]
    others += [f"{_varied(sample)}见下表"] if indicator.parts else []
    used = indicator.method.span.text if indicator.method else ""
    parts = [f"分值 {decimal_text(indicator.weight)}分", f"目标 {target}" if target else "", f"`{used}`", *others]
    return f"例：{indicator.name}，{'，'.join(p for p in parts if p)}。"


def _given(sample: Sample) -> list[tuple[str, Value]]:
    return [(n.rpartition("/")[2], v) for n, v in sample.given if n != sample.indicator.path]


def _varied(sample: Sample) -> str:
    return "实际值" if sample.vary == sample.indicator.path else sample.vary.rpartition("/")[2]


def _is_number(sample: Sample) -> bool:
    return sample.ruleset.inputs()[sample.vary].kind is Kind.QUANTITY


def _rows(sample: Sample) -> Iterator[tuple[str, str]]:
    if not _is_number(sample):
        yield from ((w if isinstance(w, str) else value_text(w), _points(_worded(sample, w))) for w in sample.words)
        return
    probe = _probe(sample)
    line = line_of(sample)
    for at in places(line):
        yield f"{decimal_text(at)}{line.unit.symbol}", _points(probe.row(at))


def _probe(sample: Sample) -> Probe:
    return Probe(sample.ruleset, sample.indicator.path, dict(sample.given), sample.vary)


def _worded(sample: Sample, words: Value) -> Row:
    items = {**{name: Fact(value) for name, value in sample.given}, sample.vary: Fact(words)}
    rows = scorecard(sample.ruleset, Facts("", sample.ruleset.year, items)).rows
    return next(row for row in rows if row.indicator.path == sample.indicator.path)


def _points(row: Row) -> str:
    if row.score is not None and row.status is Status.SCORED:
        return f"{decimal_text(row.score)}分"
    asked = next((s for s in row.outcome.steps if isinstance(s, JudgementStep)), None)
    return f"由评审人打分：{interval_text(asked.judgement, asked.low, asked.high)}" if asked else "算不出"


def places(line: Curve) -> list[Fraction]:
    """The values where the score changes (of many those around the target and the outermost), and round ones between."""
    points = [p.at for p in line.points]
    middle = Fraction(0) if line.target is None else line.target
    near = sorted(points, key=lambda at: abs(at - middle))[:_FEW]
    marks = sorted({*near, *points[:1], *points[-1:], *(() if line.target is None else (line.target,))})
    edges = [line.low, *marks, line.high]
    between = [round_between(a, b) for a, b in zip(edges, edges[1:], strict=False) if a < b]
    return sorted({*marks, *(x for x in between if not line.runs or x.denominator == 1)})


def round_between(a: Fraction, b: Fraction) -> Fraction:
    """A number with few digits about half way from *a* to *b*."""
    middle, room = (a + b) / 2, (b - a) / 4
    step = Fraction(10) ** 12
    while abs((nearest := round(middle / step) * step) - middle) > room or nearest in (a, b):
        step /= 10
    return nearest


# ---- its picture


def _file(method: k.Rule, sample: Sample) -> str:
    return "-".join([method.name, *(v for _, v in _given(sample) if isinstance(v, str))]) + ".svg"


def _note(sample: Sample) -> str:
    target = target_text(_probe(sample).row(Fraction(0)))
    parts = [f"目标 {target}" if target else "", f"分值 {decimal_text(sample.indicator.weight)}分",
             *(f"{name} {v if isinstance(v, str) else value_text(v)}" for name, v in _given(sample))]
    return "，".join(p for p in parts if p)


def _picture(method: k.Rule, sample: Sample, line: Curve) -> str:
    return draw(line, method.name, _varied(sample), _note(sample))
