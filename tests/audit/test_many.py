"""Hundreds of forms in one process and in several: the same findings, in the same order, whatever one file does."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfdsl.audit import many
from perfdsl.audit.many import OfFile, audited, processes_for
from perfdsl.forms.batch import Files

ROOT = Path(__file__).parent.parent.parent
HEAD = "部门整体支出绩效自评表\n单位,{unit}\n一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因\n"
LINES = ("产出指标,数量指标,培训次数,≥{aim}次,{made}次,50,{points},", "效益指标,社会效益,群众满意度,≥90%,{rate}%,50,50,")


def _form(number: int) -> str:
    aim, made = 10 + number % 7, 8 + number % 11
    return HEAD.format(unit=f"第{number}局") + "\n".join(LINES).format(aim=aim, made=made, points=50 - number % 3, rate=85 + number % 15) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """196 small forms, two real ones, one that is broken and one that is none."""
    made = tmp_path_factory.mktemp("自评表")
    for number in range(196):
        (made / f"{number:03}.csv").write_text(_form(number), encoding="utf-8")
    shutil.copy(ROOT / "examples" / "forms" / "003.xlsx", made / "100a.xlsx")
    shutil.copy(ROOT / "examples" / "forms" / "006.docx", made / "150a.docx")
    (made / "050a.xlsx").write_bytes(b"PK\x03\x04 and nothing behind it")
    (made / "060a.csv").write_text("今天,天气\n很,好\n", encoding="utf-8")
    return made


def _ruleset(folder: Path) -> Path:
    path = folder.parent / "办法.perf"
    path.write_text("规则集 「办法」\n总分 100分\n取舍 每项得分 保留2位 四舍五入\n取舍 总分 保留2位 四舍五入\n不适用 其余按比例折算\n"
                    "三级指标 培训次数 50分，目标 ≥ 12次\n  当 实际值 ≥ 目标值 得满分\n  否则 得 实际值 ÷ 目标值 × 分值\n"
                    "三级指标 群众满意度 50分，目标 ≥ 90%\n  当 实际值 ≥ 目标值 得满分\n  否则 得 0\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("by_ruleset", [False, True], ids=["general", "ruleset"])
def test_two_hundred_forms_by_one_and_by_two_processes(folder: Path, run: Any, by_ruleset: bool, tmp_path: Path) -> None:
    options = ["--ruleset", _ruleset(folder)] if by_ruleset else []
    ran = [run("audit", folder, *options, "--format", "json", "-o", tmp_path / f"{count}.json", "--processes", count) for count in (1, 2)]
    one, two = ((tmp_path / f"{count}.json").read_bytes() for count in (1, 2))

    assert one == two
    assert len(one) > 200_000
    assert (ran[0].code, ran[0].err) == (ran[1].code, ran[1].err) == (1, ran[0].err)
    assert "050a.xlsx" in ran[0].err
    assert "060a.csv" in ran[0].err


def test_few_files_need_no_processes() -> None:
    assert processes_for(many.FEW - 1) == 1
    assert processes_for(10_000) >= 1


def test_no_more_files_are_held_than_wait(folder: Path) -> None:
    """What is read runs ahead of what is wanted by a few files only."""
    read = 0

    def items() -> Iterator[Any]:
        nonlocal read
        for item in Files([folder]).items():
            read += 1
            yield item

    coming = audited(items(), None, 2)
    for count in range(1, 30):
        next(coming)
        assert read <= count + 2 * many.AHEAD
    coming.close()  # type: ignore[attr-defined]  # a generator


forked = pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="what is put in place here is not in other processes")


@forked
def test_a_file_that_ends_a_process_is_told_and_the_rest_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = many.of_file

    def dies(item: Any, ruleset: Any) -> OfFile:
        if item[0].endswith("003.csv"):
            os._exit(9)
        return right(item, ruleset)

    monkeypatch.setattr(many, "of_file", dies)
    files = sorted(folder.glob("00?.csv"))
    made = list(audited(Files(files).items(), None, 2))

    assert [len(one.audits) for one in made] == [1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
    assert [fault.code for fault in made[3].faults] == ["E401"]
    assert "中断" in made[3].faults[0].message


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=forked)])
def test_a_mistake_of_ours_in_one_file_leaves_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    right = many.read_grids

    def stumbles(content: Any, name: str) -> Any:
        if name.endswith("005.csv"):
            raise KeyError(name)
        return right(content, name)

    monkeypatch.setattr(many, "read_grids", stumbles)
    made = list(audited(Files(sorted(folder.glob("00?.csv"))).items(), None, processes))

    assert [len(one.audits) for one in made] == [1, 1, 1, 1, 1, 0, 1, 1, 1, 1]
    assert "KeyError" in made[5].faults[0].message
