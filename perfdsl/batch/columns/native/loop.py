"""A program written as loops over units in LLVM's language: what is an array in a program is a value of one unit here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from perfdsl.batch.columns.native.parts import Part, Place, parts
from perfdsl.batch.columns.native.values import BOOLEAN, CHAR, FLOAT, INT, LONG, Unknown, Value, Writer
from perfdsl.batch.columns.program import Constant, Operand, Peak, Program, Register, Sink, Source, noted, stored
from perfdsl.batch.columns.sums import Ties

NAME = "piece"
BLOCK = 2_048
"""Units that go through one part after the other: what a part leaves is still in the cache for the next."""

_KINDS = {"f": FLOAT, "i": INT, "m": BOOLEAN, "b": CHAR, "w": LONG}
"""Of registers, and of the views of them."""
_HELD = {"i8": LONG, "i4": INT, "i1": CHAR, "u1": CHAR, "b1": CHAR}
"""Of arrays, by kind and size."""


def module(program: Program, sources: Sequence[str], sinks: Sequence[str]) -> str:
    """The function `piece(begin, end, addresses)` of the units from begin to end; the addresses are those of the sources, then of the sinks.

    It gives 0 where all numbers lie in the ranges that the program assumes; where not, what stands in the sinks is no answer.
    *sources* and *sinks* are the types of the arrays, as `i8`.  Raises `Unknown` for an operation that has no counterpart here.
    """
    if strange := {*sources, *sinks} - _HELD.keys():
        raise Unknown(strange)
    several, writer = parts(program), Writer()
    kept = sorted({place for one in several for place in one.left})
    loops = [_Loop(program, sources, sinks, writer, part, at) for at, part in enumerate(several)]
    body = [line for at, one in enumerate(loops) for line in one.lines(f"part{at + 1}" if one is not loops[-1] else "through")]
    arrays = [*(f"%s{at}" for at in range(len(sources))), *(f"%o{at}" for at in range(len(sinks)))]
    last = len(several) - 1
    return "\n".join([
        *(f"declare double @llvm.{name}.f64({', '.join(['double'] * count)})" for name, count in writer.asked.items()),
        f"define internal i64 @loops(i64 %begin, i64 %end, {', '.join(f'ptr noalias {name}' for name in arrays)}) noinline {{", "entry:",
        *(f" {_scratch(place)} = alloca [{BLOCK} x {_room(place)}], align 64" for place in kept), " br label %block", "block:",
        " %from = phi i64 [%begin, %entry], [%till, %through]", f" %beyond = phi i64 [0, %entry], [%beyond{last}, %through]",
        f" %full = add nuw nsw i64 %from, {BLOCK}", " %less = icmp ult i64 %full, %end", " %till = select i1 %less, i64 %full, i64 %end",
        " br label %part0", *body, "through:", " %more = icmp ult i64 %till, %end", " br i1 %more, label %block, label %out",
        "out:", f" ret i64 %beyond{last}", "}", *_entry(len(arrays))])


def _entry(arrays: int) -> list[str]:
    """What is called from Python, which gives one address for all."""
    lines = [f"define i64 @{NAME}(i64 %begin, i64 %end, ptr %addresses) {{"]
    for at in range(arrays):
        lines += [f" %p{at} = getelementptr ptr, ptr %addresses, i64 {at}", f" %a{at} = load ptr, ptr %p{at}"]
    given = ", ".join(["i64 %begin", "i64 %end", *(f"ptr %a{at}" for at in range(arrays))])
    return [*lines, f" %made = call i64 @loops({given})", " ret i64 %made", "}"]


def _scratch(place: Place) -> str:
    kind, at = place
    return f"%{kind}{at}"


def _room(place: Place) -> str:
    """The type of an array that holds a register between two parts."""
    kind = _KINDS[place[0]]
    return CHAR if kind == BOOLEAN else kind


class _Loop:
    """One part as a loop over the units of a block."""

    def __init__(self, program: Program, sources: Sequence[str], sinks: Sequence[str], writer: Writer, part: Part, at: int) -> None:
        self.program, self.sources, self.sinks, self.write, self.part, self.at = program, sources, sinks, writer, part, at
        self._registers: dict[Place, Value] = {}
        self._read: dict[int, Value] = {}
        self._written: dict[int, Value] = {}
        self._beyond = Value(LONG, f"%in{at}")

    def lines(self, then: str) -> list[str]:
        """From its label to the branch to the next, *then*."""
        at, lines = self.at, self.write.lines
        lines.clear()
        self._registers = {place: self._load(_room(place), _scratch(place), "%own") for place in self.part.taken}
        for operation, operands in self.part.operations:
            self._one(operation, operands)
        for number, value in self._written.items():
            self._store(value, _HELD[self.sinks[number]], f"%o{number}", "%at")
        for place in self.part.left:
            self._store(self._registers[place], _room(place), _scratch(place), "%own")
        before, coming = (f"%part{at - 1}", f"%beyond{at - 1}") if at else ("%block", "%beyond")
        return [
            f"part{at}:", f" %at{at} = phi i64 [%from, {before}], [%next{at}, %part{at}]",
            f" %in{at} = phi i64 [{coming}, {before}], [%beyond{at}, %part{at}]", f" %own{at} = sub nuw nsw i64 %at{at}, %from", *lines,
            f" %beyond{at} = or i64 {self._beyond.name}, 0", f" %next{at} = add nuw nsw i64 %at{at}, 1",
            f" %done{at} = icmp eq i64 %next{at}, %till", f" br i1 %done{at}, label %{then}, label %part{at}"]

    def _load(self, kind: str, array: str, index: str) -> Value:
        place = self.write.new("ptr", f"getelementptr {kind}, ptr {array}, i64 {index}{self.at}")
        return self.write.new(kind, f"load {kind}, ptr {place.name}")

    def _store(self, value: Value, kind: str, array: str, index: str) -> None:
        held = self.write.cast(value, kind)
        place = self.write.new("ptr", f"getelementptr {kind}, ptr {array}, i64 {index}{self.at}")
        self.write.lines.append(f" store {kind} {held.name}, ptr {place.name}")

    # ---- operations

    def _one(self, operation: Callable[..., Any], operands: tuple[Operand, ...]) -> None:
        if operation is noted:
            self._look(*operands)
        elif isinstance(operation, Ties):
            self._tie(operation, operands)
        else:
            *given, out = operands
            values = [self._value(one) for one in given]
            self._set(out, values[0] if operation is stored else self.write.done(operation, values, self._kind(out)))

    def _kind(self, out: Operand) -> str:
        if isinstance(out, Sink):
            return _HELD[self.sinks[out.at]]
        return _KINDS[out.view or out.kind]

    def _value(self, operand: Operand) -> Value:
        match operand:
            case Register():
                return self._register(operand)
            case Source():
                return self._source(operand.at)
            case Sink():
                return self._written[operand.at] if operand.at in self._written else self._load(_HELD[self.sinks[operand.at]], f"%o{operand.at}", "%at")
            case Constant():
                return self.write.number(operand.value)
            case bool() | float() | int():
                return self.write.number(operand)
            case np.ndarray() if operand.ndim == 0:
                return self.write.number(operand.item())
        raise Unknown(operand)

    def _register(self, one: Register) -> Value:
        value = self._registers[one.kind, one.at]
        value = self.write.cast(value, _KINDS[one.kind])
        return self.write.seen(value, _KINDS[one.view]) if one.view else value

    def _source(self, at: int) -> Value:
        if at not in self._read:
            self._read[at] = self._load(_HELD[self.sources[at]], f"%s{at}", "%at")
        return self._read[at]

    def _set(self, out: Operand, value: Value) -> None:
        """Have *out* hold the value, in its own type."""
        if isinstance(out, Sink):
            self._written[out.at] = self.write.cast(value, BOOLEAN if self.sinks[out.at] == "b1" else _HELD[self.sinks[out.at]])
        else:
            value = self.write.cast(value, self._kind(out))
            self._registers[out.kind, out.at] = self.write.seen(value, _KINDS[out.kind]) if out.view else value

    # ---- what a program does to whole blocks

    def _look(self, _: Operand, peak: Peak) -> None:
        """Whether a number of this unit lies outside the range that is assumed."""
        source, span = self.program.checks[peak.at]
        number = self.write.cast(self._source(source), LONG)
        above = self.write.new(LONG, f"sub i64 {number.name}, {span.low}")
        outside = self.write.new(BOOLEAN, f"icmp ugt i64 {above.name}, {span.high - span.low}")
        self._beyond = self.write.new(LONG, f"or i64 {self._beyond.name}, {self.write.cast(outside, LONG).name}")

    def _tie(self, ties: Ties, operands: tuple[Operand, ...]) -> None:
        """As `sums` settles near ties, for one unit."""
        rests, bottoms, rest = ([self._value(one) for one in some] for some in ties.parted(operands))
        whole, undecided = operands[-2:]
        found, unsure = self.write.settled(rests, bottoms, *rest[:3])
        self._set(whole, found)
        self._set(undecided, self.write.done(np.logical_or, [rest[3], unsure], BOOLEAN))
