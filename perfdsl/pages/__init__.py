"""What each code means, for the officer who meets it: one Markdown page a code.

Every page shows a 反例 that gives the code and a 正例 that does not; `examples` reads both, so that they can be tested.
"""

from __future__ import annotations

import re
from importlib.resources import files

from perfdsl.record import record

_CODE = re.compile(r"[A-Z][0-9]{3}")
_BLOCK = re.compile(r"^```(\S+)[ \t]*(\S*)[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_NAMES = {"perf": "规则集.perf"}
"""What the file of a block is called where its info string does not say; others are called 数据."""


@record
class File:
    """One block of an example: `kind` is the first word of its info string (perf, csv, xlsx), `name` the file's."""

    kind: str
    name: str
    text: str


@record
class Example:
    """The files of an example: the ruleset first, then the data and other rulesets it needs, as on the page."""

    files: tuple[File, ...]

    @property
    def ruleset(self) -> File:
        return self.files[0]

    @property
    def data(self) -> File | None:
        """The data file, or None where the ruleset alone makes the example."""
        return next((file for file in self.files[1:] if file.kind != "perf"), None)


def codes() -> list[str]:
    """Every code that has a page, in order."""
    names = (file.name for file in files(__name__).iterdir())
    return sorted(name.removesuffix(".md") for name in names if name.endswith(".md"))


def page(code: str) -> str | None:
    """The page of *code*, in upper or lower case; None where there is none."""
    wanted = code.strip().upper()
    if not _CODE.fullmatch(wanted):
        return None
    found = files(__name__) / f"{wanted}.md"
    return found.read_text(encoding="utf-8") if found.is_file() else None


def examples(code: str) -> tuple[Example, Example]:
    """The 反例 and the 正例 of *code*.  Raises KeyError where it has no page."""
    text = page(code)
    if text is None:
        raise KeyError(code)
    return _example(text, "反例"), _example(text, "正例")


def _example(text: str, heading: str) -> Example:
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return Example(tuple(_file(*block) for block in _BLOCK.findall(section)))


def _file(kind: str, name: str, text: str) -> File:
    return File(kind, name or _NAMES.get(kind, f"数据.{kind}"), text)
