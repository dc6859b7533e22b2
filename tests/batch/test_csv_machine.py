"""CSV by machine code is read and written as Arrow does it, and both as the cells stand there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from perfdsl.batch import machine
from perfdsl.batch.sinks import csv_cells
from perfdsl.batch.sinks import csv_machine as writing
from perfdsl.batch.sources import csv_machine as reading
from perfdsl.batch.sources.csv_rows import Reader
from perfdsl.batch.sources.csv_text import _batches
from perfdsl.data.facts import Absent
from perfdsl.data.reading import Amount
from perfdsl.data.reading import reading as meaning
from perfdsl.data.table import clean

WIDTH = 5
NUMBERS = (1, 2, 3)
SEEDS = 120
PLAIN = ["0", "-0", "12", "007", "3.5", "3.50", "-12.125", "100000.00", "0.0001", "123456789012.25", ""]
ODD = ["+5", ".5", "5.", "-.5", "1e3", "1E-2", "1e0005", "1e-0001", "1e400", " 7", "7 ", "-", "--1", "1.2.3", "1,5", "95%", "３", "无", "1" * 19,
       "9" * 15 + ".55", "0." + "1" * 19,
       "3.6亿元", "\t8", "5.e3"]
NAMES = ["甲局", "A.B公司", "乙.局", "91110000100001234X", "", "某县\"老\"城", "丙,丁", "戊\n己", ".", "5."]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reading, writing):
        monkeypatch.setattr(module, "_MACHINE", machine.Awaited(module._MACHINE._file, *module._MACHINE._what, -1, -1))


def table(random: Random) -> list[list[str]]:
    """Most tables have one kind of fault only, so that blocks are read in every way."""
    odd, names = random.choice([0, 0, 0.01, 0.2]), random.choice([NAMES[:4], NAMES[:5], NAMES])
    return [[random.choice(names) + "局" * (not odd), *(random.choice(ODD if random.random() < odd else PLAIN) for _ in NUMBERS),
             random.choice(["达成", "未达成", "3.5", ""])] for _ in range(random.randrange(1, 60))]


def cells(rows: Any) -> list[list[object]]:
    """What stands in the cells of a record batch: a number, or a text."""
    return [[_meant(value) for value in row.values()] for row in rows.to_pylist()]


def _meant(value: object) -> object:
    """A number as a fraction, however it is written; what means no number as it stands."""
    said = meaning(clean("" if value is None else str(value)))
    if isinstance(said, Amount) and said.unit is None:
        return said.number
    return "" if said is Absent.EMPTY else value


def blocks(text: bytes, random: Random) -> Iterator[bytes]:
    lines = text.splitlines(keepends=True) if b'"' not in text else [text]
    size = random.randrange(1, 20)
    for at in range(0, len(lines), size):
        yield b"".join(lines[at : at + size])


@pytest.mark.parametrize("by_machine", [True, False])
def test_cells_stand_as_they_are_written(monkeypatch: pytest.MonkeyPatch, by_machine: bool) -> None:
    used = 0
    if not by_machine:
        monkeypatch.setattr(reading, "rows", lambda *_: None)
    for seed in range(SEEDS):
        random = Random(seed)
        rows, end = table(random), random.choice(["\n", "\r\n"])
        out = io.StringIO()
        csv.writer(out, lineterminator=end).writerows(rows)
        text = out.getvalue().removesuffix(random.choice(["", end])).encode()
        read = [*_batches("表", Reader(WIDTH, ",", NUMBERS), blocks(text, random), 0)]
        used += any(pa.types.is_decimal64(column.type) for batch in read for column in batch.rows.columns)

        assert [row for batch in read for row in cells(batch.rows)] == [[_meant(cell) for cell in row] for row in rows if row], seed
    assert (used > SEEDS // 4) == by_machine


def test_a_column_that_held_a_text_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(3, ",", (1, 2))
    kinds = [str(reader.rows(block, 1).schema.types[1]) for block in (b"a,1.5,1\n", b"b,1.25,2\n", b"c,x,3\n", b"d,1,4\n")]

    assert kinds[0] == "string"
    assert kinds[2:] == ["string", "string"]
    assert str(reader.rows(b"e,5,5.5\n", 1).schema.types[2]).startswith("string")
    assert str(reader.rows(b"e,5,5.5\n", 1).schema.types[2]).startswith("decimal64(18, 1)")


@pytest.mark.parametrize("block", [b"a,1\n", b"a,1,2,3\n", b"a,1,2\n\nb,1,2\n", b"a,1,2\rb,1,2\n", b'"a",1,2\n'])
def test_irregular_rows_are_left(block: bytes) -> None:
    assert reading.rows(block, 3, ",", block.count(b"\n"), {1: 0, 2: 0}) is None


def batch(random: Any, size: int) -> Any:
    """Columns of every kind that a table of scores has."""
    units = [random.integers(-1200 if at % 2 else 0, 1200, size) for at in range(6)]
    gone = random.random(size) < 0.1
    made = {f"得分{at}": _decimals(one, at % 4, None if at % 3 else gone) for at, one in enumerate(units)}
    made["大"] = _decimals(np.append(random.integers(-10**18 + 1, 10**18, size - 1), -2**63 + 1), 2, None)
    made["单位"] = pa.array([["甲局", None, "", "=1+1", "a,b", 'c"d', "戊\n己", "＝x", "-3"][at % 9] for at in range(size)])
    made["年度"] = pa.array(random.integers(2000, 2030, size).astype(np.int32), mask=gone)
    made["已说明"] = pa.array(random.random(size) < 0.5)
    made["等级"] = pa.DictionaryArray.from_arrays(pa.array(random.integers(0, 4, size).astype(np.int32), mask=gone), pa.array(["优", "良", "=中", "差"]))
    return pa.RecordBatch.from_arrays([*made.values()], [*made])


def _decimals(units: Any, places: int, gone: Any) -> Any:
    given = None if gone is None else pa.py_buffer(np.packbits(~gone, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal64(18, places), len(units), [given, pa.py_buffer(units)])


@pytest.mark.parametrize("size", [1, 9, 3000])
def test_lines_are_those_of_arrow(size: int) -> None:
    whole = batch(np.random.default_rng(size), size)

    for at in (0, size // 3):
        assert bytes(writing.lines(whole.slice(at)) or b"") == bytes(csv_cells.lines(whole.slice(at)))


def test_lines_are_what_they_say() -> None:
    rows = [*csv.reader(io.StringIO(bytes(csv_cells.lines(batch(np.random.default_rng(1), 9))).decode(), newline=""))]

    assert [row[7] for row in rows] == ["甲局", "", "", "'=1+1", "a,b", 'c"d', "戊\n己", "'＝x", "-3"]
    assert {row[10] for row in rows} <= {"优", "良", "'=中", "差", ""}


def test_machine_code_is_kept_for_the_next_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERFDSL_CACHE", str(tmp_path))
    what = reading._MACHINE.text, *reading._MACHINE._what

    assert machine.found(*what, may_make=False) is None
    assert machine.found(*what, may_make=True) is not None
    kept = machine.found(*what, may_make=False)
    assert kept is not None
    monkeypatch.setattr(reading, "_MACHINE", type("Kept", (), {"after": lambda self, work: kept})())
    assert reading.rows(b"a,1.50,-2\n", 3, ",", 1, {1: 1, 2: 0}).to_pylist() == [{"0": "a", "1": pa.scalar("1.5").cast(pa.decimal64(18, 1)).as_py(), "2": -2}]


@pytest.mark.parametrize("damage", [lambda code: code[:-1000], lambda code: code[:20000] + b"no machine code" + code[20015:]])
def test_damaged_machine_code_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    monkeypatch.setenv("PERFDSL_CACHE", str(tmp_path))
    what = reading._MACHINE.text, *reading._MACHINE._what
    machine.found(*what, may_make=True)
    for file in tmp_path.iterdir():
        file.write_bytes(damage(file.read_bytes()))

    assert machine.found(*what, may_make=False) is None
    assert machine.found(*what, may_make=True) is not None


def test_no_more_than_some_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERFDSL_CACHE", str(tmp_path))
    monkeypatch.setattr(machine, "_MOST", 2)
    text = reading._MACHINE.text()
    for at in range(4):
        machine.found(lambda at=at: f"; {at}\n{text}", *reading._MACHINE._what, may_make=True)

    assert len([*tmp_path.glob("machine-*")]) == 2
    assert machine.found(lambda: f"; 3\n{text}", *reading._MACHINE._what, may_make=False) is not None
