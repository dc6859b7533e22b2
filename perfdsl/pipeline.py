"""The pipeline in three words: load a ruleset, check it, evaluate data by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Cell, Diagnostic, blocking, in_order
from perfdsl.files import Around, nearby, read_source
from perfdsl.model.digest import digest
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed, record
from perfdsl.resources import cached
from perfdsl.score.scorecard import Scorecard
from perfdsl.source import Source


@record
class Loaded:
    """A ruleset as read and checked.

    `ruleset` is None where the text holds none; `diagnostics` are all that is wrong with it, in the order of the
    text; `digest` is the fingerprint of its meaning, `content` that of all the texts that it was made from (empty: not known).
    """

    ruleset: Ruleset | None
    diagnostics: tuple[Diagnostic, ...]
    digest: str = ""
    content: str = ""


@record
class Evaluation:
    """The scorecards of every unit in the data, and all that was found in ruleset and data.

    `scorecards` is empty where a blocking fault (E0…, E1…, an unreadable file) leaves nothing to score.
    """

    scorecards: tuple[Scorecard, ...]
    diagnostics: tuple[Diagnostic, ...]


def load(path: str | Path) -> Loaded:
    """Read the ruleset in the file *path*; what it 引用s and 沿用s is looked up beside it, then among the shipped ones.

    Never raises for what is wrong with the file: that stands in `diagnostics`.
    """
    source = read_source(Path(path))
    if isinstance(source, Diagnostic):
        return Loaded(None, (source,))
    return load_source(source, Path(path).parent)


def load_source(source: Source, folder: Around = None) -> Loaded:
    """As `load`, from a text; *folder* is where other rulesets are looked for before the shipped ones.

    The result is kept in the user's cache for these very texts.
    """
    around = [other for other in nearby(folder) if other.name != source.name]
    content = "\0".join(f"{s.name}\0{s.text}" for s in (source, *around))
    return cached("ruleset", content, lambda: changed(_load(source, folder), content=sha256(content.encode("utf-8", "surrogatepass")).hexdigest()))


def _load(source: Source, folder: Around) -> Loaded:
    from perfdsl.checks import check as sound
    from perfdsl.model.build import build
    from perfdsl.syntax import parse

    document, faults = parse(source)
    if blocking(faults):
        return Loaded(None, tuple(in_order(faults)))
    ruleset, found = build(document, folder)
    if ruleset is None:
        return Loaded(None, tuple(in_order([*faults, *found])))
    return Loaded(ruleset, tuple(sound(ruleset, [*faults, *found])), digest(ruleset))


def check(loaded: Loaded) -> list[Diagnostic]:
    """Everything that is wrong with a ruleset, in the order of its text (E0…, E1…, E2…, W3…)."""
    return list(loaded.diagnostics)


Data = str | Path | Mapping[str, object] | Sequence[Mapping[str, object]]


def evaluate(loaded: Loaded, data: Data, combine: str | None = None) -> Evaluation:
    """Score every unit in *data*: a file (csv, xlsx, json, toml; `-` for standard input), or dicts of the same shape.

    With *combine* the units are put together by 汇总 into one of that name, which is scored.  Errors that leave a meaning
    (weights that do not add up, a cell that cannot be read) do not stop the scoring: the rows have scores, the total has no grade.
    """
    from perfdsl.data import read, read_mapping
    from perfdsl.score import scorecard

    found = check(loaded)
    ruleset = loaded.ruleset
    if ruleset is None or blocking(found):
        return Evaluation((), tuple(found))
    facts, faults = read(data, ruleset) if isinstance(data, str | Path) else read_mapping(data, ruleset)
    if combine is not None and facts:
        from perfdsl.data.aggregate import put_together

        whole, unsaid = put_together(ruleset, facts, combine)
        facts, faults = [whole], [*faults, *unsaid]
    cards = tuple(scorecard(ruleset, unit, [*found, *_concerning(unit, facts, faults)], loaded.digest) for unit in facts)
    if not cards:
        return Evaluation((), (*found, *faults))
    return Evaluation(cards, _union([card.diagnostics for card in cards]))


def _concerning(unit: Facts, every: Sequence[Facts], faults: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The faults of the data that are this unit's: those of its own row, and those of no unit's row."""
    others = [other.cell for other in every if other is not unit and other.cell is not None]
    return [d for d in faults if not (isinstance(d.place, Cell) and any(same_row(d.place, cell) for cell in others))]


def same_row(place: Cell, name: Cell) -> bool:
    """Whether *place* stands in the row, or the JSON object, of the unit whose name stands at *name*."""
    if name.line is not None:
        return (place.sheet, place.line) == (name.sheet, name.line)
    unit = name.address.rpartition("/")[0]
    return bool(unit) and place.address.startswith(f"{unit}/")


def _union(groups: Sequence[Sequence[Diagnostic]]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(d for group in groups for d in group))
