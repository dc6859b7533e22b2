"""What the extra `batch` brings, asked for before it is needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from perfdsl.record import record

_PACKAGES = {"psycopg": "psycopg[binary]"}
_EXTRAS = {"batch": ("numpy", "pyarrow", "duckdb"), "spark": ("pyspark", "pandas")}


@record
class Lacking(Exception):  # noqa: N818  # said of a machine, not of a mistake in the program
    """A package that is not installed, and what it is needed for."""

    package: str
    purpose: str

    def __str__(self) -> str:
        extras = next((name for name, packages in _EXTRAS.items() if self.package in packages), "")
        extra = f'pip install "perfdsl[{extras}]"' if extras else f"pip install {_quoted(self.package)}"
        return f"{self.purpose}要先装 {self.package}：{extra}"


def _quoted(package: str) -> str:
    line = _PACKAGES.get(package, package)
    return f'"{line}"' if "[" in line else line


def need(purpose: str, *packages: str) -> None:
    """Raises `Lacking` for the first of *packages* that is not there."""
    for package in packages:
        if find_spec(package) is None:
            raise Lacking(package, purpose)


class _NoPandas:
    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # what a finder is asked
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


@contextmanager
def without_pandas() -> Iterator[None]:
    """pyarrow looks for pandas where it first makes an array.  Finding it takes half a second, and nothing here wants it."""
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)  # importlib.abc, which says what a finder is, takes long itself
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
