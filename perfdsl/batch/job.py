"""From what the user names to a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from perfdsl.batch.engine import engine
from perfdsl.batch.reading.plan import Plan, wide_plan
from perfdsl.batch.run import Job
from perfdsl.batch.sinks import sink_of
from perfdsl.batch.sinks.table import shape_of
from perfdsl.batch.sources import Asked, Small, open_source
from perfdsl.batch.sources.source import Source
from perfdsl.batch.steps import wide_steps
from perfdsl.batch.stopped import Refused
from perfdsl.data.names import Slots
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import Loaded
from perfdsl.record import record
from perfdsl.version import __version__


@record
class Order:
    """What is asked for on the command line."""

    loaded: Loaded
    asked: Asked
    out: Path
    kind: str
    rejects: Path | None = None
    brief: bool = False


@record
class Ready:
    """A run that can begin, and what is wrong with the headings of its source."""

    job: Job
    total: int | None
    found: tuple[Diagnostic, ...]


def ready(order: Order) -> Ready:
    """Raises `Unreadable`, `Lacking` or `Refused`."""
    ruleset = order.loaded.ruleset
    assert ruleset is not None
    source = open_source(order.asked, Slots(ruleset))
    if isinstance(source, Small):
        raise Refused("还不能读")
    plan = wide_plan(source, Slots(ruleset))
    return Ready(_job(order, ruleset, source, plan), source.total, plan.found)


def _job(order: Order, ruleset: Ruleset, source: Source, plan: Plan) -> Job:
    shape = shape_of(ruleset, order.loaded.digest, order.brief, not errors(order.loaded.diagnostics))
    metadata = {"perfdsl.ruleset": ruleset.name, "perfdsl.digest": order.loaded.digest, "perfdsl.version": __version__}
    return Job(ruleset, shape, lambda finished: wide_steps(source, plan, ruleset, finished), engine(ruleset), sink_of(order.kind, metadata),
               order.out, order.rejects, about(order, source))


def about(order: Order, source: Source) -> dict[str, Any]:
    """What must be the same for a run to be taken up again."""
    return {"program": __version__, "ruleset": order.loaded.digest, "source": json.dumps([source.identity, _headings(source)], ensure_ascii=False),
            "format": order.kind, "brief": order.brief}


def _headings(source: Source) -> list[str]:
    return ["" if entry is None else entry.text for entry in source.header.row]
