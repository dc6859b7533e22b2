"""版本沿革: the rulesets that this one rests on, oldest first, and what each changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from perfdsl.model import library
from perfdsl.model.blocks import all_of
from perfdsl.record import record
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.syntax import tree as t
from perfdsl.syntax.format import format_source

_VERBS = {"MODIFY": "修改", "REMOVE": "删除", "INSERT": "新增"}
_KINDS = {"LEVEL1": "一级指标", "LEVEL2": "二级指标", "LEVEL3": "三级指标", "DATA": "数据", "METHOD": "计分方法", "BONUS": "加分项",
          "PENALTY": "减分项", "APPLICATION": "结果应用"}
_PLACES = (t.Extends, t.Edition, t.Year, t.Version, t.Basis, t.Note)


@record
class Generation:
    """One ruleset of the chain: its name, year, version, file, and its changes of the one before it."""

    name: str
    year: int | None
    version: str
    file: str
    changes: tuple[str, ...]


def lineage(source: Source, folder: Path | None) -> list[Generation]:
    """The chain of 沿用 that ends in *source*, oldest first; a ruleset that extends none is the only one."""
    chain: list[Generation] = []
    seen: set[str] = set()
    here: Source | None = source
    while here is not None and here.name not in seen:
        seen.add(here.name)
        block = _block(here)
        extends = next(iter(all_of(block, t.Extends)), None) if block else None
        if block is not None:
            chain.append(_generation(block, here, extended=extends is not None))
        base = library.find(_first_extends(here), folder) if extends else None
        here = base if isinstance(base, Source) else None
    return chain[::-1]


def _block(source: Source) -> t.Block | None:
    """The ruleset as `fmt` writes it, so that every clause has its Chinese keywords."""
    document, _ = parse(Source(source.name, format_source(source)[0]))
    return next((b for b in document.blocks if isinstance(b.head, t.RulesetHead)), None)


def _first_extends(source: Source) -> t.Extends:
    return next(c for b in parse(source)[0].blocks for c in all_of(b, t.Extends))


def _generation(block: t.Block, source: Source, *, extended: bool) -> Generation:
    year, version = next(iter(all_of(block, t.Year)), None), next(iter(all_of(block, t.Version)), None)
    assert isinstance(block.head, t.RulesetHead)
    return Generation(block.head.name.text, year.year if year else None, version.text if version else "", Path(source.name).name,
                      tuple(_changes(block)) if extended else ())


def _changes(block: t.Block) -> Iterator[str]:
    """The clauses on the whole that were written anew, then each edit and each new block."""
    policies = [_flat(c) for c in block.clauses if not isinstance(c, _PLACES)]
    if policies:
        yield f"改写总的规定：{'；'.join(policies)}"
    for child in block.blocks:
        if not isinstance(child.head, t.TestHead):
            yield _edit(child) if isinstance(child.head, t.Edit) else f"新增{_flat(child)}{_under(child)}"


def _edit(block: t.Block) -> str:
    head = block.head
    assert isinstance(head, t.Edit)
    weight = f"，分值{head.weight.span.text}" if head.weight else ""
    into = f"，归入{head.into.text}" if head.into else ""
    return f"{_VERBS[head.verb]}{_KINDS[head.kind]}「{head.name.text}」{weight}{into}{_under(block)}"


def _under(block: t.Block) -> str:
    """What stands under a heading, in one sentence."""
    said = [_flat(clause) for clause in block.clauses]
    said += [f"{_flat(child)}{_under(child)}" for child in block.blocks]
    return f"：{'；'.join(said)}" if said else ""


def _flat(written: t.Clause | t.Block) -> str:
    return re.sub(r"\s+", " ", written.span.text).strip()
