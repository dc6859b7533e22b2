"""Everything that is claimed of a ruleset, each proved, refuted with an example, or said to be undecided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfdsl.model.kernel import Rule
from perfdsl.model.ruleset import Combiner, Indicator, Ruleset
from perfdsl.prove import paths, whole
from perfdsl.prove.claims import Claim, Jump, Kind, Proof, Verdict
from perfdsl.prove.form import Split, Undecided
from perfdsl.prove.many import Many
from perfdsl.prove.question import Question, freed, questions
from perfdsl.prove.rising import beyond_target, direction, falling, jumps
from perfdsl.prove.scores import exactly
from perfdsl.prove.seen import Seen, clauses, place
from perfdsl.prove.single import Search, claim, out_of_range, overlapping, range_text, unscored
from perfdsl.prove.slices import Slice, slices
from perfdsl.prove.unknown import Unknowns
from perfdsl.prove.verdict import BAD_DATA, limits, subject
from perfdsl.quantity import decimal_text
from perfdsl.record import changed
from perfdsl.source import Span

_SEARCHES: dict[Kind, Search] = {Kind.RANGE: out_of_range, Kind.SCORED: unscored, Kind.APART: overlapping, Kind.RISING: falling}
_Place = tuple[str, int, int]


def prove(ruleset: Ruleset) -> Proof:
    """All claims on *ruleset*, which has no blocking errors.

    Items are looked at before they are rounded; a counterexample must break the rounded score too.  Claims on holes and bands do not hang
    on rounding.
    """
    maker = _Maker(ruleset)
    for indicator in ruleset.indicators():
        maker.indicator(indicator)
    ranges = [one for one in maker.claims if one.kind is Kind.RANGE]
    return Proof((*maker.claims, *maker.reached(), *whole.claims(ruleset, ranges)), tuple(maker.jumps), tuple(_left_out(ruleset)))


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
            try:
                self._question(asked)
            except (Split, Undecided) as undecided:
                self._all_undecided(asked, str(undecided) if isinstance(undecided, Undecided) else "算式太复杂")

    def _question(self, asked: Question) -> None:
        if not asked.is_small:
            self._all_undecided(asked, "选项的组合太多，没有逐一去查")
        elif len(asked.numbers) <= 1:
            self._along(asked, list(slices(asked)), complete=True)
        else:
            self._several(asked)

    def _all_undecided(self, asked: Question, why: str) -> None:
        span = asked.item.span
        self.unsure.add(asked.indicator.path)
        self.claims += [Claim(kind, subject(asked), Verdict.UNDECIDED, why, span) for kind in _kinds(asked)]

    def _along(self, asked: Question, looked: list[Slice], *, complete: bool) -> None:
        """Claims from slices; *complete* where these are all there is."""
        seen = [piece.value for one in looked for piece in one.pieces if piece.value is not None]
        self._saw(asked, seen, complete and not any(piece.undecided for one in looked for piece in one.pieces))
        self.jumps += dict.fromkeys(jump for one in looked if complete for jump in jumps(one))
        for kind in _kinds(asked):
            made = claim(kind, asked, complete, looked, _SEARCHES[kind], _holds(kind, asked, seen, _beyond(looked)))
            self.claims.append(_rounded_up(asked, seen, made))

    def _several(self, asked: Question) -> None:
        """Claims from all paths; where 实际值 is derived, what holds of every number needs no data."""
        looked = list(slices(asked))
        seen = [piece.value for one in looked for piece in one.pieces if piece.value is not None]
        made = {one.kind: one for one in self._freed(asked)}
        found = None if made.keys() >= set(_kinds(asked)) and self._all_taken(asked, seen) else _paths(asked)
        if found is not None:
            seen = [path.value for _, path in found.paths]
        self._saw(asked, seen, complete=found is not None)
        for kind in (*_kinds(asked), *(kind for kind in made if kind not in _kinds(asked))):
            if kind in made:
                self.claims.append(made[kind])
            elif found is not None:
                self.claims.append(_rounded_up(asked, seen, found.claim(kind, _holds(kind, asked, seen, "（达到目标以前）"))))
            else:
                self.claims.append(claim(kind, asked, False, looked, _SEARCHES[kind], ""))

    def _freed(self, asked: Question) -> Iterator[Claim]:
        """What is proved with 实际值 as a number of its own; of better and worse values also what is not."""
        simple = freed(asked)
        if simple is None or not simple.is_small or len(simple.numbers) > 1:
            return
        looked = list(slices(simple))
        seen = [piece.value for one in looked for piece in one.pieces if piece.value is not None]
        own = self.unknowns.domain(simple.numbers[0], asked.indicator).region if simple.numbers else None
        self.jumps += dict.fromkeys(jump for one in looked for jump in jumps(one, own))
        for kind in _kinds(simple):
            made = claim(kind, simple, True, looked, _SEARCHES[kind], _holds(kind, simple, seen, _beyond(looked)))
            if made.verdict is Verdict.PROVED:
                yield _rounded_up(simple, seen, made)
            elif kind is Kind.RISING:
                yield changed(made, verdict=Verdict.UNDECIDED, text=f"{made.text}；没有去找能算出这个值的数据")

    def _all_taken(self, asked: Question, seen: list[Seen]) -> bool:
        """Whether the plain slices got to every clause of the indicator's rule."""
        use = asked.indicator.method
        taken = self.taken.union(*(one.clauses for one in seen))
        return use is None or all(place(span) in taken for span in clauses(use.rule))

    # ---- clauses

    def _saw(self, asked: Question, seen: Iterable[Seen], complete: bool) -> None:
        for one in seen:
            self.taken |= one.clauses
            complete = complete and not one.open_
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
    """The claims that make sense of an item: what is better is told by its target; parts that are only met or not have no points of
    their own."""
    kinds = [Kind.RANGE, Kind.SCORED] if asked.part is not None else [Kind.RANGE, Kind.SCORED, Kind.APART]
    if asked.part is not None and asked.indicator.combiner is Combiner.ALL_MET:
        return [Kind.SCORED]
    return [*kinds, Kind.RISING] if direction(asked.item) and any(u.path == asked.item.path for u in asked.numbers) else kinds


