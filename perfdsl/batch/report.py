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
    if not counts.read:
        lines.append("没有读到一个单位：看看数据是不是只有标题，下面没有行。")
    lines += [f"{_weight(code)} {code} {title(code)}：{times:,} 处。" for code, times in counts.warned]
    if counts.warned:
        lines.append(f"什么意思、怎样改：perfdsl explain {counts.warned[0][0]}。")
    return lines


def title(code: str) -> str:
    """What the page of a code is called."""
    page = Path(__file__).parent.parent / "pages" / f"{code}.md"
    return page.read_text(encoding="utf-8").partition("\n")[0].removeprefix(f"# {code}").strip() if page.is_file() else ""


def _weight(code: str) -> str:
    return "错误" if code.startswith("E") else "警告"


def _share(counts: Counts) -> str:
    share = 100 * counts.apart / max(1, counts.scored)
    return f"{share:.2f}%" if share >= 0.01 else "不到 0.01%"
