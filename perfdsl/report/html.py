"""One printable page: no scripts, nothing loaded from elsewhere, every word of the user escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape

from perfdsl.diagnostics import Diagnostic
from perfdsl.quantity import decimal_text
from perfdsl.report.form import Line, first_level, in_form_order, points, sections
from perfdsl.report.html_parts import bar, budget
from perfdsl.report.html_parts import tag as _tag
from perfdsl.report.html_ranking import summary
from perfdsl.report.html_style import CSS
from perfdsl.report.options import Options
from perfdsl.report.totals import grade_text, group_title, subtotal, title, total_sentence, total_text, unit_line
from perfdsl.score import overview
from perfdsl.score.scorecard import Row, Scorecard

_HEADINGS = ("一级指标", "二级指标", "指标", "年度指标值", "实际完成值", "完成率", "分值", "得分", "偏差与说明")


def write(cards: Sequence[Scorecard], options: Options) -> str:
    """The page: one section a unit, or the ranked units, and what was found wrong for all of them."""
    parts = summary(cards) if options.summary else (_card(card) for card in cards)
    heading = title(cards[0]) if cards else "绩效自评"
    body = "\n".join([*parts, *_problems("发现的问题", options.findings)])
    return (f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(heading)}</title>\n<style>{CSS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n")


def _card(card: Scorecard) -> str:
    above = [*_verdict(card), *budget(card), '<div class="sides">', *_bars(card), *_lost(card), "</div>"]
    parts = [_tag("h1", title(card)), _tag("p", unit_line(card), "unit"), *above,
             _tag("h2", "评分表"), _table(card), *_reasons(card), _sign(), _tag("p", overview.identity(card), "id"),
             *_problems("本单位的问题", card.diagnostics)]
    return '<section class="card">\n' + "\n".join(parts) + "\n</section>"


def _verdict(card: Scorecard) -> Iterator[str]:
    grade = grade_text(card)
    shown = _tag("span", f"等级 {grade}", "grade") if grade else ""
    yield f'<p>总分 {_tag("span", total_sentence(card), "big")}{shown}</p>'
    yield from (_tag("p", text, "alert" if text.startswith("预警：") else "") for text in overview.total_line(card))


def _bars(card: Scorecard) -> Iterator[str]:
    """A bar for each 一级指标: full width is its weight; what stands outside the total has none."""
    names = list(dict.fromkeys(first_level(row) for row in in_form_order(card)))
    yield f'<div>{_tag("h2", "各一级指标得分")}<div class="bars">' + "".join(_bar(card, name) for name in names) + "</div></div>"


def _bar(card: Scorecard, name: str) -> str:
    rows = [row for row in card.rows if first_level(row) == name]
    weight = sum((row.indicator.weight for row in rows), Fraction(0))
    low, high = sum((row.low for row in rows), Fraction(0)), sum((row.high for row in rows), Fraction(0))
    drawn = bar(name, weight, (high, "#b9d3e6"), (low, "#2f6f9f")) if weight > 0 else "<span></span>"
    numbers = " / ".join(text for text in reversed(subtotal(card, name)) if text)
    return _tag("span", group_title(card, name) or "其他") + drawn + _tag("span", numbers, "n")


def _table(card: Scorecard) -> str:
    head = "".join(_tag("th", heading) for heading in _HEADINGS)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(_rows(card)) + "\n</tbody>\n</table>"


def _rows(card: Scorecard) -> Iterator[str]:
    """The lines; a cell of the levels spans all that stand under it."""
    whole = sections(card)
    above = None
    for at, section in enumerate(whole):
        levels = _spanning(section.second, len(section.lines))
        if section.first != above:
            under = [s for s in whole[at:] if s.first == section.first]
            levels = _spanning(group_title(card, section.first), sum(len(s.lines) for s in under)) + levels
        for number, line in enumerate(section.lines):
            yield f'<tr class="{_state(line)}">{levels if number == 0 else ""}{_cells(line)}</tr>'
        above = section.first
    score = total_text(card) if card.total.score is not None else "待定"
    yield (f'<tr class="total"><td colspan="6">总分</td>{_tag("td", decimal_text(card.total.weight), "n")}'
           f'{_tag("td", score, "n score")}{_tag("td", grade_text(card))}</tr>')


def _spanning(text: str, rows: int) -> str:
    return f'<td rowspan="{rows}">{escape(text)}</td>'


def _state(line: Line) -> str:
    if line.row is None:
        return "part"
    return "open" if line.row.lost is None else "short" if line.row.lost > 0 else "full"


def _cells(line: Line) -> str:
    left = _tag("td", line.name, "name") + _tag("td", line.target) + _tag("td", line.actual)
    numbers = _tag("td", line.rate, "n") + _tag("td", line.weight, "n") + _tag("td", line.score, "n score")
    return left + numbers + _tag("td", line.note)


def _lost(card: Scorecard) -> Iterator[str]:
    """The rows that lost points, the most first, each with a bar: full width is the greatest loss."""
    rows = overview.lost_points(card)
    if rows:
        most = rows[0].lost or Fraction(0)
        lines = "".join(_lost_line(card, row, at, most) for at, row in enumerate(rows, 1))
        yield f'<div>{_tag("h2", "失分排序")}<div class="bars">{lines}</div></div>'


def _lost_line(card: Scorecard, row: Row, at: int, most: Fraction) -> str:
    lost = row.lost or Fraction(0)
    weight = "" if row.indicator.outside else f"（分值 {decimal_text(row.indicator.weight)}分）"
    words = f"{'扣' if row.indicator.outside else '失'} {points(card, lost)}分{weight}"
    return _tag("span", f"{at}. {row.indicator.name}") + bar(row.indicator.name, most, (lost, "#c0392b")) + _tag("span", words, "n")


def _reasons(card: Scorecard) -> Iterator[str]:
    reasons = overview.explanation(card)
    if reasons:
        yield _tag("h2", "偏差说明")
        yield "<ol>" + "".join(_tag("li", text) for text in reasons) + "</ol>"


def _problems(heading: str, found: Sequence[Diagnostic]) -> Iterator[str]:
    if found:
        listed = "".join(_tag("li", _problem(d), d.severity.value) for d in found)
        yield f'<div class="problems">{_tag("h2", heading)}<ul>{listed}</ul></div>'


def _problem(d: Diagnostic) -> str:
    place = f"（{d.place}）" if d.place else ""
    return f"{d.severity.chinese} {d.code} {d.message}{place}" + (f" 提示：{d.hint}" if d.hint else "")


def _sign() -> str:
    return ('<p class="sign"><span>填报人：</span><span>单位负责人：</span><span>单位（盖章）：</span>'
            '<span>填报日期：　　年　　月　　日</span></p>')
