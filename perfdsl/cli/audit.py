"""perfdsl audit"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from perfdsl.cli.formats import chosen_format, writable
from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import STRICT, ascii_only, never_over, show, terminal_width, write
from perfdsl.diagnostics import Diagnostic, Severity, blocking, errors

if TYPE_CHECKING:
    from perfdsl.audit import Audit
    from perfdsl.pipeline import Loaded

_NARROWEST = 48
FORMATS = ("table", "json", "xlsx", "html", "docx")


@chinese_command("audit")
@click.argument("forms", nargs=-1, required=True, metavar="自评表…")
@click.option("--ruleset", metavar="规则集", help="按这个规则集核算；不写时按通行的算法，有几种算法的都试。")
@click.option("--format", "kind", type=click.Choice(FORMATS), metavar="格式",
              help="table（缺省）、json、xlsx、html 或 docx；不写时看 -o 的后缀。")
@click.option("-o", "--output", metavar="文件", help="写到文件；不写则打印。")
@click.option("--width", type=int, metavar="列数", help="表的宽度，至少 48；不写时随终端，终端之外为 80。")
@click.option("--processes", type=click.IntRange(min=1), metavar="个数", help="用几个进程；不写时文件多就每个处理器一个。结果都一样。")
@STRICT
def command(forms: tuple[str, ...], ruleset: str | None, kind: str | None, output: str | None, width: int | None, processes: int | None,
            strict: bool) -> None:
    """复核已经填好的自评表：重算执行率、各项得分和总分，与自评的分逐项比较，列出问题。

    可以写几个文件、文件夹、通配符或 zip；格式有 xlsx、xls、ods、docx、csv、json、yaml、toml。
    """
    from perfdsl.audit.summary import marked

    chosen = chosen_format(kind, output, FORMATS)
    writable(chosen, output)
    if width is not None and width < _NARROWEST:
        raise click.UsageError(f"--width 至少 {_NARROWEST}")
    loaded = _loaded(ruleset)
    faults: list[Diagnostic] = []
    audits = marked(_audits(forms, loaded, processes, faults))
    never_over(output, ruleset, *forms, *(one.form.file for one in audits))
    if audits or chosen == "json":
        write(_text(audits, chosen, max(_NARROWEST, width or terminal_width()), output), output)
    show(faults)
    sys.exit(1 if _weighty(audits, faults, strict) else 0)


def _loaded(path: str | None) -> Loaded | None:
    """The ruleset; ends the command where it leaves nothing to compute by."""
    from perfdsl.pipeline import load

    if path is None:
        return None
    loaded = load(path)
    if loaded.ruleset is None or blocking(loaded.diagnostics):
        show(loaded.diagnostics)
        sys.exit(1)
    return loaded


def _audits(paths: tuple[str, ...], loaded: Loaded | None, processes: int | None, faults: list[Diagnostic]) -> Iterator[Audit]:
    """The audit of every form in the files; what cannot be read is added to *faults*."""
    from perfdsl.audit.many import audited, of_file, processes_for
    from perfdsl.forms.batch import Files
    from perfdsl.forms.progress import shown

    files = Files(paths)
    with shown() as watch:
        items = files.items(watch)
        for one in audited(items, loaded, processes or processes_for(files.count)) if files.count > 1 else (of_file(item, loaded) for item in items):
            faults += one.faults
            yield from one.audits


def _text(audits: list[Audit], chosen: str, width: int, output: str | None) -> str | bytes:
    match chosen:
        case "json":
            from perfdsl.report import audit_json

            return audit_json.write(audits)
        case "html":
            from perfdsl.report import audit_html

            return audit_html.write(audits)
        case "xlsx":
            from perfdsl.report import audit_xlsx

            return audit_xlsx.write(audits)
        case "docx":
            from perfdsl.report import audit_docx

            return audit_docx.write(audits)
    from perfdsl.report import audit_table

    return audit_table.write(audits, width, output is None and ascii_only(sys.stdout))


def _weighty(audits: list[Audit], faults: list[Diagnostic], strict: bool) -> bool:
    """Whether an error was found; with *strict*, a warning."""
    heavy = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return bool(errors(faults)) or any(audit.of(severity) for audit in audits for severity in heavy)
