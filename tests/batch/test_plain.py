"""A few thousand units are scored in plain Python: the same bytes, counts and exit codes as by columns, and nothing heavy is loaded."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import FAULTY, HEADINGS, RULESET, UNITS, csv_text
from tests.batch.rulesets import random_job

ROOT = Path(__file__).parent.parent.parent
W = ROOT / "benchmarks" / "workload" / "w.perf"
UNROUNDED = RULESET.replace("取舍 每项得分 保留2位 四舍五入\n", "")
DEEP = RULESET.replace("保留2位", "保留3位").replace("偏差 未得满分 须说明原因", "偏差 超过 20% 须说明原因")


@pytest.fixture
def both(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a job in plain Python and by columns: of each the exit code, stderr without what is worked out one by one, output, rejects."""

    def command(ruleset: Path, data: Path, suffix: str, *options: str) -> tuple[Any, Any]:
        made = []
        for is_plain in (True, False):
            from perfdsl.batch.plain import run as plain

            taken: list[bool] = []
            tried = plain.tried

            def asked(order: Any, is_plain: bool = is_plain, taken: list[bool] = taken, tried: Any = tried) -> Any:
                found = tried(order) if is_plain else None
                taken.append(found is not None)
                return found

            out = tmp_path / f"得分{suffix}"
            with monkeypatch.context() as patch:
                patch.setattr("perfdsl.batch.plain.run.tried", asked)
                left = run("batch", ruleset, data, "-o", out, *options)
            rejects = tmp_path / "得分.退回.csv"
            err = "\n".join(line for line in left.err.splitlines() if "逐个计算" not in line)
            made.append((left.code, err, out.read_bytes() if out.exists() else None, rejects.read_bytes() if rejects.exists() else None))
            assert taken == [is_plain]
            out.unlink(missing_ok=True)
            rejects.unlink(missing_ok=True)
        return made[0], made[1]

    return command


def _mixed(seed: int, count: int) -> list[list[str]]:
    """Units with cells of every kind, some of which are wrong; a few stand twice, or are no units."""
    draw = random.Random(seed)
    number = ["{:.2f}", "{:.4f}", "{:.0f}", "{:.1f}万元", "{:.2f}亿元", "{:.0f}", " {:.1f} ", "{:,.2f}元", "{:.7f}", "{:.12f}"]
    odd = ["", "不适用", "/", "无", "—", "３.６亿元", "≥3亿元", "九", "0.95", "3/7", "N/A", "未填", "1e5", "-0", "12345678901234567890123"]

    def money() -> str:
        return draw.choice(odd) if draw.random() < 0.06 else draw.choice(number).format(draw.choice([3e8, 1e4, 250, 0, -3, 2.5, 1 / 3, 77777.7777]))

    rows = []
    for at in range(count):
        word = draw.choice(["达成", "部分达成", "未达成", "较好", "", "不适用"])
        name = draw.choice(["甲", "合计", "总工会", "审计局", "财，政", "=局", "", "注册处"])
        row = [f"{name}{at if draw.random() < 0.9 else ''}", draw.choice(["", f"{at:03}", "007"]),
               draw.choice(["2024", "2024年度", "2023", "", "去年"]), money(), money(), money(),
               draw.choice(["95%", "85%", "92.5％", "0.95", "90", "", "不适用", "1"]), word, draw.choice(["9", "9.5", "7", "", "九", "8分"]),
               draw.choice(["2024-12-20", "2025年1月3日", "昨天", "", "45646", "2024-02-30"]),
               draw.choice(["30", "29", "12个", "", "不适用"]), draw.choice(["20", "19", "", "x"]), draw.choice(["", "原因", " "])]
        rows.append(row if draw.random() < 0.97 else [""] * len(row))
    return rows


@pytest.mark.parametrize("options", [(), ("--brief",)], ids=["full", "brief"])
@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
@pytest.mark.parametrize("text", [RULESET, UNROUNDED, DEEP], ids=["rounded", "unrounded", "deep"])
def test_the_same_as_by_columns(both: Any, tmp_path: Path, text: str, suffix: str, options: tuple[str, ...]) -> None:
    ruleset, data = tmp_path / "r.perf", tmp_path / "d.csv"
    ruleset.write_text(text, encoding="utf-8")
    data.write_text(csv_text([HEADINGS, *UNITS, *FAULTY, *_mixed(len(text), 250)]), encoding="utf-8")

    plain, columns = both(ruleset, data, suffix, *options)

    assert plain == columns
    assert plain[0] == 1
    assert plain[3] is not None


