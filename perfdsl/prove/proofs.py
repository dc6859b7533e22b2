"""Everything that is claimed of a ruleset, each proved, refuted with an example, or said to be undecided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfdsl.model.kernel import Arithmetic, Number, Rule
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.model.walk import every
from perfdsl.prove import many, paths, whole
from perfdsl.prove.claims import Claim, Jump, Kind, Proof, Verdict
from perfdsl.prove.form import Undecided
from perfdsl.prove.question import Question, freed, questions
from perfdsl.prove.rising import beyond_target, direction, falling, jumps
from perfdsl.prove.scores import exactly
from perfdsl.prove.seen import clauses, place
from perfdsl.prove.single import Search, claim, out_of_range, overlapping, subject, unscored
from perfdsl.prove.slices import Slice, slices
from perfdsl.prove.unknown import Unknowns
from perfdsl.quantity import decimal_text
from perfdsl.record import changed
from perfdsl.source import Span

_SEARCHES: dict[Kind, Search] = {Kind.RANGE: out_of_range, Kind.SCORED: unscored, Kind.APART: overlapping, Kind.RISING: falling}
_Place = tuple[str, int, int]


def prove(ruleset: Ruleset) -> Proof:
    """All claims on *ruleset*, which has no blocking errors.

    Items are looked at before they are rounded: rounding keeps the order of scores, and 0 and whole weights as they are.
    """
    maker = _Maker(ruleset)
    for indicator in ruleset.indicators():
        maker.indicator(indicator)
    ranges = [one for one in maker.claims if one.kind is Kind.RANGE]
    return Proof((*maker.claims, *maker.reached(), *whole.claims(ruleset, ranges)), tuple(maker.jumps))


class _Maker:
    """Collects claims and leaps, and which clauses were seen to decide."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset, self.unknowns = ruleset, Unknowns(exactly(ruleset))
        self.claims: list[Claim] = []
        self.jumps: list[Jump] = []
        self.taken: set[_Place] = set()
        self.unsure: set[str] = set()

    def indicator(self, indicator: Indicator) -> None:
        for asked in questions(self.ruleset, indicator, self.unknowns):
            self._question(asked)

    def _question(self, asked: Question) -> None:
        simple = freed(asked) or asked
        if not simple.is_small:
            self._too_many(simple)
        elif len(simple.numbers) <= 1:
            self._along(asked, simple, list(slices(simple)))
        else:
            self._together(asked, simple)

    def _too_many(self, asked: Question) -> None:
        span = (asked.part or asked.indicator).span
        self.unsure.add(asked.indicator.path)
        self.claims += [Claim(kind, subject(asked), Verdict.UNDECIDED, "选项的组合太多，没有逐一去查", span) for kind in _kinds(asked)]

    # ---- one number

    def _along(self, asked: Question, simple: Question, looked: list[Slice], whole_: bool = True) -> None:
        self._saw(asked, (piece.value.clauses for one in looked for piece in one.pieces if piece.value is not None),
                  whole_ and not any(piece.undecided for one in looked for piece in one.pieces))
        self.jumps += dict.fromkeys(jump for one in looked if whole_ for jump in jumps(one))
        for kind in _kinds(simple):
            made = claim(kind, simple, whole_, looked, _SEARCHES[kind], _holds(kind, simple, looked))
            self.claims.append(_with_data(made, asked, simple))

    # ---- several numbers

    def _together(self, asked: Question, simple: Question) -> None:
        looked = list(slices(simple))
        found = _paths(simple)
        if found is None:
            self._along(asked, simple, looked, whole_=False)
            return
        self._saw(asked, (path.value.clauses for _, path in found.paths), complete=True)
        for kind in _kinds(simple):
            made = found.claim(kind, _holds(kind, simple, looked))
            self.claims.append(_with_data(made, asked, simple))

    # ---- clauses

    def _saw(self, asked: Question, seen: Iterable[frozenset[_Place]], complete: bool) -> None:
        for some in seen:
            self.taken |= some
        if not complete:
            self.unsure.add(asked.indicator.path)

    def reached(self) -> Iterator[Claim]:
        """One claim for each rule: of a method, whether any indicator that uses it gets to the clause.

        A method of another file is looked at there: it is written for other indicators too.
        """
        users: dict[int, list[Indicator]] = {}
        for indicator in self.ruleset.indicators():
            if indicator.method is not None and not _is_quoted(indicator.method.rule, self.ruleset):
                users.setdefault(id(indicator.method.rule), []).append(indicator)
        for using in users.values():
            yield from self._reached(using)

    def _reached(self, using: list[Indicator]) -> Iterator[Claim]:
        assert using[0].method is not None  # that is how they were chosen
        rule = using[0].method.rule
        name = f"计分方法「{rule.name}」" if rule.name else using[0].name
        lines = list(clauses(rule))
        missed = [span for span in lines if place(span) not in self.taken]
        if not lines:
            return
        if not missed:
            yield Claim(Kind.REACHED, name, Verdict.PROVED, f"{len(lines)} 条都有值用到", rule.span)
        elif any(indicator.path in self.unsure for indicator in using):
            yield Claim(Kind.REACHED, name, Verdict.UNDECIDED, f"没有找到用到{_lines(missed)}的值，也没有证明没有", missed[0])
        else:
            yield Claim(Kind.REACHED, name, Verdict.REFUTED, f"没有一个值用到{_lines(missed)}", missed[0])


