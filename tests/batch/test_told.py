"""预警 and 结果应用 have columns, and say what the interpreter says, of ordinary units and of all others."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from perfdsl.batch.apart import score_apart
from perfdsl.batch.block import Block, Numbers
from perfdsl.batch.columns import scorer as by_columns
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.batch.scores import Scores
from perfdsl.diagnostics import errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import Loaded, load_source
from perfdsl.source import Source
from tests.batch.blocks import Blocks
from tests.batch.conftest import HEADINGS, RULESET, UNITS, csv_text, rows_of
from tests.batch.rulesets import random_job, telling
from tests.batch.test_columns import differences
from tests.batch.test_columns_review import numbers, ruleset, words
from tests.batch.test_plain import both
from tests.batch.test_same_as_eval import _codes, _counted, _same

__all__ = ["both"]
TELLING = RULESET.replace("偏差 未得满分", "当 总分 < 90分，预警 「总分偏低」\n偏差 未得满分") + "结果应用 奖励 万元\n  当 总分 ≥ 80分 得 10万元\n  否则 得 0\n"
TWO = """
数据 甲数
数据 乙数
三级指标 甲 40分，目标 ≥ 10家，计分 正向比率
  当 完成率 > 120%，预警 「甲超两成」
  当 乙.得分率 < 50%，预警 「乙不到一半」
三级指标 乙 60分，目标 ≥ 10家，计分 正向比率
"""
RESULTS = "结果应用 应付 万元\n  当 等级 = 优 得 10万元\n  否则 得 甲数 × 1万元 × 总分 ÷ 100分\n"
WHOLE = "当 总分 < 60分，预警 「总分偏低」\n当 甲数 ÷ 乙数 > 1，预警 「数大」\n"


def held(rules: Ruleset, block: Block, gradeable: bool = True) -> Scores:
    """The scores of a block, the same as the interpreter's, with all that is said of its units."""
    made, wanted = Scorer(rules, gradeable).score(block), score_apart(rules, block, None, gradeable)
    assert differences(made, wanted) == []
    assert _notes(made) == _notes(wanted)
    return made


def _notes(scores: Scores) -> dict[int, tuple[list[str], str]]:
    return {row: (sorted(note.codes), note.grades) for row, note in scores.notes.items() if any(note)}


def texts(scores: Scores, at: int) -> list[str]:
    return [scores.told[at].texts[code] for code in scores.told[at].codes]


def _loaded(text: str) -> Loaded:
    loaded = load_source(Source("随机.perf", text))
    assert loaded.ruleset is not None
    assert not errors(loaded.diagnostics), text
    return loaded


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_what_is_told(run: Any, tmp_path: Path, ruleset: Path, suffix: str) -> None:
    ruleset.write_text(TELLING, encoding="utf-8")
    (tmp_path / "d.csv").write_text(csv_text([HEADINGS, *UNITS]), encoding="utf-8")
    cards = json.loads(run("eval", ruleset, tmp_path / "d.csv", "--format", "json").out)["units"]
    left = run("batch", ruleset, tmp_path / "d.csv", "-o", tmp_path / f"o{suffix}")

    assert left.code == 0, left.err
    for card, row in zip(cards, rows_of(tmp_path / f"o{suffix}"), strict=True):
        assert row.get("预警", "") == "；".join(card["alerts"])
        assert ("结果应用.奖励" in row) == (card["results"][0]["value"] is not None)
    assert any(card["alerts"] for card in cards)


# ---- random rulesets

@pytest.mark.parametrize("seed", range(24))
def test_random(seed: int) -> None:
    rules = _loaded(telling(seed)).ruleset
    assert rules is not None
    blocks = Blocks(rules, seed)
    for size, open_ in ((12, 0.0), (8, 0.06)):
        held(rules, blocks.block(size, open_))


@pytest.mark.parametrize("seed", range(4))
def test_the_same_as_eval(run: Any, tmp_path: Path, seed: int) -> None:
    """But for W453, and W455 of parts, which batch does not count."""
    ruleset, data = random_job(tmp_path, seed, 40, telling)
    made = json.loads(run("eval", ruleset, data, "--format", "json").out)
    left = run("batch", ruleset, data, "-o", tmp_path / "o.jsonl")

    for card, row in zip(made["units"], rows_of(tmp_path / "o.jsonl"), strict=True):
        _same(card, row)
        assert row.get("预警", "") == "；".join(card["alerts"])
        for one in card["results"]:
            assert (f"结果应用.{one['name']}" in row) == (one["value"] is not None), one
    apart = {"W453", "W455"}
    assert {code: times for code, times in _codes(left.err).items() if code not in apart} == {
        code: times for code, times in _counted(made).items() if code not in apart}


@pytest.mark.parametrize("seed", range(4))
def test_plain(both: Any, tmp_path: Path, seed: int) -> None:
    ruleset, data = random_job(tmp_path, seed, 80, telling)
    plain, columns = both(ruleset, data, random.Random(seed).choice([".csv", ".jsonl"]))

    assert plain == columns


# ---- what columns know by themselves

