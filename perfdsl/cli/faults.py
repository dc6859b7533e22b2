"""What the command line says of a command that is written wrong."""

from __future__ import annotations

import click


def message_of(fault: click.ClickException) -> str:
    """The fault in Chinese; click's own words only where it has others than these."""
    match fault:
        case click.MissingParameter(param=click.Argument() as argument):
            return f"缺少参数「{argument.make_metavar(fault.ctx) if fault.ctx else argument.name}」"
        case click.NoSuchOption():
            near = f"，是不是「{fault.possibilities[0]}」？" if fault.possibilities else ""
            return f"没有选项「{fault.option_name}」{near}"
        case click.BadOptionUsage():
            return f"选项「{fault.option_name}」后面要写它的值"
        case click.BadParameter(param=click.Parameter() as parameter) if isinstance(parameter.type, click.Choice):
            return f"「{parameter.opts[-1]}」只能是：{'、'.join(str(c) for c in parameter.type.choices)}"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"「{parameter.opts[-1]}」的值不对：{fault.format_message()}"
    words = fault.format_message()
    return f"多出的参数：{words.partition('(')[2].rstrip(')').strip()}" if words.startswith("Got unexpected") else words


def show(fault: click.ClickException) -> None:
    """The usage line, the fault, and where help is."""
    ctx = getattr(fault, "ctx", None)
    if ctx is not None:
        formatter = ctx.make_formatter()
        ctx.command.format_usage(ctx, formatter)
        click.echo(formatter.getvalue().rstrip("\n").replace("Usage: ", "用法："), err=True)
    click.echo(f"错误：{message_of(fault)}", err=True)
    if ctx is not None:
        click.echo(f"看帮助：{ctx.command_path} --help", err=True)
