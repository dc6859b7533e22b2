"""An impact as CSV: a line for every unit, a column for every edit that acts on one."""

from __future__ import annotations

import csv
import io

from perfdsl.compare.affected import Impact, Share, UnitImpact
from perfdsl.harmless import harmless
from perfdsl.quantity import exact_text
from perfdsl.report.impact_lines import UNITS, edit_text


def write(impact: Impact) -> str:
    """Every unit that was compared, then those with a range and what is to be filled, then those that were not, with why."""
    rows = [[*UNITS[:-1], *(edit_text(impact, share) for share in impact.mean), "说明"]]
    rows += [[*_unit(one), *_parts(one, impact.mean), ""] for one in impact.units]
    rows += [[one.name, one.code, exact_text(one.old), f"{exact_text(one.low)} 至 {exact_text(one.high)}", "", one.old_grade or "", "或".join(one.grades),
              *[""] * len(impact.mean), f"还要填：{'、'.join(one.lacking)}"] for one in impact.ranged]
    rows += [[one.name, one.code, *[""] * (5 + len(impact.mean)), one.why] for one in impact.uncompared]
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _unit(one: UnitImpact) -> list[str]:
    return [one.name, one.code, exact_text(one.old), exact_text(one.new), exact_text(one.change), one.old_grade or "", one.new_grade or ""]


def _parts(one: UnitImpact, edits: tuple[Share, ...]) -> list[str]:
    parts = {share.edit: share.points for share in one.shares}
    return [exact_text(parts[edit.edit]) if edit.edit in parts else "0" for edit in edits]
