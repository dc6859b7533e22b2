"""What travels to the workers of a cluster: the text of a ruleset, of those it rests on, and what they must mean."""

from __future__ import annotations

import json
from pathlib import Path

from perfdsl.batch.given import usable
from perfdsl.batch.stopped import Refused
from perfdsl.files import Carried, library
from perfdsl.model.blocks import all_of
from perfdsl.model.library import find
from perfdsl.pipeline import Loaded, load_source
from perfdsl.record import record
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.syntax import tree as t
from perfdsl.version import __version__


@record
class Sent:
    """`texts`: name and text of the ruleset, then of those that it 引用s and 沿用s and that do not ship, directly or not."""

    texts: tuple[tuple[str, str], ...]
    digest: str
    version: str = __version__

    def written(self) -> str:
        return json.dumps({"texts": self.texts, "digest": self.digest, "version": self.version}, ensure_ascii=False)


def read(written: str) -> Sent:
    said = json.loads(written)
    return Sent(tuple((name, text) for name, text in said["texts"]), said["digest"], said["version"])


def sent(loaded: Loaded) -> Sent:
    """Raises `Refused` for a ruleset that cannot be used, or whose files have been changed since it was loaded."""
    source = usable(loaded).span.source
    made = Sent(tuple((one.name, one.text) for one in (source, *_rests_on(source))), loaded.digest)
    received(made)
    return made


def received(one: Sent) -> Loaded:
    """The ruleset, from its text alone.  Raises `Refused` where it is not what was sent."""
    if one.version != __version__:
        raise Refused(f"不计分：提交作业的 perfdsl 是 {one.version} 版，这台机器上的是 {__version__} 版；各台机器要装同一版")
    first, *others = (Source(name, text) for name, text in one.texts)
    loaded = load_source(first, Carried(tuple(others)))
    usable(loaded)
    if loaded.digest != one.digest:
        raise Refused(f"不计分：规则集的摘要应是 {one.digest}，这里得到 {loaded.digest}；规则集或随程序带的规则集与提交时的不一样")
    return loaded


def _rests_on(source: Source) -> list[Source]:
    """The rulesets beside *source* that it names, and those that they name."""
    folder, shipped = Path(source.name).parent, {one.name for one in library()}
    found, waiting = {source.name: source}, [source]
    while waiting:
        document, _ = parse(waiting.pop())
        for wanted in (one for block in document.blocks for one in _named(block)):
            other = find(wanted, folder)
            if isinstance(other, Source) and other.name not in shipped and other.name not in found:
                found[other.name] = other
                waiting.append(other)
    return [one for name, one in found.items() if name != source.name]


def _named(block: t.Block) -> list[t.Quote | t.Extends]:
    return [*all_of(block, t.Quote), *all_of(block, t.Extends)]
