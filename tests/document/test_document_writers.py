"""The three formats hold the same words, and the command writes them whole or not at all."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.oxml.ns import qn
from samples import CORRECTED, HEAD, loaded, of_file, words

from perfdsl.cli.doc import command
from perfdsl.document import FORMATS, paper, render
from perfdsl.document.content import Article, Grid, Item, Paper, Picture
from perfdsl.document.docx import write as docx
from perfdsl.document.html import write as html
from perfdsl.document.markdown import write as markdown


def _texts(made: Paper) -> Iterator[str]:
    yield from (made.title, made.under, made.foot)
    for block in made.blocks:
        if isinstance(block, Article | Item):
            yield block.text
        if isinstance(block, Grid):
            yield from (line for row in block.rows for cell in row for line in cell.text.split("\n"))


def _read(made: bytes) -> str:
    document = Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_each_format_holds_every_word() -> None:
    made = of_file(CORRECTED)
    page = unescape(re.sub(r"<[^>]+>", "", html(made)))
    plain = re.sub(r"\\(.)", r"\1", markdown(made))
    word = _read(docx(made))

    for text in _texts(made):
        assert text in page
        assert text in plain
        assert text in word


def test_html_draws_each_graph_once_and_loads_nothing() -> None:
    made = of_file(CORRECTED)
    page = html(made)

    assert page.count("<svg") == sum(isinstance(b, Picture) for b in made.blocks) > 0
    assert "<script" not in page
    assert not re.search(r'(?:src|href)=|url\(|@import', page)


def test_levels_of_the_table_are_joined() -> None:
    made = of_file(CORRECTED)

    assert re.search(r'<td rowspan="3">产出指标（50分）</td><td rowspan="3">数量指标</td>', html(made))
    xml = zipfile.ZipFile(BytesIO(docx(made))).read("word/document.xml").decode()
    assert 'w:vMerge w:val="restart"' in xml
    assert xml.count("<w:keepNext") > 0


def test_what_a_user_wrote_is_no_markup() -> None:
    made = loaded(f"{HEAD}说明 「<b>*甲*</b> & |」\n三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n")
    assert made.ruleset is not None
    one = paper(made.ruleset, made.digest)

    assert "&lt;b&gt;*甲*&lt;/b&gt; &amp; |" in html(one)
    assert r"\<b\>\*甲\*\</b\> & \|" in markdown(one)
    assert "<b>*甲*</b> & |" in _read(docx(one))


@pytest.mark.parametrize("kind", FORMATS)
def test_equal_rulesets_give_equal_text(kind: str) -> None:
    made = loaded(f"{HEAD}三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n")
    assert made.ruleset is not None
    first, again = (render(made.ruleset, made.digest, kind) for _ in range(2))

    if isinstance(first, bytes) and isinstance(again, bytes):
        assert _read(first) == _read(again)
    else:
        assert first == again
        assert made.digest in str(first)


# ---- the command


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments])


@pytest.mark.parametrize(("suffix", "starts"), [(".docx", b"PK"), (".html", b"<!DOCTYPE html>"), (".md", "# 2023年度".encode())])
def test_the_suffix_decides(suffix: str, starts: bytes, tmp_path: Path) -> None:
    target = tmp_path / f"办法{suffix}"

    assert _run(CORRECTED, "-o", target).exit_code == 0
    assert target.read_bytes().startswith(starts)
    assert [f.name for f in tmp_path.iterdir()] == [target.name]


def test_an_unknown_suffix_is_a_usage_error(tmp_path: Path) -> None:
    ran = _run(CORRECTED, "-o", tmp_path / "办法.pdf")

    assert ran.exit_code == 2
    assert ".docx、.html、.htm、.md" in ran.output


def test_without_a_file_to_write_to_it_asks_for_one_in_chinese() -> None:
    ran = _run(CORRECTED)

    assert ran.exit_code == 2
    assert "没有写要写到哪个文件" in ran.output
    assert "Missing" not in ran.output
    assert "[required]" not in _run("--help").output


def test_the_first_line_of_an_article_stays_with_its_items() -> None:
    document = Document(BytesIO(docx(of_file(CORRECTED))))
    lines = document.paragraphs
    heads = [(line, below) for line, below in zip(lines, lines[1:], strict=False) if re.match(r"第\S+条　", line.text)]
    leading = [line for line, below in heads if re.match(r"（[一二三四五六七八九十]+）", below.text)]

    assert len(leading) > 10
    assert [line.text for line in leading if not line.paragraph_format.keep_with_next] == []
    assert [line.text for line in lines if line.text.endswith("计分：") and not line.paragraph_format.keep_with_next] == []


def test_the_table_of_a_graph_does_not_go_on_over_pages() -> None:
    made = loaded(f"{HEAD}三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n")
    assert made.ruleset is not None
    rows = Document(BytesIO(docx(paper(made.ruleset, made.digest)))).tables[-1].rows

    assert [cell.text for cell in rows[1].cells] == ["0家", "0分"]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for row in rows[:-1] for cell in row.cells)
    assert {len(p._p.pPr.findall(qn("w:keepNext"))) for row in rows[:-1] for cell in row.cells for p in cell.paragraphs} == {1}


def test_a_ruleset_with_errors_is_no_regulation(tmp_path: Path) -> None:
    target = tmp_path / "办法.md"
    target.write_text("旧", encoding="utf-8")

    assert _run(CORRECTED.with_name("as-published.perf"), "-o", target).exit_code == 1
    assert target.read_text(encoding="utf-8") == "旧"


def test_never_over_the_ruleset(tmp_path: Path) -> None:
    rules = tmp_path / "自评.md"
    rules.write_text(CORRECTED.read_text(encoding="utf-8"), encoding="utf-8")

    assert _run(rules, "-o", rules).exit_code == 2
    assert rules.read_text(encoding="utf-8") == CORRECTED.read_text(encoding="utf-8")


def test_without_python_docx_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdsl.cli.doc.find_spec", lambda _: None)
    ran = _run(CORRECTED, "-o", tmp_path / "办法.docx")

    assert ran.exit_code == 1
    assert "要先装 python-docx" in ran.output
    assert not list(tmp_path.iterdir())


def test_the_title_and_the_digest_stand_on_it() -> None:
    text = words(of_file(CORRECTED))

    assert text.startswith("2023年度部门整体支出绩效自评计分办法\n（版本1，摘要")
    assert "（盖章）" in text
