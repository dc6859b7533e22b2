"""JSON, CSV, Markdown and HTML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import cards
import jsonschema  # type: ignore[import-untyped]
import pytest

import perfdsl.report
from perfdsl import __version__
from perfdsl.diagnostics import Diagnostic
from perfdsl.harmless import harmless
from perfdsl.report import BINARY, FORMATS, render
from perfdsl.score.scorecard import Scorecard

SCHEMA = json.loads((Path(perfdsl.report.__file__).parent / "scorecard.schema.json").read_text(encoding="utf-8"))


def test_an_unknown_format_is_our_bug() -> None:
    with pytest.raises(ValueError, match="pptx"):
        render([], "pptx")


@pytest.mark.parametrize("format_", [name for name in FORMATS if name not in BINARY])
def test_every_format_writes_every_state(format_: str) -> None:
    for summary in (False, True):
        text = render([*cards.many(), cards.hostile()], format_, summary=summary, findings=[cards.HIGH])
        assert text.endswith("\n")
        assert "甲街道办事处" in text


def _json(units: list[Scorecard], findings: Sequence[Diagnostic] = ()) -> Any:
    whole = json.loads(render(units, "json", findings=findings))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(whole)
    return whole


def _numbers(value: Any, key: str = "") -> list[str]:
    if isinstance(value, dict):
        return [found for k, v in value.items() for found in _numbers(v, k)]
    if isinstance(value, list):
        return [found for v in value for found in _numbers(v, key)]
    return [key] if isinstance(value, int | float) and not isinstance(value, bool) else []


@pytest.mark.parametrize("state", [cards.scored, cards.over_declared, cards.waiting, cards.hostile])
def test_json_keeps_its_contract(state: Any) -> None:
    whole = _json([state()], findings=[cards.UNREAD])
    assert set(_numbers(whole)) <= {"line", "column"}
    assert list(whole) == ["ruleset", "engine", "unit", "code", "total", "indicators", "results", "alerts", "diagnostics"]


def test_json_of_many_units_repeats_the_common_findings() -> None:
    whole = _json(cards.many(), findings=[cards.HIGH])
    assert [[d["code"] for d in unit["diagnostics"]] for unit in whole["units"]] == [["W402"]] * 4
    assert _json([]) == {"units": [], "diagnostics": []}


def test_json_numbers_are_exact() -> None:
    whole = _json([cards.scored()])
    tax = whole["indicators"][0]
    assert (tax["score"], tax["lost"], tax["rate"], tax["deviation"]) == ("12.00", "3", "0.8", "-0.2")
    assert (tax["claimed"], tax["actual"], tax["target"]) == ("15", "2.4亿元", "≥ 3亿元")
    jobs = next(i for i in whole["indicators"] if i["name"] == "提供就业岗位")
    assert jobs["rate"] == "83/75"
    assert whole["total"]["range"] == {"low": "96.50", "high": "96.50", "grades": ["优"]}
    assert [p["score"] for p in whole["indicators"][1]["parts"]] == ["15", "13.5", "15"]


def test_json_without_a_total() -> None:
    total = _json([cards.waiting()])["total"]
    assert (total["score"], total["grade"]) == (None, None)
    assert total["range"] == {"low": "65.00", "high": "105.00", "grades": ["中", "良", "优"]}


def test_schema_refuses_numbers_that_are_not_text() -> None:
    whole = _json([cards.scored()])
    whole["total"]["score"] = 96.5
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(whole)


@pytest.mark.parametrize(("text", "written"), [
    ("=1+1", "'=1+1"), ("+86", "+86"), ("-3.5", "-3.5"), ("-20%", "-20%"), ("@SUM(A1)", "'@SUM(A1)"),
    ("－未填", "'－未填"),
    ("-x", "'-x"), (" =1", "' =1"), ("\t=1", "'\t=1"), ("12.00", "12.00"), ("", ""), ("−3", "−3"),
])
def test_csv_text_is_never_a_formula(text: str, written: str) -> None:
    assert harmless(text) == written


def test_csv_has_a_bom_and_one_width() -> None:
    text = render([cards.waiting(), cards.hostile()], "csv")
    assert text.startswith("\ufeff单位,")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert {len(row) for row in rows} == {21}
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)
    assert rows[3][3:5] == ["招商项目", ""]
    assert rows[4][3:5] == ["招商项目", "新签约工业项目"]


@pytest.mark.parametrize("summary", [False, True])
def test_every_line_of_a_csv_says_which_rules_it_rests_on(summary: bool) -> None:
    heads, *rows = csv.reader(io.StringIO(str(render(cards.many(), "csv", summary=summary))[1:], newline=""))
    assert heads[-4:] == ["年度", "规则集", "版本和摘要", "程序"]
    assert {tuple(row[-4:]) for row in rows} == {("2023", "部门整体支出绩效自评", "版本 1 摘要 ab12cd34ef567890", f"perfdsl {__version__}")}
    assert all(row[0] for row in rows) or summary
    assert {len(row) for row in rows} == {len(heads)}


def test_csv_notes_an_accepted_mismatch() -> None:
    assert "分值合计 110 与声明的总分 100 不一致，规则集已写明接受" in render([cards.over_declared()], "csv")


def test_markdown_cells_stay_in_their_columns() -> None:
    text = render([cards.hostile()], "markdown")
    table = [line.replace("\\|", "") for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in table} == {10}
    assert "\\<script\\>" in text


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "rect"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("summary", [False, True])
def test_html_is_one_page_with_nothing_of_the_user_in_its_marks(summary: bool) -> None:
    page = render([cards.hostile(), *cards.many()], "html", summary=summary, findings=[cards.UNREAD])
    reader = _Balance()
    reader.feed(page)
    assert reader.open == []
    assert not reader.seen & {"script", "link", "img", "i", "b"}
    assert "http" not in page
    assert "@media print" in page


def test_html_spans_its_levels() -> None:
    page = render([cards.scored()], "html")
    assert '<td rowspan="6">产出指标</td><td rowspan="6">数量指标</td>' in page
    assert page.count("<svg") == 6
    assert '<rect width="93.0" height="10" fill="#2f6f9f"/>' in page
