"""Where a finding is told: in the file that was asked for, which its author can change."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed
from perfdsl.source import Source, Span


def placed(one: Diagnostic, ruleset: Ruleset) -> Diagnostic:
    """The finding without its own place among its notes; one of a rule that was 沿用d at what this file adds to it.

    Where this file adds nothing to it, it is told at the heading.
    """
    notes = tuple(note for note in one.notes if note.place != one.place)
    home = ruleset.span.source
    if not isinstance(one.place, Span) or one.place.source is home or not one.code.startswith(("E2", "W3")):
        return one if len(notes) == len(one.notes) else changed(one, notes=notes)
    own = [note for note in notes if _is_in(note, home)]
    place = own[-1].place if own else ruleset.span
    others = tuple(note for note in notes if note not in own[-1:])
    told = next((note.message for note in one.notes if note.place == one.place), "写在这里")
    return changed(one, place=place, notes=(Note(told, one.place), *others))


def _is_in(note: Note, home: Source) -> bool:
    return isinstance(note.place, Span) and note.place.source is home
