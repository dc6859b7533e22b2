"""The digest is of what a ruleset means: nothing of its layout, everything that it rests on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdsl.pipeline import load, load_source
from perfdsl.source import Source
from perfdsl.syntax.format import format_source

METHODS = """规则集 「自己的方法」
计分方法 折半（起点 = 60%）
  依据 「办法第三条」
  当 完成率 ≥ 起点 得 分值 × 50%
  否则 得 0
"""
BASE = """规则集 「园区自评」
  年度 2023
  引用 「自己的方法」
  总分 20分
  取舍 每项得分 保留2位 四舍五入
  取舍 总分 保留2位 四舍五入
  不适用 得零分
三级指标 税收 10分，目标 ≥ 3亿元，计分 折半
三级指标 企业 10分，目标 ≥ 20家，计分 折半（70%）
"""
OURS = """规则集 「园区自评」
  年度 2024
  沿用 「园区自评」 2023
  依据 「园区考核办法」
数据 违规（是、否）
修改 三级指标 税收
  至 2024-06-30 止，目标 ≥ 3亿元
  自 2024-07-01 起，目标 ≥ 3.3亿元
  当 违规 = 是，本项 不得分
测试 「一」，给定 税收 = 3.3亿元，给定 违规 = 否，期望 税收 得 5
"""


def _written(folder: Path) -> Path:
    for name, text in (("方法", METHODS), ("2023", BASE), ("2024", OURS)):
        (folder / f"{name}.perf").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _written(tmp_path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no test changes."""
    return _written(tmp_path_factory.mktemp("kept"))


def _digest(folder: Path, text: str = OURS) -> str:
    return load_source(Source(str(folder / "2024.perf"), text), folder).digest


# ---- what does not count

LAYOUTS = {
    "a comment": OURS.replace("\n", "  # 说明\n"),
    "blank lines": OURS.replace("\n", "\n\n"),
    "indentation": OURS.replace("\n  ", "\n\t\u3000"),
    "marks of the other width": OURS.replace("（", "(").replace("）", ")").replace("，", ",").replace("2024-07-01", "2024年7月1日"),
    "another spelling": OURS.replace("目标 ≥", "目标 不低于"),
    "one line": OURS.replace("\n  ", "，"),
    "the tests": OURS.partition("测试")[0],
    "the tests and the data the other way round": OURS.replace("数据 违规（是、否）\n", "") + "数据 违规（是、否）\n",
    "naming the edition": OURS.replace("年度 2024", "年度 2024，语言版 1"),
    "English": format_source(Source("", OURS), english=True)[0],
}


@pytest.mark.parametrize("what", LAYOUTS)
def test_layout_does_not_count(what: str, folder: Path) -> None:
    assert LAYOUTS[what] != OURS
    assert _digest(folder, LAYOUTS[what]) == _digest(folder)


_PLACES = [m.start() for m in re.finditer(r"(?<=\n)", OURS)]


@settings(max_examples=60)
@given(at=st.lists(st.sampled_from(_PLACES), unique=True), mark=st.sampled_from(["\n", " ", "\u3000", "# 甲\n", "\n\n", "，", "；\n"]))
def test_blanks_and_comments_between_clauses_do_not_count(at: list[int], mark: str, kept: Path) -> None:
    text = OURS
    for place in sorted(at, reverse=True):
        text = text[:place] + mark + text[place:]

    assert _digest(kept, text) == _digest(kept)


# ---- what counts


@pytest.mark.parametrize(("old", "new"), [
    ("年度 2024", "年度 2025"), ("园区考核办法", "园区考核办法（试行）"), ("是、否", "是、否、不详"), ("3.3亿元", "3.4亿元"),
    ("2024-06-30 止", "2024-05-31 止"), ("3.3亿元", "33000万元"), ("自 2024-07-01 起", "自 2024-07-01 起，当 违规 = 否"), ("违规 = 是，", "违规 = 否，"),
    ("，本项 不得分", "，预警 「违规」"), ("修改 三级指标 税收\n", "修改 三级指标 税收 9分\n"), ("  当 违规 = 是，本项 不得分\n", ""),
    ("修改 三级指标 税收", "删除 三级指标 企业\n修改 三级指标 税收"),
])
def test_what_it_says_counts(old: str, new: str, folder: Path) -> None:
    assert old in OURS
    assert _digest(folder, OURS.replace(old, new)) != _digest(folder)


@pytest.mark.parametrize(("file", "old", "new"), [
    ("2023", "总分 20分", "总分 30分"), ("2023", "目标 ≥ 20家", "目标 ≥ 21家"), ("2023", "折半（70%）", "折半（71%）"),
    ("2023", "得零分", "得满分"), ("2023", "总分 保留2位", "总分 保留1位"), ("方法", "60%", "61%"), ("方法", "50%", "51%"),
    ("方法", "办法第三条", "办法第四条"),
])
def test_what_it_extends_and_quotes_counts(file: str, old: str, new: str, folder: Path) -> None:
    before = _digest(folder)
    path = folder / f"{file}.perf"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert _digest(folder) != before


@pytest.mark.parametrize("file", ["2023", "方法"])
def test_the_layout_of_what_it_rests_on_does_not_count(file: str, folder: Path) -> None:
    before = _digest(folder)
    path = folder / f"{file}.perf"
    path.write_text(format_source(Source("", path.read_text(encoding="utf-8")), english=True)[0] + "# 完\n", encoding="utf-8")

    assert load(folder / "2024.perf").digest == before