def test_ordinary_units_do_without_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = ruleset(TWO + RESULTS, more=WHOLE)
    wanted = score_apart(rules, block := _block(range(1, 40), range(40, 1, -1)))

    def apart(*_: object) -> None:
        raise AssertionError("asked the interpreter")

    monkeypatch.setattr(by_columns, "score_apart", apart)
    made = Scorer(rules).score(block)
    assert made.apart == 0
    assert differences(made, wanted) == []
    assert len({*texts(made, 0)}) > 4
    assert len({*texts(made, 1)}) > 12


def _block(first: Any, second: Any, **states: list[int]) -> Block:
    cells = {"甲": numbers(*first, state=states.get("甲")), "乙": numbers(*second, state=states.get("乙")), "甲数": numbers(*second), "乙数": numbers(*first)}
    return Block(len(first), cells, {}, {}, 2024)  # type: ignore[arg-type]  # columns of numbers are columns


def test_what_is_missing_or_does_not_apply() -> None:
    rules = ruleset(TWO + RESULTS, more=WHOLE)
    made = held(rules, _block([10, 13, 13, 5, 0], [10, 4, 4, 5, 9], 甲=[0, 0, 1, 2, 0], 乙=[0, 1, 0, 0, 2]))
    assert texts(made, 0) == ["", "甲超两成", "乙不到一半", "总分偏低", "总分偏低"]
    assert texts(made, 1)[0] == "10万元"
    assert texts(made, 1)[1] == ""


def test_a_condition_that_stumbles_is_an_error_of_the_unit() -> None:
    made = held(ruleset(TWO + RESULTS, more=WHOLE), _block([0, 10, 3], [9, 9, 9]))
    assert [made.notes[row].codes for row in made.notes] == [("E452",)]
    assert made.apart == 0


def test_ties_and_thresholds() -> None:
    rules = ruleset("数据 甲数\n三级指标 甲 100分，目标 ≥ 8家，计分 正向比率\n结果应用 占比 %\n  当 甲数 = 0 得 0%\n  否则 得 甲.得分 ÷ 甲数 ÷ 1分\n",
                    more="当 取舍前总分 ≤ 37.5分，预警 「一」\n当 总分 < 37.5分，预警 「二」\n当 总分 ≥ 62.5分 且 总分 ≤ 62.5分，预警 「三」")
    held(rules, Block(17, {"甲": numbers(*range(17)), "甲数": numbers(*([3, 0, 7, 64] * 5)[:17])}, {}, {}))


def test_numbers_beyond_what_was_assumed() -> None:
    rules = ruleset(TWO + RESULTS, more=WHOLE)
    scorer = Scorer(rules)
    scorer.score(_block(range(1, 9), range(1, 9)))
    beyond = _block([-4, 3, 2**45, 7], [2**50, 4, 5, -7])
    assert differences(scorer.score(beyond), score_apart(rules, beyond)) == []


def test_products_that_no_float_holds() -> None:
    """The scores stay in columns; what is told is worked out by whole numbers."""
    rules = ruleset("数据 甲数\n数据 乙数\n三级指标 甲 100分，目标 ≥ 10家，计分 正向比率", more="当 甲数 × 乙数 > 30000000000000000，预警 「大」")
    made = held(rules, Block(3, {"甲": numbers(1, 5, 20), "甲数": numbers(2**40, 3, 2**30), "乙数": numbers(2**20, 2**40, 2**28)}, {}, {}))
    assert made.apart == 0
    assert texts(made, 0) == ["大", "", "大"]


def test_words_of_two_cells_compared_are_left_to_the_interpreter() -> None:
    rules = ruleset("数据 甲字（是、否）\n数据 乙字（是、否）\n三级指标 甲 100分，目标 ≥ 10家，计分 正向比率", more="当 甲字 = 乙字，预警 「一样」")
    held(rules, Block(3, {"甲": numbers(1, 5, 20), "甲字": words([0, 1, 0], "是", "否"), "乙字": words([0, 0, 1], "是", "否")}, {}, {}))


def test_many_alerts_do_not_multiply() -> None:
    alerts = "\n".join(f"当 甲数 ÷ 乙数 > {at}，预警 「第{at}」" for at in range(1, 30))
    made = held(ruleset(TWO, more=alerts), _block([1, 2, 3, 0], [29, 5, 40, 3]))
    assert made.apart == 0
    assert texts(made, 0)[2].count("；") == 12


def test_what_hangs_on_grades_is_not_told_where_an_error_stands_in_the_ruleset() -> None:
    text = TELLING.replace("当 总分 ≥ 80分 得", "当 等级 = 优 得").replace("三级指标 税收 30分", "三级指标 税收 31分")
    loaded = load_source(Source("有错.perf", text))
    assert loaded.ruleset is not None
    assert errors(loaded.diagnostics)
    made = held(loaded.ruleset, Blocks(loaded.ruleset, 5).block(40, 0.0), False)
    assert {*texts(made, 1)} == {""}


def test_told_of_units_without_rounding() -> None:
    rules = ruleset(TWO + RESULTS, "不取舍", WHOLE)
    cells = {"甲": [33, 71, 100, 5, 0, 9], "乙": [7, 70, 100, 61, 5, 0], "甲数": [3, 1, 2, 5, 6, 7], "乙数": [1, 1, 0, 7, 7, 7]}
    held(rules, Block(6, {name: Numbers(np.array(units), 1) for name, units in cells.items()}, {}, {}))
