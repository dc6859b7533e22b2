"""perfdsl batch"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import STRICT, never_over, show, why_unwritten

if TYPE_CHECKING:
    from perfdsl.batch.counts import Counts
    from perfdsl.diagnostics import Diagnostic
    from perfdsl.pipeline import Loaded

FORMATS = ("parquet", "csv", "arrow", "jsonl", "xlsx")
_SUFFIXES = {".parquet": "parquet", ".csv": "csv", ".arrow": "arrow", ".feather": "arrow", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx"}


@chinese_command("batch")
@click.argument("ruleset", metavar="规则集")
@click.argument("data", metavar="数据")
@click.option("-o", "--output", metavar="文件", help="得分写到这个文件；写完才出现，没写完就没有。")
@click.option("--format", "kind", type=click.Choice(FORMATS), metavar="格式", help="parquet、csv、arrow、jsonl 或 xlsx；不写时看 -o 的后缀。")
@click.option("--table", metavar="表", help="数据是数据库时，读这个表。")
@click.option("--query", metavar="SQL", help="数据是数据库时，读这条查询的结果。")
@click.option("--rejects", metavar="文件", help="读不出的单位和原因写到这里；不写时在 -o 旁边，名称加「.退回.csv」。")
@click.option("--brief", is_flag=True, help="只写各项得分、总分、等级和摘要。")
@click.option("--resume", is_flag=True, help="接着做上次没有做完的。")
@click.option("--progress", is_flag=True, help="不是终端也显示进度。")
@click.option("--engine", type=click.Choice(("local", "spark")), default="local", metavar="引擎", help="local 在本机算（默认）；spark 在 Spark 集群上算。")
@click.option("--master", metavar="地址", help="用 Spark：集群的地址，如 spark://主机:7077、yarn、local[2]。")
@click.option("--conf", multiple=True, metavar="名=值", help="用 Spark：一项设置，可以写多次。")
@click.option("--partition-by", multiple=True, metavar="列", help="用 Spark：结果按这一列分开存，如 年度；可以写多次。")
@click.option("--overwrite", is_flag=True, help="用 Spark：结果的文件夹、表已经有了，换掉它。")
@STRICT
def command(ruleset: str, data: str, output: str | None, kind: str | None, table: str | None, query: str | None, rejects: str | None,
            brief: bool, resume: bool, progress: bool, engine: str, master: str | None, conf: tuple[str, ...],
            partition_by: tuple[str, ...], overwrite: bool, strict: bool) -> None:
    """给成批的单位计分，结果和 eval 逐个算的一样，写成一张表。

    数据可以是 parquet、arrow、csv、jsonl 文件（也可以是文件夹、通配符），数据库（duckdb:文件、sqlite:文件、postgresql://…），或 eval 能读的文件。
    用 Spark 时，数据和结果是集群上 parquet 的文件夹，或 spark: 加表名。
    """
    if output is None:
        raise click.UsageError("用 -o 写明结果写到哪个文件，如 -o 得分.parquet")
    _not_swapped(ruleset, data)
    if engine == "spark":
        from perfdsl.cli.batch_spark import Wanted, run_on_spark

        if resume or kind not in (None, "parquet"):
            raise click.UsageError("--engine spark 的结果是 parquet 文件夹或表，也不用 --resume：Spark 自己重做没有做完的部分")
        wanted = Wanted(data, output, table, query, rejects, brief, master, conf, partition_by, overwrite, progress)
        _end(*run_on_spark(_loaded(ruleset), wanted), output, strict)
    if master or conf or partition_by or overwrite:
        raise click.UsageError("--master、--conf、--partition-by、--overwrite 要和 --engine spark 一起用")
    if (table or query) and "://" not in data and not data.lower().startswith(("duckdb:", "sqlite:")):
        raise click.UsageError("--table 和 --query 只用于数据库，数据写成 duckdb:文件、sqlite:文件 或 postgresql://…")
    chosen = kind or _by_suffix(output)
    never_over(output, ruleset, data)
    never_over(rejects, ruleset, data, output)
    for path in (output, *([rejects] if rejects else [])):
        _can_be_written(path)
    found = _plain(ruleset, data, table or query, output, chosen, rejects, brief) or _columns(
        ruleset, data, table, query, output, chosen, rejects, brief, resume, progress)
    _end(found[0], [*found[1]], str(_rejects(output, rejects)), output, strict)


def _end(counts: Counts, found: list[Diagnostic], rejects: str, output: str, strict: bool) -> NoReturn:
    show(found)
    from perfdsl.batch.report import sentences

    click.echo("\n".join(sentences(counts, output, rejects)), err=True)
    sys.exit(1 if counts.rejected or _weighty(counts, found, strict) else 0)


def _plain(ruleset: str, data: str, asked: str | None, output: str, kind: str, rejects: str | None,
           brief: bool) -> tuple[Counts, tuple[Diagnostic, ...]] | None:
    """A few thousand units of a plain file, without the libraries that more of them want; None where it is something else."""
    from perfdsl.batch.plain.run import Order, tried

    if asked or ruleset == "-":
        return None
    try:
        return tried(Order(ruleset, data, Path(output), kind, _rejects(output, rejects), brief))
    except OSError as fault:
        raise _unwritten(output, fault) from None


def _not_swapped(ruleset: str, data: str) -> None:
    if data.lower().endswith(".perf") and not ruleset.lower().endswith(".perf"):
        raise click.UsageError(f"规则集写在前面，数据写在后面：perfdsl batch {data} {ruleset} -o …")


def _can_be_written(path: str) -> None:
    """Ends the command before anything is computed where the file cannot come about."""
    if not Path(path).parent.is_dir():
        raise click.ClickException(f"写不了「{path}」：没有「{Path(path).parent}」这个文件夹，先建好再写")
    if Path(path).is_dir():
        raise click.ClickException(f"写不了「{path}」：这是一个文件夹，写明文件名")


def _unwritten(output: str, fault: OSError) -> click.ClickException:
    return click.ClickException(f"写不了「{output}」：{why_unwritten(fault)}")


def _columns(ruleset: str, data: str, table: str | None, query: str | None, output: str, kind: str, rejects: str | None,
             brief: bool, resume: bool, progress: bool) -> tuple[Counts, tuple[Diagnostic, ...]]:
    from perfdsl.batch.extra import without_pandas

    loaded = _loaded(ruleset)
    with without_pandas():
        counts, found = _run(loaded, data, table, query, output, kind, rejects, brief, resume, progress)
    return counts, (*loaded.diagnostics, *found)


def _by_suffix(output: str) -> str:
    suffix = Path(output).suffix.lower()
    if suffix not in _SUFFIXES:
        known = "、".join(_SUFFIXES)
        raise click.UsageError(f"不知道「{output}」要写成什么格式；用 --format 写明，或用这些后缀：{known}")
    return _SUFFIXES[suffix]


def _rejects(output: str, rejects: str | None) -> Path:
    target = Path(output)
    return Path(rejects) if rejects else target.with_name(f"{target.stem}.退回.csv")


def _loaded(path: str) -> Loaded:
    """The ruleset; ends the command where it leaves nothing to compute by."""
    from perfdsl.diagnostics import blocking
    from perfdsl.pipeline import load

    loaded = load(path)
    if loaded.ruleset is None or blocking(loaded.diagnostics):
        show(loaded.diagnostics)
        sys.exit(1)
    return loaded


def _run(loaded: Loaded, data: str, table: str | None, query: str | None, output: str, kind: str, rejects: str | None,
         brief: bool, resume: bool, progress: bool) -> tuple[Counts, tuple[Diagnostic, ...]]:
    from perfdsl.batch.extra import Lacking, need
    from perfdsl.batch.sources import Asked
    from perfdsl.batch.stopped import Refused, Unreadable

    try:
        need("成批计分", "numpy", "pyarrow")
        from perfdsl.batch.job import Order, ready
        from perfdsl.batch.report import watching
        from perfdsl.batch.run import run

        order = Order(loaded, Asked(data, table, query, (output, str(_rejects(output, rejects)))), Path(output), kind, _rejects(output, rejects), brief)
        it = ready(order)
        with watching(it.total, progress or sys.stderr.isatty()) as watch:
            return run(it.job, resume, watch), it.found
    except Unreadable as fault:
        show([*loaded.diagnostics, fault.diagnostic, *fault.more])
        sys.exit(1)
    except (Lacking, Refused) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise _unwritten(output, fault) from None


def _weighty(counts: Counts, found: list[Diagnostic], strict: bool) -> bool:
    wrong = any(code.startswith("E") for code, _ in counts.warned)
    return wrong or any(one.severity == "error" or (strict and one.severity == "warning") for one in found) or (strict and bool(counts.warned))
