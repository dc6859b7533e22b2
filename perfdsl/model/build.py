"""Documents to rulesets, with what they quote and extend."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic, Note, blocking
from perfdsl.files import Around
from perfdsl.model import kernel as k
from perfdsl.model import library
from perfdsl.model.blocks import all_of, only
from perfdsl.model.expressions import Scope, twice
from perfdsl.model.frozen import changes
from perfdsl.model.inherit import extend
from perfdsl.model.lineage import Lineage
from perfdsl.model.resolve import resolve, resolve_data, resolve_methods, scope_of
from perfdsl.model.ruleset import Ruleset
from perfdsl.source import Source
from perfdsl.syntax import Document, parse
from perfdsl.syntax import tree as t

_MOST_GENERATIONS = 16


def build(document: Document, folder: Around) -> tuple[Ruleset | None, list[Diagnostic]]:
    """The ruleset of a document; names are looked up in *folder*, then among the shipped rulesets.

    None where there is none in the document.  With a blocking finding the ruleset can be checked, not evaluated.
    """
    found: list[Diagnostic] = []
    whole = effective(document, folder, Lineage(found))
    if whole is None:
        return None, found
    methods = _quoted(whole, folder, found)
    made = resolve(whole, methods, found)
    found += changes(document.source, made, folder)
    return made, found


def effective(document: Document, folder: Around, lineage: Lineage) -> t.Block | None:
    """The whole text of the ruleset in a document, with all that it 沿用s; *lineage* notes what came from where."""
    block = _ruleset_block(document, lineage.found)
    return None if block is None else _extended(block, folder, (), lineage)


def _ruleset_block(document: Document, found: list[Diagnostic]) -> t.Block | None:
    """The only 规则集 block; methods and tests that stand outside it are out of place."""
    rulesets = [b for b in document.blocks if isinstance(b.head, t.RulesetHead)]
    if not rulesets:
        found.append(Diagnostic("E112", f"「{document.source.name}」里没有规则集", None, "第一行写：规则集 「名称」"))
        return None
    for extra in rulesets[1:]:
        found.append(Diagnostic("E112", "一个文件只能写一个规则集", extra.span, "把它移到另一个 .perf 文件",
                                (Note("第一个在这里", rulesets[0].span),)))
    first = rulesets[0]
    for before in document.blocks[: document.blocks.index(first)]:
        found.append(Diagnostic("E006", f"「{before.span.text}」写在「规则集」之前", before.span, "移到「规则集」后面"))
    return first


def _load(wanted: t.Quote | t.Extends, folder: Around, found: list[Diagnostic]) -> t.Block | None:
    source = library.find(wanted, folder)
    if not isinstance(source, Source):
        found.append(source)
        return None
    document, faults = parse(source)
    found += faults
    return None if blocking(faults) else _ruleset_block(document, found)


def _extended(block: t.Block, folder: Around, seen: tuple[str, ...], lineage: Lineage) -> t.Block:
    """*block* on top of all that it extends."""
    found = lineage.found
    lineage.enter(block)
    wanted = only(block, t.Extends, found)
    if wanted is None:
        return _without_edits(block, found)
    if len(seen) >= _MOST_GENERATIONS or wanted.span.source.name in seen:
        path = " → ".join((*seen, wanted.span.source.name))
        found.append(Diagnostic("E110", f"「沿用」绕成了一圈：{path}", wanted.span, "去掉其中一处「沿用」"))
        return block
    base = _load(wanted, folder, found)
    if base is None:
        return block
    return extend(_extended(base, folder, (*seen, wanted.span.source.name), lineage), block, lineage)


def _without_edits(block: t.Block, found: list[Diagnostic]) -> t.Block:
    for child in block.blocks:
        if isinstance(child.head, t.Edit):
            found.append(Diagnostic("E111", f"「{child.span.text}」没有可以修改的规则集", child.span,
                                    "先写：沿用 「名称」 年度"))
    return block


def _quoted(block: t.Block, folder: Around, found: list[Diagnostic]) -> list[k.Rule]:
    """The methods of every ruleset that is 引用d, with those that these quote in turn."""
    methods: dict[str, k.Rule] = {}
    waiting, seen = list(all_of(block, t.Quote)), set[str]()
    while waiting:
        quote = waiting.pop(0)
        library_block = _load(quote, folder, found)
        if library_block is None or library_block.span.source.name in seen:
            continue
        seen.add(library_block.span.source.name)
        waiting += all_of(library_block, t.Quote)
        for rule in _methods_of(library_block, found):
            if rule.name in methods:
                found.append(twice("计分方法", rule.name, methods[rule.name].span, rule.span))
            methods[rule.name] = rule
    return list(methods.values())


def _methods_of(block: t.Block, found: list[Diagnostic]) -> list[k.Rule]:
    year = only(block, t.Year, found)
    scope: Scope = scope_of(block, resolve_data(block, found), year.year if year else None)
    return resolve_methods(block, scope, found)
