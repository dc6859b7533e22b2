"""The footer of a Parquet file: Thrift's compact protocol, as far as footers use it, read and written without knowing their fields."""

from __future__ import annotations

from typing import Any

from perfdsl.record import record

STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(13)
Struct = dict[int, tuple[int, Any]]
"""Number of a field → its type and value, in the order of the file."""


@record
class Items:
    """A list: the type of its items, and they."""

    kind: int
    values: list[Any]


class Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def struct(self) -> Struct:
        fields: Struct = {}
        number = 0
        while (head := self._byte()) != STOP:
            step, kind = head >> 4, head & 15
            number = number + step if step else self._zigzag()
            fields[number] = kind, self._value(kind)
        return fields

    def _value(self, kind: int) -> Any:
        if kind in (TRUE, FALSE):
            return kind == TRUE
        if kind == STRUCT:
            return self.struct()
        if kind in (LIST, SET):
            return self._list()
        if kind in (I16, I32, I64):
            return self._zigzag()
        return self._bytes({BYTE: 1, DOUBLE: 8}.get(kind) or self._varint())

    def _list(self) -> Items:
        head = self._byte()
        size = head >> 4 if head >> 4 != 15 else self._varint()
        kind = head & 15
        return Items(kind, [self._byte() == TRUE if kind in (TRUE, FALSE) else self._value(kind) for _ in range(size)])

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def _zigzag(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)


def written(fields: Struct) -> bytes:
    out = bytearray()
    last = 0
    for number, (kind, value) in fields.items():
        wire = (TRUE if value else FALSE) if kind in (TRUE, FALSE) else kind
        if 0 < number - last <= 15:
            out.append((number - last) << 4 | wire)
        else:
            out.append(wire)
            out += _varint(_zigzag(number))
        out += b"" if kind in (TRUE, FALSE) else _value(kind, value)
        last = number
    out.append(STOP)
    return bytes(out)


def _value(kind: int, value: Any) -> bytes:
    if kind == STRUCT:
        return written(value)
    if kind in (LIST, SET):
        return _list(value)
    if kind in (I16, I32, I64):
        return _varint(_zigzag(value))
    return bytes(value) if kind in (BYTE, DOUBLE) else _varint(len(value)) + value


def _list(items: Items) -> bytes:
    size, kind = len(items.values), items.kind
    head = bytes([size << 4 | kind]) if size < 15 else bytes([0xF0 | kind]) + _varint(size)
    if kind in (TRUE, FALSE):
        return head + bytes(TRUE if value else FALSE for value in items.values)
    return head + b"".join(_value(kind, value) for value in items.values)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1
