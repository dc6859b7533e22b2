"""Files, folders, globs and zips of forms in every format."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.forms import progress
from perfdsl.forms.batch import batch
from perfdsl.forms.files import read_grids
from perfdsl.forms.grid import Grid

from .hostile import docx, ole, packed, word_cell, word_table, xlsx

ROWS = [["项目支出绩效自评表"], ["三级指标", "年度指标值", "实际完成值", "分值", "得分"], ["税收", "3亿元", "2.4亿元", "10", "8"]]
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>税收</t></is></c></row>'
OFFICE = Path(__file__).parents[1] / "data" / "files"


def _xlsx() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(made)
    return made.getvalue()


FORMATS: dict[str, bytes] = {
    "xlsx": _xlsx(),
    "docx": docx(word_table(*("".join(map(word_cell, row)) for row in ROWS))),
    "csv": "".join(",".join(row) + "\n" for row in ROWS).encode("gb18030"),
    "json": ('{"项目支出绩效自评表": [{"三级指标": "税收", "年度指标值": "3亿元", "实际完成值": "2.4亿元", "分值": 10, "得分": 8}]}').encode(),
    "yaml": ("项目支出绩效自评表:\n- 三级指标: 税收\n  年度指标值: 3亿元\n  实际完成值: 2.4亿元\n  分值: 10\n  得分: 8\n").encode(),
    "toml": ('[["项目支出绩效自评表"]]\n"三级指标" = "税收"\n"年度指标值" = "3亿元"\n"实际完成值" = "2.4亿元"\n"分值" = 10\n"得分" = 8\n').encode(),
}


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.line(row)] for row in range(grid.height)]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_form_in_every_format(kind: str) -> None:
    (grid,), found = read_grids(FORMATS[kind], "表.别的后缀")
    assert found == []
    assert _texts(grid) == ROWS


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_sheets_of_other_programs(suffix: str) -> None:
    pytest.importorskip("python_calamine")
    grids, found = read_grids(OFFICE / f"shown.{suffix}")
    assert [(grid.name, grid.hidden) for grid in grids] == [("Sheet", False), ("藏", True)]
    assert [one.code for one in found] == (["W405"] if suffix == "xls" else [])
    (wide,) = [cell for cell in grids[0].cells if cell.text == "持续正常运转"]
    assert (wide.columns, wide.place.address) == (2, "B6")
    assert [cell.text for cell in grids[0].line(1)] == ["满意度指标/满意度", "0.953" if suffix == "xls" else "95.3%", "12.5"]
    assert [cell.fault != "" for cell in grids[0].line(3)] == ([False] if suffix == "xls" else [False, True])


@pytest.mark.parametrize(("content", "name", "says"), [
    (b"<html><table><tr><td>1", "表.xls", "只是文件名写成了 xls"), (b"MIME-Version: 1.0\n", "表.xls", "mht"), (b"%PDF-1.7", "表.pdf", "PDF"),
    (b"", "表.xlsx", "是空的"), (ole("WordDocument"), "表.doc", "旧式的 Word"), (ole("EncryptedPackage"), "表.xlsx", "有密码"),
    (packed({"xl/workbook.bin": b"x"}), "表.xlsx", "xlsb"), (packed({"content.xml": "<a/>"}), "表.ods", "不是表格"),
    (packed({"a/表.csv": b"x"}), "表.xlsx", "压缩包"), (b"\x89PNG\r\n", "表.docx", "图片"), (b"\xff\x00\x81", "表.csv", "GB 18030"),
])
def test_what_is_no_form_says_what_it_is(content: bytes, name: str, says: str) -> None:
    grids, found = read_grids(content, name)
    assert (grids, [one.code for one in found]) == ([], ["E401"])
    assert says in found[0].message
    assert found[0].hint


def test_a_workbook_of_wps_that_openpyxl_refuses() -> None:
    styles = ('<numFmts><numFmt numFmtId="200" formatCode="0.0%"/></numFmts><fonts><font/></fonts><fills><fill/></fills>'
              '<borders><border/></borders><cellXfs><xf/><xf numFmtId="200"/></cellXfs>')
    content = xlsx('<row r="1"><c r="A1" s="1"><v>0.953</v></c></row>', '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', styles=styles)
    with pytest.raises(TypeError):
        openpyxl.load_workbook(io.BytesIO(content))
    (grid,), found = read_grids(content, "表.xlsx")
    assert [(one.code, one.severity) for one in found] == [("W405", Severity.REMARK)]
    assert [(cell.text, cell.rows, cell.columns) for cell in grid.cells if cell.text] == [("95.3%", 2, 2)]


def test_the_strict_variant_of_xlsx() -> None:
    main, office = "schemas.openxmlformats.org/spreadsheetml/2006", "schemas.openxmlformats.org/officeDocument/2006"
    with zipfile.ZipFile(io.BytesIO(xlsx(ROW))) as old:
        strict = packed({name: old.read(name).decode().replace(main, "purl.oclc.org/ooxml/spreadsheetml")
                         .replace(office, "purl.oclc.org/ooxml/officeDocument") for name in old.namelist()})
    (grid,), found = read_grids(strict, "表.xlsx")
    assert ([cell.text for cell in grid.cells], [one.code for one in found]) == (["税收"], ["W405"])


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.xlsx", tmp_path, "a\0b"):
        assert [one.code for one in read_grids(path)[1]] == ["E401"]


# ---- many


def _zip(**members: bytes) -> bytes:
    return packed(dict(members))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {"乙.xlsx": b"2", "甲.csv": b"1", "下/丙.docx": b"3", "~$甲.xlsx": b"", ".藏.csv": b"", ".git/丁.csv": b"",
                          "说明.md": b"", "旧.doc": b""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def _names(items: list[tuple[str, bytes | Diagnostic]], folder: Path) -> list[str]:
    return [Path(name).relative_to(folder).as_posix() for name, content in items if isinstance(content, bytes)]


def test_a_folder_is_read_with_its_folders_in_order(folder: Path) -> None:
    items = list(batch([folder]))
    assert _names(items, folder) == ["乙.xlsx", "甲.csv", "下/丙.docx"]
    (said,) = [content for _, content in items if isinstance(content, Diagnostic)]
    assert (said.code, said.severity) == ("W405", Severity.REMARK)


def test_a_glob_that_the_shell_left_alone(folder: Path) -> None:
    assert _names(list(batch([str(folder / "**" / "*.docx"), str(folder / "*.x*")])), folder) == ["下/丙.docx", "乙.xlsx"]
    ((_, wrong),) = batch([str(folder / "*.无")])
    assert isinstance(wrong, Diagnostic)
    assert wrong.code == "E401"


def test_a_file_given_twice_is_read_once(folder: Path) -> None:
    assert _names(list(batch([folder / "甲.csv", folder, folder / "下" / ".." / "甲.csv"])), folder) == ["甲.csv", "乙.xlsx", "下/丙.docx"]


def test_a_zip_with_chinese_names_of_windows(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in ("二〇二三/税务局.csv", "二〇二三/~$税务局.csv", "说明.txt", "__MACOSX/a.csv"):
            info = zipfile.ZipInfo("x" * len(name.encode("gbk")))
            package.writestr(info, name.encode())
    content = made.getvalue()
    for name in ("二〇二三/税务局.csv", "二〇二三/~$税务局.csv", "说明.txt", "__MACOSX/a.csv"):
        content = content.replace(b"x" * len(name.encode("gbk")) + name.encode(), name.encode("gbk") + name.encode(), 1)
    central = content.find(b"PK\x01\x02")
    head, tail = content[:central], content[central:]
    for name in ("二〇二三/税务局.csv", "二〇二三/~$税务局.csv", "说明.txt", "__MACOSX/a.csv"):
        tail = tail.replace(b"x" * len(name.encode("gbk")), name.encode("gbk"), 1)
    (tmp_path / "各单位.zip").write_bytes(head + tail)
    (item,) = batch([tmp_path / "各单位.zip"])
    assert item == (f"{tmp_path / '各单位.zip'}/二〇二三/税务局.csv", "二〇二三/税务局.csv".encode())


def test_a_zip_in_a_zip_but_not_for_ever(tmp_path: Path) -> None:
    inner = _zip(**{"丙.csv": b"3"})
    (tmp_path / "a.zip").write_bytes(_zip(**{"甲.csv": b"1", "里.zip": inner, "深.zip": _zip(**{"更深.zip": inner})}))
    items = list(batch([tmp_path / "a.zip"]))
    assert [name.removeprefix(f"{tmp_path}/") for name, content in items if isinstance(content, bytes)] == ["a.zip/甲.csv", "a.zip/里.zip/丙.csv"]
    assert [content.code for _, content in items if isinstance(content, Diagnostic)] == ["E401"]


def test_a_form_that_is_a_zip_itself_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "表.zip").write_bytes(FORMATS["xlsx"])
    assert list(batch([tmp_path / "表.zip"])) == [(str(tmp_path / "表.zip"), FORMATS["xlsx"])]


def test_a_zip_bomb_among_forms(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_zip(**{"甲.csv": b"0" * 50_000_000}))
    ((_, wrong),) = batch([tmp_path / "a.zip"])
    assert isinstance(wrong, Diagnostic)
    assert "压缩炸弹" in wrong.message


def test_what_a_batch_finds_wrong_is_read_as_an_error(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for given in (tmp_path / "空", tmp_path / "没有.xlsx"):
        ((name, content),) = batch([given])
        assert [one.code for one in read_grids(content, name)[1]] == ["E401"]


def test_how_far_a_batch_is(folder: Path) -> None:
    (folder / "包.zip").write_bytes(_zip(**{"一.csv": b"1", "二.csv": b"2"}))
    said: list[tuple[int, int]] = []
    list(batch([folder], lambda done, total: said.append((done, total))))
    assert said[-1] == (5, 5)
    assert all(before <= after for before, after in zip(said, said[1:], strict=False))


def test_no_bar_where_nobody_looks() -> None:
    with progress.shown() as watch:
        assert watch is None


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.shown() as watch:
        assert watch is not None
        watch(1, progress.FEW)
        assert terminal.getvalue() == ""
        for done in range(1, 11):
            watch(done, 10)
    assert "读表" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
