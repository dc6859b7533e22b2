"""自 … 起, 至 … 止: values that hold in a stretch of days, and the day that they are looked at for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from perfdsl.dates import chinese_date, parse_date
from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.expressions import Expressions, Scope, no_date
from perfdsl.model.ruleset import Datum, Ruleset
from perfdsl.model.walk import every, expressions
from perfdsl.record import changed, record
from perfdsl.source import Source, Span
from perfdsl.syntax import tree as t

_ASKS = re.compile(r"评价基准日|evaluation_date|[日底0-9][ \t\u3000]*(?:起|止|至|onwards|inclusive|to(?!\w))")
"""A text without this asks for no day of evaluation."""


class Timed(Protocol):
    """A clause that may stand behind 自 … 起."""

    @property
    def span(self) -> Span: ...

    @property
    def period(self) -> t.Period | None: ...


T = TypeVar("T", bound=Timed)


@record
class Stretch:
    """The days from `first` to `last`, both included."""

    first: date
    last: date
    span: Span

    def __str__(self) -> str:
        if self.first == self.last:
            return chinese_date(self.first)
        if self.first == date.min:
            return f"{chinese_date(self.last)}以前"
        return f"{chinese_date(self.first)}" + ("以后" if self.last == date.max else f"至{chinese_date(self.last)}")


def settled(what: str, said: Sequence[T], plain: bool, year: int | None, found: list[Diagnostic]) -> T | None:
    """The last of the periods of one thing, which needs no condition as together they leave no day out; None where a plain one does.

    A period that holds no day is reported (E105, E114) and leaves open what the others leave out.
    E114 where two of them share a day, where one holds none, or where days are left out although nothing *plain* stands beside them.
    """
    timed = [(one, _stretch(one.period, year, found)) for one in said if one.period]
    stretches = [(one, stretch) for one, stretch in timed if stretch is not None]
    stretches.sort(key=lambda pair: pair[1].first)
    faults = [*_overlaps(what, [s for _, s in stretches])]
    missing = _left_out([s for _, s in stretches])
    if missing and not plain and len(stretches) == len(timed) > 0 and not faults:
        faults.append(_gap(what, [s for _, s in stretches], missing))
    found += faults
    return (stretches or timed)[-1][0] if timed and not plain else None


def _stretch(period: t.Period, year: int | None, found: list[Diagnostic]) -> Stretch | None:
    """The days of a period; None where there are none (E105, E114)."""
    written = [day for day in (period.first, period.last) if day is not None]
    known = {day: parse_date(day.text, year) for day in written}
    wrong = [no_date(day) for day, read in known.items() if read is None]
    if wrong:
        found += wrong
        return None
    first, last = (known[day] if day else None for day in (period.first, period.last))
    made = Stretch(first or date.min, last or date.max, period.span)
    if made.first > made.last:
        found.append(Diagnostic("E114", f"「{period.span.text}」里没有一天：起日在止日之后", period.span, "早的日期写在前面"))
        return None
    return made


def _overlaps(what: str, stretches: Sequence[Stretch]) -> list[Diagnostic]:
    return [
        Diagnostic("E114", f"{what}的两个时段重叠：{Stretch(b.first, min(a.last, b.last), b.span)}", b.span, "一天只能有一个值：改其中一个时段的起止日期",
                   (Note("另一个时段在这里", a.span),))
        for a, b in zip(stretches, stretches[1:], strict=False) if b.first <= a.last
    ]


def _left_out(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The days that none of the stretches, in their order, has."""
    made, day = [], date.min
    for one in stretches:
        if one.first > day:
            made.append(Stretch(day, one.first - timedelta(1), one.span))
        if one.last == date.max:
            return made
        day = max(day, one.last + timedelta(1))
    return [*made, Stretch(day, date.max, stretches[-1].span)] if stretches else made


def _gap(what: str, stretches: Sequence[Stretch], missing: Sequence[Stretch]) -> Diagnostic:
    shown = "；".join(map(str, missing))
    return Diagnostic("E114", f"{what}在这些日子没有值：{shown}", missing[0].span, "补上这段时间，或再写一条不带日期的",
                      tuple(Note("另一个时段在这里", s.span) for s in stretches if s.span is not missing[0].span))


# ---- 令


def declarations(lets: Sequence[t.LetIs]) -> list[t.LetIs]:
    """One 令 of each name, and those that give it another value without saying when."""
    first: dict[str, t.LetIs] = {}
    for let in sorted(lets, key=lambda one: one.period is not None):
        first.setdefault(let.name.text, let)
    return [let for let in lets if let.period is None or let is first[let.name.text]]


def values(lets: Sequence[t.LetIs], to: Expressions) -> tuple[k.Let, ...]:
    """The 令 of one heading, each with its value in every period."""
    names = dict.fromkeys(let.name.text for let in lets)
    return tuple(_value(name, [let for let in lets if let.name.text == name], to) for name in names)


def _value(name: str, lets: Sequence[t.LetIs], to: Expressions) -> k.Let:
    plain = next((let for let in lets if let.period is None), None)
    timed = [let for let in lets if let.period is not None]
    if not timed:
        return k.Let(name, to.expr(lets[0].value), lets[0].span)
    last = plain or settled(f"「{name}」", timed, False, to.scope.year, to.found)
    if plain:
        settled(f"「{name}」", timed, True, to.scope.year, to.found)
    cases = tuple(k.Case(to.condition(let.condition), to.expr(let.value), let.span)
                  for let in timed if let is not last and let.condition)
    otherwise = to.expr(last.value) if last else None
    if otherwise is not None and not cases:
        return k.Let(name, otherwise, lets[0].span)
    return k.Let(name, k.Choice(cases, otherwise, lets[0].span), lets[0].span)


# ---- the day of the evaluation


def at_year_end(said: Sequence[t.When], scope: Scope) -> list[t.When] | None:
    """Those of *said* whose period has the last day of the year; None where the day of the evaluation is a datum."""
    if scope.year is None or t.EVALUATION_DAY in scope.data:
        return None
    day = date(scope.year, 12, 31)
    stretches = [(one, _stretch(one.period, scope.year, [])) for one in said if one.period]
    return [one for one, stretch in stretches if stretch and stretch.first <= day <= stretch.last]


def dated(ruleset: Ruleset, declared: dict[str, Datum], found: list[Diagnostic]) -> Ruleset:
    """*ruleset* with the last day of its year as 评价基准日, where it looks at that day and does not declare it as a datum.

    E105 where it has no year.
    """
    if t.EVALUATION_DAY in declared or not any(_ASKS.search(source.text) for source in _sources(ruleset)):
        return ruleset
    use = next((x for e in expressions(ruleset) for x in every(e) if isinstance(x, k.Name) and x.name == t.EVALUATION_DAY), None)
    if use is None:
        return ruleset
    if ruleset.year is None:
        found.append(Diagnostic("E105", "看不出评价基准日是哪一天：规则集没有写年度", use.span,
                                "写上年度（评价基准日就是那一年的最后一天），或声明：数据 评价基准日 日期"))
        return ruleset
    let = k.Let(t.EVALUATION_DAY, k.Day(date(ruleset.year, 12, 31), use.span), use.span)
    return changed(ruleset, lets=(*ruleset.lets, let))


def _sources(ruleset: Ruleset) -> set[Source]:
    """The files that a part of the ruleset was written in."""
    parts = (ruleset, *ruleset.nodes(), *ruleset.outside, *ruleset.methods, *ruleset.applications, *ruleset.effects, *ruleset.lets,
             *ruleset.alerts, *ruleset.grades)
    return {part.span.source for part in parts}
