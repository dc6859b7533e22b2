"""版本沿革: the rulesets that this one rests on, oldest first, and what each changed, in the words of the regulation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from perfdsl.document.formulas import condition, points_number, whole
from perfdsl.document.indicators import arguments, combination, part_words
from perfdsl.document.methods import manner
from perfdsl.document.policies import effect, grade, not_applicable, reason, rounding
from perfdsl.document.remarks import regulation_basis, regulation_note
from perfdsl.document.sentences import rule_lines
from perfdsl.document.steps import Manner
from perfdsl.document.targets import filled_in, targets, weight
from perfdsl.model import library
from perfdsl.model.blocks import all_of
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.pipeline import load_source
from perfdsl.record import record
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.syntax import tree as t


@record
class Generation:
    """One ruleset of the chain: its name, year, version, file, and its changes of the one before it."""

    name: str
    year: int | None
    version: str
    file: str
    changes: tuple[str, ...]


def lineage(source: Source, folder: Path | None) -> list[Generation]:
    """The chain of 沿用 that ends in *source*, oldest first; a ruleset that extends none is the only one."""
    chain = _chain(source, folder)
    made = [ruleset for one in chain if (ruleset := load_source(one, folder).ruleset)] if len(chain) > 1 else []
    return [Generation(one.name, one.year, one.version, Path(one.span.source.name).name, tuple(_changes(made[at - 1], one)) if at else ())
            for at, one in enumerate(made)]


def _chain(source: Source, folder: Path | None) -> list[Source]:
    found: list[Source] = []
    here: Source | None = source
    while here is not None and here.name not in {one.name for one in found}:
        found.append(here)
        extends = next((c for b in parse(here)[0].blocks for c in all_of(b, t.Extends)), None)
        base = library.find(extends, folder) if extends else None
        here = base if isinstance(base, Source) else None
    return found[::-1]


def _changes(old: Ruleset, new: Ruleset) -> Iterator[str]:
    """What differs on the whole, then each item and datum that is gone, new or otherwise."""
    yield from _differences(_on_the_whole(old), _on_the_whole(new))
    before, after = ({i.path: i for i in one.indicators()} for one in (old, new))
    yield from (f"删去「{before[path].name}」" for path in before if path not in after)
    for path, item in after.items():
        now = _of_item(item)
        if path not in before:
            yield f"新增「{item.name}」：{'；'.join(f'{what}{said}' for what, said in now.items() if said)}"
        elif changed := list(_differences(_of_item(before[path]), now)):
            yield f"「{item.name}」：{'；'.join(changed)}"
    yield from _differences(_data(old), _data(new))


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """`年度目标改为不低于6家，原为不低于5家`, for every heading of either."""
    for what in dict.fromkeys([*old, *new]):
        before, after = old.get(what, ""), new.get(what, "")
        if before == after:
            continue
        if not before:
            yield f"新增{what}：{after}"
        elif not after:
            yield f"删去{what}，原为：{before}"
        else:
            yield f"{what}改为：{after}。原为：{before}" if "，" in before + after else f"{what}改为{after}，原为{before}"


def _on_the_whole(ruleset: Ruleset) -> dict[str, str]:
    roundings = {"每项得分的取舍": ruleset.item_rounding, "总分的取舍": ruleset.total_rounding}
    total = {"总分": points_number(ruleset.declared_total) if ruleset.declared_total is not None else ""}
    return {
        "依据": _joined(f"「{said}」" for text in ruleset.basis if (said := regulation_basis(text))),
        "说明": _joined(f"「{said}」" for text in ruleset.notes if (said := regulation_note(text))), **total,
        **{f"「{let.name}」": whole(let.value) for let in ruleset.lets},
        **{what: rounding(how) for what, how in roundings.items() if how},
        "不适用的处理": not_applicable(ruleset.not_applicable) if ruleset.not_applicable else "",
        "等级": _joined(map(grade, ruleset.grades)),
        "等级所依的总分": ("取舍前的总分" if ruleset.grade_on_unrounded else "取舍后的总分") if ruleset.grades else "",
        "总分和等级的调整": _joined(map(effect, ruleset.effects)),
        "应当说明偏差原因的情形": _joined(reason(one.threshold, one.inclusive) for one in ruleset.reasons_due),
        "预警": _joined(f"{condition(one.condition)}的，提示「{one.text}」" for one in ruleset.alerts),
        **{f"「{one.name}」": _joined(rule_lines(one.rule, Manner(plain=True))) for one in ruleset.applications},
    }


def _of_item(item: Indicator) -> dict[str, str]:
    use = item.method
    scored = _joined(rule_lines(use.rule, manner(item))) if use and not use.rule.name else f"按「{use.rule.name}」{arguments(use)}" if use else ""
    return {
        "所属": "—".join(item.levels[:-1]), "分值": weight(item), "年度目标": targets(item.targets),
        "分项": _joined(part_words(part, item) for part in item.parts), "合成": combination(item),
        "实际值": whole(item.actual) if item.actual else "", "计分": scored,
        "本项不得分的情形": _joined(condition(one.condition) for one in item.vetoes),
        "预警": _joined(f"{condition(one.condition)}的，提示「{one.text}」" for one in item.alerts),
        "不适用的处理": not_applicable(item.not_applicable, item.default) if item.not_applicable else "",
    }


def _data(ruleset: Ruleset) -> dict[str, str]:
    return {f"填报的数据「{one.name}」": filled_in(one.expected) for one in ruleset.data}


def _joined(texts: Iterable[str]) -> str:
    return "；".join(texts)
