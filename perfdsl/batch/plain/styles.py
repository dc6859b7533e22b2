"""The two formats that are written without a library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from perfdsl.harmless import harmless

_SPECIAL = (",", '"', "\n", "\r")


class Csv:
    """CSV as `sinks.csv_cells` writes it: quoted where it must be."""

    yes, no, none = "是", "", ""

    def __init__(self, headings: Sequence[str]) -> None:
        self._headings = headings

    @property
    def head(self) -> bytes:
        return b"\xef\xbb\xbf" + self.line(["" if not one else self.said(one) for one in self._headings]).encode()

    def said(self, text: str) -> str:
        tame = harmless(text)
        return '"' + tame.replace('"', '""') + '"' if not tame or any(mark in tame for mark in _SPECIAL) else tame

    def cell(self, _: int) -> Callable[[str], str]:
        return str

    def line(self, cells: Iterable[str]) -> str:
        return ",".join(cells) + "\r\n"


class JsonLines:
    """An object for each unit, without what there is not.  The last column is never without."""

    yes, no, none, head = "true", "false", "", b""

    def __init__(self, headings: Sequence[str]) -> None:
        from json import dumps

        self._dumps = dumps
        self._keys = [f"{self.said(heading)}: " for heading in headings]

    def said(self, text: str) -> str:
        return self._dumps(text, ensure_ascii=False)

    def cell(self, at: int) -> Callable[[str], str]:
        key = self._keys[at]
        return lambda text: f"{key}{text}, "

    def line(self, cells: Iterable[str]) -> str:
        return f"{{{''.join(cells)[:-2]}}}\n"


STYLES: dict[str, type[Csv] | type[JsonLines]] = {"csv": Csv, "jsonl": JsonLines}
