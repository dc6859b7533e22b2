"""Plain Python over Decimals: multiplied before divided, the context's 28 digits."""

from __future__ import annotations

from benchmarks.rivals import python_numbers

prepare, score, digits = python_numbers.prepare_decimals, python_numbers.score, python_numbers.digits
