"""The generated half of a shape's page: its regulations, the rules that they became, the scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from manual_cases import Case, cases, examples

from perfdsl.record import record

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "manual"
MARK = "<!-- 以下由 pytest tests/manual --golden-update 从 tests/worked 写出，不要手改 -->\n"
PAGES = {
    "A": "a-ratio", "B": "b-execution", "C": "c-bands", "D": "d-qualitative", "E": "e-deductions", "F": "f-formulas",
    "G": "g-over", "H": "h-conditions", "I": "i-not-applicable", "J": "j-interpolation", "K": "k-structure",
    "L": "l-totals", "M": "m-dates",
}
_SOURCE = re.compile(r"S\d+|seed")
_SHORT = 24
_FEW = 3


@record
class Entry:
    """One regulation: its words, and the numbers of the examples that apply it."""

    rule: str
    numbers: tuple[str, ...]


def page_of(shape: str) -> Path:
    return MANUAL / f"{PAGES[shape]}.md"


def generated(shape: str) -> str:
    """All that stands below the mark."""
    entries = _entries(shape)
    written = [entry for entry in entries if _of(entry)]
    parts = ["", *(text for entry in written for text in _entry(entry)), *_unwritten(shape)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _entries(shape: str) -> list[Entry]:
    """The shape's examples by regulation; 同上 goes on with the one before."""
    found: list[Entry] = []
    for number, example in examples().items():
        if not example["shape"].startswith(shape):
            continue
        if example["rule"].startswith("同上") and found:
            found[-1] = Entry(found[-1].rule, (*found[-1].numbers, number))
        else:
            found.append(Entry(example["rule"], (number,)))
    return found


def _of(entry: Entry) -> list[Case]:
    return [case for number in entry.numbers for case in cases() if case.number == number]


def _unwritten(shape: str) -> Iterator[str]:
    left = [e for n, e in examples().items() if e["shape"].startswith(shape) and all(c.number != n for c in cases())]
    if left:
        yield from ("## 还不能写成规则的", "")
        yield from (f"- {e['id']}：{e['rule']}（{e['inputs']}，应得 {e['expected']}）" for e in left)


# ---- one regulation


def _entry(entry: Entry) -> Iterator[str]:
    numbers = [n for n in entry.numbers if any(case.number == n for case in cases())]
    yield from (f"## {_title(entry.rule)}（{_span(numbers)}）", "")
    yield from (f"> 条文（摘）：{entry.rule}", ">", f"> 出处：{_sources(numbers)}", "")
    for group in _groups(_of(entry)):
        yield from _readings(group) if len(group) > 1 else _single(group[0])


def _title(rule: str) -> str:
    """The first clause of the regulation."""
    first = re.split(r"[;；。]|[,，](?!\d)(?![^\[(]*[\])])", rule)[0]
    return first if len(first) <= _SHORT else first[:_SHORT] + "…"


def _span(numbers: Sequence[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}" if len(numbers) > 2 else "、".join(numbers)


@cache
def _named_sources() -> dict[str, str]:
    """The rows of docs/sources.md: number → what it is, in a few words."""
    rows = re.findall(r"^\| (S\d+|seed) \| (.*) \|$", (ROOT / "docs" / "sources.md").read_text(encoding="utf-8"), re.M)
    return {number: _place(text) for number, text in rows}


def _place(text: str) -> str:
    words = re.search(r"\(([^()]*)\)\s*$", text)
    host = re.match(r"https?://([^/]+)", text)
    place = words[1].partition(";")[0] if words else host[1] if host else text
    return place + ("（出处未定位）" if text.startswith("id") else "")


def _sources(numbers: Sequence[str]) -> str:
    found = dict.fromkeys(s for n in numbers for s in _SOURCE.findall(examples()[n]["source"]))
    named = [f"[{s}](../sources.md) {_named_sources().get(s, '')}".strip() for s in found]
    return "；".join(named)


# ---- its rules


def _groups(found: list[Case]) -> list[list[list[Case]]]:
    """Cases with equal rules make a reading; readings of one example make a group."""
    readings: dict[str, list[Case]] = {}
    for case in found:
        readings.setdefault(case.rules, []).append(case)
    groups: list[list[list[Case]]] = []
    for reading in readings.values():
        numbers = {case.number for case in reading}
        home = next((g for g in groups if numbers & {case.number for r in g for case in r}), None)
        if home is None:
            groups.append([reading])
        else:
            home.append(reading)
    return groups


def _single(reading: list[Case]) -> Iterator[str]:
    yield from _block(reading)
    yield from _results(reading)


def _block(reading: list[Case]) -> Iterator[str]:
    yield from ("```perf", reading[0].rules, *dict.fromkeys(case.tests for case in reading if case.tests), "```", "")
    for data in dict.fromkeys(case.data for case in reading if case.data):
        heading, _, rows = data.partition("\n")
        yield from (f"{heading.strip('= ')}：", "", "```text", rows, "```", "")


def _results(reading: list[Case]) -> Iterator[str]:
    yield from (f"- {line}" for line in dict.fromkeys(line for case in reading for line in case.said))
    yield ""


def _readings(group: list[list[Case]]) -> Iterator[str]:
    shared = _shared(group)
    names = _names([next(case.words for case in reading if case.number in shared) for reading in group])
    others = [_different(reading, group[0] if at else group[1]) for at, reading in enumerate(group)]
    yield from ("### 这段文字有几种读法", "", "| 读法 | 写法 | 得分 |", "|---|---|---|")
    for name, reading, lines in zip(names, group, others, strict=True):
        clauses = "<br>".join(f"`{line.strip()}`" for line in lines) if 0 < len(lines) <= _FEW else "见下"
        yield f"| {name} | {clauses} | {_points(reading, shared)} |"
    yield ""
    for at, (name, reading) in enumerate(zip(names, group, strict=True)):
        yield from (f"**{name}**", "")
        yield from _block(reading) if at == 0 or not 0 < len(others[at]) <= _FEW else ()
        yield from _results(reading)


def _shared(group: list[list[Case]]) -> set[str]:
    """The examples that more than one reading scores."""
    numbers = [number for reading in group for number in {case.number for case in reading}]
    return {number for number in numbers if numbers.count(number) > 1}


def _names(words: list[str]) -> list[str]:
    """What tells the readings apart: their words without the clauses that all begin with."""
    clauses = [re.split(r"(?<=[；，：])", text) for text in words]
    same = 0
    while all(len(c) > same + 1 for c in clauses) and len({c[same] for c in clauses}) == 1:
        same += 1
    return ["".join(c[same:]).strip() for c in clauses]


def _different(reading: list[Case], other: list[Case]) -> list[str]:
    """The lines of a reading that the other one lacks."""
    known = set(other[0].rules.split("\n"))
    return [line for line in reading[0].rules.split("\n") if line not in known]


def _points(reading: list[Case], numbers: set[str]) -> str:
    lines = [(case.number, line) for case in reading if case.number in numbers for line in case.said]
    scores = [(number, found[1]) for number, line in lines if (found := re.search(r"\*\*(.*?)\*\*", line))]
    return "；".join(dict.fromkeys(f"{number} {points}" for number, points in scores))
