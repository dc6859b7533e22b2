"""What the extra `batch` brings, asked for before it is needed."""

from __future__ import annotations

from importlib.util import find_spec

from perfdsl.record import record

_PACKAGES = {"psycopg": "psycopg[binary]"}
_EXTRAS = {"batch": ("numpy", "pyarrow", "polars", "duckdb"), "spark": ("pyspark", "pandas")}


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
