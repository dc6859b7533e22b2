"""The page: what it shows beside the table, and that it prints on one sheet."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import cards
import pytest

from perfdsl.pipeline import evaluate, load, load_source
from perfdsl.report import render
from perfdsl.source import Source

SEED = Path(__file__).parent.parent.parent / "examples" / "lingling-2023"
CHROMIUM = shutil.which("chromium")


def seed() -> str:
    made = render(evaluate(load(SEED / "corrected.perf"), SEED / "shortfall.csv").scorecards, "html")
    assert isinstance(made, str)
    return made


def test_the_budget_stands_above_with_its_rate() -> None:
    assert "<span>全年预算数 2510.12万元</span><span>全年执行数 2384.61万元</span><span>执行率 95.00%</span>" in seed()


def test_lost_points_are_ranked_with_bars() -> None:
    page = seed().partition("失分排序")[2]
    assert re.findall(r"<span>(\d)\. ", page)[:3] == ["1", "2", "3"]
    assert '<rect width="100.0" height="10" fill="#c0392b"/>' in page


def test_points_outside_the_total_have_no_weight_and_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    text = ("规则集 「例」，总分 10分，总分 不封顶，不适用 得零分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入\n"
            "引用 「标准计分方法」\n三级指标 甲 10分，目标 ≥ 10个，计分 正向比率\n当 实际值 > 5个，预警 「<核对>」\n"
            "减分项 通报，最多扣 6分\n每出现 1次 扣 2分\n")
    page = render(evaluate(load_source(Source("例.perf", text)), {"甲": "10个", "通报": "1次"}).scorecards, "html")
    assert isinstance(page, str)
    assert "扣 2.00分</span>" in page
    assert "分值 0分" not in page
    assert '<p class="alert">预警：&lt;核对&gt;' in page


def test_the_summary_shows_the_distribution_of_grades() -> None:
    page = render(cards.many(), "html", summary=True)
    assert isinstance(page, str)
    assert "等级分布" in page
    assert '<span>优</span>' in page


@pytest.mark.skipif(CHROMIUM is None, reason="没有 Chromium：没有看过打印出来的样子")
def test_the_seed_form_prints_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "表.html").write_text(seed(), encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
               "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / '表.pdf'}", (tmp_path / "表.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=600)

    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "表.pdf").read_bytes())) == 1
