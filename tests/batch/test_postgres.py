"""A real PostgreSQL on the loopback interface."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from programs import program

from tests.batch.conftest import HEADINGS, UNITS, Scored


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server of our own, which ends with the test."""
    pytest.importorskip("psycopg")
    bin_folder = Path(program("initdb", request)).resolve().parent
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        as_user = {"user": "postgres"} if os.getuid() == 0 else {}
        if as_user:
            import shutil

            shutil.chown(folder, "postgres")
        quiet: Any = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **as_user}
        subprocess.run([bin_folder / "initdb", "-D", f"{folder}/d", "-A", "trust", "-U", "me", "-E", "UTF8", "--locale=C.UTF-8", "-N"], **quiet)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run([bin_folder / "pg_ctl", "-D", f"{folder}/d", "-o", options, "-l", f"{folder}/log", "-w", "start"], **quiet)
        try:
            yield f"postgresql://me:geheim@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([bin_folder / "pg_ctl", "-D", f"{folder}/d", "-m", "immediate", "stop"], **quiet)


def test_postgresql(scored: Scored, expected: Any, server: str, run: Any, ruleset: Path, tmp_path: Path) -> None:
    import psycopg

    kinds = {"年度": "integer", "验收时间": "text", "单位代码": "char(5)"}
    columns = ", ".join(f'"{name}" {kinds.get(name, "text")}' for name in HEADINGS)
    with psycopg.connect(server) as connection:
        connection.execute(f"CREATE TABLE units ({columns})")
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO units VALUES ({','.join(['%s'] * len(HEADINGS))})", [[value or None for value in row] for row in UNITS])
        connection.execute("CREATE TABLE typed (单位 text, 税收 numeric, 满意度 float8, 验收时间 date, 新签约 bigint, 制度建设 boolean)")
        connection.execute("INSERT INTO typed VALUES ('甲', 2.50, 95.1, '2024-12-20', 30, NULL), ('乙', 1, 'NaN', '2024-12-20', 30, true)")

    assert scored(server, "--table", "units") == expected
    assert scored(server, "--query", "SELECT * FROM units ORDER BY 单位代码;") == expected
    rows = scored(server, "--table", "public.typed", code=1)
    assert [(row["税收.得分"], row["满意度.得分"]) for row in rows] == [("25.00", "20.00")]

    left = run("batch", ruleset, server, "--query", "WITH gone AS (DELETE FROM units RETURNING *) SELECT * FROM gone", "-o", tmp_path / "o.csv")
    assert left.code == 1
    with psycopg.connect(server) as connection:
        found = connection.execute("SELECT count(*) FROM units").fetchone()
    assert found == (len(UNITS),)
    assert "geheim" not in left.err
