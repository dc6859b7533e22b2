"""The twelve published forms, from both formats: exactly these errors, and everything that a re-check must find."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from forms import synonyms
from forms.shuffle import shuffled, text_of
from forms.twelve import all_forms

from perfdsl.audit import Audit, audit
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Form

FORMS = Path(__file__).parent.parent.parent / "examples" / "forms"
FORMATS = ("xlsx", "docx")

ERRORS = {
    "000": [("A001", "总分"), ("A004", "总分")],
    "001": [("A023", "预算执行率")],
    "003": [("A102", "资金到位及时率")],
    "006": [("A102", "衛片執法補助經費"), ("A102", "項目驗收合格率"), ("A102", "項目完成及時率"), ("A102", "違法行為責停率")],
    "010": [("A022", "预算执行率"), ("A004", "总分")],
    "014": [],
    "022": [("A021", "预算执行率"), ("A022", "预算执行率")],
    "026": [("A106", name) for name in ("指标1:工程质量合格", "指标1:年度资金支付完成率100%", "指标1:资金执行在预算范围内", "指标1:全市安全度汛",
                                        "指标1:保护全市人口财产不受损失", "指标1:已建工程良性运行")],
    "029": [],
    "033": [],
    "037": [("A103", "★★★特困人员救助供养人数(按月平均)(≥**人)"), ("A103", "扶贫临时救助标准(<**元/户·年)——一户年最高5300元")],
    "038": [("A111", name) for name in ("符合条件申报对象覆盖率", "完成率", "补贴发放率", "服务对象满意度")],
}
"""Form → the codes of its errors with their indicators, in the order of the form."""

FOUND = [
    ("000", "A001", "总分", "分值合计 110"), ("000", "A004", "总分", "各项得分合计 110，总分写 100"), ("000", "A108", "税收3亿元", "120%"),
    ("000", "A026", "预算执行率", "+630.88%"), ("000", "A301", "年度总体目标", "工业总产值增长30%"), ("000", "A208", "新签约", "几个目标"),
    ("000", "A209", "新签约", "「增加」"), ("000", "A207", "税收3亿元", "写在名称里"),
    ("000", "A203", "", "「提供就业岗位」（E21，目标值「1500」、实际值「1660」）"),
    ("000", "A203", "", "「生态环境保护程度」（E22，目标值「98」、实际值「98」）"),
    ("001", "A023", "预算执行率", "自评 0，应为 10"), ("001", "A202", "提交报告及时性", "达成预期指标"),
    ("001", "A202", "单项业务成本", "达成预期指标"),
    ("003", "A102", "资金到位及时率", "自评 7，应为 10"), ("003", "A107", "", "2 项失分没有写偏差原因：「资金到位及时率」（J15，失 3 分）"),
    ("003", "A105", "政策知晓率", "自评 9，应为 9.8"),
    ("003", "A107", "", "「政策知晓率」（J18，失 1 分）"),
    ("006", "A102", "衛片執法補助經費", "自评 9，应为 10"), ("006", "A107", "", "4 项失分没有写偏差原因"),
    ("006", "A107", "", "「項目驗收合格率」（J14，失 1 分）"),
    ("006", "A107", "", "「項目完成及時率」（J15，失 1 分）"),
    ("006", "A107", "", "「違法行為責停率」（J16，失 3 分）"),
    ("010", "A022", "预算执行率", "自评 9，应为 10"), ("010", "A004", "总分", "最多 94"),
    ("010", "A106", "完整性", "目标值写「一」"),
    ("014", "A009", "", "没有填"), ("014", "A302", "", "100字以内"),
    ("022", "A021", "预算执行率", "写「100%」，应为 80.45%"), ("022", "A022", "预算执行率", "自评 10，应为 8.04"),
    ("022", "A105", "木材销售收入", "自评 5，应为 5.96"),
    ("022", "A105", "林产品收入", "自评 5，应为 5.65"),
    ("022", "A107", "", "「木材销售收入」（H24，失 1 分）、「林产品收入」（H25，失 1 分）"),
    ("029", "A105", "预算执行率", "自评 9，应为 8.62"), ("029", "A303", "指标1学生满意度", "「0」"),
    ("033", "A022", "预算执行率", "自评 4.2，应为 5.64"), ("033", "A022", "预算执行率", "每低 1 个百分点扣 0.3 分"),
    ("037", "A103", "特困人员救助供养人数", "应为 4.84"), ("037", "A103", "扶贫临时救助标准", "9.09"), ("037", "A103", "扶贫临时救助标准", "9（直线"),
    ("037", "A302", "", "**"), ("037", "A212", "受助对象满意度", ">=9"),
    ("038", "A111", "符合条件申报对象覆盖率", "写成 6.25"),
    ("000", "A117", "", "3 项没有核算：定性（「新签约"), ("026", "A117", "", "6 项没有核算：没有目标值（「指标1:工程质量合格」"),
    ("033", "A107", "", "表上也没有写原因的栏"),
]
"""What `examples/forms` must show: form, code, part of the indicator, part of the message; cells as in the workbooks."""
_CELL = re.compile(r"（(?:[A-Z]+[0-9]+|表[0-9]+第[0-9]+行第[0-9]+格)，")


@cache
def audited(name: str, kind: str) -> Audit:
    """The audit of the one form in a file."""
    grids, faults = read_grids(FORMS / f"{name}.{kind}")
    (form,) = find_forms(grids)
    assert faults == []
    return audit(form)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ERRORS)
def test_exactly_these_are_errors(name: str, kind: str) -> None:
    assert [(one.code, one.indicator) for one in audited(name, kind).findings if one.severity.value == "error"] == ERRORS[name]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("name", "code", "indicator", "words"), FOUND)
def test_what_a_recheck_must_find_is_found(name: str, code: str, indicator: str, words: str, kind: str) -> None:
    said = [one.message for one in audited(name, kind).findings if one.code == code and indicator in one.indicator]

    assert any(_celled(words, kind) in _celled(message, kind) for message in said), said


def _celled(text: str, kind: str) -> str:
    """The text without its cells where the form is not from a workbook."""
    return text if kind == "xlsx" else _CELL.sub("（", text)


@pytest.mark.parametrize("name", ERRORS)
def test_both_formats_give_the_same(name: str) -> None:
    texts = [sorted((one.code, one.severity, _celled(one.message, "")) for one in audited(name, kind).findings) for kind in FORMATS]

    assert texts[0] == texts[1]


@pytest.mark.parametrize("kind", FORMATS)
def test_an_even_split_with_the_rest_on_one_row_is_no_finding(kind: str) -> None:
    assert [one for one in audited("033", kind).findings if one.code in ("A001", "A003", "A101")] == []


def _errors(form: Form) -> list[tuple[str, str]]:
    return sorted((one.code, "".join(one.indicator.split())) for one in audit(form).findings if one.severity.value == "error")


@pytest.mark.parametrize("seed", [3, 4])
def test_forms_laid_out_anew_have_the_same_errors(seed: int) -> None:
    """Other headings, columns, merges and units: no error more, none less."""
    known = {text_of(form.unit): _errors(form) for form in all_forms()}
    made = [find_forms([grid]) for grid, _ in shuffled(all_forms(), 120, seed, synonyms)]

    assert [forms[0].unit for forms in made if _errors(forms[0]) != known.get(text_of(forms[0].unit))] == []