@pytest.mark.parametrize("text", [csv_text([HEADINGS, *UNITS]), csv_text([HEADINGS, *UNITS], "\t")], ids=["commas", "tabs"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(both: Any, tmp_path: Path, ruleset: Path, encoding: str, text: str) -> None:
    (tmp_path / "d.csv").write_bytes(text.encode(encoding))
    plain, columns = both(ruleset, tmp_path / "d.csv", ".csv")

    assert plain == columns
    assert plain[0] == 0


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_json_lines(both: Any, tmp_path: Path, ruleset: Path, suffix: str) -> None:
    rows = [{key: value for key, value in zip(HEADINGS, row, strict=True) if value} for row in [*UNITS, *_mixed(3, 120)]]
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    plain, columns = both(ruleset, tmp_path / "d.jsonl", suffix)

    assert plain == columns


def test_the_workload(both: Any, tmp_path: Path) -> None:
    from benchmarks.workload.files import write_units

    plain, columns = both(W, write_units(tmp_path / "w.csv", 500), ".csv")

    assert plain == columns
    assert plain[0] == 0


@pytest.mark.parametrize(("name", "text"), [
    ("rows of indicators", "单位,指标,实际完成值\n甲,税收,3亿元\n"), ("a title above", "2024年度自评\n单位,税收\n甲,3亿元\n"),
    ("rows of several widths", "单位,税收\n甲,3亿元,\n乙,2亿元\n"), ("lines that end in a return", "单位,税收\r甲,3亿元\r")])
def test_what_is_not_regular_is_left_to_the_columns(run: Any, tmp_path: Path, ruleset: Path, name: str, text: str) -> None:
    from perfdsl.batch.plain.run import Order, tried

    (tmp_path / "d.csv").write_text(text, encoding="utf-8", newline="")
    out = tmp_path / "o.csv"

    assert tried(Order(str(ruleset), str(tmp_path / "d.csv"), out, "csv", tmp_path / "r.csv", False)) is None, name
    assert not out.exists()


def test_more_decimals_than_usual(both: Any, tmp_path: Path, ruleset: Path) -> None:
    values = ["0.1234", "0.12345", "1.12345678901", "1.1234567890123456789", "3e", "12小时"]
    (tmp_path / "d.csv").write_text(csv_text([["单位", "税收"], *([f"局{at}", value] for at, value in enumerate(values))]), encoding="utf-8")
    plain, columns = both(ruleset, tmp_path / "d.csv", ".csv")

    assert plain == columns


def test_another_ruleset_is_another_recipe(run: Any, tmp_path: Path, ruleset: Path) -> None:
    (tmp_path / "d.csv").write_text(csv_text([HEADINGS, *UNITS]), encoding="utf-8")
    made = []
    for text in (RULESET, RULESET.replace("80%（含）至 90%（不含） 得 分值 × 80%", "80%（含）至 90%（不含） 得 分值 × 50%")):
        ruleset.write_text(text, encoding="utf-8")
        assert run("batch", ruleset, tmp_path / "d.csv", "-o", tmp_path / "o.csv").code == 0
        made.append((tmp_path / "o.csv").read_text(encoding="utf-8-sig").splitlines()[2])

    assert made[0] != made[1]


_LOADED = """
import sys
sys.argv = ["perfdsl", *sys.argv[1:]]
from perfdsl.cli import main
try:
    main()
except SystemExit as end:
    assert end.code == 0, end.code
print(sorted({name.partition(".")[0] for name in sys.modules} & {"numpy", "pyarrow", "polars", "duckdb", "attrs", "lark"}))
"""


def test_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    """Of the second job, too, nothing but the standard library and click: no library of records, no rooms of perfdsl that want it."""
    from benchmarks.workload.files import write_units

    data = write_units(tmp_path / "w.csv", 20)
    environment = {**os.environ, "PERFDSL_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    said = [subprocess.run([sys.executable, "-c", _LOADED, "batch", str(W), str(data), "-o", str(tmp_path / "o.csv")], env=environment,
                           capture_output=True, text=True, encoding="utf-8", check=True).stdout.strip() for _ in range(2)]

    assert "numpy" not in said[0]
    assert said[1] == "[]"


@pytest.mark.parametrize("seed", range(12))
def test_random_rulesets(both: Any, tmp_path: Path, seed: int) -> None:
    ruleset, data = random_job(tmp_path, seed)
    plain, columns = both(ruleset, data, random.Random(seed).choice([".csv", ".jsonl"]))

    assert plain == columns


def test_weights_with_more_places_than_points(both: Any, tmp_path: Path) -> None:
    rules = RULESET.partition("三级指标")[0].replace("总分 100分", "总分 33.335分")
    (tmp_path / "细.perf").write_text(rules + "三级指标 甲 33.335分，目标 ≥ 2家，计分 正向比率\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("单位,甲\n一局,1\n二局,\n", encoding="utf-8")
    one, other = both(tmp_path / "细.perf", tmp_path / "d.csv", ".csv")
    assert one == other
    assert b"16.67,16.67" in one[2]
