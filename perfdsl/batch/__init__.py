"""Many units at once: columns in, columns out, with the digits of the exact interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfdsl.batch.api import schema_of, score_batches, score_table

__all__ = ["schema_of", "score_batches", "score_table"]


def __getattr__(name: str) -> Any:
    """numpy and pyarrow are loaded when one of these is asked for."""
    if name not in __all__:
        raise AttributeError(name)
    from perfdsl.batch import api

    return getattr(api, name)