def _is_quoted(rule: Rule, ruleset: Ruleset) -> bool:
    """Whether a method stands in another file."""
    return bool(rule.name) and rule.span.source.name != ruleset.span.source.name


def _lines(spans: list[Span]) -> str:
    return "、".join(f"「{' '.join(span.text.split())}」" for span in spans)


def _kinds(asked: Question) -> list[Kind]:
    """The claims that make sense of an indicator: what is better is told by its target."""
    return [kind for kind in _SEARCHES if kind is not Kind.RISING or (direction(asked) and _has_own(asked))]


def _has_own(asked: Question) -> bool:
    return any(u.path == (asked.part or asked.indicator).path for u in asked.numbers)


def _holds(kind: Kind, asked: Question, looked: list[Slice]) -> str:
    """What is proved, in words."""
    if kind is Kind.RANGE:
        ends = {(piece.value.row.indicator.weight, asked.indicator.uncapped) for one in looked for piece in one.pieces if piece.value is not None}
        weights = "、".join(decimal_text(weight) for weight, _ in sorted(ends))
        return "按规定可以超过分值" if asked.indicator.uncapped else f"0 ≤ 得分 ≤ {weights}"
    if kind is Kind.SCORED:
        return "每个值都有得分" + ("（除数为 0 的数据不计分，会报错）" if _divides(asked) else "")
    if kind is Kind.APART:
        return "没有两档同时管一个值"
    beyond = next((region.text(one.unknown.text) for one in looked if one.unknown and (region := beyond_target(one))), "")
    return f"达到目标以前越好不少得；超额 {beyond} 时规则写明少得" if beyond else "越好得分不会更低"


def _divides(asked: Question) -> bool:
    """Whether a divisor of 0 leaves the indicator without a score."""
    original = next(i for i in asked.declared.indicators() if i.path == asked.indicator.path)
    derived = [node for node in (original.actual, original.method.rule.actual if original.method else None) if node is not None]
    return any(isinstance(n, Arithmetic) and n.op == "÷" and not isinstance(n.right, Number) for one in derived for n in every(one))


def _paths(asked: Question) -> many.Many | None:
    """All paths through the rule; None where z3 is not there or gives up."""
    try:
        return many.Many(asked) if paths.installed() else None
    except Undecided:
        return None


def _with_data(made: Claim, asked: Question, simple: Question) -> Claim:
    """A counterexample in data that an officer can give: where 实际值 was looked at as a number, its data are looked for."""
    if made.verdict is not Verdict.REFUTED or not simple.freed:
        return made
    found = _paths(asked)
    again = found.claim(made.kind, "") if found else claim(made.kind, asked, False, list(slices(asked)), _SEARCHES[made.kind], "")
    if again.verdict is Verdict.REFUTED:
        return again
    return changed(made, verdict=Verdict.UNDECIDED, text=f"{made.text}；没有找到能算出这个值的数据")
