"""What a comparison of two rulesets gives."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.record import record
from perfdsl.regions import Region

Given = tuple[tuple[str, str], ...]
"""Names of cells and what they hold, as people write it."""


@record
class Scores:
    """What both rulesets give for one value: its text, and the rounded points (None: no score)."""

    at: str
    old: Fraction | None
    new: Fraction | None

    @property
    def change(self) -> Fraction | None:
        return None if self.old is None or self.new is None else self.new - self.old


@record
class Peak:
    """The largest difference before rounding, and the scores at a value where it is reached, or (`reached` false) near to it."""

    change: Fraction
    scores: Scores
    reached: bool


@record
class Stretch:
    """A region of one cell in which the old and the new rule differ, all else as in `given`.

    `vary` is the name of the cell, empty where only `given` counts; `region` is in the unit of the cell, `text` says it in words.
    `loss` and `gain` are the largest ones of the rounded score, `worst` and `best` those before rounding; None where there is none.
    `kind` says in words what differs where it is not the points; `undecided` why something could not be told.
    """

    vary: str
    region: Region | None
    text: str
    given: Given
    loss: Scores | None = None
    gain: Scores | None = None
    worst: Peak | None = None
    best: Peak | None = None
    kind: str = ""
    undecided: str = ""


@record
class Change:
    """An aspect of something in the words of both rulesets: `目标` `3亿元` `3.3亿元`; `points` where it may change a score."""

    what: str
    old: str
    new: str
    points: bool = True


@record
class Indicated:
    """An indicator that is 新增, 删除, 改名, 移动 or 修改 (`kind`).

    `old_path`, `new_path` are None where there is none; `certain` tells that no other inputs score differently than the stretches say;
    where it is false, `tried` are the values that were tried.
    """

    kind: str
    name: str
    old_path: str | None
    new_path: str | None
    weight: Fraction
    changes: tuple[Change, ...]
    stretches: tuple[Stretch, ...] = ()
    certain: bool = True
    tried: Given = ()


@record
class Regraded:
    """Totals of which the grade differs; `old` and `new` have several grades where a further condition decides."""

    region: Region
    old: tuple[str, ...]
    new: tuple[str, ...]
    undecided: str = ""


@record
class Diff:
    """All in which two rulesets differ; `same_digest`: they mean the same to the letter."""

    old: str
    new: str
    same_digest: bool
    indicators: tuple[Indicated, ...]
    whole: tuple[Change, ...]
    grades: tuple[Regraded, ...]
    on_rounded: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all differs but wording, layout and order."""
        return not (self.indicators or self.whole or self.grades)

    @property
    def changes_points(self) -> bool:
        """Whether some input may score or be graded differently."""
        told = (change.points for one in self.indicators for change in one.changes)
        return bool(self.grades) or any(told) or any(c.points for c in self.whole) or any(i.stretches for i in self.indicators)
