"""Plain Python over Fractions: exact, whatever the values."""

from __future__ import annotations

from benchmarks.rivals import python_numbers

prepare, score, digits = python_numbers.prepare_fractions, python_numbers.score, python_numbers.digits
