"""A ruleset as the regulation that a leader can sign."""

from __future__ import annotations

from pathlib import Path

from perfdsl.document.appendices import editors, examples, history
from perfdsl.document.book import Book
from perfdsl.document.content import Paper, Signature
from perfdsl.document.general import data, general, table
from perfdsl.document.indicators import indicators, outside
from perfdsl.document.lineage import lineage
from perfdsl.document.methods import methods, used_methods
from perfdsl.document.policies import applications, beside, grades, total
from perfdsl.document.written import Written
from perfdsl.model.ruleset import Ruleset
from perfdsl.version import __version__


def paper(ruleset: Ruleset, digest: str, folder: Path | None = None) -> Paper:
    """The chapters in order, the signature, the attachments; *folder* is where what it 沿用s is looked for."""
    book, written = Book(), Written()
    _scored(book, ruleset, written)
    _concluded(book, ruleset)
    book.add(Signature())
    history(book, lineage(ruleset.span.source, folder))
    examples(book, ruleset)
    editors(book)
    return Paper(title(ruleset), _under(ruleset, digest), tuple(book.blocks), _foot(ruleset, digest))


def _scored(book: Book, ruleset: Ruleset, written: Written) -> None:
    """总则, the table of indicators, the methods and the articles of the indicators."""
    book.chapter("总则")
    general(book, ruleset)
    first = book.next_article + (2 if ruleset.data else 1)
    numbers = {rule.name: first + at for at, rule in enumerate(used_methods(ruleset))}
    book.chapter("指标体系")
    table(book, ruleset, numbers)
    data(book, ruleset)
    if numbers:
        book.chapter("计分方法")
        methods(book, ruleset, written)
    if ruleset.groups:
        book.chapter("各项指标的计分")
        indicators(book, ruleset, numbers, written)
    if ruleset.outside:
        book.chapter("加分项和减分项")
        outside(book, ruleset, numbers)


def _concluded(book: Book, ruleset: Ruleset) -> None:
    """The total, the grade, and what follows from them."""
    book.chapter("总分和等级")
    total(book, ruleset)
    grades(book, ruleset)
    if ruleset.reasons_due or ruleset.alerts:
        book.chapter("偏差说明和预警")
        beside(book, ruleset)
    if ruleset.applications:
        book.chapter("结果应用")
        applications(book, ruleset)


def title(ruleset: Ruleset) -> str:
    """`部门整体支出绩效自评计分办法`, with the year before it where there is one."""
    name = ruleset.name.removesuffix("计分办法").removesuffix("办法")
    return f"{ruleset.year}年度{name}计分办法" if ruleset.year else f"{name}计分办法"


def _under(ruleset: Ruleset, digest: str) -> str:
    version = f"版本{ruleset.version}，" if ruleset.version else ""
    return f"（{version}摘要{digest}）"


def _foot(ruleset: Ruleset, digest: str) -> str:
    year = f"{ruleset.year}年度" if ruleset.year else ""
    version = f"版本{ruleset.version}，" if ruleset.version else ""
    return f"本文本由规则集「{ruleset.name}」{year}写出：{version}摘要{digest}，perfdsl {__version__}。"
