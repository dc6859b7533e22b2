"""Each indicator in an article: its target, what is filled in, how it is scored, its graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfdsl.document.book import Book
from perfdsl.document.content import chinese
from perfdsl.document.formulas import boxed, condition, points_number, whole
from perfdsl.document.graphs import pictures
from perfdsl.document.methods import manner
from perfdsl.document.policies import not_applicable
from perfdsl.document.sentences import rule_lines
from perfdsl.document.targets import aggregation, filled_in, part_weight, targets, weight
from perfdsl.document.written import Written
from perfdsl.model.needs import inputs_of
from perfdsl.model.ruleset import Combiner, Group, Indicator, MethodUse, Part, Ruleset, weight_of

_COMBINERS = {
    Combiner.MEAN: "各分项都按本项的分值计分，取平均数",
    Combiner.ALL_MET: "各分项全部达到目标的得满分，有一项没有达到的不得分",
    Combiner.BEST: "各分项都按本项的分值计分，取得分最高的一项",
    Combiner.WORST: "各分项都按本项的分值计分，取得分最低的一项",
    Combiner.WEIGHTED: "各分项按各自的分值计分，相加得出本项得分",
}
_GROUP = {Combiner.BEST: "取得分最高的一类", Combiner.WORST: "取得分最低的一类"}


def indicators(book: Book, ruleset: Ruleset, numbers: Mapping[str, int], written: Written) -> None:
    """A section for each group of the first level, an article for each indicator."""
    for node in ruleset.groups:
        if isinstance(node, Group):
            book.section(group_title(node))
            _group(book, node, written)
            for child in node.children:
                _node(book, ruleset, child, numbers, written)
        else:
            _indicator(book, ruleset, node, numbers)


def outside(book: Book, ruleset: Ruleset, numbers: Mapping[str, int]) -> None:
    """An article for each item beside the total."""
    for item in ruleset.outside:
        _indicator(book, ruleset, item, numbers)


def _node(book: Book, ruleset: Ruleset, node: Group | Indicator, numbers: Mapping[str, int], written: Written) -> None:
    if isinstance(node, Indicator):
        _indicator(book, ruleset, node, numbers)
        return
    _group(book, node, written)
    for child in node.children:
        _node(book, ruleset, child, numbers, written)


def group_title(group: Group) -> str:
    return f"{group.name}（{points_number(weight_of(group))}）"


def _group(book: Book, group: Group, written: Written) -> None:
    """What is said of the whole group."""
    said = written.under(group.span)
    texts = []
    if group.scale is not None:
        texts.append(f"「{group.name}」下各项指标合计{points_number(group.scale)}，得分折算为{points_number(weight_of(group))}计入总分")
    if group.combiner is not None:
        texts.append(f"「{group.name}」下各类{_GROUP[group.combiner]}计入总分，不适用的一类不参加比较")
    texts += [f"「{group.name}」依据：{basis}" for text in said.basis if (basis := book.remarks.basis(text))]
    texts += [note for text in said.notes if (note := book.remarks.note(text))]
    for text in texts:
        book.plain(text)


def _indicator(book: Book, ruleset: Ruleset, item: Indicator, numbers: Mapping[str, int]) -> None:
    book.article(item.name, _place(item))
    read = item.path in inputs_of(ruleset)[item.path]
    for text, below in _told(item, numbers, read=read):
        book.item(text, below)
    book.items(f"依据：{basis}" for text in item.basis if (basis := book.remarks.basis(text)))
    book.items(f"说明：{note}" for text in item.notes if (note := book.remarks.note(text)))
    for picture in pictures(ruleset, item):
        book.add(picture)


def _place(item: Indicator) -> str:
    """`产出指标—数量指标，分值15分。`"""
    if item.outside is not None:
        return f"{item.outside.value}，得分在总分以外另计。"
    above = "—".join(item.levels[:-1])
    worth = f"分值：{weight(item)}" if item.weights else f"分值{weight(item)}"
    return f"{above}，{worth}。" if above else f"{worth}。"


def _told(item: Indicator, numbers: Mapping[str, int], *, read: bool) -> Iterator[tuple[str, list[str]]]:
    if wanted := targets(item.targets):
        yield f"年度目标：{wanted}", []
    if item.parts:
        yield "本项分为下列分项：", [part_words(part, item) for part in item.parts]
        yield f"合成：{combination(item)}", []
    yield from _filled(item, read=read)
    yield "计分：", _scored(item, numbers)
    yield from (("否决：" + f"{condition(v.condition)}的，不论以上得分多少，本项不得分", []) for v in item.vetoes)
    yield from ((text, []) for text in _bounds(item))
    yield from ((text, []) for text in [aggregation(item.aggregation)] if text)
    if item.not_applicable is not None:
        yield f"不适用的，{not_applicable(item.not_applicable, item.default)}", []
    yield from ((f"预警：{condition(a.condition)}的，提示「{a.text}」，得分不变", []) for a in item.alerts)


def combination(item: Indicator) -> str:
    """How the scores of the parts make one; empty where there are none."""
    return _COMBINERS[item.combiner or Combiner.MEAN] if item.parts else ""


def part_words(part: Part, item: Indicator) -> str:
    """`新开工项目，目标不低于20个，填报数值（个）`."""
    worth = f"，分值{part_weight(part, item)}" if part.weight is not None else ""
    wanted = f"，目标{targets(part.targets)}" if part.targets else ""
    more = aggregation(part.aggregation)
    return f"{part.name}{worth}{wanted}，填报{filled_in(part.expected)}" + (f"，{more}" if more else "")


def _filled(item: Indicator, *, read: bool) -> Iterator[tuple[str, list[str]]]:
    if item.actual is not None:
        yield f"实际值 = {whole(item.actual)}", []
    elif not item.is_derived and not item.parts and not read:
        yield "实际完成值不用填报，得分由其他数据算出", []
    elif not item.is_derived and not item.parts:
        yield f"实际完成值填报：{filled_in(item.expected)}", []


def _scored(item: Indicator, numbers: Mapping[str, int]) -> list[str]:
    use = item.method
    if use is None:
        return ["达到目标的得满分", "没有达到的，得分按「分值 × 实际值 ÷ 目标值」计算，最低得0分"]
    if use.rule.name:
        return [f"按照本办法第{chinese(numbers[use.rule.name])}条「{use.rule.name}」计分{arguments(use)}"]
    return rule_lines(use.rule, manner(item))


def arguments(use: MethodUse) -> str:
    """`，其中一步扣分为1分`; empty where the method stands as it is."""
    texts = "、".join(f"{name}为{boxed(value)}" for name, value in use.arguments)
    return f"，其中{texts}" if texts else ""


def _bounds(item: Indicator) -> Iterator[str]:
    if item.uncapped:
        yield "得分不封顶" if item.outside else "得分可以高于分值"
    if item.negative:
        yield "得分可以低于0分"
