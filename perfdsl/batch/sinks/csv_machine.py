"""The rows of a record batch as lines of CSV, by machine code: what `csv_cells.lines` makes, in a fraction of the time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from perfdsl.batch.block import Integers
from perfdsl.batch.machine import Awaited, table_of
from perfdsl.batch.reading.digits import texts_of
from perfdsl.batch.sinks.csv_cells import cells, said
from perfdsl.record import record

PAYS = 1 << 16
"""Rows after which it is made: Arrow writes some more while it is being made, and the next run has it from the start."""
LOOKS = 1 << 14
"""Rows after which one is looked for that an earlier run has made."""
_POWERS = np.array([10**n for n in range(19)], np.int64)
_LONGEST = 20
"""Characters of a number of 18 digits."""
_TEXT = -1

_CODE = """
define i64 @lines(i64 %rows, i64 %width, ptr noalias %places, ptr noalias %values, ptr noalias %besides, ptr noalias %texts,
                  ptr noalias %powers, ptr noalias %out) {
entry:
 br label %row
row:
 %r = phi i64 [0, %entry], [%r1, %rowend]
 %o = phi i64 [0, %entry], [%o4, %rowend]
 %over = icmp eq i64 %r, %rows
 br i1 %over, label %end, label %cell
cell:
 %c = phi i64 [0, %row], [%c1, %after]
 %o0 = phi i64 [%o, %row], [%o2, %after]
 %pat = getelementptr i64, ptr %places, i64 %c
 %p = load i64, ptr %pat
 %vat = getelementptr ptr, ptr %values, i64 %c
 %v = load ptr, ptr %vat
 %bat = getelementptr ptr, ptr %besides, i64 %c
 %b = load ptr, ptr %bat
 %isnumber = icmp sge i64 %p, 0
 br i1 %isnumber, label %number, label %text
number:
 %flagat = getelementptr i8, ptr %b, i64 %r
 %flag = load i8, ptr %flagat
 %given = icmp ne i8 %flag, 0
 br i1 %given, label %written, label %after
written:
 %uat = getelementptr i64, ptr %v, i64 %r
 %signed = load i64, ptr %uat
 %negative = icmp slt i64 %signed, 0
 %opposite = sub i64 0, %signed
 %unsigned = select i1 %negative, i64 %opposite, i64 %signed
 %minusat = getelementptr i8, ptr %out, i64 %o0
 store i8 45, ptr %minusat
 %sign = zext i1 %negative to i64
 %first = add i64 %o0, %sign
 %least = add i64 %p, 1
 br label %counted
counted:
 %n = phi i64 [%least, %written], [%n1, %counted]
 %powerat = getelementptr i64, ptr %powers, i64 %n
 %power = load i64, ptr %powerat
 %n1 = add i64 %n, 1
 %enough = icmp ult i64 %unsigned, %power
 br i1 %enough, label %placed, label %counted
placed:
 %dotted = icmp ne i64 %p, 0
 %dot = zext i1 %dotted to i64
 %all = add i64 %n, %dot
 %behind = add i64 %first, %all
 %lastat = sub i64 %behind, 1
 br label %digit
digit:
 %k = phi i64 [0, %placed], [%k1, %digitend]
 %left = phi i64 [%unsigned, %placed], [%left1, %digitend]
 %at = phi i64 [%lastat, %placed], [%at2, %digitend]
 %left1 = udiv i64 %left, 10
 %back = mul i64 %left1, 10
 %unit = sub i64 %left, %back
 %narrow = trunc i64 %unit to i8
 %char = add i8 %narrow, 48
 %charat = getelementptr i8, ptr %out, i64 %at
 store i8 %char, ptr %charat
 %k1 = add i64 %k, 1
 %at1 = sub i64 %at, 1
 %isdot = icmp eq i64 %k1, %p
 br i1 %isdot, label %point, label %digitend
point:
 %pointat = getelementptr i8, ptr %out, i64 %at1
 store i8 46, ptr %pointat
 %at3 = sub i64 %at1, 1
 br label %digitend
digitend:
 %at2 = phi i64 [%at1, %digit], [%at3, %point]
 %done = icmp eq i64 %k1, %n
 br i1 %done, label %after, label %digit
text:
 %codeat = getelementptr i32, ptr %v, i64 %r
 %code32 = load i32, ptr %codeat
 %code = sext i32 %code32 to i64
 %nothing = icmp slt i64 %code, 0
 br i1 %nothing, label %after, label %some
some:
 %tat = getelementptr ptr, ptr %texts, i64 %c
 %t = load ptr, ptr %tat
 %fromat = getelementptr i64, ptr %b, i64 %code
 %from = load i64, ptr %fromat
 %codenext = add i64 %code, 1
 %toat = getelementptr i64, ptr %b, i64 %codenext
 %to = load i64, ptr %toat
 br label %letter
letter:
 %s = phi i64 [%from, %some], [%s1, %copied]
 %d = phi i64 [%o0, %some], [%d1, %copied]
 %stop = icmp eq i64 %s, %to
 br i1 %stop, label %after, label %copied
copied:
 %sat = getelementptr i8, ptr %t, i64 %s
 %let = load i8, ptr %sat
 %dat = getelementptr i8, ptr %out, i64 %d
 store i8 %let, ptr %dat
 %s1 = add i64 %s, 1
 %d1 = add i64 %d, 1
 br label %letter
after:
 %o1 = phi i64 [%o0, %number], [%behind, %digitend], [%o0, %text], [%d, %letter]
 %c1 = add i64 %c, 1
 %commaat = getelementptr i8, ptr %out, i64 %o1
 store i8 44, ptr %commaat
 %o2 = add i64 %o1, 1
 %last = icmp eq i64 %c1, %width
 br i1 %last, label %rowend, label %cell
rowend:
 store i8 13, ptr %commaat
 %lineat = getelementptr i8, ptr %out, i64 %o2
 store i8 10, ptr %lineat
 %o4 = add i64 %o2, 1
 %r1 = add i64 %r, 1
 br label %row
end:
 ret i64 %o
}
"""
_MACHINE = Awaited(_CODE, "lines", 2, 6, LOOKS, PAYS)


@record
class _Column:
    """Numbers of `places` decimals and which are given; or (`places` below 0) which text stands where, where the texts begin, their bytes."""

    places: int
    values: Any
    beside: Any
    texts: Any
    room: int


def lines(batch: Any) -> memoryview | None:
    """As `csv_cells.lines`; None where there is no machine code (yet)."""
    made = _MACHINE.after(batch.num_rows)
    if made is None:
        return None
    columns = [_column(column) for column in batch.columns]
    out = np.empty(sum(one.room for one in columns) + batch.num_rows * (len(columns) + 1) + 1, np.uint8)
    places = np.array([one.places for one in columns], np.int64)
    tables = [table_of(arrays) for arrays in zip(*((one.values, one.beside, one.texts) for one in columns), strict=True)]
    size = made.call(batch.num_rows, len(columns), places.ctypes.data, *tables, _POWERS.ctypes.data, out.ctypes.data)
    return out[:size].data


def _column(column: Any) -> _Column:
    kind, rows = column.type, len(column)
    if pa.types.is_decimal64(kind):
        units = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + rows]
        given = np.ones(rows, np.uint8) if not column.null_count else column.is_valid().to_numpy(zero_copy_only=False).astype(np.uint8)
        return _Column(kind.scale, units, given, given, _LONGEST * rows)
    if pa.types.is_dictionary(kind):
        return _of_texts(_codes(column.indices), said(column.dictionary))
    texts = cells(column)
    return _of_texts(np.where(texts.is_valid(), np.arange(rows, dtype=np.int32), np.int32(-1)), texts)


def _codes(indices: Any) -> Any:
    """-1 where there is none."""
    return indices.fill_null(-1).to_numpy() if indices.null_count else indices.to_numpy()


def _of_texts(codes: Any, texts: Any) -> _Column:
    offsets, data = texts_of(texts)
    sizes: Integers = np.diff(offsets)
    return _Column(_TEXT, np.ascontiguousarray(codes, np.int32), offsets, data, int(sizes[codes[codes >= 0]].sum()))
