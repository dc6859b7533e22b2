"""Names and texts as they stand in a query of any of the databases."""

from __future__ import annotations


def quoted(name: str) -> str:
    """A name in quotation marks."""
    return '"' + name.replace('"', '""') + '"'


def in_schema(table: str) -> str:
    """`模式.表` in quotation marks."""
    return ".".join(map(quoted, table.split(".")))


def text(value: str) -> str:
    """A text between its marks."""
    return "'" + value.replace("'", "''") + "'"
