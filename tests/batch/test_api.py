"""Scores of tables of Arrow, as Spark asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdsl.batch import schema_of, score_batches, score_table
from tests.batch.conftest import FAULTY, HEADINGS, UNITS


def _table(rows: list[list[str]]) -> object:
    import pyarrow as pa

    return pa.table({name: pa.array([row[at] or None for row in rows], pa.string()) for at, name in enumerate(HEADINGS)})


def test_every_unit_comes_out_once(ruleset: Path) -> None:
    made = score_table(ruleset, _table([*UNITS, *FAULTY]))

    assert made.schema == schema_of(ruleset)
    assert made.num_rows == len(UNITS) + len(FAULTY)
    back = [row for row in made.to_pylist() if row["退回原因"]]
    assert [row["单位"] for row in back] == ["己局", "庚局", None]
    assert "E404 满意度" in back[0]["退回原因"]
    assert all(row["总分"] is None for row in back)


@pytest.mark.parametrize("brief", [False, True])
def test_batches_give_what_the_table_gives(ruleset: Path, brief: bool) -> None:
    import pyarrow as pa

    table = _table(UNITS)
    batches = list(score_batches(ruleset, table.to_batches(max_chunksize=2), brief))

    assert pa.Table.from_batches(batches).to_pylist() == score_table(ruleset, table, brief).to_pylist()
    assert list(score_batches(ruleset, [])) == []
