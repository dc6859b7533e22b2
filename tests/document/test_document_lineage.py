"""版本沿革: the chain of 沿用 with what each year changed."""

from __future__ import annotations

from pathlib import Path

from samples import HEAD, loaded, words

from perfdsl.document import paper

_FIRST = HEAD.replace("年度 2024", "年度 2022") + "数据 违规（是、否）\n一级指标 产出 10分\n  三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n"
_SECOND = "ruleset 「样例」，year 2023，version 2，extends 「样例」 2022\nmodify level3 甲 6分\n  target >= 6家\n"
_THIRD = ("规则集 「样例」，年度 2024，沿用 「样例」 2023\n取舍 总分 保留1位 截断\n删除 数据 违规\n"
          "新增 三级指标 乙 4分 归入 产出\n  目标 ≥ 9人，计分 正向比率\n测试 「例」，给定 乙 = 9人，期望 乙 得 4\n")


def _text(text: str, folder: Path) -> str:
    (folder / "一.perf").write_text(_FIRST, encoding="utf-8")
    (folder / "二.perf").write_text(_SECOND, encoding="utf-8")
    made = loaded(text, folder)
    assert made.ruleset is not None
    return words(paper(made.ruleset, made.digest, folder))


def test_every_generation_and_its_changes(tmp_path: Path) -> None:
    text = _text(_THIRD, tmp_path)

    assert "附件1　版本沿革" in text
    assert "（一）「样例」2022年度，文件一.perf，为最初的规定。" in text
    assert "（二）「样例」2023年度（版本2），文件二.perf，在「样例」2022年度的基础上，作下列改动：修改三级指标「甲」，分值6分：目标 ≥ 6家。" in text
    assert "1. 改写总的规定：取舍 总分 保留1位 截断。" in text
    assert "2. 删除数据「违规」。" in text
    assert "3. 新增三级指标「乙」，分值4分，归入产出：目标 ≥ 9人；计分 正向比率。" in text
    assert "例｜" in text


def test_without_a_base_there_is_no_history() -> None:
    made = loaded(_FIRST)
    assert made.ruleset is not None

    assert "版本沿革" not in words(paper(made.ruleset, made.digest))
