"""Where a shipped method is shown at work: an indicator that uses it, what is filled in, and all else that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from unittest import mock

from perfdsl import testing
from perfdsl.data.facts import Absent, Facts, Value
from perfdsl.diagnostics import errors
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Kind, Ruleset
from perfdsl.model.walk import every, names, rule_parts
from perfdsl.pipeline import check, load, load_source
from perfdsl.quantity import Quantity, of
from perfdsl.record import record
from perfdsl.source import Source
from perfdsl.units import UNITS

RULESETS = Path(__file__).parents[2] / "rulesets"
STANDARD = "标准计分方法"
_PLAIN = {
    "正向比率": "目标 ≥ 20家", "反向比率": "目标 ≤ 10天", "反向线性": "目标 ≤ 10天", "等值比率": "目标 = 20家",
    "达标得分": "目标 ≥ 6座", "执行率": "目标 ≥ 100%", "定性相符": "目标 「增加」",
}
"""The methods of the ruleset that has no indicators of its own, and a target for each."""
_PLAIN_DATA = "数据 全年预算数 万元\n数据 全年执行数 万元\n"
_PLAIN_GIVEN: dict[str, dict[str, Value]] = {
    "执行率": {"全年预算数": of(100, UNITS["万元"])}, "定性相符": {"样例": "增加"},
}
_HEAD = ("规则集 「样例」，年度 2024，引用 「{}」，总分 10分，不适用 得零分\n"
         "取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入\n")


@record
class Sample:
    """One indicator of *ruleset*; `vary` is what is filled in (a full name), `given` all else; `words` what it may be if no number."""

    ruleset: Ruleset
    indicator: Indicator
    vary: str
    given: tuple[tuple[str, Value], ...]
    words: tuple[Value, ...]


@cache
def files() -> dict[str, Path]:
    """Name → file of every shipped ruleset that holds methods: the standard one, the others of methods/, the rest."""
    found = [file for file in RULESETS.glob("*/*.perf") if "\n计分方法 " in file.read_text(encoding="utf-8")]
    found.sort(key=lambda file: (file.stem != STANDARD, file.parent.name != "methods", file.parent.name, file.stem))
    return {file.stem: file for file in found}


@cache
def rulesets() -> tuple[Ruleset, ...]:
    return tuple(_loaded(file) for file in files().values())


def own_methods(ruleset: Ruleset) -> list[k.Rule]:
    """Those written in its file, in that order."""
    return [rule for rule in ruleset.methods if rule.span.source.name == ruleset.span.source.name]


def samples(ruleset: Ruleset, method: k.Rule) -> list[Sample]:
    """Every indicator of the ruleset that uses the method, once for each way in which the choices around it can lie."""
    users = [i for i in ruleset.indicators() if i.method and i.method.rule.name == method.name]
    if not users and ruleset.name == STANDARD:
        return [_plain(method.name)]
    return [sample for user in users for sample in _settings(ruleset, user)]


def _loaded(file: Path) -> Ruleset:
    loaded = load(file)
    assert loaded.ruleset is not None, (file.name, [d.message for d in check(loaded)])
    assert loaded.ruleset.name == file.stem
    return loaded.ruleset


def _plain(method: str) -> Sample:
    text = f"{_HEAD.format(STANDARD)}{_PLAIN_DATA}三级指标 样例 10分，{_PLAIN[method]}，计分 {method}\n"
    loaded = load_source(Source("样例.perf", text))
    assert loaded.ruleset is not None
    assert not errors(check(loaded))
    indicator = next(loaded.ruleset.indicators())
    given = _PLAIN_GIVEN.get(method, {})
    words = ("增加", "有所增加") if indicator.expected.kind is Kind.TEXT else ()
    return Sample(loaded.ruleset, indicator, _varied(loaded.ruleset, indicator), tuple(given.items()), words)


# ---- what the tests of a ruleset suppose


_SUPPOSED: dict[str, tuple[tuple[Facts, tuple[str, ...]], ...]] = {}


def _supposed(ruleset: Ruleset) -> tuple[tuple[Facts, tuple[str, ...]], ...]:
    """The facts of each test and the indicators that it asks for."""
    if ruleset.name not in _SUPPOSED:
        _SUPPOSED[ruleset.name] = _run(ruleset)
    return _SUPPOSED[ruleset.name]


def _run(ruleset: Ruleset) -> tuple[tuple[Facts, tuple[str, ...]], ...]:
    seen: list[Facts] = []
    real = testing.scorecard
    with mock.patch.object(testing, "scorecard", side_effect=lambda r, f, *a: (seen.append(f), real(r, f, *a))[1]):
        results = testing.run_tests(ruleset)
    return tuple((facts, tuple(e.path or "" for e in r.test.expectations)) for r, facts in zip(results, seen, strict=True))


def _settings(ruleset: Ruleset, indicator: Indicator) -> Iterator[Sample]:
    vary = _varied(ruleset, indicator)
    tried = [_values(facts, vary) for facts, asked in _supposed(ruleset) if asked == (indicator.path,)]
    words = _words(ruleset, vary)
    choices = {d.name for d in ruleset.data if d.expected.kind is Kind.CHOICE}
    by_choice: dict[tuple[tuple[str, str], ...], dict[str, Value]] = {}
    for values in sorted(tried, key=lambda v: not _positive(v)):
        choice = tuple((name, value) for name, value in values.items() if isinstance(value, str) and name in choices)
        by_choice.setdefault(choice, values)
    for values in list(by_choice.values()) or [{}]:
        yield Sample(ruleset, indicator, vary, tuple(values.items()), words)


def _words(ruleset: Ruleset, vary: str) -> tuple[Value, ...]:
    """The options of a datum, or the words and days that tests suppose."""
    options = next((d.expected.options for d in ruleset.data if d.name == vary), ())
    supposed = (facts.of(vary).value for facts, _ in _supposed(ruleset))
    return options or tuple(dict.fromkeys(v for v in supposed if isinstance(v, str | date)))


def _values(facts: Facts, vary: str) -> dict[str, Value]:
    known = {name: fact.value for name, fact in facts.items.items() if name != vary}
    return {name: value for name, value in known.items() if not isinstance(value, Absent)}


def _positive(values: dict[str, Value]) -> bool:
    return all(value.amount > 0 for value in values.values() if isinstance(value, Quantity))


# ---- what is filled in


def _varied(ruleset: Ruleset, indicator: Indicator) -> str:
    """The actual value where it is a cell and the rule reads it; else a datum, best one that is not divided by; of parts the first."""
    if indicator.parts:
        return indicator.parts[0].path
    rule = indicator.method.rule if indicator.method else None
    assert rule is not None
    read = [name for part in rule_parts(rule) for node in every(part) for name in _named(node, indicator)]
    if not indicator.is_derived and {"实际值", "完成率"} & set(read):
        return indicator.path
    kinds = {d.name: d.expected.kind for d in ruleset.data}
    known = [name for name in dict.fromkeys(read) if name in kinds]
    quantities = [name for name in known if kinds[name] is Kind.QUANTITY] or known
    divisors = {name for part in rule_parts(rule) for node in every(part) for name in _divided_by(node, indicator)}
    return next((name for name in quantities if name not in divisors), (quantities or [indicator.path])[0])


def _named(node: k.Expr | k.Condition, indicator: Indicator) -> list[str]:
    """The name that a node is, or the data that stand for it where it is a parameter."""
    if not isinstance(node, k.Name) or indicator.method is None:
        return []
    given = dict(indicator.method.arguments)
    values = {p.name: given.get(p.name, p.default) for p in indicator.method.rule.parameters}
    value = values.get(node.name)
    return sorted(names(value)) if value is not None else [node.name]


def _divided_by(node: k.Expr | k.Condition, indicator: Indicator) -> list[str]:
    if not isinstance(node, k.Arithmetic) or node.op != "÷":
        return []
    return [name for inside in every(node.right) for name in _named(inside, indicator)]
