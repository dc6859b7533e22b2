"""Does a better value ever score less?  And where does the score leap?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from perfdsl.model.kernel import Comparator
from perfdsl.model.ruleset import Bound, Deadline, Indicator, Part, Target
from perfdsl.prove.claims import Jump
from perfdsl.prove.form import Form
from perfdsl.prove.line import Domain, Piece, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import contains, inside
from perfdsl.prove.scores import put, same
from perfdsl.prove.seen import Seen
from perfdsl.prove.single import Counterexample, points
from perfdsl.prove.slices import Slice
from perfdsl.prove.verdict import subject
from perfdsl.record import record
from perfdsl.regions import Region
from perfdsl.score.scorecard import BOUNDLESS

_BETTER = {Comparator.GE: 1, Comparator.GT: 1, Comparator.LE: -1, Comparator.LT: -1}


def direction(item: Indicator | Part) -> int:
    """+1 where more is better, −1 where less is; 0 where the targets do not say."""
    signs = {_sign(case.target) for case in item.targets}
    return signs.pop() if len(signs) == 1 else 0


def _sign(target: Target) -> int:
    if isinstance(target, Deadline):
        return -1
    return _BETTER.get(target.op, 0) if isinstance(target, Bound) else 0


def is_own(one: Slice) -> bool:
    """Whether the number of the slice is the actual value itself."""
    return one.unknown is not None and one.unknown.path == one.asked.item.path


@record
class _Stretch:
    """A piece from its worse end to its better one, with the least or the greatest score there."""

    piece: Piece[Seen]
    first: Fraction
    last: Fraction

    @property
    def most(self) -> Fraction:
        return max(self.first, self.last)


def falling(one: Slice) -> Iterator[Counterexample | str]:
    """Values where a better one scores less, up to the target; beyond it a rule may say so (`beyond_target`)."""
    for found in _falls(one):
        if isinstance(found, str):
            yield found
        elif not found[2]:
            yield Counterexample(one, one.plain(found[0].piece.region), found[1])


def beyond_target(one: Slice) -> Region | None:
    """Where more than the target scores less, as the rule says."""
    fallen = (f for f in _falls(one) if not isinstance(f, str))
    return next((stretch.piece.region for stretch, _, excused in fallen if excused), None)


def _is_met(piece: Piece[Seen]) -> bool:
    return piece.value is not None and piece.value.met is True


def _falls(one: Slice) -> Iterator[tuple[_Stretch, str, bool] | str]:
    """Where the score falls on the way to better values, how, and whether that is beyond the target."""
    sign = direction(one.asked.item)
    if not sign or not is_own(one):
        return
    for highest in (False, True):
        best: _Stretch | None = None
        was_met = False
        for stretch in _stretches(one, sign, highest):
            if isinstance(stretch, str):
                yield stretch
                continue
            met = _is_met(stretch.piece)
            if best is not None and stretch.first < best.most:
                yield stretch, f"得 {points(stretch.first)}，比更差的值得的 {points(best.most)}还少", was_met
            if stretch.last < stretch.first:
                yield stretch, f"越好得分越低，从 {points(stretch.first)} 到 {points(stretch.last)}", met
            best = stretch if best is None or stretch.most >= best.most else best
            was_met = was_met or met


def _stretches(one: Slice, sign: int, highest: bool) -> Iterator[_Stretch | str]:
    """The slice from worse values to better ones, cut where the score turns."""
    for piece in one.pieces[::sign]:
        if piece.value is None or not piece.value.counts:
            continue
        number = piece.value.high if highest else piece.value.low
        for part in explore(lambda x, number=number: ends_of(put(number, x)), Domain(piece.region, one.domain.whole))[::sign]:  # type: ignore[misc]  # a default
            if part.value is None:
                yield f"「{subject(one.asked)}」在有的值上只知道得分的上下限"
            else:
                yield _Stretch(Piece(part.region, piece.value), *part.value[::sign])


def ends_of(number: Number) -> tuple[Fraction, Fraction] | None:
    """What a number comes to at the two ends of its region; `BOUNDLESS` where it grows without end, None where only bounds are known."""
    if isinstance(number, Form):
        return number.limits() or _growing(number)
    return (Fraction(number), Fraction(number)) if isinstance(number, Fraction | int) else None


def _growing(number: Form) -> tuple[Fraction, Fraction]:
    """The two ends of a number of which one at least is endless; it rises or falls throughout."""
    region = number.region
    one = inside(region)
    rises = number.at(inside(Region(one, region.high))) > number.at(one)
    far = (-BOUNDLESS, BOUNDLESS) if rises else (BOUNDLESS, -BOUNDLESS)
    ends = (number.towards(region.low), number.towards(region.high))
    return far[0] if ends[0] is None else ends[0], far[1] if ends[1] is None else ends[1]


# ---- leaps


def jumps(one: Slice, within: Region | None = None) -> Iterator[Jump]:
    """Every place, *within* a region, where the scores of neighbouring values are not told by one line."""
    if one.unknown is None:
        return
    for before, after in pairwise(one.pieces):
        leap = _leap(before, after)
        at = after.region.low if after.region.low_closed else before.region.high
        if leap is not None and at is not None and (within is None or contains(within, at)):
            yield Jump(subject(one.asked), _called(one), one.unknown.text(at), *leap, one.asked.item.span)


def _called(one: Slice) -> str:
    """The unknown, and the words under which it was looked at."""
    assert one.unknown is not None  # there is no leap without one
    chosen = "，".join(f"{path.rpartition('/')[2]} = {fact.value}" for path, fact in one.items.items() if isinstance(fact.value, str))
    return f"{one.unknown.name}；{chosen}" if chosen else one.unknown.name


def _leap(before: Piece[Seen], after: Piece[Seen]) -> tuple[Fraction, Fraction] | None:
    """The scores at the end of one piece and at the beginning of the next, where neither goes on to the other."""
    a, b = _score(before), _score(after)
    end, start = before.region.high, after.region.low
    if a is None or b is None or end is None or start is None:
        return None
    left, right = put(a, end), put(b, start)
    if not (isinstance(left, Fraction) and isinstance(right, Fraction)) or put(a, start) == right or put(b, end) == left:
        return None
    return left, right


def _score(piece: Piece[Seen]) -> Number | None:
    """The score of a piece that has one."""
    seen = piece.value
    return None if seen is None or not seen.counts or not same(seen.low, seen.high) else seen.low
