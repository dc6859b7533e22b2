"""perfdsl freeze"""

from __future__ import annotations

from pathlib import Path

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import leave, show, write
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.record import record


@chinese_command("freeze")
@click.argument("rulesets", nargs=-1, required=True, metavar="规则集…")
@click.option("--check", "only_check", is_flag=True, help="只核对，不写；没有记下或改动过的，退出码为 1。")
@click.option("--again", is_flag=True, help="改动过的也重新记下。")
def command(rulesets: tuple[str, ...], only_check: bool, again: bool) -> None:
    """发布规则集：把校验值记在同一个文件夹（或上一层文件夹已有）的 CHECKSUMS 里，以后改动过就有警告。

    记下的有两样：文字的校验值（sha256sum 的格式），和意思的摘要。有错误的规则集不能发布。
    """
    if "-" in rulesets:
        raise click.UsageError("要发布的是文件，不能从标准输入读")
    found: list[Diagnostic] = []
    refused = [path for path in rulesets if not _one(Path(path), only_check, again, found)]
    show(found)
    if refused and not errors(found):
        raise click.exceptions.Exit(1)
    leave(found)


@record
class _Now:
    """A ruleset as it is, whether it is listed, and in what it differs from what is listed."""

    text: str
    meaning: str
    listed: bool
    same: bool
    difference: str


def _one(path: Path, only_check: bool, again: bool, found: list[Diagnostic]) -> bool:
    """List or look up one file; whether that could be done."""
    now = _now(path, found)
    if now is None:
        return False
    if only_check or (now.same and not again):
        click.echo(f"{path}：" + ("与发布时相同" if now.same else f"发布以后，{now.difference}" if now.listed else "还没有发布"))
        return now.same
    if now.listed and not now.same and not again:
        click.echo(f"{path}：已经发布，没有重新记下；确实要换掉发布的内容，用 --again")
        return False
    click.echo(f"{path}：已记在 {_list(path, now)}")
    return True


def _now(path: Path, found: list[Diagnostic]) -> _Now | None:
    """The ruleset of a file; None where it has errors."""
    from perfdsl.files import checksums, listed_name, read_source
    from perfdsl.model.frozen import Published, difference, fingerprint, published
    from perfdsl.pipeline import check, load
    from perfdsl.source import Source

    source, loaded = read_source(path), load(path)
    faults = check(loaded)
    found += errors(faults) or [d for d in faults if d.code == "W309"]
    if errors(faults) or not isinstance(source, Source):
        return None
    listed = checksums(path.parent)
    was = published(listed).get(listed_name(path, listed)) if listed else None
    now = Published(fingerprint(source.text), loaded.digest)
    changed = difference(was, now) if was else ""
    return _Now(now.text, now.meaning, was is not None, was is not None and not changed, changed)


def _list(path: Path, now: _Now) -> str:
    """Write the line of one ruleset, the others stay; into which file."""
    from perfdsl.files import CHECKSUMS, checksums, listed_name
    from perfdsl.model.frozen import Published, listing, published

    listed = checksums(path.parent)
    entries = published(listed) if listed else {}
    entries[listed_name(path, listed) if listed else path.name] = Published(now.text, now.meaning)
    target = listed.name if listed else str(path.parent / CHECKSUMS)
    write(listing(entries), target)
    return target
