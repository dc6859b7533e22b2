"""What was proved, for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from perfdsl.prove.claims import Claim, Jump, Proof, Verdict
from perfdsl.quantity import decimal_text
from perfdsl.text import hang

_MOST_JUMPS = 4
_SCOPE = ("数取遍 0 及以上的所有值（名称说的是增减、变化、节约的，或规则写到负数的，也取负数；家、人这样拆不开的只取整数），"
          "日期取 1990 年至 2100 年的每一天，选项取遍每一种。")


def proof_text(proof: Proof, width: int = 80) -> str:
    """The tally, what is refuted and what is undecided each with its reason, what is proved by indicator, and the leaps."""
    lines = [*_wrapped("", tally(proof), width), *_wrapped("", _SCOPE, width)]
    for verdict in (Verdict.REFUTED, Verdict.UNDECIDED):
        said = [claim for claim in proof.claims if claim.verdict is verdict]
        lines += ["", verdict.value, *(line for claim in said for line in _broken(claim, width))] if said else []
    proved = list(_proved(proof.claims, width))
    lines += ["", Verdict.PROVED.value, *proved] if proved else []
    lines += ["", "得分的跳变", *_jumps(proof.jumps, width)] if proof.jumps else []
    lines += ["", "没有看的", *(line for text in proof.left_out for line in _wrapped("  ", text, width))] if proof.left_out else []
    return "\n".join(lines) + "\n"


def tally(proof: Proof) -> str:
    """`已证明 44 项，有反例 1 项，未能判定 0 项。`"""
    counts = Counter(claim.verdict for claim in proof.claims)
    return "，".join(f"{verdict.value} {counts[verdict]} 项" for verdict in Verdict) + "。"


def _wrapped(label: str, text: str, width: int) -> list[str]:
    return list(hang(label, text, width))


def _broken(claim: Claim, width: int) -> Iterator[str]:
    yield from _wrapped(f"  {claim.kind.value}  ", f"{claim.subject}：{claim.text}", width)
    yield f"    在 {claim.span}"
    if claim.test:
        yield "    贴进规则集可以重现（「得」是现在的得分，改规则后照办法改）："
        yield from _wrapped("    ", claim.test, max(width, 200))


def _proved(claims: Sequence[Claim], width: int) -> Iterator[str]:
    """One line for each subject, with all that is proved of it."""
    said: dict[str, list[str]] = {}
    for claim in claims:
        if claim.verdict is Verdict.PROVED:
            said.setdefault(claim.subject, []).append(claim.text)
    for subject, texts in said.items():
        yield from _wrapped(f"  {subject}：", "；".join(texts), width)


def _jumps(jumps: Sequence[Jump], width: int) -> Iterator[str]:
    """The greatest leaps of each indicator; of more the number."""
    for (subject, unknown), some in groupby(jumps, key=lambda jump: (jump.subject, jump.unknown)):
        every = list(some)
        greatest = sorted(every, key=lambda jump: -jump.cost)[:_MOST_JUMPS]
        shown = "；".join(_leap(jump) for jump in sorted(greatest, key=every.index))
        rest = len(every) - len(greatest)
        more = f"；另有 {rest} 处，每处不超过 {decimal_text(greatest[-1].cost)} 分" if rest else ""
        name = subject if subject.endswith(unknown) else f"{subject}（{unknown}）"
        yield from _wrapped(f"  {name}：", f"{shown}{more}", width)


def _leap(jump: Jump) -> str:
    up = "升" if jump.after > jump.before else "降"
    return f"{jump.at} 处 {decimal_text(jump.before)} → {decimal_text(jump.after)} 分（{up} {decimal_text(jump.cost)}）"
