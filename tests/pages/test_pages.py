"""Every code has a page; its 反例 gives the code and its 正例 does not."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest

import perfdsl
from perfdsl.diagnostics import Diagnostic, blocking, errors
from perfdsl.pages import Example, codes, examples, page
from perfdsl.pipeline import Loaded, check, evaluate, load
from perfdsl.testing import run_tests

PACKAGE = Path(perfdsl.__file__).parent
SECTIONS = ["为什么", "怎样改", "反例", "正例"]
ALONE = re.compile(r"E[012]\d\d")
"""Codes of which one fault gives one message: syntax, names and types, checks."""


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier version of the code kept in the user's cache says nothing about this one."""
    monkeypatch.setenv("PERFDSL_CACHE", "")


@cache
def emitted() -> frozenset[str]:
    """Every code that the Python code writes as a string."""
    texts = (file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    return frozenset(code for text in texts for code in re.findall(r'"([AEW]\d{3})"', text))


# ---- the files of an example


def _text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _xlsx(file: Path, text: str) -> None:
    """A workbook; a cell that begins with `=` is a formula, and openpyxl keeps no value of it."""
    book = openpyxl.Workbook()
    for row in csv.reader(text.splitlines()):
        book.worksheets[0].append(row)
    book.save(file)


def _docx(file: Path, text: str) -> None:
    """As much of a Word file as its first bytes show: a zip that is no text."""
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/document.xml", text)


WRITERS: dict[str, Callable[[Path, str], None]] = {"xlsx": _xlsx, "docx": _docx}


def found_in(example: Example, folder: Path) -> list[Diagnostic]:
    """What the example gives when its files lie in *folder*."""
    for file in example.files:
        WRITERS.get(file.kind, _text)(folder / file.name, file.text)
    if any(file.name.startswith("自评表") and file.kind == "csv" for file in example.files):
        return _audited(example, folder)
    loaded = load(folder / example.ruleset.name)
    if example.data is None:
        return [*check(loaded), *_failures(loaded)]
    return list(evaluate(loaded, folder / example.data.name).diagnostics)


def _audited(example: Example, folder: Path) -> list[Diagnostic]:
    """What the audit finds in the forms of an example, by the ruleset beside them if there is one."""
    from perfdsl.audit import audit
    from perfdsl.audit.summary import marked
    from perfdsl.forms.files import read_grids
    from perfdsl.forms.finder import find_forms

    rulesets = [load(folder / file.name) for file in example.files if file.kind == "perf"]
    read = [read_grids(folder / file.name) for file in example.files if file.kind == "csv" and file.name.startswith("自评表")]
    made = marked(audit(form, rulesets[0] if rulesets else None) for grids, _ in read for form in find_forms(grids))
    faults = [fault for _, found in read for fault in found]
    return [*faults, *(Diagnostic(one.code, one.message, one.cell, severity=one.severity) for each in made for one in each.findings)]


def _failures(loaded: Loaded) -> list[Diagnostic]:
    """What the 测试 blocks of a ruleset find, where there is a meaning to test."""
    found = check(loaded)
    if loaded.ruleset is None or blocking(found):
        return []
    return [failure for result in run_tests(loaded.ruleset, found) for failure in result.failures]


# ---- the pages


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert set(codes()) == emitted()


@pytest.mark.parametrize("code", codes())
def test_a_page_has_its_form(code: str) -> None:
    text = page(code) or ""
    title, _, said = text.partition("\n")
    assert re.fullmatch(rf"# {code} \S.*", title)
    assert said.partition("\n## ")[0].strip()
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("code", codes())
def test_the_bad_example_gives_the_code(code: str, tmp_path: Path) -> None:
    found = found_in(examples(code)[0], tmp_path)
    assert code in {d.code for d in found}
    if ALONE.fullmatch(code):
        assert {d.code for d in errors(found)} == {code}


@pytest.mark.parametrize("code", codes())
def test_the_good_example_does_not(code: str, tmp_path: Path) -> None:
    found = found_in(examples(code)[1], tmp_path)
    assert errors(found) == []
    assert code not in {d.code for d in found}


# ---- the functions


def test_a_page_is_found_in_either_case() -> None:
    assert page("e201") == page("E201") is not None


@pytest.mark.parametrize("code", ["E999", "", "../E201", "__init__", "E201.md"])
def test_no_page(code: str) -> None:
    assert page(code) is None
    with pytest.raises(KeyError):
        examples(code)


def test_pages_are_found_in_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "perfdsl.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for name in ("__init__.py", "record.py", "version.py", "pages/__init__.py", "pages/E201.md"):
            made.write(PACKAGE / name, f"perfdsl/{name}")
    program = "from perfdsl.pages import codes, page; assert codes() == ['E201'] and '分值' in page('e201')"
    program = f"import sys; sys.path.insert(0, {str(archive)!r}); {program}"
    subprocess.run([sys.executable, "-I", "-c", program], check=True, timeout=600)
