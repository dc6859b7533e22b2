"""`perfdsl goal` for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.goal.goals import Goals, Line
from perfdsl.report import goal_words as words
from perfdsl.report.columns import Column
from perfdsl.report.grid import GridRow, laid_out
from perfdsl.report.options import Options
from perfdsl.text import hang, legible, wrap

_COLUMNS = (Column("指标或数据", share=3), Column("现为", share=2), Column("要做到", share=4), Column("做到时", share=4))
_HELD = (Column("指标或数据", share=3), Column("本项最多得", right=True), Column("总分最多", right=True), Column("等级", share=1), Column("说明", share=3))
_FEW = 3
_NOTE = "「做到时」是离现在最近的那个值的结果。除不尽的界限取四位小数（评定得分取两位）、往里取，确切的值见 --format json。"


def write(answers: Sequence[Goals], options: Options) -> str:
    """Every unit: a table of what is possible, and below it in sentences what is not, what goes together and what is missing."""
    return "\n".join("".join(line.rstrip() + "\n" for line in _one(one, options)) for one in answers)


def _one(one: Goals, options: Options) -> Iterator[str]:
    def said(text: str) -> list[str]:
        return wrap(legible(text, options.ascii_only), options.width)

    if one.unit:
        yield from said(f"单位：{one.unit}")
    yield from said(words.heading(one))
    able = [line for line in one.lines if line.need.possible or line.need.maybe]
    free = [line for line in able if words.is_free(line.need)]
    told = [line for line in able if line not in free]
    if told:
        yield from laid_out(_COLUMNS, [GridRow(_cells(one, line)) for line in told], options.width, ascii_only=options.ascii_only)
        yield from said(_NOTE)
    for text in words.free(free):
        yield from said(text)
    yield from _unable(one, options)
    yield from _together(one, options)
    yield from _missing(one, options)


def _cells(one: Goals, line: Line) -> tuple[str, ...]:
    need = line.need
    where = words.where_text(need) if need.possible else f"{words.where_text(need, maybe=True)}（还要看未填的）"
    nearest = words.gives(one.ruleset, need.nearest) if need.nearest else ""
    return words.name_text(need), words.now_value(need), where, nearest


def _unable(one: Goals, options: Options) -> Iterator[str]:
    """In sentences where they are few, else in one table."""
    unable = [line for line in one.lines if not (line.need.possible or line.need.maybe)]
    if len(unable) > _FEW:
        yield from wrap(legible("下面各项单独做到最好也不够：", options.ascii_only), options.width)
        rows = [GridRow((words.name_text(line.need), *words.held(one, line))) for line in unable]
        yield from laid_out(_HELD, rows, options.width, ascii_only=options.ascii_only)
        return
    for line in unable:
        text = f"{words.name_text(line.need)}：{words.impossible(one, line)}"
        yield from hang("· ", legible(text, options.ascii_only), options.width)


def _together(one: Goals, options: Options) -> Iterator[str]:
    found = one.together
    if found is None:
        return
    yield ""
    yield from wrap(legible(words.together_heading(one.ruleset, one.aim.text, found), options.ascii_only), options.width)
    for number, combination in enumerate(found.found, 1):
        yield from hang(f"{number}. ", legible(words.combination_text(one.ruleset, combination), options.ascii_only), options.width)


def _missing(one: Goals, options: Options) -> Iterator[str]:
    if one.missing:
        yield ""
        yield "未填的（影响大的在前）："
    for number, missing in enumerate(one.missing, 1):
        yield from hang(f"{number}. ", legible(words.missing_text(one.ruleset, missing), options.ascii_only), options.width)
