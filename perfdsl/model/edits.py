"""What an edit means: the one block of that kind and name; and what to say where there is none, or another edit is in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model.lineage import Lineage, kind_of
from perfdsl.model.names import Ambiguous, Names
from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.spelling import nearest
from perfdsl.syntax import tree as t

KINDS = {"LEVEL1": "一级指标", "LEVEL2": "二级指标", "LEVEL3": "三级指标", "DATA": "数据", "METHOD": "计分方法", "BONUS": "加分项",
         "PENALTY": "减分项", "APPLICATION": "结果应用"}
VERBS = {"MODIFY": "修改", "REMOVE": "删除", "INSERT": "新增"}
GROUPS = ("LEVEL1", "LEVEL2")


@record
class Entry:
    """A block of the ruleset that can be edited, by its full name, and what it stands under."""

    path: str
    block: t.Block
    above: t.Block

    @property
    def kind(self) -> str:
        return kind_of(self.block.head)


def entries(root: t.Block) -> list[Entry]:
    """Every block that an edit can name, in the order of the text."""
    return list(_under(root, ()))


def _under(above: t.Block, levels: tuple[str, ...]) -> Iterator[Entry]:
    for child in above.blocks:
        if kind_of(child.head):
            inside = (*levels, child.head.name.text)
            yield Entry("/".join(inside), child, above)
            yield from _under(child, inside)


def edits_of(block: t.Block) -> list[tuple[t.Block, t.Edit]]:
    """The edits of one version, in the order of the text."""
    return [(b, b.head) for b in block.blocks if isinstance(b.head, t.Edit)]


# ---- the one thing that is meant


def meant(root: t.Block, edit: t.Edit, lineage: Lineage) -> Entry | None:
    """The block that a 修改 or 删除 means; E111, with the other place, where it is not exactly one."""
    every = entries(root)
    return _one(root, every, (edit.kind,), edit.name, f"可{VERBS[edit.verb]}的{KINDS[edit.kind]}", lineage)


def group(root: t.Block, into: t.Word, lineage: Lineage) -> Entry | None:
    """The group that a 新增 … 归入 names; E111 where it is not exactly one."""
    return _one(root, entries(root), GROUPS, into, "一级或二级指标", lineage)


def _one(root: t.Block, every: Sequence[Entry], kinds: tuple[str, ...], name: t.Word, what: str, lineage: Lineage) -> Entry | None:
    fitting = [e for e in every if e.kind in kinds]
    path = Names(e.path for e in fitting).find(name.text)
    if isinstance(path, Ambiguous):
        lineage.found.append(_several(name, what, [e for e in fitting if e.path in path.paths]))
        return None
    if path is None:
        lineage.found.append(_dangling(root, every, kinds, name, what, lineage))
        return None
    return next(e for e in fitting if e.path == path)


def _several(name: t.Word, what: str, hits: Sequence[Entry]) -> Diagnostic:
    paths = list(dict.fromkeys(e.path for e in hits))
    hint = "写出路径：" + "、".join(f"「{p}」" for p in paths) if len(paths) > 1 else "先在被沿用的规则集里给它们不同的名称"
    return Diagnostic("E111", f"有 {len(hits)} 个{what}都叫「{name.text}」", name.span, hint,
                      tuple(Note(e.path, e.block.span) for e in hits))


def _dangling(root: t.Block, every: Sequence[Entry], kinds: tuple[str, ...], name: t.Word, what: str, lineage: Lineage) -> Diagnostic:
    gone = next((r for kind in kinds if (r := lineage.removal(kind, name.text))), None)
    if gone is not None:
        return Diagnostic("E111", f"没有{what}「{name.text}」：它已经删除了", name.span, "要保留它，去掉那一处「删除」；不要它，去掉这一处",
                          (Note("在这里删除的", gone.at),))
    if other := next((e for e in every if e.block.head.name.text == name.text), None):
        return Diagnostic("E111", f"没有{what}「{name.text}」", name.span, f"「{name.text}」是{KINDS[other.kind]}，写成「{KINDS[other.kind]} {name.text}」",
                          (Note(f"「{name.text}」在这里", other.block.span),))
    base = lineage.replaced.get(root.span, (root.span,))[0]
    return _misspelt(base, [e for e in every if e.kind in kinds], name, what)


def _misspelt(base: Span, fitting: Sequence[Entry], name: t.Word, what: str) -> Diagnostic:
    near = nearest(name.text, dict.fromkeys(e.block.head.name.text for e in fitting))
    close = tuple(Note(f"「{e.block.head.name.text}」在这里", e.block.span) for e in fitting if e.block.head.name.text in near[:1])
    names = list(dict.fromkeys(e.block.head.name.text for e in fitting))
    shown = "、".join(names[:8]) + ("……" if len(names) > 8 else "")
    hint = "是不是" + "、".join(f"「{n}」" for n in near) + "？" if near else f"可用的有：{shown}" if names else "被沿用的规则集里一个也没有"
    return Diagnostic("E111", f"没有{what}「{name.text}」", name.span, hint, close or (Note("沿用的规则集在这里", base),))


# ---- edits that get in one another's way


def conflicts(block: t.Block) -> list[tuple[t.Edit, Diagnostic]]:
    """E113 for every edit of a thing that the same version has already edited; to take out and put in anew is no conflict."""
    made: list[tuple[t.Edit, Diagnostic]] = []
    seen: dict[tuple[str, str, str], t.Edit] = {}
    for _, edit in edits_of(block):
        first = seen.get(_key(edit))
        if first is not None and not (first.verb == "REMOVE" and edit.verb == "INSERT"):
            made.append((edit, _twice(first, edit)))
        seen[_key(edit)] = edit
    return made


def _key(edit: t.Edit) -> tuple[str, str, str]:
    """What an edit is of.  Things of one name can be put into several groups."""
    return edit.kind, edit.name.text, edit.into.text if edit.into and edit.verb == "INSERT" else ""


def _twice(first: t.Edit, second: t.Edit) -> Diagnostic:
    what = f"{KINDS[second.kind]}「{second.name.text}」"
    if first.verb == second.verb:
        return Diagnostic("E113", f"{VERBS[second.verb]}了两次{what}", second.span, "并成一处", (Note("前一次在这里", first.span),))
    return Diagnostic("E113", f"{what}前面{VERBS[first.verb]}了，这里又{VERBS[second.verb]}", second.span, _WAYS[first.verb],
                      (Note(f"{VERBS[first.verb]}在这里", first.span),))


_WAYS = {"REMOVE": "要改它的，只写「修改」；要删除它的，去掉这一处", "INSERT": "要的内容直接写在「新增」下面；不要它的，去掉「新增」",
         "MODIFY": "要改它的，去掉这一处；不要它的，只写「删除」"}


def already_there(edit: t.Edit, above: t.Block) -> Diagnostic | None:
    """E113 where a 新增 would put a second thing of one kind and name under one heading."""
    for child in above.blocks:
        if kind_of(child.head) == edit.kind and child.head.name.text == edit.name.text:
            kind, name = KINDS[edit.kind], edit.name.text
            return Diagnostic("E113", f"{kind}「{name}」本来就有，不能新增", edit.span, f"要改它的，写「修改 {kind} {name}」；要另立一个的，换一个名称",
                              (Note("原来在这里", child.span),))
    return None
