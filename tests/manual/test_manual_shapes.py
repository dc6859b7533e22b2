"""docs/manual: a page for each shape of rule, half written by hand, half from the worked examples.

`pytest tests/manual --golden-update` writes what stands below the mark of each page anew.
"""

from __future__ import annotations

import re

import pytest
from manual_cases import cases, examples
from manual_pages import MANUAL, MARK, PAGES, generated, page_of

from perfdsl.diagnostics import errors
from perfdsl.source import Source
from perfdsl.syntax import parse

_LEAST = 150


@pytest.mark.parametrize("shape", PAGES)
def test_a_page_is_up_to_date(shape: str, pytestconfig: pytest.Config) -> None:
    page = page_of(shape)
    own, mark, _ = page.read_text(encoding="utf-8").partition(MARK)
    assert mark, f"{page.name}：手写部分的后面要有一行 {MARK}"
    if pytestconfig.getoption("golden_update"):
        page.write_text(own + MARK + generated(shape), encoding="utf-8")

    assert page.read_text(encoding="utf-8") == own + MARK + generated(shape), "pytest tests/manual --golden-update"


@pytest.mark.parametrize("shape", PAGES)
def test_a_page_begins_with_words_on_its_shape(shape: str) -> None:
    own = page_of(shape).read_text(encoding="utf-8").partition(MARK)[0]

    assert own.startswith(f"# {shape}　")
    assert len(own) > _LEAST
    assert all(heading in own for heading in ("## 条文里的说法", "## 写成", "## 要先定下来的"))


def test_every_shape_of_the_examples_has_a_page() -> None:
    assert {example["shape"][0] for example in examples().values()} == set(PAGES)
    assert {page.stem for page in MANUAL.glob("*.md")} == {*PAGES.values(), "README"}


def test_every_example_stands_on_the_page_of_its_shape() -> None:
    for number, example in examples().items():
        text = generated(example["shape"][0])
        rules = [case.rules for case in cases() if case.number == number]
        assert example["rule"] in text or example["rule"].startswith("同上")
        assert rules or f"- {number}：" in text
        assert rules[:1] == [rule for rule in rules[:1] if rule in text]


def test_what_an_example_should_give_is_what_the_page_says() -> None:
    """Where the expected result is one number, that score or total stands in what perfdsl says of the case."""
    for case in cases():
        expected = examples()[case.number]["expected"]
        if re.fullmatch(r"\d+(\.\d+)?", expected) and examples()[case.number]["shape"][0] not in "LM":
            points = re.escape(expected.rstrip("0").rstrip(".") if "." in expected else expected)
            assert re.search(rf"(?<![\d.]){points}0*(\.0+)?分", " ".join(case.said)), case.number


def test_readings_of_one_text_stand_side_by_side() -> None:
    deductions = generated("E")

    assert deductions.count("### 这段文字有几种读法") == 1
    for word, points in (("舍去", "4"), ("按比例", "3.75"), ("进一", "3.5")):
        assert re.search(rf"^\| 不足一个百分点的{word} \| `每超过.*{word}.*` \| E53 {points}分 \|$", deductions, re.M)


@pytest.mark.parametrize("shape", PAGES)
def test_no_mark_of_the_harness_is_left_and_every_rule_can_be_read(shape: str) -> None:
    text = page_of(shape).read_text(encoding="utf-8")
    shown = re.findall(r"^```perf\n(.*?)^```", text, re.M | re.S)

    assert "###  " not in text
    assert not re.search(r"### [EW]\d", text)
    assert [d.message for block in shown for d in errors(parse(Source(shape, block))[1]) if d.code != "E006"] == []


def test_the_start_page_leads_to_every_shape() -> None:
    text = (MANUAL / "README.md").read_text(encoding="utf-8")

    assert [page for page in PAGES.values() if f"]({page}.md" not in text] == []
    for words in ("每超过", "酌情", "一票否决", "按比例", "及以上", "以内", "不得分", "满分为止", "二者择其一", "折算", "视情况"):
        assert re.search(rf"^\| [^|]*{words}[^|]* \|.*\]\([a-m]-[a-z-]+\.md", text, re.M), words