def _holds(kind: Kind, asked: Question, seen: list[Seen], beyond: str) -> str:
    """What is proved, in words."""
    if kind is Kind.RANGE:
        return range_text({limits(asked, one) for one in seen if one.counts}) if any(one.counts for one in seen) else "都不适用"
    if kind is Kind.SCORED:
        bad = asked.freed or any(d.code in BAD_DATA for one in seen for d in one.found)
        return "每个值都有得分" + ("（除数为 0 的数据不计分，会报错）" if bad else "")
    return "两头都写明的各档没有重叠" if kind is Kind.APART else f"越好得分不会更低{beyond}"


def _rounded_up(asked: Question, seen: list[Seen], made: Claim) -> Claim:
    """A range that is proved before rounding; refuted where 取舍 lifts the full score above the weight (3.335 分 to 3.34 分)."""
    rounding = asked.declared.item_rounding
    if made.kind is not Kind.RANGE or made.verdict is not Verdict.PROVED or rounding is None:
        return made
    for high in (high for one in seen for _, high in (limits(asked, one),) if high is not None and rounding.apply(high) > high):
        return changed(made, verdict=Verdict.REFUTED, text=f"得满分时取舍成 {decimal_text(rounding.apply(high))} 分，高于 {decimal_text(high)} 分")
    return made


def _beyond(looked: list[Slice]) -> str:
    """From where on more than the target scores less, as the rule says."""
    found = next((region.text(one.unknown.text) for one in looked if one.unknown and (region := beyond_target(one))), "")
    return f"，直到目标；实际值在 {found} 时规则写明少得" if found else ""


def _paths(asked: Question) -> Many | None:
    """All paths through the rule; None where z3 is not there or gives up."""
    try:
        return Many(asked) if paths.installed() else None
    except Undecided:
        return None


def _left_out(ruleset: Ruleset) -> Iterator[str]:
    """What nothing was said of."""
    without = [i.name for i in ruleset.indicators() if not direction(i) and not any(map(direction, i.parts))]
    if without:
        yield f"没有判断「越好不少得」（没有目标值，或目标看不出哪边更好）：{'、'.join(without)}"
    if any(i.method is not None and _is_quoted(i.method.rule, ruleset) for i in ruleset.indicators()):
        yield "引用的计分方法，各条是不是都用得上，在它自己的规则集里证明"
    if ruleset.applications:
        yield "结果应用没有证明"
