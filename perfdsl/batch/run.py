"""A run from a source to an output: read, score and write at the same time, part by part."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Any

from perfdsl.batch import rejects as reject_file
from perfdsl.batch.ahead import ahead
from perfdsl.batch.asked import Asked
from perfdsl.batch.counts import Counts
from perfdsl.batch.engine import Engine
from perfdsl.batch.journal import Done, Journal
from perfdsl.batch.reading.chunk import Chunk
from perfdsl.batch.rejects import Reject
from perfdsl.batch.scoring import scored
from perfdsl.batch.shape import Shape
from perfdsl.batch.sinks import Sink
from perfdsl.batch.sinks.table import nothing, table
from perfdsl.batch.stopped import Refused, Unreadable
from perfdsl.batch.warned import warned
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record


@record
class Step:
    """A chunk, the rows of the source that it was made of, and the checksum of the units up to its end.

    `chunk` None: these rows belong to parts that were finished before.
    """

    chunk: Chunk | None
    rows: int
    mark: int


Steps = Callable[[int], Generator[Step, None, None]]
"""From the number of rows that are finished already to the steps of a source."""


@record
class Job:
    """What a run needs: `about` is what must be the same when it is taken up again; `keep` notes for the next run what has been laid out."""

    ruleset: Ruleset
    shape: Shape
    steps: Steps
    engine: Engine
    sink: Sink
    out: Path
    rejects: Path
    about: dict[str, Any]
    asked: Asked
    keep: Callable[[], None] = lambda: None


class _Part:
    """What is gathered until it is enough to be written."""

    def __init__(self) -> None:
        self.batches: list[Any] = []
        self.rejects: list[Reject] = []
        self.rows, self.mark, self.counts = 0, 0, Counts()

    def add(self, step: Step, chunk: Chunk, batch: Any, more: Counts) -> None:
        if batch.num_rows or not self.batches:
            self.batches.append(batch)
        self.rejects += chunk.rejects
        self.rows, self.mark = self.rows + step.rows, step.mark
        self.counts = self.counts.plus(chunk.counts).plus(more)


def run(job: Job, resume: bool, watch: Callable[[Counts], None]) -> Counts:
    """Raises `Refused` and `Unreadable`; the output is there when this returns, and not before."""
    journal = Journal(job.out)
    begun = False
    try:
        journal.begin(job.about, resume)
        begun = True
        _write_parts(job, journal, watch)
        job.sink.finish(journal.output, [one.written for one in journal.done], nothing(job.engine, job.shape).schema)
        journal.end(job.out, job.rejects)
        job.keep()
    except Unreadable:
        journal.drop()
        raise
    except BaseException:
        if begun and not journal.done:
            journal.drop()
        raise
    finally:
        journal.close()
    return total(journal.done)


def total(parts: Iterable[Done]) -> Counts:
    return reduce(Counts.plus, (done.counts for done in parts), Counts())


def _write_parts(job: Job, journal: Journal, watch: Callable[[Counts], None]) -> None:
    finished = sum(done.rows for done in journal.done)
    so_far, part = total(journal.done), _Part()
    steps = ahead(job.steps(finished))
    with ThreadPoolExecutor(1) as writer, closing(steps):
        waiting: deque[Future[None]] = deque([writer.submit(job.sink.load)])
        for step in _after(steps, journal):
            chunk = step.chunk
            assert chunk is not None
            scores = scored(chunk, job.engine, job.ruleset, job.shape.grade_due)
            more = Counts(apart=scores.apart, warned=warned(scores, chunk, job.asked, job.shape.brief))
            part.add(step, chunk, table(scores, chunk.names, chunk.codes, chunk.years, job.shape), more)
            watch(so_far.plus(part.counts))
            if part.rows >= job.sink.rows:
                so_far = so_far.plus(part.counts)
                _hand_over(writer, waiting, job, journal, part)
                part = _Part()
        if part.rows:
            _hand_over(writer, waiting, job, journal, part)
        while waiting:
            waiting.popleft().result()


def _hand_over(writer: ThreadPoolExecutor, waiting: deque[Future[None]], job: Job, journal: Journal, part: _Part) -> None:
    """The part is encoded and written in another thread; at most two wait for that."""
    waiting.append(writer.submit(_write, job, journal, part))
    while len(waiting) > 1:
        waiting.popleft().result()


def _write(job: Job, journal: Journal, part: _Part) -> None:
    body, memo = job.sink.part(part.batches, not journal.done)
    had_rejects = any(done.rejects for done in journal.done)
    rejects = (b"" if had_rejects else reject_file.head()) + reject_file.lines(part.rejects) if part.rejects else b""
    journal.add(part.rows, body, memo, rejects, part.counts, part.mark)


def _after(steps: Iterable[Step], journal: Journal) -> Iterator[Step]:
    """The steps behind the parts that are finished; refuses where what stood before them is not what was scored."""
    left, mark = sum(done.rows for done in journal.done), journal.done[-1].mark if journal.done else 0
    for step in steps:
        if left <= 0:
            yield step
            continue
        left -= step.rows
        if left < 0 or (left == 0 and step.mark != mark):
            raise Refused("不能接着做：数据里的单位和上次的不一样了（查询的结果次序不固定的，加 ORDER BY）")
    if left > 0:
        raise Refused("不能接着做：数据比做好的部分还少")
