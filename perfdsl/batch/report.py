"""What is said of a run: how far it is, and in the end what became of the units."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from perfdsl.batch.counts import Counts

_EVERY = 0.5
"""Seconds between two lines."""


@contextmanager
def watching(total: int | None, is_shown: bool) -> Iterator[Callable[[Counts], None]]:
    """What a run tells how far it is: one line on stderr that is written over."""
    start, last = time.monotonic(), [0.0]

    def watch(counts: Counts) -> None:
        now = time.monotonic()
        if is_shown and now - last[0] >= _EVERY:
            last[0] = now
            print(f"\r{_progress(counts, total, now - start)}", end="", file=sys.stderr, flush=True)  # noqa: T201  # a bar

    yield watch
    if last[0]:
        print(f"\r{' ' * 78}\r", end="", file=sys.stderr, flush=True)  # noqa: T201  # the bar goes


def _progress(counts: Counts, total: int | None, seconds: float) -> str:
    share = f"（{min(100, 100 * counts.read // total)}%）" if total else ""
    back = f"，退回 {counts.rejected:,}" if counts.rejected else ""
    return f"已读 {counts.read:,} 个单位{share}{back}，每秒 {int(counts.read / max(seconds, 0.001)):,} 个 "


def sentences(counts: Counts, out: str, rejects: Path | str) -> list[str]:
    """The end of a run, in lines."""
    lines = [f"读入 {counts.read:,} 个单位：计分 {counts.scored:,} 个，退回 {counts.rejected:,} 个。得分写在「{out}」。"]
    if counts.rejected:
        lines.append(f"退回的单位和原因写在「{rejects}」，改好以后再算这些单位。")
    if counts.apart:
        lines.append(f"其中 {counts.apart:,} 个（{_share(counts)}）逐个计算，结果一样准确。")
    if counts.passed_over:
        lines.append(f"合计行、空行等 {counts.passed_over:,} 行没有用到。")
    lines += [f"警告 {code}：{times:,} 处（perfdsl explain {code} 看说明）。" for code, times in counts.warned]
    return lines


def _share(counts: Counts) -> str:
    share = 100 * counts.apart / max(1, counts.scored)
    return f"{share:.2f}%" if share >= 0.01 else "不到 0.01%"
