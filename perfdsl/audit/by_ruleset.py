"""A form judged by a ruleset: its rows are the ruleset's indicators by name, its budget block the data."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.audit import basis, execution
from perfdsl.audit.kinds import ERROR, REMARK, WARNING, finding
from perfdsl.audit.matched import facts_of, pairs_of
from perfdsl.audit.result import AuditRow, Finding
from perfdsl.audit.rows import execution_row, indicator_row, target_text
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import points_of, points_text, shown, squeezed, too_much
from perfdsl.diagnostics import Cell
from perfdsl.model.ruleset import Combiner, Indicator, Ruleset
from perfdsl.pipeline import Loaded
from perfdsl.quantity import exact_text
from perfdsl.score import scorecard
from perfdsl.score.deciding import deciding
from perfdsl.score.explain import because, lost_tail
from perfdsl.score.scorecard import Row, Scorecard, Status

_MATCHED = 3
"""One name of so many must be on both sides, or the ruleset is another form's."""

Judged = tuple[tuple[AuditRow, ...], list[Finding]]


def judged(sheet: Sheet, loaded: Loaded) -> Judged:
    """The rows with the ruleset's points, and where they differ from the claimed ones (A304, A305, A306, A005)."""
    ruleset = loaded.ruleset
    if ruleset is None:
        return (), []
    pairs = pairs_of(sheet, ruleset)
    facts, faults = facts_of(sheet, ruleset, pairs)
    card = scorecard(ruleset, facts, loaded.diagnostics, loaded.digest)
    rows = {row.indicator.path: row for row in card.rows}
    of = {id(item): rows[path] for path, item in pairs.items() if path in rows}
    lines = [(item, of.get(id(item))) for item in sheet.items]
    found = [*faults, *_unknown(sheet, ruleset, pairs), *(one for item, row in lines if row for one in _row(item, row, ruleset))]
    rate = next((row for row in card.rows if row.indicator.is_derived and "执行率" in row.indicator.name), None)
    made = (*_execution(sheet, rate), *(_line(item, row) for item, row in lines))
    return made, [*found, *_budget(sheet, rate, ruleset), *_total(sheet, card, ruleset)]


def _unknown(sheet: Sheet, ruleset: Ruleset, pairs: dict[str, Item]) -> list[Finding]:
    """A304: rows that the ruleset does not know, and indicators that the form lacks; one warning where hardly anything matches."""
    known = {id(item) for item in pairs.values()}
    strange = [item for item in sheet.items if id(item) not in known]
    lacking = [i.name for i in ruleset.indicators() if i.path not in pairs and not _from_budget(i)]
    if (wrong := _wrong(sheet, ruleset, pairs)) is not None:
        return [wrong]
    rows = [finding("A304", REMARK, item.title, item.row.name.cell, f"规则集「{ruleset.name}」里没有「{item.title}」这一项，没有核算", basis.RULESET)
            for item in strange]
    said = f"规则集「{ruleset.name}」有 {len(lacking)} 项表上没有：{_listed(lacking)}"
    return [*rows, *([finding("A304", REMARK, "", None, said, basis.RULESET)] if lacking else [])]


def _wrong(sheet: Sheet, ruleset: Ruleset, pairs: dict[str, Item]) -> Finding | None:
    """The warning where fewer than a third of the rows, or of the indicators where these are fewer, have one name."""
    every = [*ruleset.indicators()]
    own = [i for i in every if _from_budget(i) and sheet.total is not None and i.path not in pairs]
    found = [*(i.name for i in own), *(item.title for item in pairs.values())]
    most = min(len(sheet.items), len(every) - len(own)) + len(own)
    if len(found) * _MATCHED >= most:
        return None
    said = f"只对上 {len(found)} 项（{_listed(found)}）" if found else "一项也没有对上"
    return finding("A304", WARNING, "", None, f"规则集「{ruleset.name}」与表{said}，可能用错了规则集；其余各项没有核算", basis.RULESET)


def _listed(names: list[str]) -> str:
    return "、".join(f"「{name}」" for name in names)


def _from_budget(indicator: Indicator) -> bool:
    return indicator.is_derived and "执行率" in indicator.name


