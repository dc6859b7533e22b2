"""The command line.  Each command is a module of this folder, imported when it is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

from perfdsl.cli.help import ChineseGroup
from perfdsl.version import __version__

COMMANDS = {
    "eval": ("evaluate", "按规则集给数据计分：打印得分表、总分、等级和每一项偏差的说明。"),
    "batch": ("batch", "给成批的单位计分，结果和 eval 逐个算的一样，写成一张表。"),
    "check": ("check", "检查规则集，一次报出全部问题。"),
    "test": ("test", "运行规则集里的「测试」，列出没有测试的规则和没有发现的改动。"),
    "fmt": ("format", "把规则集排整齐，或在中英文关键词之间转换；意思不变。"),
    "explain": ("explain", "说明一个代码，或规则集里的一个指标怎样计分。"),
    "diff": ("diff", "比较两个规则集的意思：哪些值得分不同，差多少，哪些总分的等级不同。"),
    "impact": ("impact", "用上一年的数据，看新规则对每个单位的影响，和每处改动各占多少。"),
    "goal": ("goal", "要达到一个等级或总分，每一项的实际值要做到多少。"),
    "import": ("import_form", "把填好的自评表变成规则集和数据，没有写明的标为待定。"),
    "audit": ("audit", "复核填好的自评表：重算每一项，与自评的分比较，列出问题。"),
    "show": ("show", "打印规则集的全文：沿用来的都写出来，可注明每一条的出处。"),
    "doc": ("doc", "把规则集写成可以签发的办法：指标体系、各项怎样计分、总分和等级、版本沿革、算例。"),
    "freeze": ("freeze", "记下规则集的校验值，以后改动过就有警告。"),
    "new": ("new", "新建一个带注释的规则集和一份数据表。"),
}
"""Command → module and its line in the help, in the order of the help."""

_COLLECT_AFTER = 100_000
"""New objects between two collections: a command is short and makes hardly any cycles."""

EPILOG = "退出码：0 正常；1 规则集或数据有错误；2 命令写法不对；3 程序本身的缺陷。"


class _Commands(ChineseGroup):
    """Imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"perfdsl.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            ctx.fail(_no_such(args[0]))
        return super().resolve_command(ctx, args)


def _no_such(name: str) -> str:
    from perfdsl.spelling import nearest

    near = nearest(name, COMMANDS)
    return f"没有命令「{name}」" + (f"，是不是「{near[0]}」？" if near else f"；可用的命令：{'、'.join(COMMANDS)}")


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="perfdsl", message="%(prog)s %(version)s", help="显示版本。")
def group() -> None:
    """预算绩效自评：用规则集给数据精确计分，并说明每一分的理由。"""



def main() -> None:
    """The entry point.  A fault of ours ends with 3 and says so, never with a traceback."""
    _steady_output()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        sys.exit(group.main(prog_name="perfdsl", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message(), err=True)
        sys.exit(fault.exit_code)
    except click.ClickException as fault:
        from perfdsl.cli.faults import show

        show(fault)
        sys.exit(fault.exit_code)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as fault:  # noqa: BLE001  # the last place before the user sees a traceback
        _our_fault(fault)


def _steady_output() -> None:
    """A console that lacks a character shows `?` for it and goes on."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _our_fault(fault: Exception) -> None:
    import os

    if os.environ.get("PERFDSL_DEBUG"):
        raise fault
    click.echo(f"perfdsl 的缺陷：{type(fault).__name__}：{fault}", err=True)
    click.echo("文件没有被改动。请把命令和文件报告给维护者；设 PERFDSL_DEBUG=1 再运行可以看到细节。", err=True)
    sys.exit(3)
