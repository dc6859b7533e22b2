"""Many audits in figures: by kind of finding, and by unit, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from perfdsl.audit.kinds import KINDS, REMARK, finding
from perfdsl.audit.result import Audit
from perfdsl.audit.texts import shown, squeezed
from perfdsl.diagnostics import Severity
from perfdsl.record import changed, record


@record
class KindLine:
    """How often a code was found, and in how many forms."""

    code: str
    kind: str
    title: str
    found: int
    forms: int


@record
class UnitLine:
    """One unit: its forms, errors, warnings and remarks, and the points that its rows claim too much."""

    name: str
    key: str
    files: tuple[str, ...]
    errors: int
    warnings: int
    remarks: int
    too_much: Fraction


def name_of(audit: Audit) -> str:
    """The unit of the form, else its project, else its file."""
    form = audit.form
    return shown(form.unit) or shown(form.project) or form.file


def key_of(audit: Audit) -> str:
    """What stays the same across forms and years: the code where there is one, else the name."""
    return audit.form.code or "".join(name_of(audit).split())


def too_much(audit: Audit) -> Fraction:
    """The points claimed beyond the computed ones, rows with too few not counted against them."""
    differences = (row.difference for row in audit.rows)
    return sum((d for d in differences if d is not None and d > 0), Fraction(0))


def marked(audits: Iterable[Audit]) -> list[Audit]:
    """The audits, those of a form that stood before with A307."""
    seen: dict[tuple[str, ...], Audit] = {}
    return [_marked(audit, seen.setdefault(same, audit)) if (same := _same(audit)) else audit for audit in audits]


def _same(audit: Audit) -> tuple[str, ...]:
    """Unit, year and project, and the indicators where there is no project; () where unit and project are missing."""
    form = audit.form
    if form.unit is None and form.project is None and not form.code:
        return ()
    names = () if form.project else tuple(squeezed(row.name) for row in form.rows)
    return (key_of(audit), str(form.year), squeezed(form.project), *names)


def _marked(audit: Audit, first: Audit) -> Audit:
    if audit is first:
        return audit
    where = " ".join(text for text in (first.form.file, first.form.sheet) if text)
    told = finding("A307", REMARK, "", audit.form.title.cell if audit.form.title else None,
                   f"可能是同一张表：与 {where} 的单位、年度、项目都相同；汇总里只计前一张")
    return changed(audit, findings=(*audit.findings, told))


def once(audits: Iterable[Audit]) -> list[Audit]:
    """Without the forms that stood before."""
    return [audit for audit in audits if not any(one.code == "A307" for one in audit.findings)]


def by_kind(every: Sequence[Audit]) -> list[KindLine]:
    """Every code that was found, the most frequent first; a form that stands twice counts once."""
    audits = once(every)
    found = Counter(one.code for audit in audits for one in audit.findings)
    forms = Counter(code for audit in audits for code in {one.code for one in audit.findings})
    return [KindLine(code, *KINDS[code], count, forms[code]) for code, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def by_unit(audits: Sequence[Audit]) -> list[UnitLine]:
    """Every unit, those with most errors first, then most points too much, then most warnings; forms as in `by_kind`."""
    grouped: dict[str, list[Audit]] = {}
    for audit in once(audits):
        grouped.setdefault(key_of(audit), []).append(audit)
    lines = (_unit(key, own) for key, own in grouped.items())
    return sorted(lines, key=lambda line: (-line.errors, -line.too_much, -line.warnings, line.name))


def _unit(key: str, audits: Sequence[Audit]) -> UnitLine:
    counts = Counter(one.severity for audit in audits for one in audit.findings)
    return UnitLine(name_of(audits[0]), key, tuple(audit.form.file for audit in audits), counts[Severity.ERROR], counts[Severity.WARNING],
                    counts[Severity.REMARK], _points(audits))


def _points(audits: Iterable[Audit]) -> Fraction:
    return sum((too_much(audit) for audit in audits), Fraction(0))
