"""An impact as a workbook: a sheet each of the counts, the units, the edits, and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.compare.affected import Impact
from perfdsl.report import impact_lines as lines
from perfdsl.report.xlsx_list import Listed, workbook

_WIDTHS = {"单位": 28, lines.CODE: 22, "主要因为": 80, "改动": 80, "还要填的": 40, "文件": 40, "不能比较的原因": 60, "总的情况": 100}
_SUMMARY = ("总的情况",)


def write(impact: Impact) -> bytes:
    """The workbook: all units that were compared, those that lose most first."""
    return workbook(_sheets(impact), _WIDTHS, lines.NUMBERS)


def _sheets(impact: Impact) -> Iterator[Listed]:
    said = [lines.heading(impact), lines.counted(impact), *lines.crossings(impact), lines.method(impact), lines.to_fill(impact)]
    yield Listed("总的情况", _SUMMARY, [(text,) for text in said if text])
    yield _listed("各单位", lines.UNITS, [lines.unit_cells(impact, unit) for unit in impact.ranked])
    yield _listed("各处改动", lines.EDITS, lines.edit_cells(impact) if impact.units else [])
    yield _listed("等级分布", lines.GRADES, [(name, str(old), str(new)) for name, old, new in impact.grades])
    if impact.ranged:
        yield _listed("只有范围的", lines.RANGED, [lines.ranged_cells(one) for one in impact.ranged])
    if impact.uncompared:
        yield _listed("不能比较的", lines.LACKING, [lines.lacking_cells(one) for one in impact.uncompared])


def _listed(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Listed:
    return Listed(name, *lines.told(headings, rows))
