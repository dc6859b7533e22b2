"""沿用: the blocks of the ruleset that is extended, with the edits carried out.

A clause of the new ruleset replaces the clauses of the same kind; 修改 does so in one block,
and any rule clause in it replaces all rule clauses there.
"""

from __future__ import annotations

from collections.abc import Callable

from perfdsl.model.desugar import is_rule
from perfdsl.model.edits import already_there, conflicts, edits_of, group, meant
from perfdsl.model.lineage import Lineage, Removal
from perfdsl.model.slips import other_unit
from perfdsl.syntax import tree as t


def extend(base: t.Block, block: t.Block, lineage: Lineage) -> t.Block:
    """*base* with the clauses and edits of *block*; E111 for an edit that meets nothing, E113 for one that meets another.

    An edit that cannot be carried out is left out; all of them are reported.
    """
    added = tuple(b for b in block.blocks if not isinstance(b.head, t.Edit))
    kept = tuple(b for b in base.blocks if not isinstance(b.head, t.TestHead))
    lineage.instead(block.span, (base.span,))
    result = t.Block(block.head, _replaced(base.clauses, block.clauses, lineage, _policy), kept + added)
    wrong = conflicts(block)
    lineage.found += [fault for _, fault in wrong]
    for child, edit in edits_of(block):
        if not any(edit is one for one, _ in wrong):
            result = _edited(result, child, edit, lineage)
    return result


# ---- clauses


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


def _replaced(old: tuple[t.Clause, ...], new: tuple[t.Clause, ...], lineage: Lineage,
              group_of: Callable[[t.Clause], object] = _group) -> tuple[t.Clause, ...]:
    """The old clauses that say something else than the new ones, and the new ones."""
    said = {group_of(c) for c in new}
    kept = tuple(c for c in old if group_of(c) not in said and not isinstance(c, t.Extends))
    for one in said:
        lineage.together([c for c in old if group_of(c) == one], [c for c in new if group_of(c) == one])
    return kept + new


# ---- edits


def _edited(root: t.Block, child: t.Block, edit: t.Edit, lineage: Lineage) -> t.Block:
    if edit.verb == "INSERT":
        return _inserted(root, child, edit, lineage)
    entry = meant(root, edit, lineage)
    if entry is None:
        return root
    if edit.verb == "REMOVE":
        lineage.removed.append(Removal(entry.block, edit.span))
        return _swapped(root, entry.block, ())
    return _swapped(root, entry.block, (_modified(entry.block, child, edit, lineage),))


def _modified(old: t.Block, child: t.Block, edit: t.Edit, lineage: Lineage) -> t.Block:
    """*old* as the edit wants it; a weight on the edit's heading or below it takes the place of any older one."""
    heading, clauses = old.head, old.clauses
    lineage.found += other_unit(old.head.name.text, clauses, child.clauses)
    new_weight = edit.weight is not None or any(isinstance(c, t.Weight) for c in child.clauses)
    if isinstance(heading, t.GroupHead) and new_weight:
        heading = t.GroupHead(heading.level, heading.name, edit.weight, edit.span if edit.weight else heading.span)
        clauses = tuple(c for c in clauses if not isinstance(c, t.Weight))
    if edit.heading is not None and _says_more(edit.heading):
        heading = edit.heading
    if heading is not old.head and heading.span is not old.head.span:
        lineage.instead(heading.span, (old.head.span,))
    if child.blocks and old.blocks:
        lineage.instead(child.blocks[0].span, tuple(b.span for b in old.blocks))
    return t.Block(heading, _replaced(clauses, child.clauses, lineage), child.blocks or old.blocks)


def _says_more(heading: t.DataHead | t.MethodHead | t.ApplicationHead) -> bool:
    """Whether the edit gives a unit, options or parameters, which then replace the old ones."""
    match heading:
        case t.MethodHead():
            return bool(heading.parameters)
        case t.ApplicationHead():
            return bool(heading.unit)
    return bool(heading.kind or heading.options)


def _inserted(root: t.Block, child: t.Block, edit: t.Edit, lineage: Lineage) -> t.Block:
    above = root
    if edit.into is not None and edit.into.text != root.head.name.text:
        entry = group(root, edit.into, lineage)
        if entry is None:
            return root
        above = entry.block
    if fault := already_there(edit, above):
        lineage.found.append(fault)
        return root
    made = t.Block(_new_heading(edit), child.clauses, child.blocks)
    grown = t.Block(above.head, above.clauses, (*above.blocks, made))
    return grown if above is root else _swapped(root, above, (grown,))


def _new_heading(edit: t.Edit) -> t.Head:
    if edit.kind in ("BONUS", "PENALTY"):
        return t.OutsideHead(edit.kind == "BONUS", edit.name, edit.span)
    return edit.heading or t.GroupHead(int(edit.kind[-1]), edit.name, edit.weight, edit.span)


def _swapped(root: t.Block, old: t.Block, new: tuple[t.Block, ...]) -> t.Block:
    """*root* with *new* in the place of the block *old*, which stands somewhere under it."""
    made = tuple(one for child in root.blocks for one in (new if child is old else (_swapped(child, old, new),)))
    return t.Block(root.head, root.clauses, made)
