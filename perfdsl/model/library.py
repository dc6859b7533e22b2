"""Finds the rulesets that 引用 and 沿用 name: in the file's own folder, then among the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.files import Around, beside, library
from perfdsl.record import record
from perfdsl.source import Source, Span
from perfdsl.spelling import nearest
from perfdsl.syntax import tree as t

_HEAD = re.compile(r"^[ \t\u3000]*(?:规则集|ruleset)[ \t\u3000]*[「“\"]?([^」”\"\n#＃，,。；;]+?)[」”\"]?[ \t\u3000]*(?:[#＃，,。；;].*)?$", re.M | re.I)
_YEAR = re.compile(r"(?:^|[，,；;。])[ \t\u3000]*(?:年度|year)[ \t\u3000]*(\d{4})", re.M | re.I)


@record
class Listed:
    """A ruleset file, by what it declares."""

    name: str
    year: int | None
    source: Source
    span: Span


def find(wanted: t.Quote | t.Extends, folder: Around) -> Source | Diagnostic:
    """The one ruleset of that name and year; E106 (E110) if there is none, E107 if there are several."""
    near = _listed(beside(folder))
    every = [x for x in near + _listed(library()) if x.source.name != wanted.span.source.name]
    ours = [x for x in every if x in near and _is(x, wanted)]
    matches = ours or [x for x in every if _is(x, wanted)]
    if len(matches) > 1:
        return _several(wanted, matches)
    return matches[0].source if matches else _none(wanted, every)


def _listed(sources: Iterable[Source]) -> list[Listed]:
    found = []
    for source in sources:
        if head := _HEAD.search(source.text):
            year = _YEAR.search(source.text)
            at = Span(source, head.start(), head.end())
            found.append(Listed(head[1].strip(), int(year[1]) if year else None, source, at))
    return found


def _is(listed: Listed, wanted: t.Quote | t.Extends) -> bool:
    return listed.name == wanted.name.text and wanted.year in (None, listed.year)


def _several(wanted: t.Quote | t.Extends, matches: list[Listed]) -> Diagnostic:
    notes = tuple(Note(f"{m.name} {m.year or ''}".strip(), m.span) for m in matches)
    return Diagnostic("E107", f"有 {len(matches)} 个规则集都叫「{wanted.name.text}」", wanted.span,
                      "把多余的一份改名、移走或删去" if wanted.year else f"写明年度，如：{wanted.name.text} {matches[-1].year or ''}", notes)


def _none(wanted: t.Quote | t.Extends, known: list[Listed]) -> Diagnostic:
    """E106; E110 where the ruleset names itself."""
    own = next((x for x in _listed([wanted.span.source]) if isinstance(wanted, t.Extends) and _is(x, wanted)), None)
    if own is not None:
        return Diagnostic("E110", f"「沿用」绕成了一圈：「{own.name}」沿用的是它自己", wanted.span, "写被沿用的那个规则集的名称和年度",
                          (Note("它自己在这里", own.span),))
    same = [str(x.year) for x in known if x.name == wanted.name.text]
    near = nearest(wanted.name.text, dict.fromkeys(x.name for x in known))
    if same:
        hint = f"这个名称的规则集只有这些年度：{'、'.join(same)}"
    else:
        hint = "是不是" + "、".join(f"「{n}」" for n in near) + "？" if near else "放在本文件所在的文件夹里，名称与「规则集」后面的一致"
    year = f" {wanted.year}" if wanted.year else ""
    return Diagnostic("E106", f"找不到规则集「{wanted.name.text}」{year}", wanted.span, hint)
