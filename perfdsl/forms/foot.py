"""The foot of a form: notes, stamp and signature lines, and the grade that stands among them."""

from __future__ import annotations

import re

from perfdsl.forms.form import Said
from perfdsl.forms.grid import GridCell
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import LONGEST, bare, plain

_NOTE = re.compile("^(注|备注|说明|填表说明|填报说明|其他需要说明|需要说明|其他说明|评价结论|自评结论|存在问题|存在的问题|改进措施"
                   "|主要经验|相关建议|有关建议|下一步|问题|结论|情况说明)|^[*※]|(审核|主管部门|财政部门|单位)意见$")
_GRADE_LINE = re.compile(r"(?:^|\n)\s*(?:(?:自评|评价|评定|绩效)?(?:等级|等次|级别|结果)\s*[:：为是]?\s*)?"
                         r"[“「]?(优秀|优|良好|良|中等|中|合格|不合格|较差|差)[”」]?\s*(?=\n|$)")
_GRADE_LABEL = re.compile("等级|等次|评级|级别")


def is_note(text: str) -> bool:
    return _NOTE.search(plain(text)) is not None


def is_note_row(line: list[GridCell]) -> bool:
    """Whether a row is for remarks: it begins with a word of them."""
    return 0 < len(line) <= 2 and line[0].column == 0 and is_note(line[0].text)


def notes(stretch: Stretch, rows: list[int]) -> list[Said]:
    """All cells of the rows that begin with a word of remarks."""
    return [stretch.take(cell) for row in rows if is_note_row(stretch.line(row)) for cell in stretch.line(row)]


def grade(particulars: tuple[tuple[str, Said], ...], remarks: tuple[Said, ...]) -> Said | None:
    """The grade the form gives itself: beside a label, or alone in a line of its remarks."""
    beside = next((said for label, said in particulars if _GRADE_LABEL.search(bare(label))), None)
    if beside is not None:
        return beside
    found = ((said, match) for said in remarks if (match := _GRADE_LINE.search(said.text[:LONGEST])) is not None)
    return next((Said(match[1], said.cell) for said, match in found), None)
