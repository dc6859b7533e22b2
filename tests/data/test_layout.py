"""Names, headings, and the two layouts of a table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfdsl.data.facts import Absent
from perfdsl.diagnostics import Severity
from perfdsl.quantity import of
from perfdsl.units import UNITS

from .conftest import Read

HEAD = "指标,实际完成值,评定得分,自评得分,复核得分,偏差原因\n"
TAX = "产出指标/数量指标/税收"


def codes(found: list) -> list[str]:  # type: ignore[type-arg]
    return [one.code for one in found]


def test_all_scores_and_the_reason(read_text: Read) -> None:
    (facts,), found = read_text(HEAD + "税收,3亿元,1,2.5,3,原因\n")
    fact = facts.of(TAX)
    assert (found, fact.reason) == ([], "原因")
    assert (fact.chosen, fact.claimed, fact.audited) == (Fraction(1), Fraction("2.5"), Fraction(3))
    assert facts.of("地区").value is Absent.MISSING


def test_english_headings_in_any_order(read_text: Read) -> None:
    (facts,), found = read_text("Claimed,Indicator,ACTUAL\n12,税收,3亿元\n")
    assert (found, facts.of(TAX).claimed, facts.of(TAX).value) == ([], Fraction(12), of(3, UNITS["亿元"]))


def test_title_and_unit_above_the_headings(read_text: Read) -> None:
    (facts,), found = read_text("2023年度自评表,,\n单位名称,税务局,\n年度,2023年,\n"
                                "指 标,实际完成值（A）,序号\n税收,3亿元,1\n")
    assert (found, facts.unit, facts.year) == ([], "税务局", 2023)


def test_unit_and_year_as_rows(read_text: Read) -> None:
    (facts,), found = read_text("指标,实际完成值\n单位,税务局\n年度,2022\n税收,3亿元\n")
    assert (facts.unit, facts.year, codes(found)) == ("税务局", 2022, ["W402"])
    assert found[0].severity is Severity.WARNING


def test_an_unreadable_year(read_text: Read) -> None:
    (facts,), found = read_text("指标,实际完成值\n年度,去年\n税收,3亿元\n")
    assert (facts.year, codes(found)) == (None, ["E402"])


@pytest.mark.parametrize("name", ["税收", TAX, "产出指标/税收", "数量指标／税收", " 税收\u3000", "数量指标/ 税收"])
def test_names_by_leaf_and_by_path(read_text: Read, name: str) -> None:
    (facts,), found = read_text(f"指标,实际完成值\n{name},3亿元\n")
    assert (found, list(facts.items)) == ([], [TAX])


def test_an_ambiguous_name_lists_the_paths(read_text: Read) -> None:
    _, found = read_text("指标,实际完成值\n满意度,95%\n")
    assert codes(found) == ["E406"]
    assert "「产出指标/数量指标/满意度」、「满意度指标/满意度」" in found[0].hint
    (facts,), found = read_text("指标,实际完成值\n满意度指标/满意度,95%\n产出指标/满意度,90%\n")
    assert (found, list(facts.items)) == ([], ["满意度指标/满意度", "产出指标/数量指标/满意度"])


def test_an_unknown_name_suggests(read_text: Read) -> None:
    _, found = read_text("指标,实际完成值\n税首,3\n别的,3\n效益指标/税收,4\n")
    assert codes(found) == ["E405", "E405", "E405"]
    assert "「税收」" in found[0].hint
    assert "「税收」" in found[2].hint


def test_a_name_twice_shows_both_cells(read_text: Read) -> None:
    (facts,), found = read_text(f"指标,实际完成值\n税收,3亿元\n{TAX},4亿元\n")
    assert codes(found) == ["E407"]
    assert (found[0].place.address, found[0].notes[0].place.address) == ("第3行第1列", "第2行第1列")  # type: ignore[union-attr]
    assert facts.of(TAX).value == of(3, UNITS["亿元"])


def test_a_value_without_a_name(read_text: Read) -> None:
    _, found = read_text("指标,实际完成值\n税收,3亿元\n,4\n")
    assert codes(found) == ["E405"]


def test_a_composite_takes_scores_but_no_value(read_text: Read) -> None:
    (facts,), found = read_text("指标,实际完成值,自评得分\n招商项目,/,9\n新签约,30家,\n招商项目/新开工,20,\n")
    assert found == []
    assert facts.of("产出指标/数量指标/招商项目").claimed == 9
    assert facts.of("产出指标/数量指标/招商项目/新开工").value == of(20, UNITS["家"])
    _, found = read_text("指标,实际完成值\n招商项目,30家\n")
    assert codes(found) == ["E412"]


def test_a_computed_value_is_warned_of(read_text: Read) -> None:
    (facts,), found = read_text("指标,实际完成值,自评得分\n预算执行率,95%,9\n")
    fact = facts.of("预算执行/预算执行率")
    assert (codes(found), found[0].severity) == (["W403"], Severity.WARNING)
    assert (fact.value, fact.text, fact.claimed) == (Absent.MISSING, "95%", Fraction(9))
    assert read_text("指标,实际完成值,自评得分\n预算执行率,,9\n")[1] == []


def test_unknown_and_misspelt_headings(read_text: Read) -> None:
    _, found = read_text("指标,实际完成值,自评得份,颜色,备注\n税收,3亿元,1,红,\n")
    assert codes(found) == ["W401", "W401"]
    assert found[0].hint == "是不是「自评得分」？"
    assert found[1].hint.startswith("可读的标题：「指标」")
    _, found = read_text("指标,实际完成直\n税收,3亿元\n")
    assert (codes(found), found[0].hint) == (["E408"], "写「实际完成值」")
    _, found = read_text("指表,实际完成值\n税收,3亿元\n")
    assert (codes(found), found[0].hint) == (["E408"], "写「指标」")
    assert codes(read_text("指标,实际完成值,实际完成值\n税收,1,2\n")[1]) == ["E407"]


@pytest.mark.parametrize("text", ["甲,乙\n1,2\n", "税收,地区\n3,西部\n", "随便写的\n", "{}", "[]"])
def test_no_headings(read_text: Read, text: str) -> None:
    facts, found = read_text(text)
    if facts:
        assert facts[0].items == {}
    else:
        assert codes(found) == ["E408"]


def test_a_score_that_is_no_number(read_text: Read) -> None:
    _, found = read_text(HEAD + "税收,3亿元,满,优,差,\n")
    assert codes(found) == ["E410", "E410", "E410"]


def test_all_faults_at_once(read_text: Read) -> None:
    (facts,), found = read_text(HEAD + "税首,1,,,,\n税收,95%,,满,,\n地区,北部,,,,\n"
                                "满意度,1,,,,\n满意度指标/满意度,0.9,,,,\n完成日期,去年,,,,\n")
    assert codes(found) == ["E405", "E403", "E410", "E411", "E406", "E404", "E402"]
    assert facts.of(TAX).value is Absent.UNREADABLE


def test_many_units(read_text: Read) -> None:
    text = "单位名称,年度,税收,税收.自评得分,税收.偏差原因,产出指标/满意度\n" \
           "甲,2023,3亿元,15,好,95%\n乙,2023,/,,,不适用\n"
    (first, second), found = read_text(text)
    assert (found, first.unit, first.year, second.unit) == ([], "甲", 2023, "乙")
    tax = first.of(TAX)
    assert (tax.value, tax.claimed, tax.reason) == (of(3, UNITS["亿元"]), Fraction(15), "好")
    assert second.of(TAX).value is Absent.EMPTY
    assert str(second.of(TAX).cell).endswith(":第3行第3列")


def test_many_units_say_what_is_wrong_with_columns(read_text: Read) -> None:
    facts, found = read_text("单位,税收,税首,满意度,税收,颜色\n甲,3,4,5,6,红\n")
    assert codes(found) == ["W401", "E406", "E407", "W401"]
    assert "「税收」" in found[0].hint
    assert facts[0].of(TAX).value == of(3, UNITS["亿元"])


def test_many_units_say_what_is_wrong_with_rows(read_text: Read) -> None:
    facts, found = read_text("单位,年度,税收\n甲,2023,3\n甲,2023,4\n甲,2022,5\n,2023,6\n乙,2022,95%\n")
    assert codes(found) == ["E407", "W402", "E402", "E403"]
    assert [one.unit for one in facts] == ["甲", "甲", "", "乙"]


def test_many_units_without_their_names(read_text: Read) -> None:
    _, found = read_text("税收,地区\n3,西部\n")
    assert (codes(found), found[0].hint) == (["E408"], "加一列单位名称，标题写「单位」")
    facts, found = read_text('[{"税收": 3}]', "a.json")
    assert (codes(found), len(facts)) == (["E402"], 1)


@pytest.mark.parametrize("heading", ["单位代码", "预算单位编码", "统一社会信用代码", "单位编码（六位）"])
def test_the_code_of_a_unit_is_text(read_text: Read, heading: str) -> None:
    (one,), found = read_text(f"指标,实际完成值\n单位,税务局\n{heading},001001\n税收,3亿元\n")
    (other,), more = read_text(f"单位,{heading},税收\n税务局,001001,3亿元\n")
    assert (found, more, one.code, other.code) == ([], [], "001001", "001001")


@pytest.mark.parametrize("text", ['{"单位": "税务局", "code": "001001", "税收": "3亿元"}', "单位: 税务局\n单位代码: 001001\n税收: 3亿元\n",
                                  '"单位代码" = "001001"\n"税收" = "3亿元"\n'])
def test_the_code_of_a_unit_as_a_key(read_text: Read, text: str) -> None:
    (one,), found = read_text(text)
    assert (found, one.code) == ([], "001001")


def test_one_name_with_two_codes_is_two_units_and_one_code_is_one(read_text: Read) -> None:
    units, found = read_text("单位,单位代码,税收\n中心小学,01,3亿元\n中心小学,02,2亿元\n")
    assert (found, [one.code for one in units]) == ([], ["01", "02"])
    units, found = read_text("单位,单位代码,税收\n第一小学,01,3亿元\n中心小学,01,2亿元\n")
    assert (len(units), codes(found)) == (1, ["E407"])
    assert "单位代码「01」" in found[0].message
    assert (found[0].place.address, found[0].notes[0].place.address) == ("第3行第2列", "第2行第2列")  # type: ignore[union-attr]


def test_a_code_that_a_spreadsheet_has_cut(read_text: Read) -> None:
    (one,), found = read_text("单位,单位代码,税收\n税务局,9.1430E+17,3亿元\n")
    assert (one.code, codes(found)) == ("", ["E402"])
    assert "文本" in found[0].hint


def test_a_code_is_no_column_of_a_table_of_one_unit(read_text: Read) -> None:
    _, found = read_text("指标,单位代码,实际完成值\n税收,01,3亿元\n")
    assert (codes(found), found[0].hint) == (["E408"], "单位代码另写一行：单位代码,001001")
