"""The ruleset travels as its text; who makes something else of it does not score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfdsl.pipeline import load
from perfdsl.record import changed

METHODS = "规则集 「本地方法」\n  版本 1\n\n计分方法 对半\n  当 实际值 ≥ 目标值 得 分值 × 50%\n  否则 得 0\n"
BASE = """规则集 「上年」
年度 2023
引用 「本地方法」
引用 「标准计分方法」
总分 100分
取舍 每项得分 保留2位 四舍五入
取舍 总分 保留2位 四舍五入
不适用 其余按比例折算

三级指标 甲 100分
  目标 ≥ 1个
  计分 对半
"""
NEW = "规则集 「今年」\n年度 2024\n沿用 「上年」 2023\n"


@pytest.fixture
def chained(tmp_path: Path) -> Path:
    for name, text in (("方法.perf", METHODS), ("上年.perf", BASE), ("今年.perf", NEW), ("无关.perf", "规则集 「无关」\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "今年.perf"


def test_what_it_rests_on_goes_with_it(chained: Path) -> None:
    from perfdsl.batch.spark.sent import read, received, sent

    loaded = load(chained)
    made = sent(loaded)
    for file in chained.parent.iterdir():
        file.unlink()

    assert [Path(name).name for name, _ in made.texts] == ["今年.perf", "上年.perf", "方法.perf"]
    assert received(read(made.written())).digest == loaded.digest


def test_another_text(chained: Path) -> None:
    from perfdsl.batch.spark.sent import received, sent
    from perfdsl.batch.stopped import Refused

    made = sent(load(chained))
    other = changed(made, texts=(*made.texts[:-1], (made.texts[-1][0], METHODS.replace("50%", "60%"))))

    with pytest.raises(Refused, match=f"不计分：规则集的摘要应是 {made.digest}，这里得到"):
        received(other)


def test_a_file_that_was_changed_since(chained: Path) -> None:
    from perfdsl.batch.spark.sent import sent
    from perfdsl.batch.stopped import Refused

    loaded = load(chained)
    (chained.parent / "方法.perf").write_text(METHODS.replace("50%", "60%"), encoding="utf-8")

    with pytest.raises(Refused, match="摘要"):
        sent(loaded)


@pytest.mark.parametrize(("wrong", "said"), [
    ({"digest": "0" * 16}, "不计分：规则集的摘要应是 0000000000000000"), ({"version": "0.0.0"}, "不计分：提交作业的 perfdsl 是 0.0.0 版")])
def test_a_worker_refuses(spark: Any, rules: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], said: str) -> None:
    from pyspark.errors import PythonException

    from perfdsl.batch.spark import frame
    from perfdsl.batch.spark.sent import sent
    from tests.batch.conftest import HEADINGS, UNITS

    monkeypatch.setattr(frame, "sent", lambda loaded: changed(sent(loaded), **wrong))
    df = spark.createDataFrame([tuple(row) for row in UNITS], HEADINGS)

    with pytest.raises(PythonException, match=said):
        frame.score(df, rules).collect()


def test_the_text_is_loaded_once_in_a_process(chained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    from perfdsl.batch.spark import worker
    from perfdsl.batch.spark.sent import sent

    asked = json.dumps({"sent": sent(load(chained)).written(), "columns": ["单位", "甲"], "places": [None, None]})
    times: list[Any] = []
    monkeypatch.setattr(worker, "received", lambda one, real=worker.received: times.append(one) or real(one))
    rows = pa.record_batch({"c0": ["局"], "c1": ["1"]})

    made = [next(worker.scores(asked, [rows])).to_pylist() for _ in range(3)]
    assert len(times) == 1
    assert [str(row["甲.得分"]) for row, in made] == ["50.00"] * 3
