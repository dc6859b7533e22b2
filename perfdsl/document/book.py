"""Where the blocks of a regulation are collected: it numbers chapters, articles and items as they come."""

from __future__ import annotations

from collections.abc import Iterable

from perfdsl.document.content import Article, Block, Chapter, Grid, Item, Picture, Section, Signature
from perfdsl.document.remarks import Remarks


class Book:
    """The blocks so far, and the numbers that come next."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._chapter = self._section = self._article = self._attached = 0
        self._items = [0, 0, 0]
        self.remarks = Remarks()

    @property
    def next_article(self) -> int:
        return self._article + 1

    def chapter(self, title: str) -> None:
        self._chapter, self._section = self._chapter + 1, 0
        self.blocks.append(Chapter(self._chapter, title))

    def attachment(self, title: str) -> None:
        self._attached += 1
        self._items = [0, 0, 0]
        self.blocks.append(Chapter(self._attached, title, attached=True))

    def aside(self, title: str) -> None:
        """What stands behind the attachments and is none."""
        self._items = [0, 0, 0]
        self.blocks.append(Chapter(0, title, attached=True))

    def section(self, title: str) -> None:
        self._section += 1
        self.blocks.append(Section(self._section, title))

    def article(self, title: str, text: str = "", items: Iterable[str] = ()) -> None:
        """A numbered article and its items."""
        self._article += 1
        self._items = [0, 0, 0]
        self.blocks.append(Article(self._article, title, text))
        self.items(items)

    def items(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.item(text)

    def item(self, text: str, below: Iterable[str] = ()) -> None:
        """（一） and what stands under it as 1., 2.; one line below joins its sentence."""
        under = list(below)
        joined = len(under) == 1
        self._add(1, f"{text}{under[0]}" if joined else text)
        self._items[2] = 0
        for line in () if joined else under:
            self._add(2, line)

    def plain(self, text: str) -> None:
        """A paragraph without a number."""
        self.blocks.append(Item(1, 0, _stopped(text)))

    def add(self, block: Grid | Picture | Signature) -> None:
        self.blocks.append(block)

    def _add(self, level: int, text: str) -> None:
        self._items[level] += 1
        self.blocks.append(Item(level, self._items[level], _stopped(text)))


def _stopped(text: str) -> str:
    """The sentence with its end."""
    return text if text.endswith(("。", "：", "？", "！")) else f"{text}。"
