"""What the tests of this folder write documents of."""

from __future__ import annotations

from pathlib import Path

from perfdsl.diagnostics import errors
from perfdsl.document import paper
from perfdsl.document.content import (
    Article,
    Block,
    Chapter,
    Grid,
    Item,
    Paper,
    Picture,
    Section,
    Signature,
    heading,
    marker,
)
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import Loaded, check, load, load_source
from perfdsl.source import Source

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(ROOT.glob("rulesets/*/*.perf"))
CORRECTED = ROOT / "examples" / "lingling-2023" / "corrected.perf"
HEAD = ("规则集 「样例」，年度 2024，引用 「标准计分方法」，总分 10分，不适用 其余按比例折算\n"
        "取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入\n")


def loaded(text: str, folder: Path | None = None) -> Loaded:
    made = load_source(Source("样例.perf", text), folder)
    assert not errors(check(made)), [d.message for d in check(made)]
    return made


def ruleset(text: str) -> Ruleset:
    """The ruleset of one indicator list, under a usual heading."""
    made = loaded(HEAD + text).ruleset
    assert made is not None
    return made


def written(text: str) -> str:
    """All that the document of *text* says."""
    return words(paper(ruleset(text), "0" * 16))


def of_file(path: Path) -> Paper:
    made = load(path)
    assert made.ruleset is not None
    return paper(made.ruleset, made.digest, path.parent)


def words(made: Paper) -> str:
    return "\n".join([made.title, made.under, *map(_words, made.blocks), made.foot])


def _words(block: Block) -> str:
    match block:
        case Chapter() | Section():
            return heading(block)
        case Article():
            return f"{marker(block)}{block.title}　{block.text}"
        case Item():
            return marker(block) + block.text
        case Grid():
            return "\n".join("｜".join(cell.text for cell in row) for row in block.rows)
        case Picture():
            return f"{block.title}：{block.note}"
        case Signature():
            return "（盖章）"
