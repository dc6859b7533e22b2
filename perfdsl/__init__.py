"""perfdsl: declare 绩效自评 rules in plain text, evaluate them exactly, explain every point.

    loaded = perfdsl.load("自评.perf")
    faults = perfdsl.check(loaded)
    result = perfdsl.evaluate(loaded, "数据.csv")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfdsl.version import __version__

if TYPE_CHECKING:
    from perfdsl.pipeline import Evaluation, Loaded, check, evaluate, load

__all__ = ["Evaluation", "Loaded", "__version__", "check", "evaluate", "load"]


def __getattr__(name: str) -> Any:
    """The pipeline is imported when it is first used, so that `--version` starts at once."""
    if name not in __all__:
        raise AttributeError(f"module 'perfdsl' has no attribute {name!r}")
    from perfdsl import pipeline

    return getattr(pipeline, name)
