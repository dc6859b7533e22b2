"""Published rulesets: the file CHECKSUMS beside them holds what their texts and their meanings were.

A line is `sha256  name`, as `sha256sum` writes it, of the text in UTF-8 with `\\n` at the end of its lines; a comment
`# 摘要 digest  name` holds the digest of the meaning, with all that the ruleset 沿用s and 引用s.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.files import checksums
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


def changes(source: Source, ruleset: Ruleset, folder: Path | None) -> list[Diagnostic]:
    """W309 where a ruleset is not what the CHECKSUMS beside it says, in its text or in what it rests on."""
    listed = checksums(folder)
    was = published(listed).get(PurePath(source.name).name) if listed else None
    if was is None:
        return []
    note = (Note("发布时的校验值在这里", was.span),)
    if was.text and was.text != fingerprint(source.text):
        return [Diagnostic("W309", f"「{ruleset.name}」已经发布，内容却改了", ruleset.span,
                           "已发布的规则集不改：另出一个版本（版本加一，或换年度），把这一份改回去", note, Severity.WARNING)]
    if was.meaning and was.meaning != digest(ruleset):
        return [Diagnostic("W309", f"「{ruleset.name}」已经发布，文字没有改，意思却变了：它沿用或引用的规则集改过", ruleset.span,
                           "把沿用、引用的规则集改回去；要用新的，另出一个版本", note, Severity.WARNING)]
    return []
