"""Sentences with places to be filled in for each unit: what the wording gives for a unit that stands for every unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from perfdsl.quantity import GUARD, SLOT
from perfdsl.record import record

if TYPE_CHECKING:
    from perfdsl.plan.quotients import Terms


@record
class NumberSlot:
    """A number, and how it is shown; `upright`: no denominator is below 0, `not_negative`: nor is the number."""

    terms: Terms
    how: Callable[..., str]
    places: int
    upright: bool
    not_negative: bool


@record
class WordSlot:
    """The word in the cell of a column."""

    column: str


@record
class TextSlot:
    """The cell of a column as it was written."""

    column: str


@record
class PartSlot:
    """What is said of the part of that number."""

    at: int


Slot = NumberSlot | WordSlot | TextSlot | PartSlot


@record
class Ending:
    """A word or text at the end of a sentence: its own full stop gives way to the sentence's."""

    slot: WordSlot | TextSlot


@record
class Guarded:
    """What stands in parentheses where it begins with a minus."""

    pieces: tuple[Piece, ...]


Piece = str | Slot | Ending | Guarded


@record
class Template:
    """A text in pieces."""

    pieces: tuple[Piece, ...]


_MARKED = re.compile(f"([{GUARD[0]}{GUARD[1]}]|{SLOT[0]}[0-9]+{SLOT[1]})")


def template(text: str, slots: Sequence[Slot]) -> Template:
    """The template that *text* is, its marks being places for *slots*."""
    return Template(tuple(_ended(list(_joined(_pieces(iter(_MARKED.split(text)), slots))))))


def _pieces(tokens: Iterator[str], slots: Sequence[Slot]) -> Iterator[Piece]:
    """Up to the end of a guard, or of the text."""
    for token in tokens:
        if token == GUARD[1]:
            return
        if token == GUARD[0]:
            yield from _guarded(tuple(_pieces(tokens, slots)))
        elif token.startswith(SLOT[0]):
            yield slots[int(token[1:-1])]
        elif token:
            yield token


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Words without a place between them as one."""
    said = ""
    for piece in pieces:
        if isinstance(piece, str):
            said += piece
        else:
            yield from (said, piece) if said else (piece,)
            said = ""
    if said:
        yield said


def _guarded(pieces: tuple[Piece, ...]) -> Sequence[Piece]:
    """A number that is never below 0 needs no guard."""
    first = pieces[0]
    return pieces if isinstance(first, NumberSlot) and first.not_negative else (Guarded(pieces),)


def _ended(pieces: list[Piece]) -> Iterator[Piece]:
    for one, following in zip(pieces, [*pieces, ""][1:], strict=True):
        ends = isinstance(following, str) and following.startswith("。")
        yield Ending(one) if ends and isinstance(one, WordSlot | TextSlot) else one
