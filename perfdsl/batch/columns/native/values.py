"""Values of one unit, and what is done with them, in LLVM's language."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from perfdsl.batch.columns.sums import WRAPS

FLOAT, INT, LONG, CHAR, BOOLEAN = "double", "i32", "i64", "i8", "i1"
_WIDTH = {BOOLEAN: 1, CHAR: 8, INT: 32, LONG: 64}
_Operation = Callable[..., Any]
_PLAIN: dict[_Operation, tuple[str, str]] = {
    np.add: ("fadd", "add"), np.subtract: ("fsub", "sub"), np.multiply: ("fmul", "mul"), np.divide: ("fdiv", ""), np.bitwise_and: ("", "and"),
    np.bitwise_xor: ("", "xor")}
"""Of floats and of whole numbers."""
_COMPARED: dict[_Operation, tuple[str, str]] = {
    np.less: ("olt", "slt"), np.less_equal: ("ole", "sle"), np.greater: ("ogt", "sgt"), np.greater_equal: ("oge", "sge"), np.equal: ("oeq", "eq")}
_CALLED: dict[_Operation, tuple[str, int]] = {
    np.floor: ("floor", 1), np.trunc: ("trunc", 1), np.rint: ("rint", 1), np.abs: ("fabs", 1), np.copysign: ("copysign", 2)}
"""With the number of arguments."""
_PICKED: dict[_Operation, str] = {  # of no number and a number the latter, as no number stands only where it is not picked
    np.minimum: "olt", np.fmin: "olt", np.maximum: "ogt", np.fmax: "ogt"}


class Unknown(Exception):  # noqa: N818  # no error: arrays do it
    """An operation that has no counterpart."""


class Value(NamedTuple):
    """`name` stands for a value of the type `kind`."""

    kind: str
    name: str


class Writer:
    """Lines of a loop's body; `asked` are the functions that they call, with the number of their arguments."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.asked: dict[str, int] = {}
        self._count = 0

    def new(self, kind: str, text: str) -> Value:
        """What *text* gives, under a name of its own."""
        made = Value(kind, f"%v{self._count}")
        self._count += 1
        self.lines.append(f" {made.name} = {text}")
        return made

    def number(self, value: bool | float) -> Value:
        """A number that is the same for all units; a whole one has no width of its own."""
        if isinstance(value, bool):
            return Value(BOOLEAN, str(int(value)))
        if isinstance(value, int):
            return Value("", str(value))
        (bits,) = struct.unpack("<Q", struct.pack("<d", value))
        return Value(FLOAT, f"0x{bits:016X}")

    def cast(self, value: Value, kind: str) -> Value:
        """The same number as another type; float64 is cut to whole numbers, and what does not fit becomes any number."""
        if value.kind == kind:
            return value
        if not value.kind:
            return self.number(float(value.name)) if kind == FLOAT else Value(kind, value.name)
        if value.kind == FLOAT:
            cut = self.new(kind, f"fptosi double {value.name} to {kind}")
            return self.new(kind, f"freeze {kind} {cut.name}")
        if kind == FLOAT:
            return self.new(FLOAT, f"{'ui' if value.kind == BOOLEAN else 'si'}tofp {value.kind} {value.name} to double")
        if kind == BOOLEAN:
            return self.new(BOOLEAN, f"icmp ne {value.kind} {value.name}, 0")
        wider = "trunc" if _WIDTH[kind] < _WIDTH[value.kind] else "zext" if value.kind == BOOLEAN else "sext"
        return self.new(kind, f"{wider} {value.kind} {value.name} to {kind}")

    def seen(self, value: Value, kind: str) -> Value:
        """The same bits as another type."""
        if value.kind == kind:
            return value
        if value.kind == BOOLEAN:
            return self.cast(value, kind)
        if {value.kind, kind} == {FLOAT, LONG}:
            return self.new(kind, f"bitcast {value.kind} {value.name} to {kind}")
        raise Unknown(kind)

    # ---- operations

    def done(self, operation: _Operation, values: Sequence[Value], kind: str) -> Value:
        """What an operation of arrays gives, for *kind* as the type of its result."""
        if operation in _COMPARED or operation in (np.logical_or, np.logical_and):
            return self._compared(operation, *values)
        if operation in _PLAIN:
            return self._plain(operation, *(self.cast(one, kind) for one in values))
        if operation in _CALLED:
            return self._called(*_CALLED[operation], [self.cast(one, FLOAT) for one in values])
        if operation in _PICKED:
            one, other = (self.cast(each, FLOAT) for each in values)
            asked = self.new(BOOLEAN, f"fcmp {_PICKED[operation]} double {one.name}, {other.name}")
            return self.new(FLOAT, f"select i1 {asked.name}, double {one.name}, double {other.name}")
        if operation is np.negative:
            (one,) = values
            return self.new(kind, f"fneg double {one.name}" if kind == FLOAT else f"sub {kind} 0, {self.cast(one, kind).name}")
        raise Unknown(operation)

    def _plain(self, operation: _Operation, one: Value, other: Value) -> Value:
        name = _PLAIN[operation][one.kind != FLOAT]
        if not name:
            raise Unknown(operation)
        return self.new(one.kind, f"{name} {one.kind} {one.name}, {other.name}")

    def _called(self, name: str, count: int, values: Sequence[Value]) -> Value:
        self.asked[name] = count
        return self.new(FLOAT, f"call double @llvm.{name}.f64({', '.join(f'double {one.name}' for one in values)})")

    def _compared(self, operation: _Operation, one: Value, other: Value) -> Value:
        if BOOLEAN in (one.kind, other.kind):
            return self._of_masks(operation, *(self.cast(each, BOOLEAN) for each in (one, other)))
        floats = FLOAT in (one.kind, other.kind)
        kind = FLOAT if floats else max((each.kind for each in (one, other) if each.kind), key=lambda each: _WIDTH[each])
        left, right = self.cast(one, kind), self.cast(other, kind)
        return self.new(BOOLEAN, f"{'fcmp' if floats else 'icmp'} {_COMPARED[operation][not floats]} {kind} {left.name}, {right.name}")

    def _of_masks(self, operation: _Operation, one: Value, other: Value) -> Value:
        if operation is np.logical_or:
            return self.new(BOOLEAN, f"or i1 {one.name}, {other.name}")
        if operation is np.logical_and:
            return self.new(BOOLEAN, f"and i1 {one.name}, {other.name}")
        if operation in (np.greater, np.less):
            one, other = (one, other) if operation is np.greater else (other, one)
            return self.new(BOOLEAN, f"and i1 {one.name}, {self.turned(other).name}")
        if operation is np.less_equal:
            return self.new(BOOLEAN, f"or i1 {self.turned(one).name}, {other.name}")
        raise Unknown(operation)

    def turned(self, mask: Value) -> Value:
        """Where the mask does not hold."""
        return self.new(BOOLEAN, f"xor i1 {mask.name}, 1")

    # ---- near ties

    def settled(self, rests: Sequence[Value], bottoms: Sequence[Value], nearest: Value, near: Value, whole: Value) -> tuple[Value, Value]:
        """As `sums._ties`: *whole* settled where *near*, and where it cannot be told."""
        product = self._product(bottoms)
        wraps = self.new(BOOLEAN, f"fcmp oge double {product.name}, {self.number(WRAPS).name}")
        below = self.new(BOOLEAN, f"icmp slt i64 {self._determinant(rests, bottoms, nearest).name}, 0")
        reached = self.done(np.subtract, [nearest, self.cast(below, FLOAT)], FLOAT)
        found = self.new(FLOAT, f"select i1 {near.name}, double {reached.name}, double {whole.name}")
        return found, self.new(BOOLEAN, f"and i1 {near.name}, {wraps.name}")

    def _product(self, values: Sequence[Value]) -> Value:
        made = values[0]
        for one in values[1:]:
            made = self.done(np.multiply, [made, one], FLOAT)
        return made

    def _determinant(self, rests: Sequence[Value], bottoms: Sequence[Value], nearest: Value) -> Value:
        """Σ 2·rᵢ·Πⱼ≠ᵢdⱼ − (2·nearest − 1)·Πdⱼ modulo 2⁶⁴."""
        tops, lows = ([self.cast(one, LONG) for one in several] for several in (rests, bottoms))
        top, bottom = tops[0], lows[0]
        for rest, low in zip(tops[1:], lows[1:], strict=True):
            top = self._of_longs("add", self._of_longs("mul", top, low), self._of_longs("mul", rest, bottom))
            bottom = self._of_longs("mul", bottom, low)
        two, one = Value(LONG, "2"), Value(LONG, "1")
        odd = self._of_longs("sub", self._of_longs("mul", self.cast(nearest, LONG), two), one)
        return self._of_longs("sub", self._of_longs("mul", top, two), self._of_longs("mul", bottom, odd))

    def _of_longs(self, operation: str, one: Value, other: Value) -> Value:
        return self.new(LONG, f"{operation} i64 {one.name}, {other.name}")
