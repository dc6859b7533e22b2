"""A composite indicator says how its parts score and combine."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.model.kernel import Comparator
from perfdsl.model.readings import COMBINERS, unsaid
from perfdsl.model.ruleset import Bound, Combiner, Indicator, Ruleset


def composites(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E211: a composite that does not say how its parts combine.  W303: one that does not say how they score."""
    for indicator in ruleset.indicators():
        if indicator.parts:
            yield from _composite(indicator)
        elif indicator.combiner:
            yield Diagnostic("E211", f"「{indicator.name}」写了「合成」，却没有分项", indicator.span, "写：分项 名称，目标 ≥ …")


def _composite(indicator: Indicator) -> Iterator[Diagnostic]:
    if indicator.combiner is None:
        yield unsaid("E211", f"「{indicator.name}」有 {len(indicator.parts)} 个分项，没有说怎样合成", indicator.span, COMBINERS)
    for part in indicator.parts:
        if indicator.combiner not in (None, Combiner.WEIGHTED) and part.weight is not None:
            yield Diagnostic("E211", f"分项「{part.name}」写了分值，而「合成 {indicator.combiner.value}」不用分项的分值", part.span,
                             "各分项有自己的分值时，写「合成 加权」；否则删去分项的分值")
        if indicator.combiner is Combiner.ALL_MET and not part.targets:
            yield Diagnostic("E208", f"分项「{part.name}」没有目标，「合成 全部达标」要看它达没达标", part.span, "写「目标 ≥ …」")
        if indicator.combiner is Combiner.WEIGHTED and part.weight is None:
            yield Diagnostic("E210", f"「合成 加权」的分项「{part.name}」没有分值", part.span, f"写成「分项 {part.name} 5分」")
    if indicator.combiner is Combiner.WEIGHTED:
        yield from _part_weights(indicator)
    if indicator.method is None and indicator.combiner is not Combiner.ALL_MET:
        yield from _unsaid_method(indicator)


def _part_weights(indicator: Indicator) -> Iterator[Diagnostic]:
    given = [p.weight for p in indicator.parts if p.weight is not None]
    if len(given) == len(indicator.parts) and sum(given) != indicator.weight:
        yield Diagnostic("E201", f"「{indicator.name}」是 {indicator.weight}分，各分项加起来是 {sum(given)}分", indicator.span,
                         "让各分项的分值加起来等于指标的分值",
                         tuple(Note(f"{p.name} {p.weight}分", p.span) for p in indicator.parts))


def _unsaid_method(indicator: Indicator) -> Iterator[Diagnostic]:
    """Without 计分 the parts go by their completion, which only an ≥ target fixes."""
    for part in indicator.parts:
        bound = part.targets[0].target if part.targets else None
        if not (isinstance(bound, Bound) and bound.op is Comparator.GE):
            yield Diagnostic("E209", f"分项「{part.name}」没有说怎样计分", part.span,
                             f"给「{indicator.name}」写「计分 反向比率」或「计分 反向线性」等，各分项都用它")
            return
    yield Diagnostic("W303", f"「{indicator.name}」没有写「计分」，各分项按完成率计、完成即满分", indicator.span,
                     "写明：计分 正向比率", severity=Severity.WARNING)
