"""Files made to hurt: one clear error each, in 500 MB and without hanging; nothing is run, nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .hostile import ONLY_DATA, READ, REFUSED

pytest.importorskip("resource")
Found = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile file, by its name."""
    made = tmp_path_factory.mktemp("hostile")
    for name, content in {**REFUSED, **ONLY_DATA, **READ}.items():
        (made / name).write_bytes(content())
    return made


def _read(how: str, folder: Path, here: Path) -> Found:
    """What a process says of every file that reads them under limits, in an empty folder."""
    script = Path(__file__).with_name("reading.py")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, script, how, folder], cwd=here, env=environment, capture_output=True, text=True,
                          check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-500:]
    assert list(here.iterdir()) == []
    return {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def as_forms(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return _read("forms", folder, tmp_path_factory.mktemp("here"))


@pytest.fixture(scope="module")
def as_data(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return _read("data", folder, tmp_path_factory.mktemp("here"))


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_error(as_forms: Found, as_data: Found, name: str) -> None:
    assert (as_forms[name]["codes"], as_forms[name]["texts"]) == (["E401"], [])
    assert (as_data[name]["codes"], as_data[name]["texts"]) == (["E401"], [])


@pytest.mark.parametrize("name", ONLY_DATA)
def test_refused_as_data(as_data: Found, name: str) -> None:
    assert (as_data[name]["codes"], as_data[name]["texts"]) == (["E401"], [])


@pytest.mark.parametrize(("name", "text"), [
    ("a stray far cell", "税收"), ("formula injection", "=cmd|' /C calc'!A0"), ("html in a cell", "<script>alert(1)</script>"),
    ("notes of other programs", "x"), ("html in word", "<img src=x onerror=alert(1)>"), ("empty rows to the end in ods", "x"),
])
def test_odd_and_harmless_files_are_read_as_text(as_forms: Found, as_data: Found, name: str, text: str) -> None:
    assert text in as_forms[name]["texts"]
    assert text in as_data[name]["texts"]
    assert as_forms[name]["codes"] == as_data[name]["codes"] == []


def test_every_harmless_file_is_looked_at() -> None:
    assert set(READ) == {"a stray far cell", "formula injection", "notes of other programs", "html in a cell", "html in word",
                         "empty rows to the end in ods"}
