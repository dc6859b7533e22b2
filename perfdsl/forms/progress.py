"""A bar on stderr while many forms are read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from perfdsl.forms.batch import Watch

FEW = 4
"""Up to so many files no bar is worth while."""


@contextmanager
def shown() -> Iterator[Watch | None]:
    """What `batch` tells how far it is; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    import click

    bars: list[click._termui_impl.ProgressBar[int]] = []

    def watch(done: int, total: int) -> None:
        if total <= FEW:
            return
        if not bars:
            bars.append(click.progressbar(length=total, label="读表", file=sys.stderr))
            bars[0].render_progress()
        bars[0].update(done - bars[0].pos)

    yield watch
    for bar in bars:
        bar.render_finish()
