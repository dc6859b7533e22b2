"""perfdsl: declare 绩效自评 rules in plain text, evaluate them exactly, explain every point.

    loaded = perfdsl.load("自评.perf")
    faults = perfdsl.check(loaded)
    result = perfdsl.evaluate(loaded, "数据.csv")

For one unit after another, in a fraction of the time:

    ready = perfdsl.compiled(loaded)
    print(ready.score({"税收": "3.6亿元"}).total)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfdsl.version import __version__

if TYPE_CHECKING:
    from perfdsl.pipeline import Evaluation, Loaded, check, evaluate, load
    from perfdsl.warm import Compiled, Result, compiled

_WARM = ("Compiled", "Result", "compiled")

__all__ = ["Compiled", "Evaluation", "Loaded", "Result", "__version__", "check", "compiled", "evaluate", "load"]


def __getattr__(name: str) -> Any:
    """All is imported when it is first used, so that `--version` starts at once."""
    if name not in __all__:
        raise AttributeError(f"module 'perfdsl' has no attribute {name!r}")
    if name in _WARM:
        from perfdsl import warm

        return getattr(warm, name)
    from perfdsl import pipeline

    return getattr(pipeline, name)
