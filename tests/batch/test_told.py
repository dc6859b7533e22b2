"""预警 and 结果应用 have columns, and say what eval says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import HEADINGS, RULESET, UNITS, csv_text, rows_of

TELLING = RULESET.replace("偏差 未得满分", "当 总分 < 90分，预警 「总分偏低」\n偏差 未得满分") + "结果应用 奖励 万元\n  当 总分 ≥ 80分 得 10万元\n  否则 得 0\n"


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
