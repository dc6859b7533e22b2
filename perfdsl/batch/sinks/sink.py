"""What every format gives: the bytes of a part, and what makes a whole file of the parts.

A run writes its parts behind one another into a hidden file; that file becomes the output when the last part is there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from perfdsl.record import record


@record
class Written:
    """A part: where it begins in the hidden file, how long it is, and what the sink wants to know of it in the end."""

    offset: int
    size: int
    memo: str = ""


class Sink(ABC):
    """One format.  `rows` are those of a part: what is lost at most when a run is killed."""

    rows = 131_072

    def __init__(self, metadata: dict[str, str]) -> None:
        self.metadata = metadata

    def load(self) -> None:  # noqa: B027  # some formats need nothing
        """Import what writing takes, beside the reading of the first rows."""

    @abstractmethod
    def part(self, batches: list[Any], is_first: bool) -> tuple[bytes | memoryview, str]:
        """The bytes of some record batches, and a memo for `finish`."""

    def finish(self, hidden: Path, parts: list[Written], schema: Any) -> None:  # noqa: B027  # lines of text need no end
        """Make the hidden file a whole one."""


class ByArrow(Sink):
    """A format that is written at the end only: until then the parts are streams of Arrow."""

    def part(self, batches: list[Any], is_first: bool) -> tuple[bytes | memoryview, str]:
        import pyarrow as pa

        made = pa.BufferOutputStream()
        with pa.ipc.new_stream(made, batches[0].schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=False)) as stream:
            for batch in batches:
                stream.write_batch(batch)
        return memoryview(made.getvalue()), ""

    def finish(self, hidden: Path, parts: list[Written], schema: Any) -> None:
        made = hidden.with_name("whole")
        with open(made, "wb") as stream:
            self.whole(stream, _batches(hidden, parts), schema)
        made.replace(hidden)

    @abstractmethod
    def whole(self, stream: BinaryIO, batches: Iterator[Any], schema: Any) -> None:
        """Write all batches."""


def _batches(hidden: Path, parts: list[Written]) -> Iterator[Any]:
    import pyarrow as pa

    with pa.memory_map(str(hidden)) as mapped:
        for part in parts:
            mapped.seek(part.offset)
            yield from pa.ipc.open_stream(mapped)
