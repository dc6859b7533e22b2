"""Finds the rulesets that 引用 and 沿用 name: in the file's own folder, then among the shipped ones."""

from __future__ import annotations

import re
from pathlib import Path

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.record import record
from perfdsl.resources import shipped
from perfdsl.source import Source, Span
from perfdsl.spelling import nearest
from perfdsl.syntax import tree as t

SUFFIX = ".perf"
_HEAD = re.compile(r"^[ \t\u3000]*(?:规则集|ruleset)[ \t\u3000]*[「“\"]?([^」”\"\n#＃，,。；;]+?)[」”\"]?[ \t\u3000]*(?:[#＃，,。；;].*)?$", re.M | re.I)
_YEAR = re.compile(r"(?:^|[，,；;。])[ \t\u3000]*(?:年度|year)[ \t\u3000]*(\d{4})", re.M | re.I)


@record
class Listed:
    """A ruleset file, by what it declares."""

    name: str
    year: int | None
    source: Source


def read_source(path: Path) -> Source | Diagnostic:
    """The text of a ruleset file: UTF-8 (with or without a mark) or GB 18030; E010 if it is neither or cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        why = "没有这个文件" if isinstance(fault, FileNotFoundError) else "打不开这个文件"
        return Diagnostic("E010", f"{why}：{path}", None, "检查路径和文件名；规则集文件以 .perf 结尾")
    return decode(str(path), data)


def decode(name: str, data: bytes) -> Source | Diagnostic:
    """The source in *data*; line breaks become `\\n`."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    return Diagnostic("E010", f"不是文字文件：{name}", None, "规则集是纯文本，请用记事本另存为 UTF-8")


def find(wanted: t.Quote | t.Extends, folder: Path | None) -> Source | Diagnostic:
    """The one ruleset of that name and year; E106 if there is none, E107 if there are several."""
    near = _listed(folder.glob(f"*{SUFFIX}")) if folder else []
    ours = [x for x in near if _is(x, wanted) and x.source.name != wanted.span.source.name]
    every = near + _listed((shipped("rulesets")).rglob(f"*{SUFFIX}"))
    matches = ours or [x for x in every if _is(x, wanted)]
    if len(matches) > 1:
        return _several(wanted, matches)
    return matches[0].source if matches else _none(wanted, every)


def _listed(paths: object) -> list[Listed]:
    found = []
    for path in sorted(paths):  # type: ignore[call-overload]
        source = read_source(path)
        if isinstance(source, Source) and (head := _HEAD.search(source.text)):
            year = _YEAR.search(source.text)
            found.append(Listed(head[1].strip(), int(year[1]) if year else None, source))
    return found


def _is(listed: Listed, wanted: t.Quote | t.Extends) -> bool:
    return listed.name == wanted.name.text and wanted.year in (None, listed.year)


def _several(wanted: t.Quote | t.Extends, matches: list[Listed]) -> Diagnostic:
    notes = tuple(Note(f"{m.name} {m.year or ''}".strip(), Span(m.source, 0, 0)) for m in matches)
    return Diagnostic("E107", f"有 {len(matches)} 个规则集都叫「{wanted.name.text}」", wanted.span,
                      f"写明年度，如：{wanted.name.text} {matches[-1].year or ''}；或删去多余的文件", notes)


def _none(wanted: t.Quote | t.Extends, known: list[Listed]) -> Diagnostic:
    same = [str(x.year) for x in known if x.name == wanted.name.text]
    near = nearest(wanted.name.text, dict.fromkeys(x.name for x in known))
    if same:
        hint = f"这个名称的规则集只有这些年度：{'、'.join(same)}"
    else:
        hint = "是不是" + "、".join(f"「{n}」" for n in near) + "？" if near else "放在本文件所在的文件夹里，名称与「规则集」后面的一致"
    year = f" {wanted.year}" if wanted.year else ""
    return Diagnostic("E106", f"找不到规则集「{wanted.name.text}」{year}", wanted.span, hint)
