"""An indicator and all that its score hangs on, made as simple as its rule allows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Group, Indicator, Kind, Part, Ruleset
from perfdsl.prove.line import Domain
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.record import changed, record

MOST_WORDS = 100
"""How many combinations of words are gone through."""


@record
class Question:
    """`numbers` and `words` are the cells that the score of an indicator, or of one `part` of it, hangs on.

    `ruleset` does not round its items; `declared` is as it is written.

    Where 实际值 is derived from data, it is itself the number that is asked for (`freed`): whatever the data, it is some number.  What
    holds of every number holds of the data; what breaks at one must still be found in data.
    """

    ruleset: Ruleset
    declared: Ruleset
    indicator: Indicator
    numbers: tuple[Unknown, ...]
    words: tuple[tuple[Unknown, tuple[str, ...]], ...]
    domains: tuple[Domain, ...]
    part: Part | None = None
    freed: bool = False

    def assignments(self) -> Iterator[dict[str, Fact]]:
        """Every combination of words."""
        for chosen in product(*(options for _, options in self.words)):
            yield {unknown.path: Fact(word) for (unknown, _), word in zip(self.words, chosen, strict=True)}

    @property
    def item(self) -> Indicator | Part:
        """What is scored: the part, or the whole indicator."""
        return self.part or self.indicator

    @property
    def is_small(self) -> bool:
        """Whether every combination of words can be gone through."""
        count = 1
        for _, options in self.words:
            count *= len(options)
        return count <= MOST_WORDS


def questions(declared: Ruleset, indicator: Indicator, unknowns: Unknowns) -> list[Question]:
    """What the indicator's score hangs on; of a composite, that of each part: 合成 adds or picks among these."""
    parts: tuple[Part | None, ...] = indicator.parts or (None,)
    ruleset = unknowns.ruleset
    if not ruleset.refers:  # no other item has a say
        ruleset = changed(ruleset, groups=(indicator,), outside=())
    return [_question(ruleset, declared, indicator, unknowns, part) for part in parts]


def _question(ruleset: Ruleset, declared: Ruleset, indicator: Indicator, unknowns: Unknowns, part: Part | None) -> Question:
    others = {one.path for one in indicator.parts if one is not part}
    found = [u for u in unknowns.of(indicator) if u.path not in others]
    numbers = tuple(u for u in found if not u.is_chosen)
    texts = sum(u.expected.kind is Kind.TEXT for u in found)
    words = tuple((u, unknowns.words(u, texts)) for u in found if u.is_chosen)
    return Question(ruleset, declared, indicator, numbers, words, tuple(unknowns.domain(u, indicator) for u in numbers), part)


def freed(asked: Question) -> Question | None:
    """The question with 实际值 as a number of its own; None where it is not derived, or that makes nothing simpler."""
    indicator = asked.indicator
    if not indicator.is_derived or indicator.parts or indicator.expected.kind is not Kind.QUANTITY:
        return None
    method = indicator.method
    plain = changed(indicator, actual=None, method=method and changed(method, rule=changed(method.rule, actual=None)))
    groups = tuple(_replaced(node, indicator, plain) for node in asked.ruleset.groups)
    ruleset = changed(asked.ruleset, groups=groups, outside=tuple(plain if i is indicator else i for i in asked.ruleset.outside))
    made = _question(ruleset, asked.declared, plain, Unknowns(ruleset), None)
    if len(made.numbers) >= len(asked.numbers):
        return None
    anywhere = tuple(Domain() if u.path == plain.path else domain for u, domain in zip(made.numbers, made.domains, strict=True))
    return changed(made, domains=anywhere, freed=True)


def _replaced(node: Group | Indicator, old: Indicator, new: Indicator) -> Group | Indicator:
    if isinstance(node, Group):
        return changed(node, children=tuple(_replaced(child, old, new) for child in node.children))
    return new if node is old else node


def sample(unknown: Unknown) -> Fact:
    """A plain value for a number that is not looked at."""
    return Fact(unknown.value(Fraction(100)))
