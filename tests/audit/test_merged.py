"""Weights and scores that lie over several rows of a real workbook or document."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from perfdsl.audit import Audit, audit
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms

HEAD = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因"
WEIGHT, CLAIMED = 5, 6


def _xlsx(lines: list[list[str]], merges: list[tuple[int, int, int]]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([text or None for text in line])
    for column, first, last in merges:
        book.active.merge_cells(start_row=first + 1, end_row=last + 1, start_column=column + 1, end_column=column + 1)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _docx(lines: list[list[str]], merges: list[tuple[int, int, int]]) -> bytes:
    document = pytest.importorskip("docx").Document()
    table = document.add_table(len(lines), 8)
    for cells, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(cells.cells, line, strict=True):
            cell.text = text
    for column, first, last in merges:
        table.cell(first, column).merge(table.cell(last, column))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _csv(lines: list[list[str]], _: Any) -> bytes:
    return "\n".join(",".join(line) for line in lines).encode()


WRITERS = {"xlsx": _xlsx, "docx": _docx, "csv": _csv}


def _audit(kind: str, rows: tuple[str, ...], *merges: tuple[int, int, int]) -> Audit:
    """The audit of a file with those rows below the headings; a merge is column, first and last row."""
    lines = [(line + "|" * 8).split("|")[:8] for line in (HEAD, *rows)]
    last = len(rows) - 1
    grids, faults = read_grids(WRITERS[kind](lines, [(0, 1, last), (1, 1, last), *merges]), f"表.{kind}")
    assert faults == []
    (form,) = find_forms(grids)
    return audit(form)


def _found(made: Audit, *of: str) -> list[tuple[str, str]]:
    return [(one.code, one.severity.value) for one in made.findings if one.code in (of or ("A101", "A102", "A103", "A104", "A105", "A110"))]


FIRST = "产出指标|数量指标|修路|≥4公里|{}|60|{}"
TOTAL = "总分|||||100|{}"
BOTH = (WEIGHT, 1, 2), (CLAIMED, 1, 2)


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_rows_under_one_weight_are_judged_as_one(kind: str) -> None:
    rows = (FIRST.format("4公里", "50"), "||修桥|≥2座|1座", "||植树|≥9棵|9棵|40|40", TOTAL.format("90"))
    made = _audit(kind, rows, *BOTH)

    assert _found(made) == []
    assert _found(made, "A001", "A004") == []
    assert [row.computed for row in made.rows] == [None, None, 40]
    assert [one.message for one in made.findings if one.code == "A117"] == ["2 项没有核算：几项合用一个分值（「修路」、「修桥」）"]
    assert any("「修路」、「修桥」（" in one.message and "失 10 分" in one.message for one in made.findings if one.code == "A107")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize(("done", "claimed", "code"), [("4公里", "50", "A102"), ("3公里", "60", "A103"), ("4公里", "70", "A101")])
def test_what_is_wrong_with_them_together(kind: str, done: str, claimed: str, code: str) -> None:
    rows = (FIRST.format(done, claimed), "||修桥|≥2座|2座", "||植树|≥9棵|9棵|40|40", TOTAL.format(str(int(claimed) + 40)))
    (one,) = (found for found in _audit(kind, rows, *BOTH).findings if found.code in ("A101", "A102", "A103", "A104", "A105"))

    assert (one.code, one.severity.value) == (code, "error" if code == "A101" else "warning")
    assert "「修路」、「修桥」合用一个分值 60" in one.message


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_weights_merged_and_scores_apart(kind: str) -> None:
    rows = (FIRST.format("4公里", "30"), "||修桥|≥2座|2座||30", "||植树|≥9棵|9棵|40|40", TOTAL.format("100"))
    made = _audit(kind, rows, (WEIGHT, 1, 2))

    assert [one.code for one in made.findings if one.severity.value != "remark"] == []


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_scores_merged_and_weights_apart(kind: str) -> None:
    rows = (FIRST.format("4公里", "80"), "||修桥|≥2座|2座|20", "||植树|≥9棵|9棵|20|20", TOTAL.format("100"))
    made = _audit(kind, rows, (CLAIMED, 1, 2))

    assert [one.code for one in made.findings if one.severity.value != "remark"] == []


@pytest.mark.parametrize(("kind", "severity"), [("xlsx", "error"), ("docx", "error"), ("csv", "warning")])
@pytest.mark.parametrize(("done", "claimed", "code"), [("4公里", "50", "A102"), ("3公里", "60", "A103")])
def test_a_weight_forgotten_below_silences_nothing(kind: str, severity: str, done: str, claimed: str, code: str) -> None:
    rows = (FIRST.format(done, claimed), "||修桥|≥2座|1座", "||植树|≥9棵|9棵|40|40", TOTAL.format(str(int(claimed) + 40)))

    assert _found(_audit(kind, rows), "A102", "A103") == [(code, severity)]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_weights_too_many_beside_merged_ones(kind: str) -> None:
    rows = (FIRST.format("4公里", "60"), "||修桥|≥2座|2座", "||植树|≥9棵|9棵|50|50", TOTAL.format("110"))
    made = _audit(kind, rows, *BOTH)

    assert _found(made, "A001", "A004") == [("A001", "error")]
    assert any("分值合计 110" in one.message for one in made.findings)
