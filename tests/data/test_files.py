"""Formats: told by their first bytes, and all read the same."""

from __future__ import annotations

import io
import sys
from fractions import Fraction
from pathlib import Path
from subprocess import run

import pytest
from forms.hostile import docx, word_cell, word_table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdsl.data import read
from perfdsl.data.facts import Absent
from perfdsl.model.ruleset import Ruleset
from perfdsl.quantity import of
from perfdsl.units import UNITS

from .conftest import Read

FILES = Path(__file__).parent / "files"

CSV = "指标,实际完成值,自评得分,偏差原因\n税收,2.4亿元,12,减税\n正常运转,持续正常运转,5,\n全年执行数,\"1,030.5\",,\n"
SCRAPS = st.sampled_from([*"{}[]:,=\n\"\t#19", "指标,", "实际完成值", "单位,", "税收", "年度", '"税收"',
                          "units", "PK\x03\x04",
                          "- ", ": ", "税收: ", "&a ", "*a", "null", "true", "NaN", '{"税收":', '"units":[', "2023-01-01", "\n税收,", "10:00:00"])
PATH = "产出指标/数量指标/税收"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_csv_in_every_encoding(read_text: Read, encoding: str, separator: str) -> None:
    text = CSV if separator == "," else CSV.replace('"1,030.5"', "1030.5").replace(",", "\t")
    (facts,), found = read_text(text, encoding=encoding)
    assert found == []
    tax = facts.of(PATH)
    assert (tax.value, tax.claimed, tax.reason) == (of("2.4", UNITS["亿元"]), Fraction(12), "减税")
    assert str(tax.cell).endswith("数据.csv:第2行第2列")
    assert facts.of("全年执行数").value == of("1030.5", UNITS["万元"])
    assert facts.of("效益指标/可持续/正常运转").value == "持续正常运转"


def test_csv_counts_lines_and_not_rows(read_text: Read) -> None:
    _, found = read_text('指标,实际完成值,偏差原因\n税收,3亿元,"两\n行"\n\n满意,3,\n')
    assert [(one.code, one.place.address) for one in found] == [("E405", "第5行第1列")]  # type: ignore[union-attr]


def test_csv_with_an_open_quote(read_text: Read) -> None:
    facts, found = read_text('指标,实际完成值\n税收,"3亿元\n')
    assert (facts, [one.code for one in found]) == ([], ["E401"])


@pytest.mark.parametrize(("text", "name"), [
    ('{"税收": "2.4亿元", "正常运转": "持续正常运转", "全年执行数": 1030.5}', "a.json"),
    ('{"产出指标": {"税收": {"实际完成值": "2.4亿元"}}, "全年执行数": {"actual": "1030.5"},'
     ' "正常运转": "持续正常运转"}', "a.csv"),
    ('[{"指标": "税收", "实际完成值": 2.4}, {"指标": "全年执行数", "实际完成值": 1030.50},'
     ' {"指标": "正常运转", "实际完成值": "持续正常运转"}]', "a.json"),
    ('"税收" = "2.4亿元"\n"全年执行数" = 1030.5\n"正常运转" = "持续正常运转"\n', "a.toml"),
    ('# 数据\n"全年执行数" = 1030.5\n"正常运转" = "持续正常运转"\n["产出指标"."税收"]\n"实际完成值" = 2.4\n', "a.txt"),
])
def test_one_unit_in_json_and_toml(read_text: Read, text: str, name: str) -> None:
    (facts,), found = read_text(text, name)
    assert found == []
    assert facts.of(PATH).value == of("2.4", UNITS["亿元"])
    assert facts.of("全年执行数").value == of("1030.5", UNITS["万元"])
    assert facts.of("效益指标/可持续/正常运转").value == "持续正常运转"


YAML = "税收: 2.4亿元\n正常运转: 持续正常运转\n全年执行数: 1030.5\n"
NESTED = "产出指标:\n  税收:\n    实际完成值: 2.4亿元\n全年执行数:\n  actual: 1,030.50\n正常运转: 持续正常运转\n"
ROWS = "- 指标: 税收\n  实际完成值: 2.4\n- 指标: 全年执行数\n  实际完成值: 1030.5\n- 指标: 正常运转\n  实际完成值: 持续正常运转\n"


def _word() -> bytes:
    lines = (word_cell(name) + word_cell(value) for name, value in (
        ("指标", "实际完成值"), ("税收", "2.4亿元"), ("正常运转", "持续正常运转"), ("全年执行数", "1,030.5")))
    return docx(word_table(word_cell("说明")) + word_table(*lines))


