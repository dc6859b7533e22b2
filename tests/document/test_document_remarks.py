"""What the ruleset says of its sources stays out of what is signed, and stands in the 编者注 behind it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import SHIPPED, of_file, words, written

from perfdsl.document.remarks import regulation_basis, regulation_note

_NOTE = "附：编者注"


@pytest.mark.parametrize(("text", "cited"), [
    ("湖南部门整体支出绩效评价指标表（S12）：每低于 5% 扣 2 分", "湖南部门整体支出绩效评价指标表：每低于 5% 扣 2 分"),
    ("零陵产业开发区管理委员会部门整体支出绩效自评表 2023（seed）：50 分", "零陵产业开发区管理委员会部门整体支出绩效自评表 2023：50 分"),
    ("财预〔2020〕10号（未见原文）；10 分见（S22）", "财预〔2020〕10号"),
    ("预算管理一体化系统自评自动计分规则（S62、S65）（出处未定位）", "预算管理一体化系统自评自动计分规则"),
    ("10/50/30/10 的分值见（S22、S33）", ""),
    ("本库约定：没有收回的问卷视为不满意", ""),
    ("湖北长江禁捕项目自评 2020（S45）：共 40 分；其中满意度 10 分是本库约定", "湖北长江禁捕项目自评 2020：共 40 分"),
    ("某县财〔2024〕11号（试行）", "某县财〔2024〕11号（试行）"),
])
def test_a_basis_as_a_regulation_cites_it(text: str, cited: str) -> None:
    assert regulation_basis(text) == cited


@pytest.mark.parametrize(("text", "kept"), [("不足 5 个百分点的不扣（本库约定）", False), ("先进村考核（S52）的写法，这里没有", False),
                                            ("按季度填报", True), ("原文件见县政府网站", True)])
def test_a_note_on_sources_is_no_part_of_the_regulation(text: str, kept: bool) -> None:
    assert regulation_note(text) == (text if kept else "")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda f: f.stem)
def test_no_mark_of_the_library_stands_in_what_is_signed(file: Path) -> None:
    signed = words(of_file(file)).partition("（盖章）")[0]

    assert re.findall(r"seed|[^A-Za-z]S\d+|本库约定|未见原文|出处未定位", signed) == []


def test_the_remarks_stand_behind_the_attachments() -> None:
    text = written("说明 「按季度填报」\n三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n  依据 「某办法（S12）：10 分（未见原文）」\n"
                   "  说明 「不足一家的不计（本库约定）」\n  说明 「由业务科室填」\n测试 「例」，给定 甲 = 5家，期望 甲 得 10\n")
    signed, _, rest = text.partition("（盖章）")

    assert "按季度填报。" in signed
    assert "依据：某办法：10 分。" in signed
    assert "说明：由业务科室填。" in signed
    assert "不足一家的不计" not in signed
    assert rest.index("附件1　算例") < rest.index(_NOTE)
    assert "依据未核对原文的：某办法：10 分。" in rest
    assert "规定没有写明、由规则集约定的：不足一家的不计。" in rest


def test_notes_of_quoted_methods_are_for_who_writes_rulesets() -> None:
    signed, _, rest = written("三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n").partition("（盖章）")

    assert "越大越好的指标" not in signed
    assert "越大越好的指标" in rest


def test_without_remarks_there_is_no_editors_note() -> None:
    assert _NOTE not in written("三级指标 甲 10分，目标 ≥ 5家，≥ 5家 得 10，否则 得 0\n")
