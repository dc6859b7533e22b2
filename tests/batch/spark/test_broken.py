"""A Python worker that is killed in the middle of a job: nothing is lost, nothing comes twice, the digits are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.batch.spark.conftest import by_unit
from tests.batch.spark.killing import scores_in_spite
from tests.batch.spark.units import table


def test_a_python_worker(spark: Any, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfdsl.batch import score_table

    assert scores_in_spite(spark, "worker", rules, tmp_path, monkeypatch) == by_unit(score_table(rules, table()))
