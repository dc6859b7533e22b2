"""Two executors, each a Java of its own, of which one or its Python worker is killed: nothing is lost, nothing comes twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.batch.spark.conftest import by_unit
from tests.batch.spark.killing import scores_in_spite
from tests.batch.spark.units import table


@pytest.mark.parametrize("victim", ["worker", "executor"])
def test_killed(cluster: Any, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, victim: str) -> None:
    from perfdsl.batch import score_table

    assert cluster.sparkContext.master.startswith("local-cluster")
    assert scores_in_spite(cluster, victim, rules, tmp_path, monkeypatch) == by_unit(score_table(rules, table()))
