"""Plain decimals of a column of texts by machine code, byte by byte: what `digits` does with arrays, in a tenth of the time.

It is made once so many texts have come that this pays; until then, and where llvmlite is not installed, there is none.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from perfdsl.batch import machine
from perfdsl.batch.reading.digits import Plain, texts_of

if TYPE_CHECKING:
    from perfdsl.batch.machine import Machine

PAYS = 2**22
"""Texts after which it is made: about as many as arrays read while it is being made."""
MOST_DIGITS = 18
"""So many always fit into 64 bits."""

_TEXT = """
define i64 @decimals(i64 %n, ptr noalias %offsets, ptr noalias %data, ptr noalias %units, ptr noalias %places, ptr noalias %ok) {
entry:
 br label %text
text:
 %i = phi i64 [0, %entry], [%next, %told]
 %failed = phi i64 [0, %entry], [%failures, %told]
 %from = getelementptr i64, ptr %offsets, i64 %i
 %start = load i64, ptr %from
 %next = add nuw nsw i64 %i, 1
 %to = getelementptr i64, ptr %offsets, i64 %next
 %end = load i64, ptr %to
 %length = sub i64 %end, %start
 %empty = icmp slt i64 %length, 1
 br i1 %empty, label %bad, label %head
head:
 %firstat = getelementptr i8, ptr %data, i64 %start
 %first = load i8, ptr %firstat
 %minus = icmp eq i8 %first, 45
 %sign = zext i1 %minus to i64
 %begin = add i64 %start, %sign
 %left = sub i64 %length, %sign
 %none = icmp slt i64 %left, 1
 %long = icmp sgt i64 %left, 19
 %wrong = or i1 %none, %long
 br i1 %wrong, label %bad, label %byte
byte:
 %k = phi i64 [%begin, %head], [%k1, %more]
 %value = phi i64 [0, %head], [%value1, %more]
 %dot = phi i64 [-1, %head], [%dot1, %more]
 %at = getelementptr i8, ptr %data, i64 %k
 %char = load i8, ptr %at
 %digit = sub i8 %char, 48
 %isdigit = icmp ult i8 %digit, 10
 br i1 %isdigit, label %number, label %other
number:
 %wide = zext i8 %digit to i64
 %ten = mul i64 %value, 10
 %sum = add i64 %ten, %wide
 br label %more
other:
 %isdot = icmp eq i8 %char, 46
 %nodot = icmp eq i64 %dot, -1
 %inside = icmp ne i64 %k, %begin
 %two = and i1 %isdot, %nodot
 %fine = and i1 %two, %inside
 br i1 %fine, label %more, label %bad
more:
 %value1 = phi i64 [%sum, %number], [%value, %other]
 %dot1 = phi i64 [%dot, %number], [%k, %other]
 %k1 = add i64 %k, 1
 %over = icmp eq i64 %k1, %end
 br i1 %over, label %whole, label %byte
whole:
 %has = icmp ne i64 %dot1, -1
 %behind = sub i64 %end, %dot1
 %count = sub i64 %behind, 1
 %shown = select i1 %has, i64 %count, i64 0
 %lastdot = icmp eq i64 %behind, 1
 %undotted = xor i1 %has, 1
 %full = icmp eq i64 %left, 19
 %toomany = and i1 %full, %undotted
 %odd = or i1 %lastdot, %toomany
 br i1 %odd, label %bad, label %good
good:
 %negated = sub i64 0, %value1
 %signed = select i1 %minus, i64 %negated, i64 %value1
 br label %told
bad:
 br label %told
told:
 %unit = phi i64 [%signed, %good], [0, %bad]
 %place = phi i64 [%shown, %good], [0, %bad]
 %fit = phi i8 [1, %good], [0, %bad]
 %failure = phi i64 [0, %good], [1, %bad]
 %failures = add i64 %failed, %failure
 %u = getelementptr i64, ptr %units, i64 %i
 store i64 %unit, ptr %u
 %short = trunc i64 %place to i8
 %p = getelementptr i8, ptr %places, i64 %i
 store i8 %short, ptr %p
 %o = getelementptr i8, ptr %ok, i64 %i
 store i8 %fit, ptr %o
 %done = icmp eq i64 %next, %n
 br i1 %done, label %out, label %text
out:
 ret i64 %failures
}
"""


class _Met:
    """How many texts have come."""

    def __init__(self) -> None:
        self.texts = 0
        self._lock = Lock()

    def more(self, texts: int) -> bool:
        """Whether machine code pays by now."""
        self.texts += texts
        return self.texts > PAYS

    def made(self) -> Machine | None:
        with self._lock:
            return _made()


_MET = _Met()


@cache
def _made() -> Machine | None:
    """None where llvmlite is not there, or does not work on this machine: then arrays go on."""
    try:
        return machine.Machine(_TEXT, "decimals", 1, 5) if machine.is_there() else None
    except Exception:  # noqa: BLE001  # whatever it is, what is read does not hang on it
        return None


def plain(texts: Any) -> Plain | None:
    """As `digits.plain`, also of up to `MOST_DIGITS` digits; None as long as there is no machine code."""
    size = len(texts)
    if not _MET.more(size) or (made := _MET.made()) is None:
        return None
    offsets, data = texts_of(texts)
    found = Plain(np.empty(size, np.int64), np.empty(size, np.uint8), np.empty(size, np.bool_))
    arrays = (np.ascontiguousarray(offsets), np.ascontiguousarray(data), found.units, found.places, found.ok)
    if size:
        made.call(size, *(one.ctypes.data for one in arrays))
    return found
