"""Nothing that a ruleset says is missing from its document: shipped rulesets, the regulations' examples, the language's own tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import CORRECTED, SHIPPED, words
from test_spec import CHUNKS as SPEC
from test_spec import Chunk, _files
from test_worked import CHUNKS as WORKED

from perfdsl.diagnostics import errors
from perfdsl.document import paper
from perfdsl.document.appendices import expected_text, given_text
from perfdsl.document.content import Article, Chapter, Item
from perfdsl.document.formulas import boxed, condition, points_number
from perfdsl.document.policies import effect, grade, rounding
from perfdsl.document.remarks import regulation_basis, without_marks
from perfdsl.document.targets import aggregation, targets
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.model.walk import every, rule_parts
from perfdsl.pipeline import Loaded, check, load, load_source
from perfdsl.source import Source

FILES = [*SHIPPED, CORRECTED]


def _missing(ruleset: Ruleset, text: str) -> list[str]:
    """What the ruleset says and the text does not."""
    return [said for said in _said(ruleset) if said and said not in text]


def _said(ruleset: Ruleset) -> Iterator[str]:
    yield from (ruleset.name, ruleset.version, *map(regulation_basis, ruleset.basis))
    yield from (without_marks(note).rstrip("。") for note in ruleset.notes)
    for node in ruleset.nodes():
        yield node.name
    for item in ruleset.indicators():
        yield from _of_item(item)
    for datum in ruleset.data:
        yield from (datum.name, aggregation(datum.aggregation), *map(regulation_basis, datum.basis))
    yield from (effect(one) for one in ruleset.effects)
    yield from (grade(one) for one in ruleset.grades)
    yield from (rounding(one) for one in (ruleset.item_rounding, ruleset.total_rounding) if one)
    for alert in ruleset.alerts:
        yield f"{condition(alert.condition)}的，提示「{alert.text}」"
    for application in ruleset.applications:
        yield from (application.name, *map(regulation_basis, application.basis), *_numbers(application.rule))
    yield from (let.name for let in ruleset.lets)
    for test in ruleset.tests:
        units = {one.name: one.unit for one in ruleset.applications}
        yield from (test.name, *map(given_text, test.given), *(expected_text(one, units) for one in test.expectations))


def _of_item(item: Indicator) -> Iterator[str]:
    yield from (item.name, "" if item.outside else points_number(item.weight), targets(item.targets), *map(regulation_basis, item.basis),
                *map(without_marks, item.notes))
    for part in item.parts:
        yield from (part.name, targets(part.targets), aggregation(part.aggregation))
    for veto in item.vetoes:
        yield f"{condition(veto.condition)}的，不论以上得分多少，本项不得分"
    for alert in item.alerts:
        yield f"{condition(alert.condition)}的，提示「{alert.text}」"
    for case in item.weights:
        yield f"{condition(case.condition)}的，{points_number(case.weight)}"
    yield aggregation(item.aggregation)
    if item.method:
        yield from (item.method.rule.name, *map(regulation_basis, item.method.rule.basis), *_numbers(item.method.rule))
        yield from (f"{name}为{boxed(value)}" for name, value in item.method.arguments)


def _numbers(rule: k.Rule) -> Iterator[str]:
    """Every number and name of a rule but 0 and 1, which go into words."""
    for part in (*rule_parts(rule), *(p.default for p in rule.parameters if p.default is not None)):
        for node in every(part):
            if isinstance(node, k.Number) and node.value.shown not in (0, 1, 100):
                yield boxed(node)
            if isinstance(node, k.Word):
                yield f"「{node.text}」"


def _numbered(ruleset: Ruleset) -> None:
    """Articles and chapters count without a gap."""
    blocks = paper(ruleset, "").blocks
    articles = [b.number for b in blocks if isinstance(b, Article)]
    assert articles == list(range(1, len(articles) + 1))
    chapters = [b.number for b in blocks if isinstance(b, Chapter) and not b.attached]
    assert chapters == list(range(1, len(chapters) + 1))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_nothing_is_missing_from_a_shipped_ruleset(file: Path) -> None:
    loaded = load(file)
    assert loaded.ruleset is not None

    assert _missing(loaded.ruleset, words(paper(loaded.ruleset, loaded.digest, file.parent))) == []
    _numbered(loaded.ruleset)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_references_name_the_article_of_the_method(file: Path) -> None:
    made = load(file).ruleset
    assert made is not None
    lines = words(paper(made, "")).split("\n")
    heads = {line.partition("　")[0]: line for line in lines if line.startswith("第") and "条　" in line}

    asked = [line.partition("按照本办法")[2] for line in lines if "按照本办法第" in line]
    for reference in asked:
        article, _, name = reference.partition("「")
        assert heads[article].partition("　")[2].split("　")[0] == name.partition("」")[0]


def _loaded(chunk: Chunk, folder: Path) -> Loaded:
    files = _files(chunk)
    for file, text in files.items():
        if file:
            (folder / file).write_text(text, encoding="utf-8")
    return load_source(Source(chunk.file.name, files[""]), folder)


@pytest.mark.parametrize("chunk", [*WORKED, *SPEC], ids=lambda c: f"{c.file.stem}-{c.line}")
def test_nothing_is_missing_from_a_chunk(chunk: Chunk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdsl.document.indicators.pictures", lambda *_: ())  # the graphs have tests of their own
    loaded = _loaded(chunk, tmp_path)
    if loaded.ruleset is None or errors(check(loaded)):
        return  # perfdsl doc refuses what has errors: test_document_writers
    made = paper(loaded.ruleset, loaded.digest, tmp_path)

    assert _missing(loaded.ruleset, words(made)) == []
    assert all(not block.text.startswith("（") for block in made.blocks if isinstance(block, Item) and not block.number)
