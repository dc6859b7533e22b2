"""Published rulesets: the file CHECKSUMS beside them, or in the folder above, holds what their texts and their meanings were.

A line is `sha256  name`, as `sha256sum` writes it, of the text in UTF-8 with `\\n` at the end of its lines; a comment
`# 摘要 digest  name` holds the digest of the meaning, with all that the ruleset 沿用s and 引用s.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.files import Around, checksums, listed_name
from perfdsl.model.digest import digest
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record
from perfdsl.source import Source, Span

_LINE = re.compile(r"^(?P<meant># 摘要 )?(?P<sum>[0-9a-f]{16,64}) [ *](?P<name>.+?)[ \t]*$", re.M)


@record
class Published:
    """What is listed of one ruleset: the checksum of its text, the digest of its meaning (empty where it is not listed)."""

    text: str
    meaning: str
    span: Span | None = None


def fingerprint(text: str) -> str:
    """The checksum of a ruleset's text, whatever its encoding and line breaks are on disk."""
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def published(listed: Source) -> dict[str, Published]:
    """File name → what a CHECKSUMS file says of it."""
    made: dict[str, Published] = {}
    for line in _LINE.finditer(listed.text):
        old = made.get(line["name"], Published("", ""))
        text, meaning = (old.text, line["sum"]) if line["meant"] else (line["sum"], old.meaning)
        made[line["name"]] = Published(text, meaning, Span(listed, line.start(), line.end()))
    return made


def listing(entries: dict[str, Published]) -> str:
    """A CHECKSUMS file, by name."""
    lines = []
    for name, one in sorted(entries.items()):
        lines.append(f"{one.text}  {name}")
        lines += [f"# 摘要 {one.meaning}  {name}"] if one.meaning else []
    return "\n".join([*lines, ""])


_WORDS, _ALL, _BELOW = "文字改过，意思没有变", "内容改过，意思变了", "文字没有改，意思却变了：它沿用或引用的规则集改过"
_HINTS = {
    _WORDS: "得分不受影响（改的是注释、排版、测试一类）；文字也要与发布时一样的，改回去",
    _ALL: "已发布的规则集不改：另出一个版本（版本加一，或换年度），把这一份改回去",
    _BELOW: "把沿用、引用的规则集改回去；要用新的，另出一个版本",
}


def difference(was: Published, now: Published) -> str:
    """In what a ruleset is no longer as it was published, in words; empty where it is the same."""
    text, meaning = bool(was.text) and was.text != now.text, bool(was.meaning) and was.meaning != now.meaning
    if text and was.meaning and not meaning:
        return _WORDS
    return _ALL if text else _BELOW if meaning else ""


def changes(source: Source, ruleset: Ruleset, folder: Around) -> list[Diagnostic]:
    """W309 where a ruleset is not what the CHECKSUMS beside it says, in its text or in what it rests on."""
    listed = checksums(folder)
    was = published(listed).get(listed_name(folder / PurePath(source.name).name, listed)) if listed and isinstance(folder, Path) else None
    if was is None:
        return []
    found = difference(was, Published(fingerprint(source.text), digest(ruleset) if was.meaning else ""))
    note = (Note("发布时的校验值在这里", was.span),)
    return [Diagnostic("W309", f"「{ruleset.name}」已经发布，{found}", ruleset.span, _HINTS[found], note, Severity.WARNING)] if found else []
