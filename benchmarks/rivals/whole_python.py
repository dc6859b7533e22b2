"""CSV to CSV with nothing but Python's own library: `python -m benchmarks.rivals.whole_python IN OUT`."""

from __future__ import annotations

import csv
import sys

from benchmarks.rivals.python_one import one
from benchmarks.workload.shape import GRADES, ITEMS, NUMBERS, UNIT, WORD, WORDS


def main(source: str, out: str) -> None:
    words = {word: at for at, word in enumerate(WORDS)}
    with open(source, newline="", encoding="utf-8") as read, open(out, "w", newline="", encoding="utf-8") as write:
        rows, writer = csv.reader(read), csv.writer(write, lineterminator="\n")
        heading = next(rows)
        unit, word, places = heading.index(UNIT), heading.index(WORD), [heading.index(name) for name in NUMBERS]
        writer.writerow([UNIT, *(item.name for item in ITEMS), "总分", "等级"])
        for row in rows:
            *cents, grade = one(*[_scaled(row[at]) for at in places], words[row[word]])
            writer.writerow([row[unit], *[_points(cell) for cell in cents], GRADES[grade]])


def _scaled(text: str) -> int:
    """Ten-thousandths: most values have four places."""
    if text[-5:-4] == ".":
        return int(text[:-5] + text[-4:])
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(4, "0"))


def _points(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


if __name__ == "__main__":
    main(*sys.argv[1:])
