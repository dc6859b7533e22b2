"""A process of its own that reads hostile files under limits: `python reading.py forms|data FOLDER`; a line of JSON a file."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from tests.hangs import ends

MEMORY = 500_000_000


def read(how: str, path: Path) -> tuple[list[str], list[str]]:
    """The codes of what was found, and the texts that were read."""
    if how == "forms":
        from perfdsl.forms.files import read_grids

        grids, found = read_grids(path)
        return [one.code for one in found], [cell.text for grid in grids for cell in grid.cells]
    from perfdsl.data import _tables

    tables, found = _tables(path.read_bytes(), str(path))
    texts = [entry.text for table in tables for row in table.rows for entry in row if entry is not None and entry.text]
    return [one.code for one in found], texts


def main(how: str, folder: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for path in sorted(Path(folder).iterdir()):
        with ends():
            codes, texts = read(how, path)
        print(json.dumps({"name": path.name, "codes": codes, "texts": texts[:10]}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
