"""沿用: the blocks of the ruleset that is extended, with the edits carried out.

A clause of the new ruleset replaces the clauses of the same kind; 修改 does so in one block,
and any rule clause in it replaces all rule clauses there.
"""

from __future__ import annotations

from collections.abc import Callable

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.desugar import is_rule
from perfdsl.model.expressions import unknown
from perfdsl.syntax import tree as t

_KINDS = {"LEVEL1": "一级指标", "LEVEL2": "二级指标", "LEVEL3": "三级指标", "DATA": "数据", "METHOD": "计分方法", "BONUS": "加分项",
          "PENALTY": "减分项"}


def extend(base: t.Block, block: t.Block, found: list[Diagnostic]) -> t.Block:
    """*base* with the clauses and edits of *block*; E111 for an edit that meets nothing."""
    edits = [b for b in block.blocks if isinstance(b.head, t.Edit)]
    added = tuple(b for b in block.blocks if not isinstance(b.head, t.Edit))
    kept = tuple(b for b in base.blocks if not isinstance(b.head, t.TestHead))
    result = t.Block(block.head, _replaced(base.clauses, block.clauses, _policy), kept + added)
    for edit in edits:
        result = _edited(result, edit, found)
    return result


def _group(clause: t.Clause) -> object:
    """Clauses that say one thing about an indicator: its target, its actual value, its rule; each other kind by itself."""
    said = clause.result if isinstance(clause, t.When) else clause
    match said:
        case t.TargetBound() | t.TargetDate() | t.TargetWords():
            return "target"
        case t.ActualIs():
            return "actual"
        case t.AddUp() | t.AverageBy():
            return "aggregation"
        case t.Unbounded():
            return t.Unbounded, said.top
    return "scoring" if is_rule(clause) or isinstance(clause, t.ScoredBy) else type(said)


def _policy(clause: t.Clause) -> object:
    """Clauses that say one thing about the whole ruleset; quotes and 令 by name, roundings and reasons by what they are of."""
    match clause:
        case t.RoundingOf():
            return t.RoundingOf, clause.items
        case t.ReasonDueWhen():
            return t.ReasonDueWhen, clause.threshold is None
        case t.Quote() | t.LetIs():
            return type(clause), clause.name.text
        case t.OutsideLimit():
            return t.OutsideLimit, clause.adds
        case t.TotalLimit(lowest=True):
            return "least"
        case t.TotalLimit() | t.TotalUncapped():
            return "most"
        case t.When():
            return t.When, type(clause.result)
    return type(clause)


def _replaced(old: tuple[t.Clause, ...], new: tuple[t.Clause, ...],
              group: Callable[[t.Clause], object] = _group) -> tuple[t.Clause, ...]:
    said = {group(c) for c in new}
    kept = tuple(c for c in old if group(c) not in said and not isinstance(c, t.Extends))
    return kept + new


def _edited(root: t.Block, edit: t.Block, found: list[Diagnostic]) -> t.Block:
    head = edit.head
    assert isinstance(head, t.Edit)
    if head.verb == "INSERT":
        return _inserted(root, edit, head, found)
    change: Callable[[t.Block], t.Block | None] = (
        (lambda _: None) if head.verb == "REMOVE" else (lambda old: _modified(old, edit, head))
    )
    done, hits = _walk(root, lambda b: _named(b, head.kind, head.name.text), change)
    if hits != 1:
        found.append(_dangling(root, head, hits))
    return done


def _modified(old: t.Block, edit: t.Block, head: t.Edit) -> t.Block:
    """*old* as the edit wants it; a weight on the edit's heading or below it takes the place of any older one."""
    heading, clauses = old.head, old.clauses
    new_weight = head.weight is not None or any(isinstance(c, t.Weight) for c in edit.clauses)
    if isinstance(heading, t.GroupHead) and new_weight:
        heading = t.GroupHead(heading.level, heading.name, head.weight, head.span if head.weight else heading.span)
        clauses = tuple(c for c in clauses if not isinstance(c, t.Weight))
    if head.heading is not None and _says_more(head.heading):
        heading = head.heading
    return t.Block(heading, _replaced(clauses, edit.clauses), edit.blocks or old.blocks)


def _says_more(heading: t.DataHead | t.MethodHead) -> bool:
    """Whether the edit gives a unit, options or parameters, which then replace the old ones."""
    return bool(heading.parameters) if isinstance(heading, t.MethodHead) else bool(heading.kind or heading.options)


def _inserted(root: t.Block, edit: t.Block, head: t.Edit, found: list[Diagnostic]) -> t.Block:
    made = t.Block(_new_heading(head), edit.clauses, edit.blocks)
    if head.into is None:
        return t.Block(root.head, root.clauses, (*root.blocks, made))
    group = head.into
    done, hits = _walk(
        root,
        lambda b: isinstance(b.head, t.GroupHead) and b.head.level < 3 and b.head.name.text == group.text,
        lambda b: t.Block(b.head, b.clauses, (*b.blocks, made)),
    )
    if hits != 1:
        found.append(unknown("一级或二级指标", group, _names(root, ("LEVEL1", "LEVEL2")), "E111"))
    return done


def _new_heading(head: t.Edit) -> t.Head:
    if head.kind in ("BONUS", "PENALTY"):
        return t.OutsideHead(head.kind == "BONUS", head.name, head.span)
    return head.heading or t.GroupHead(int(head.kind[-1]), head.name, head.weight, head.span)


def _walk(block: t.Block, wanted: Callable[[t.Block], bool],
          change: Callable[[t.Block], t.Block | None]) -> tuple[t.Block, int]:
    """*block* with every wanted block under it changed (None: taken out), and how many there were."""
    made: list[t.Block] = []
    hits = 0
    for child in block.blocks:
        if wanted(child):
            hits += 1
            new = change(child)
            made += [new] if new else []
        else:
            new, below = _walk(child, wanted, change)
            hits += below
            made.append(new)
    return t.Block(block.head, block.clauses, tuple(made)), hits


def _kind(head: t.Head) -> str:
    match head:
        case t.GroupHead():
            return f"LEVEL{head.level}"
        case t.DataHead():
            return "DATA"
        case t.MethodHead():
            return "METHOD"
        case t.OutsideHead():
            return "BONUS" if head.bonus else "PENALTY"
    return ""


def _named(block: t.Block, kind: str, name: str) -> bool:
    return _kind(block.head) == kind and block.head.name.text == name


def _names(root: t.Block, kinds: tuple[str, ...]) -> list[str]:
    under = [name for child in root.blocks for name in _names(child, kinds)]
    return ([root.head.name.text] if _kind(root.head) in kinds else []) + under


def _dangling(root: t.Block, head: t.Edit, hits: int) -> Diagnostic:
    what = _KINDS[head.kind]
    if hits == 0:
        return unknown(f"可{'修改' if head.verb == 'MODIFY' else '删除'}的{what}", head.name, _names(root, (head.kind,)), "E111")
    return Diagnostic("E111", f"有 {hits} 个{what}都叫「{head.name.text}」", head.span, "先在被沿用的规则集里给它们不同的名称")
