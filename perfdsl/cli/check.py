"""perfdsl check"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import STRICT, leave, show, terminal_width
from perfdsl.diagnostics import Diagnostic, blocking

if TYPE_CHECKING:
    from perfdsl.model.ruleset import Ruleset
    from perfdsl.prove.claims import Proof


@chinese_command("check")
@click.argument("rulesets", nargs=-1, required=True, metavar="规则集…")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", metavar="格式",
              help="text（缺省）或 json。")
@click.option("--prove", "proving", is_flag=True,
              help="证明对每个值都成立：得分不越界、没有漏洞和重叠、条款都用得上、越好不少得、等级不缺。")
@STRICT
def command(rulesets: tuple[str, ...], kind: str, proving: bool, strict: bool) -> None:
    """检查规则集：语法、名称、单位、分值之和、没有说明的政策……一次报出全部问题。

    加 --prove 另外证明：有反例的，退出码为 1；加 --strict，未能判定的也为 1。
    """
    from perfdsl.pipeline import check, load

    found: list[Diagnostic] = []
    proofs: list[tuple[str, Proof]] = []
    for path in rulesets:
        loaded = load(path)
        found += check(loaded)
        if proving and loaded.ruleset is not None and not blocking(check(loaded)):
            proofs.append((path, _proof(loaded.ruleset)))
    if kind == "json":
        _as_json(found, proofs, proving)
    else:
        _as_text(found, proofs, len(rulesets))
    if any(_fails(proof, strict) for _, proof in proofs):
        sys.exit(1)
    leave(found, strict)


def _proof(ruleset: Ruleset) -> Proof:
    from perfdsl.prove.proofs import prove

    return prove(ruleset)


def _fails(proof: Proof, strict: bool) -> bool:
    from perfdsl.prove.claims import Verdict

    weighty = (Verdict.REFUTED, Verdict.UNDECIDED) if strict else (Verdict.REFUTED,)
    return any(claim.verdict in weighty for claim in proof.claims)


def _as_json(found: list[Diagnostic], proofs: list[tuple[str, Proof]], proving: bool) -> None:
    """The findings; with --prove, an object of the findings and of what was proved of each ruleset."""
    from perfdsl.report.findings import as_json
    from perfdsl.report.proof_json import proof_json

    shown: object = [as_json(d) for d in found]
    if proving:
        shown = {"findings": shown, "proofs": [{"ruleset": path, **proof_json(proof)} for path, proof in proofs]}
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


def _as_text(found: list[Diagnostic], proofs: list[tuple[str, Proof]], count: int) -> None:
    show(found)
    if not found:
        click.echo(f"没有发现问题（{count} 个规则集）。")
    for path, proof in proofs:
        from perfdsl.report.proof_text import proof_text

        click.echo(f"\n{path}：{proof_text(proof, terminal_width())}".rstrip("\n"))
