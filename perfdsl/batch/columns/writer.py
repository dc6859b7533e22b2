"""What all that writes trees into a program has."""

from __future__ import annotations

from perfdsl.batch.columns.numbers import Numbers
from perfdsl.batch.columns.program import Program
from perfdsl.batch.columns.tests import Tests


class Writer:
    """Writes into the program of its numbers."""

    def __init__(self, numbers: Numbers, tests: Tests) -> None:
        self.numbers, self.tests = numbers, tests
        self.program: Program = numbers.program
