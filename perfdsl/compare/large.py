"""Which of the files that a user names are large tables."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from perfdsl.forms.suffixes import is_hidden

ALWAYS = (".parquet", ".arrow", ".feather", ".ipc", ".arrows", ".jsonl", ".ndjson")
"""Read in no other way."""
TEXTS = (".csv", ".tsv")
LARGE = 200_000
"""Bytes from which a text is a large table: some thousand units."""


def large_tables(given: str) -> list[str]:
    """The large tables among the files of one argument, in their order, by the names that `forms.batch` gives them."""
    return [path for path in _files(given) if _is_large(path)]


def _is_large(path: str) -> bool:
    suffix = os.path.splitext(path)[1].lower()
    if suffix in ALWAYS:
        return os.path.isfile(path)
    return suffix in TEXTS and os.path.isfile(path) and os.path.getsize(path) >= LARGE and find_spec("pyarrow") is not None


def _files(given: str) -> Iterator[str]:
    if os.path.isdir(given):
        yield from _inside(given)
    elif os.path.lexists(given) or not glob.has_magic(given):
        yield given
    else:
        for path in sorted(glob.glob(given, recursive=True)):
            yield from _inside(path) if os.path.isdir(path) else [path]


def _inside(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        yield from (os.path.join(here, name) for name in _shown(names))


def _shown(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not is_hidden(name))