def _line(item: Item, row: Row | None) -> AuditRow:
    """The row with the ruleset's points; without points where the ruleset does not know it."""
    plain = indicator_row(item)
    score, how = (row.score, because(row)) if row and row.status is Status.SCORED else (None, "")
    return AuditRow(plain.name, plain.path, target_text(item), plain.actual, plain.weight, plain.claimed, score, plain.cell, how)


def _execution(sheet: Sheet, row: Row | None) -> tuple[AuditRow, ...]:
    total = sheet.total
    if total is None:
        return ()
    plain = execution_row(total)
    score = row.score if row and row.status is Status.SCORED else None
    return (AuditRow(plain.name, plain.path, plain.target, plain.actual, plain.weight, plain.claimed, score, plain.cell, because(row) if row else ""),)


def _row(item: Item, row: Row, ruleset: Ruleset) -> list[Finding]:
    claimed, weight = item.claimed.value, item.weight.value
    found: list[Finding] = []
    if weight is not None and weight != row.indicator.weight:
        found.append(finding("A305", WARNING, item.title, (item.row.weight or item.row.name).cell, f"分值写 {points_text(weight)}，"
                             f"规则集是 {points_text(row.indicator.weight)}", basis.RULESET))
    if claimed is not None:
        found += _claim(item.title, item.cell, claimed, row, ruleset)
    return found


def _claim(name: str, cell: Cell, claimed: Fraction, row: Row, ruleset: Ruleset) -> list[Finding]:
    """The claimed points against the ruleset's, or against their range where a reviewer gives them."""
    by = f"{basis.RULESET}「{ruleset.name}」"
    if row.status is Status.SCORED and row.score is not None:
        if row.score == claimed:
            return []
        return [finding("A305", ERROR, name, cell, f"自评 {points_text(claimed)}，应为 {points_text(row.score)}（{_formula(row)}），"
                        f"{too_much(claimed - row.score)}", by, claimed, row.score)]
    if row.status is Status.MANUAL and not row.low <= claimed <= row.high:
        return [finding("A305", ERROR, name, cell, f"自评 {points_text(claimed)}，规则集只允许 {exact_text(row.low)} 到 {exact_text(row.high)}", by, claimed)]
    if row.status is Status.MANUAL:
        return []
    return [finding("A306", REMARK, name, cell, f"自评 {points_text(claimed)}，规则集算不出这一项：{_why(row)}", by, claimed)]


def _formula(row: Row) -> str:
    """The arithmetic of the points alone."""
    if not row.parts:
        return deciding(row).partition("。")[0].removesuffix(lost_tail(row))
    parts = "、".join(f"{part.part.name} {exact_text(part.outcome.score)}" for part in row.parts if part.outcome.score is not None)
    return f"{len(row.parts)} 个分项按「{row.indicator.combiner.value if row.indicator.combiner else Combiner.MEAN.value}」合成：{parts}"


def _why(row: Row) -> str:
    return because(row).rstrip("。")


def _budget(sheet: Sheet, row: Row | None, ruleset: Ruleset) -> list[Finding]:
    total = sheet.total
    if total is None or row is None or total.score.value is None:
        return []
    return _claim(execution.NAME, total.cell, total.score.value, row, ruleset)


def _total(sheet: Sheet, card: Scorecard, ruleset: Ruleset) -> list[Finding]:
    """The printed total and grade against the ruleset's, where it has them."""
    said, by = sheet.printed, f"{basis.RULESET}「{ruleset.name}」"
    printed, score = points_of(said).value, card.total.score
    found = []
    if said is not None and printed is not None and score is not None and printed != score:
        found.append(finding("A305", ERROR, "总分", said.cell, f"总分写 {points_text(printed)}，按规则集是 {points_text(score)}，"
                             f"{too_much(printed - score)}", by, printed, score))
    grade = sheet.form.grade
    if grade is not None and card.total.grade and not squeezed(grade).startswith(card.total.grade):
        found.append(finding("A005", ERROR, "等级", grade.cell, f"等级写「{shown(grade)}」，按规则集是「{card.total.grade}」", by))
    return found
