"""Many files of forms: read and audited in several processes; what comes out is the same as in one, in the same order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from perfdsl.audit import Audit, audit
from perfdsl.data.kinds import unreadable
from perfdsl.diagnostics import Diagnostic
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms
from perfdsl.forms.scored import is_scored
from perfdsl.forms.zips import Item
from perfdsl.pipeline import Loaded
from perfdsl.record import record

FEW = 12
"""Fewer files than these are read before other processes have started."""
_MOST = 61
"""Processes that Windows can wait for."""
AHEAD = 4
"""Files that wait for each process, or their results: no more are held."""


@record
class OfFile:
    """The audits of the forms in a file, and what is wrong with the file."""

    audits: tuple[Audit, ...]
    faults: tuple[Diagnostic, ...]


def processes_for(files: int) -> int:
    """How many processes are worth while."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1 if files < FEW else min(cores, files, _MOST)


def audited(items: Iterable[Item], ruleset: Loaded | None, processes: int = 1) -> Iterator[OfFile]:
    """The files in their order, each as it is done; at most a few are held.

    A file that ends a process, or shows a mistake of ours, does not stop the others: that is a fault of the file.
    """
    return (_safe(item, ruleset) for item in items) if processes <= 1 else _Pool(ruleset, processes).audited(items)


def _safe(item: Item, ruleset: Loaded | None) -> OfFile:
    try:
        return of_file(item, ruleset)
    except Exception as bug:  # noqa: BLE001  # whatever it is, there are other files
        why = f"没有核对：读它的时候程序出错了（{type(bug).__name__}）"
        return OfFile((), (unreadable(item[0], why, "请把这个文件报告给维护者；其余的文件照常核对"),))


def of_file(item: Item, ruleset: Loaded | None) -> OfFile:
    """One file."""
    name, content = item
    grids, found = read_grids(content, name)
    forms = find_forms(grids)
    scored = [form for form in forms if is_scored(form)]
    if forms and not scored:
        found = [*found, unreadable(name, "没有分值、自评得分，不是自评表", "这是数据文件的话，用 perfdsl eval 计分")]
    elif not forms and not found:
        found = [unreadable(name, "里面没有找到自评表", "表上要有指标、分值、得分等标题，或预算执行情况")]
    return OfFile(tuple(audit(form, ruleset) for form in scored), tuple(found))


class _Pool:
    """Processes that take the files in turn; a broken one is replaced."""

    def __init__(self, ruleset: Loaded | None, processes: int) -> None:
        self.ruleset, self.processes = ruleset, processes
        self._pool = _started(processes)

    def audited(self, items: Iterable[Item]) -> Iterator[OfFile]:
        waiting: deque[tuple[Item, Future[OfFile]]] = deque()
        try:
            for item in items:
                waiting.append((item, self._submitted(item)))
                if len(waiting) > AHEAD * self.processes:
                    yield self._result(*waiting.popleft())
            while waiting:
                yield self._result(*waiting.popleft())
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _submitted(self, item: Item) -> Future[OfFile]:
        try:
            return self._pool.submit(_safe, item, self.ruleset)
        except BrokenProcessPool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = _started(self.processes)
            return self._pool.submit(_safe, item, self.ruleset)

    def _result(self, item: Item, future: Future[OfFile]) -> OfFile:
        try:
            return future.result()
        except BrokenProcessPool:
            return _alone(item, self.ruleset)
        except Exception:  # noqa: BLE001  # what cannot be handed over, such as a tree too deep for it, is done here
            return _safe(item, self.ruleset)


def _alone(item: Item, ruleset: Loaded | None) -> OfFile:
    """A file that was under way when a process ended, once more in a process of its own: it may have been another's fault."""
    with _started(1) as pool:
        try:
            return pool.submit(_safe, item, ruleset).result()
        except BrokenProcessPool:
            return OfFile((), (unreadable(item[0], "没有核对：读它的时候程序中断了，可能是内存不够", "单独核对这个文件，或另存一次再试；其余的文件照常核对"),))


def _started(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=_quiet)


def _quiet() -> None:
    """Ctrl-C is for the process that was called: it ends these when what they are doing is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
