"""What `eval` has written, read back as data: the foot is no data, and the year, the unit and its code are found where the form has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdsl.diagnostics import Severity
from perfdsl.pipeline import evaluate, load
from perfdsl.report import render

ROOT = Path(__file__).parent.parent.parent / "examples/lingling-2023"
DATA = "单位,零陵管委会\n单位代码,001001\n指标,实际完成值\n税收,3.6亿元\n新签约工业项目,30个\n新开工项目,20个\n新竣工投产项目,16个\n"


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_our_own_form_as_data(kind: str, tmp_path: Path) -> None:
    given, form, other = tmp_path / "数据.csv", tmp_path / f"表.{kind}", tmp_path / "2022.perf"
    given.write_text(DATA, encoding="utf-8")
    made = render(evaluate(load(ROOT / "corrected.perf"), given).scorecards, kind)
    assert isinstance(made, bytes)
    form.write_bytes(made)
    other.write_text((ROOT / "corrected.perf").read_text(encoding="utf-8").replace("年度 2023", "年度 2022"), encoding="utf-8")
    result = evaluate(load(other), form)
    (card,) = result.scorecards

    assert [d.message for d in result.diagnostics if d.severity is Severity.ERROR] == []
    assert [d.message for d in result.diagnostics if d.code == "W402"] == ["数据是2023年度的，规则集是2022年度的"]
    assert (card.unit, card.code) == ("零陵管委会", "001001")
    assert [row.score for row in card.rows if row.indicator.name in ("税收", "招商项目")] == [15, 15]


def test_a_unit_of_measure_over_a_table_is_no_unit(tmp_path: Path) -> None:
    given = tmp_path / "数据.csv"
    given.write_text("单位：万元,\n单位：某局\u3000单位代码：007,\n（2023年度）,\n指标,实际完成值\n税收,3.6亿元\n", encoding="utf-8")
    (card,) = evaluate(load(ROOT / "corrected.perf"), given).scorecards

    assert card.facts is not None
    assert (card.unit, card.code, card.facts.year) == ("某局", "007", 2023)
