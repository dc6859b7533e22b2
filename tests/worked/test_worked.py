"""The 120 worked examples of examples.json, each as the rule of the regulation that it is taken from.

A chunk of the NN-*.perf files is one example, or one reading of it where the regulation can be read in several ways.
Its first line is `# E07 the rule → the score`; all else is as in tests/spec.
`pytest tests/worked --golden-update` writes docs/worked.md anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from test_spec import Chunk, _chunks, _differences, _expected, _found

HERE = Path(__file__).parent
TABLE = HERE.parent.parent / "docs" / "worked.md"
EXAMPLES: list[dict[str, str]] = json.loads((HERE / "examples.json").read_text(encoding="utf-8"))
CHUNKS = [chunk for file in sorted(HERE.glob("*.perf")) for chunk in _chunks(file)]
_HEAD = re.compile(r"# (E\d+) (.+) → (.+)\n")


def _head(chunk: Chunk) -> tuple[str, str, str]:
    """Number, rule and result of the first line."""
    found = _HEAD.match(chunk.text)
    assert found, f"{chunk.file.name}:{chunk.line}：第一行要写「# E07 规则 → 得分」"
    return found[1], found[2], found[3]


def _name(chunk: Chunk) -> str:
    return f"{_head(chunk)[0]}-{chunk}"


@pytest.mark.parametrize("chunk", CHUNKS, ids=_name)
def test_example(chunk: Chunk, tmp_path: Path) -> None:
    assert "\n".join(_differences(_expected(chunk), _found(chunk, tmp_path))) == ""


def _readings(example: dict[str, str]) -> list[str]:
    """`4.0|3.75` and `8.62(四舍五入)/8.61(截断)` are two results each; another reading may stand behind → in the note."""
    expected = example["expected"]
    one_by_one = re.split(r"[|/或]", re.sub(r"\(.*?\)", "", expected))
    return [expected, *one_by_one, *re.findall(r"→([\d.]+)", example["note"])]


def _expects(chunk: Chunk, result: str) -> bool:
    """Does the chunk expect what its first line says?  A word such as 达标 is told by a score."""
    if re.fullmatch(r"[\d.]+", result):
        return bool(re.search(rf"期望[^，\n]* {re.escape(result)}(?:分|万元)", chunk.text))
    marks = {"ERR": "### E451", "MANUAL": "### W454", "10+ERR": "### W452", "[3,4]": "### W454", "[1,2]": "### W454"}
    return marks.get(result, "期望") in chunk.text


@pytest.mark.parametrize("chunk", CHUNKS, ids=_name)
def test_every_chunk_is_of_an_example_and_expects_its_result(chunk: Chunk) -> None:
    number, _, result = _head(chunk)
    readings = {e["id"]: _readings(e) for e in EXAMPLES}

    assert number in readings
    assert result in readings[number]
    assert _expects(chunk, result)


def test_every_reading_of_a_written_example_has_its_chunk() -> None:
    written: dict[str, set[str]] = {}
    for chunk in CHUNKS:
        number, _, result = _head(chunk)
        written.setdefault(number, set()).add(result)
    missing = [(e["id"], r) for e in EXAMPLES if e["id"] in written and "|" in e["expected"]
               for r in e["expected"].split("|") if r not in written[e["id"]]]

    assert missing == []


def _row(example: dict[str, str]) -> str:
    files = sorted({chunk.file.name for chunk in CHUNKS if _head(chunk)[0] == example["id"]})
    where = "、".join(f"[{name}](../tests/worked/{name})" for name in files) or "还不能写"
    cells = (example["id"], example["rule"], example["inputs"], example["expected"], where)
    return "| " + " | ".join(cell.replace("|", " ∥ ") for cell in cells) + " |"


def _table() -> str:
    written = {_head(chunk)[0] for chunk in CHUNKS}
    return "\n".join([
        "# 算例",
        "",
        f"各地办法里的 {len(EXAMPLES)} 个算例，{len(written)} 个已写成规则并逐位核对。∥ 隔开的是同一条文的几种读法。",
        "",
        "| 号 | 规则 | 输入 | 期望 | 写在 |",
        "|---|---|---|---|---|",
        *map(_row, EXAMPLES),
        "",
    ])


def test_the_table_of_the_examples_is_up_to_date(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("golden_update"):
        TABLE.write_text(_table(), encoding="utf-8")

    assert TABLE.read_text(encoding="utf-8") == _table(), "pytest tests/worked --golden-update"
