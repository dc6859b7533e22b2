"""What a run has finished so far, in a folder beside the output: enough to go on from there after it was killed."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from pathlib import Path
from typing import Any

from perfdsl.batch.counts import Counts, from_json
from perfdsl.batch.sinks.sink import Written
from perfdsl.batch.stopped import Refused
from perfdsl.record import record


@record
class Done:
    """A finished part: how many rows of the source it covers, where its bytes are, the checksum of the units so far."""

    rows: int
    written: Written
    rejects: int
    checks: tuple[int, int]
    counts: Counts
    mark: int


class Journal:
    """The folder of a run: `output` and `rejects` grow part by part, `parts` has a line for each."""

    def __init__(self, out: Path) -> None:
        self.folder = out.with_name(f".{out.name}.parts")
        self.output, self.rejects, self._list = (self.folder / name for name in ("output", "rejects", "parts"))
        self.done: list[Done] = []
        self._lock: Any = None

    def begin(self, about: dict[str, Any], resume: bool) -> None:
        """Raises `Refused`; afterwards `done` are the parts that are there."""
        if self.folder.exists() and not resume and self._has_parts():
            raise Refused(f"上次写「{self.folder.name[1:-6]}」没有完成，做好的部分还在「{self.folder}」：接着做加 --resume；从头做，先删掉这个文件夹")
        if self.folder.exists() and self._list.exists():
            self._hold()
            if self._has_parts():
                self._take_up(about)
            else:
                self._list.write_text(json.dumps(about, ensure_ascii=False) + "\n", encoding="utf-8")
        else:
            self.folder.mkdir(exist_ok=True)
            self._list.write_text(json.dumps(about, ensure_ascii=False) + "\n", encoding="utf-8")
            self._hold()
        for path, size in ((self.output, self._size()), (self.rejects, sum(one.rejects for one in self.done))):
            with open(path, "ab") as stream:
                stream.truncate(size)

    def _has_parts(self) -> bool:
        """Whether a run has finished some; one that has not leaves nothing to go on from."""
        return self._list.exists() and self._list.read_text(encoding="utf-8", errors="replace").count("\n") > 1

    def _size(self) -> int:
        return sum(one.written.size for one in self.done)

    def _hold(self) -> None:
        """Only one process at a time works in the folder; where the system knows no locks, nobody looks."""
        try:
            import fcntl
        except ImportError:
            return
        self._lock = open(self._list, "rb")  # noqa: SIM115  # held as long as the run goes on
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(f"另一个 perfdsl batch 正在写「{self.folder.name[1:-6]}」，等它做完") from None

    def _take_up(self, about: dict[str, Any]) -> None:
        head, *lines = self._list.read_text(encoding="utf-8").split("\n")
        self._compare(json.loads(head or "{}"), about)
        kept = [done for line in lines[:-1] if (done := _done(line))]
        self.done = self._whole(kept)
        text = "\n".join([json.dumps(about, ensure_ascii=False), *map(_line, self.done)]) + "\n"
        self._list.write_text(text, encoding="utf-8")

    def _compare(self, before: dict[str, Any], now: dict[str, Any]) -> None:
        for key, word in _SAME.items():
            if before.get(key) != now.get(key):
                raise Refused(f"不能接着做：{word}变了，和做好的部分对不上。从头做，先删掉「{self.folder}」")

    def _whole(self, kept: list[Done]) -> list[Done]:
        """The parts from the first on whose bytes are there as they were written."""
        whole: list[Done] = []
        with open(self.output, "ab+") as output, open(self.rejects, "ab+") as rejects:
            output.seek(0)
            rejects.seek(0)
            for done in kept:
                if (zlib.crc32(output.read(done.written.size)), zlib.crc32(rejects.read(done.rejects))) != done.checks:
                    break
                whole.append(done)
        return whole

    def add(self, rows: int, body: bytes | memoryview, memo: str, rejects: bytes, counts: Counts, mark: int) -> None:
        """A part is finished: its bytes first, then the line that says so."""
        done = Done(rows, Written(self._size(), len(body), memo), len(rejects), (zlib.crc32(body), zlib.crc32(rejects)), counts, mark)
        for path, data in ((self.output, body), (self.rejects, rejects)):
            with open(path, "ab") as stream:
                stream.write(data)
        with open(self._list, "a", encoding="utf-8") as lines:
            lines.write(_line(done) + "\n")
        self.done.append(done)

    def _has_rejects(self) -> bool:
        return any(done.rejects for done in self.done)

    def end(self, out: Path, rejects: Path) -> None:
        """The output is whole: it takes its name, and the folder goes.  Rejects of an earlier run do not stay beside it."""
        if self._has_rejects():
            os.replace(self.rejects, rejects)
        else:
            rejects.unlink(missing_ok=True)
        os.replace(self.output, out)
        self.drop()

    def drop(self) -> None:
        """The folder goes."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """Let another process take the folder up."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


_SAME = {"program": "perfdsl 的版本", "ruleset": "规则集", "source": "数据", "format": "输出格式", "brief": "--brief "}


def _line(done: Done) -> str:
    return json.dumps({"rows": done.rows, "offset": done.written.offset, "size": done.written.size, "memo": done.written.memo,
                       "rejects": done.rejects, "checks": done.checks, "counts": done.counts.as_json(), "mark": done.mark})


def _done(line: str) -> Done | None:
    """None for a line that was not written to its end."""
    try:
        kept = json.loads(line)
    except ValueError:
        return None
    return Done(kept["rows"], Written(kept["offset"], kept["size"], kept["memo"]), kept["rejects"], tuple(kept["checks"]),
                from_json(kept["counts"]), kept["mark"])
