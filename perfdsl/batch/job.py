"""From what the user names to a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from perfdsl.batch.engine import kept_engine
from perfdsl.batch.reading.plan import wide_plan
from perfdsl.batch.run import Job, Steps
from perfdsl.batch.shape import shape_of
from perfdsl.batch.sinks import sink_of
from perfdsl.batch.small import small_steps
from perfdsl.batch.sources import Asked, Small, open_source
from perfdsl.batch.sources.files import identity
from perfdsl.batch.sources.source import Source
from perfdsl.batch.steps import steps_of
from perfdsl.data.headings import is_long
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
    rejects: Path
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
    names = Slots(ruleset)
    source = open_source(order.asked, names)
    if isinstance(source, Small):
        steps, found = small_steps(source.file, ruleset)
        return Ready(_job(order, ruleset, steps, identity([source.file])), None, found)
    found = () if is_long(source.header) else wide_plan(source.header, names).found
    who = json.dumps([source.identity, _headings(source)], ensure_ascii=False)
    return Ready(_job(order, ruleset, lambda finished: steps_of(source, ruleset, names, finished), who), source.total, found)


def _job(order: Order, ruleset: Ruleset, steps: Steps, who: str) -> Job:
    shape = shape_of(ruleset, order.loaded.digest, order.brief, not errors(order.loaded.diagnostics))
    metadata = {"perfdsl.ruleset": ruleset.name, "perfdsl.digest": order.loaded.digest, "perfdsl.version": __version__}
    compute, keep = kept_engine(ruleset, not errors(order.loaded.diagnostics), order.brief, order.loaded.content)
    return Job(ruleset, shape, steps, compute, sink_of(order.kind, metadata), order.out, order.rejects, about(order, who), keep)


def about(order: Order, who: str) -> dict[str, Any]:
    """What must be the same for a run to be taken up again."""
    return {"program": __version__, "ruleset": order.loaded.digest, "source": who, "format": order.kind, "brief": order.brief}


def _headings(source: Source) -> list[str]:
    return ["" if entry is None else entry.text for entry in source.header.row]
