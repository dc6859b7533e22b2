"""The two commands from outside."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from edited_rulesets import SEED, TEXT, edited

from perfdsl.cli.diff import command as diff
from perfdsl.cli.impact import command as impact


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The old ruleset and the edited one."""
    old, new = tmp_path / "原.perf", tmp_path / "新.perf"
    old.write_text(TEXT, encoding="utf-8")
    new.write_text(edited(("≥ 3亿元", "≥ 33亿元")).replace("部门整体支出绩效自评」\n  年度", "部门自评」\n  年度"), encoding="utf-8")
    return str(old), str(new)


def test_exit_codes_of_diff(files: tuple[str, str]) -> None:
    old, new = files
    wanted = (([old, old], 0), ([old, old, "--exit-code"], 0), ([old, new], 0), ([old, new, "--exit-code"], 1), ([old, "没有.perf"], 1), ([old], 2))
    for arguments, code in wanted:
        assert CliRunner().invoke(diff, arguments).exit_code == code, arguments


def test_the_same_ruleset_means_the_same(files: tuple[str, str]) -> None:
    assert "意思相同" in CliRunner().invoke(diff, [files[0], files[0]]).stdout


def test_diff_writes_to_a_file_but_not_over_its_own(files: tuple[str, str], tmp_path: Path) -> None:
    made = tmp_path / "不同.json"
    assert CliRunner().invoke(diff, [*files, "--format", "json", "-o", str(made)]).exit_code == 0
    assert json.loads(made.read_text(encoding="utf-8"))["indicators"][0]["name"] == "税收"
    assert CliRunner().invoke(diff, [*files, "-o", files[0]]).exit_code == 2


@pytest.mark.parametrize("kind", ["table", "markdown", "json", "csv"])
def test_impact_in_every_format(files: tuple[str, str], kind: str) -> None:
    found = CliRunner().invoke(impact, [*files, "--data", str(SEED / "corrected.csv"), "--format", kind, "--width", "120"])

    assert found.exit_code == 0
    assert "零陵产业开发区" in found.stdout


def test_impact_ends_with_1_where_the_data_cannot_be_read(files: tuple[str, str]) -> None:
    assert CliRunner().invoke(impact, [*files, "--data", "没有.csv"]).exit_code == 1
    assert CliRunner().invoke(impact, [*files]).exit_code == 2


def test_impact_asks_for_data_in_chinese(files: tuple[str, str]) -> None:
    found = CliRunner().invoke(impact, [*files])
    helped = CliRunner().invoke(impact, ["--help"])

    assert "加上 --data" in found.stderr
    assert "Missing" not in found.stderr
    assert "required" not in helped.stdout


def test_impact_ends_with_1_where_no_unit_has_an_old_total(files: tuple[str, str], tmp_path: Path) -> None:
    data = tmp_path / "数据.csv"
    data.write_text("单位,税收\n甲,3亿元\n", encoding="utf-8")
    found = CliRunner().invoke(impact, [*files, "--data", str(data)])

    assert found.exit_code == 1
    assert "没有一个单位能比较出确定的得分；不能比较的 1 个" in found.stdout


def test_a_zip_is_read_and_a_workbook_written(files: tuple[str, str], tmp_path: Path) -> None:
    from openpyxl import load_workbook

    packed, made = tmp_path / "各单位.zip", tmp_path / "影响.xlsx"
    with zipfile.ZipFile(packed, "w") as package:
        package.write(SEED / "corrected.csv", "甲县/数据.csv")
    found = CliRunner().invoke(impact, [*files, "--data", str(packed), "-o", str(made)])
    book = load_workbook(BytesIO(made.read_bytes()))

    assert (found.exit_code, found.stdout) == (0, "")
    assert book.sheetnames == ["总的情况", "各单位", "各处改动", "等级分布"]
    heads, unit = list(book["各单位"].iter_rows(values_only=True))[:2]
    told = dict(zip(heads, unit, strict=True))
    assert told["单位"] == "零陵产业开发区管理委员会"
    assert told["新得分"] < told["原得分"]
    assert told["变化"] == pytest.approx(told["新得分"] - told["原得分"])
    assert "单位代码" not in heads


CODED = "单位,单位代码,税收\n{}\n"


def test_units_are_told_apart_by_their_codes(files: tuple[str, str], tmp_path: Path) -> None:
    first, second = tmp_path / "一.csv", tmp_path / "二.csv"
    first.write_text(CODED.format("中心小学,01,3亿元"), encoding="utf-8")
    second.write_text(CODED.format("中心小学,02,3亿元\n第一小学,01,3亿元"), encoding="utf-8")
    made = CliRunner().invoke(impact, [*files, "--data", str(first), "--data", str(second), "--format", "json"])
    told = json.loads(made.stdout)

    assert [(one["code"], one["why"][:4]) for one in told["not_compared"]][-1] == ("02", "按原规则")
    assert ("01", "同一单位、") in [(one["code"], one["why"][:5]) for one in told["not_compared"]]
    assert "E407" in made.stderr
    assert "单位代码「01」给了两次：「中心小学」和「第一小学」" in made.stderr
    assert "一.csv" in made.stderr
    assert made.exit_code == 1
