"""版本沿革: the chain of 沿用 with what each year changed, in words, beside what was there before."""

from __future__ import annotations

from pathlib import Path

from samples import HEAD, loaded, words

from perfdsl.document import paper

_FIRST = (HEAD.replace("年度 2024", "年度 2022") + "依据 「甲财〔2022〕1号」\n数据 违规（是、否）\n"
          "一级指标 产出 10分\n  三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n")
_SECOND = "ruleset 「样例」，year 2023，version 2，extends 「样例」 2022\nmodify level3 甲 6分\n  target >= 6家\n"
_THIRD = ("规则集 「样例」，年度 2024，沿用 「样例」 2023\n依据 「甲财〔2024〕3号」\n取舍 总分 保留1位 截断\n令 每家扣分 = 2分\n删除 数据 违规\n"
          "修改 三级指标 甲\n  当 实际值 ≥ 目标值 得满分，否则 得 0\n"
          "新增 三级指标 乙 4分 归入 产出\n  目标 ≤ 9人\n  每超过1人 扣 每家扣分，扣完为止\n测试 「例」，给定 乙 = 9人，期望 乙 得 4\n")


def _text(text: str, folder: Path) -> str:
    (folder / "一.perf").write_text(_FIRST, encoding="utf-8")
    (folder / "二.perf").write_text(_SECOND, encoding="utf-8")
    made = loaded(text, folder)
    assert made.ruleset is not None
    return words(paper(made.ruleset, made.digest, folder))


def test_every_generation_stands_in_order(tmp_path: Path) -> None:
    text = _text(_THIRD, tmp_path)

    assert "附件1　版本沿革" in text
    assert "（一）「样例」2022年度，文件一.perf，为最初的规定。" in text
    assert "（二）「样例」2023年度（版本2），文件二.perf，在「样例」2022年度的基础上，作下列改动：" in text
    assert "例｜" in text


def test_what_was_changed_is_told_with_what_was_there_before(tmp_path: Path) -> None:
    text = _text(_THIRD, tmp_path)

    assert "「甲」：分值改为6分，原为10分；年度目标改为不低于6家，原为不低于5家。" in text
    assert "依据改为「甲财〔2024〕3号」，原为「甲财〔2022〕1号」。" in text
    assert "总分的取舍改为：保留1位小数，其后截去。原为：保留2位小数，四舍五入。" in text
    assert "「甲」：计分改为：实际值不低于目标值的，得满分；其余情形，不得分。原为：按「正向比率」。" in text
    assert "删去填报的数据「违规」，原为：从「是」、「否」中选填。" in text


def test_what_is_new_is_called_new_and_told_in_words(tmp_path: Path) -> None:
    text = _text(_THIRD, tmp_path)

    assert "新增「每家扣分」：2分。" in text
    assert ("新增「乙」：所属产出；分值4分；年度目标不高于9人；计分从满分起，按下列规定加减；"
            "实际值每高于目标值1人，扣「每家扣分」；最低得0分。") in text
    history = text.partition("版本沿革")[2].partition("算例")[0]
    assert not [sign for sign in ("≥", "≤", "改写", "扣完为止") if sign in history]


def test_without_a_base_there_is_no_history() -> None:
    made = loaded(_FIRST)
    assert made.ruleset is not None

    assert "版本沿革" not in words(paper(made.ruleset, made.digest))