@pytest.mark.parametrize(("content", "name"), [
    (YAML.encode(), "a.yaml"), (NESTED.encode(), "a.csv"), (ROWS.encode("gb18030"), "a.yml"), (b"---\n# x\n" + YAML.encode(), "a"),
    (_word(), "a.docx"), ((FILES / "form.ods").read_bytes(), "a.ods"), ((FILES / "form.xls").read_bytes(), "a.xls"),
])
def test_one_unit_in_yaml_word_and_other_sheets(tmp_path: Path, ruleset: Ruleset, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    (facts,), found = read(tmp_path / name, ruleset)
    assert [one.code for one in found] == (["W405"] if name == "a.xls" else [])
    assert facts.of(PATH).value == of("2.4", UNITS["亿元"])
    assert facts.of("全年执行数").value == of("1030.5", UNITS["万元"])
    assert facts.of("效益指标/可持续/正常运转").value == "持续正常运转"


def test_merged_cells_of_word(tmp_path: Path, ruleset: Ruleset) -> None:
    top, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    (tmp_path / "a.docx").write_bytes(docx(word_table(
        word_cell("自评表", '<w:gridSpan w:val="4"/>'), "".join(map(word_cell, ("一级指标", "指标", "实际完成值", "自评得分"))),
        word_cell("产出", top) + word_cell("税收") + word_cell("3亿元") + word_cell("15"),
        word_cell("", below) + word_cell("地区") + word_cell("西部", '<w:gridSpan w:val="2"/>'),
        word_cell("", below) + word_cell("全年执行数") + word_cell("5", top) + word_cell(""),
        word_cell("", below) + word_cell("满意度指标/满意度") + word_cell("", below) + word_cell(""))))
    (facts,), found = read(tmp_path / "a.docx", ruleset)
    assert [(one.code, str(one.place).rpartition(":")[2]) for one in found] == [("E410", "表1第4行第3格"), ("E402", "表1第5行第3格")]
    assert (facts.of(PATH).claimed, facts.of("地区").value) == (Fraction(15), "西部")
    assert facts.of("全年执行数").value == of(5, UNITS["万元"])


@pytest.mark.parametrize(("text", "says"), [
    ("税收: &a 1\n地区: *a\n", "引用"), ("税收: !!int 1\n", "标签"), ("税收: 1\n  地区: 2\n", "不合 YAML"), ("税收: [1\n", "不合 YAML"),
    ("? [1]\n: 2\n税收: 3\n", "读"), ("税收:\t{a: 1\n", "不合 YAML"),
])
def test_yaml_that_is_not_read(read_text: Read, text: str, says: str) -> None:
    _facts, found = read_text(text, "a.yaml")
    assert found
    assert found[0].code in ("E401", "E408")
    assert says in found[0].message or found[0].code == "E408"


def test_what_an_extra_brings_is_said_where_it_is_missing(read_text: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                                                          ruleset: Ruleset) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    for found in (read_text(YAML, "a.yaml")[1], read(FILES / "form.xls", ruleset)[1]):
        assert [one.code for one in found] == ["E401"]
        assert 'pip install "perfdsl[' in found[0].hint


@pytest.mark.parametrize(("text", "name"), [
    ("- 单位: 甲\n  税收: 2.4\n- 单位: 乙\n  税收: 不适用\n  地区: 西部\n", "a.yaml"),
    ('[{"单位": "甲", "税收": 2.4}, {"单位": "乙", "税收": "不适用", "地区": "西部"}]', "a.json"),
    ('{"units": [{"单位": "甲", "税收": 2.4}, {"单位": "乙", "税收": "N/A", "地区": "西部"}]}', "a.json"),
    ('[[units]]\n"单位" = "甲"\n"税收" = 2.4\n'
     '[[units]]\n"单位" = "乙"\n"税收" = "不适用"\n"地区" = "西部"\n', "a.toml"),
])
def test_many_units_in_json_and_toml(read_text: Read, text: str, name: str) -> None:
    (first, second), found = read_text(text, name)
    assert (found, first.unit, second.unit) == ([], "甲", "乙")
    assert first.of(PATH).value == of("2.4", UNITS["亿元"])
    assert first.of("地区").value is Absent.MISSING
    assert (second.of(PATH).value, second.of("地区").value) == (Absent.NOT_APPLICABLE, "西部")


def test_json_numbers_are_never_floats(read_text: Read) -> None:
    (facts,), _ = read_text('{"全年执行数": 0.1000000000000000000001}', "a.json")
    assert facts.of("全年执行数").value == of("0.1000000000000000000001", UNITS["万元"])


@pytest.mark.parametrize("text", ['{"税收": 1, "税收": 2}', '{"产出指标": {"税收": 1}, "产出指标": {"税收": 2}}',
                                  '{"税收": {"实际完成值": 1, "实际完成值": 2}}', '"税收" = 1\n"税收" = 2\n',
                                  '[{"单位": "甲", "税收": 1, "税收": 2}]', '{"税收": {"自评得分": 1, "claimed": 2}}'])
def test_equal_keys_are_an_error(read_text: Read, text: str) -> None:
    assert [one.code for one in read_text(text, "a.json")[1]] == ["E407"]


@pytest.mark.parametrize("text", ['{"税收": }', "[", '{"税收": 1', "税收 = 3", '"税收" = 3亿元', "[]]", "3", '"税收"',
                                  "[" * 100000, '{"a":' * 100000, "[1, 2]", '"税收" = ' + "9" * 5000])
def test_broken_json_and_toml_are_returned(read_text: Read, text: str) -> None:
    _facts, found = read_text(text, "a.json")
    assert found
    assert found[0].code in ("E401", "E402", "E408")


def test_a_bare_chinese_key_in_toml(read_text: Read) -> None:
    _, found = read_text('"地区" = "西部"\n税收 = 3\n', "a.toml")
    assert [(one.code, one.hint) for one in found] == [("E401", '写成 "税收"')]


@pytest.mark.parametrize("value", ["[1, 2]", '{"别的": [1]}', '{"自评得分": {"a": 1}}'])
def test_a_value_that_is_no_scalar(read_text: Read, value: str) -> None:
    _, found = read_text(f'{{"税收": {value}}}', "a.json")
    assert {one.code for one in found} <= {"E402", "E405"}
    assert found


@pytest.mark.parametrize(("data", "says"), [
    (b"", "是空的"), (b"\xef\xbb\xbf \n", "是空的"), (b"PK\x03\x04broken", "不是完好的 xlsx"),
    (b"\xd0\xcf\x11\xe0old", "xls"), (b"%PDF-1.7", "PDF"), (b"<html><table>", "网页"),
    (b"\xff\x00\x81\xfe", "GB 18030"),
])
def test_files_that_are_no_table(tmp_path: Path, ruleset: Ruleset, data: bytes, says: str) -> None:
    (tmp_path / "表.xlsx").write_bytes(data)
    facts, found = read(tmp_path / "表.xlsx", ruleset)
    assert (facts, [one.code for one in found]) == ([], ["E401"])
    assert says in found[0].message


def test_files_that_cannot_be_opened(tmp_path: Path, ruleset: Ruleset) -> None:
    for path in (tmp_path / "没有.csv", tmp_path, "a\0b", "长" * 5000):
        facts, found = read(path, ruleset)
        assert (facts, [one.code for one in found]) == ([], ["E401"])


def test_stdin(ruleset: Ruleset) -> None:
    (facts,), found = read("-", ruleset, io.StringIO(CSV))
    assert (found, facts.of(PATH).claimed, str(facts.of(PATH).cell)) == ([], Fraction(12), "<stdin>:第2行第2列")
    (facts,), found = read("-", ruleset, io.TextIOWrapper(io.BytesIO(CSV.encode("gb18030"))))
    assert (found, facts.of(PATH).claimed) == ([], Fraction(12))


def test_plain_cells_load_neither_lark_nor_openpyxl() -> None:
    loads = ("import sys; from perfdsl.data.cells import read_cell; from perfdsl.data import csv_file, layout\n"
             "from perfdsl.diagnostics import Cell; from perfdsl.model.ruleset import Expected, Kind\n"
             "from perfdsl.units import UNITS; c = Cell('a', 'b')\n"
             "for t in ('3.6亿元', '95%', '1,030.5', '不适用', '/', '完成', '2023-12-20', '-5家', ''):\n"
             "    read_cell(t, Expected(Kind.QUANTITY, UNITS['亿元']), c)\n"
             "sys.exit('lark' in sys.modules or 'openpyxl' in sys.modules or 'difflib' in sys.modules)")
    root = Path(__file__).parents[2]
    assert run([sys.executable, "-c", loads], cwd=root, check=False).returncode == 0


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.text().map(str.encode), st.lists(SCRAPS, max_size=12).map("".join).map(str.encode)))
def test_no_file_raises(ruleset: Ruleset, data: bytes) -> None:
    facts, found = read("-", ruleset, io.TextIOWrapper(io.BytesIO(data)))
    assert facts or found
