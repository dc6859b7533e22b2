"""Written expressions to kernel expressions, with every name found."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from perfdsl.dates import parse_date, why_no_date
from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import absolutes
from perfdsl.model import kernel as k
from perfdsl.model.items import Items
from perfdsl.model.kernel import ITEM_NAMES
from perfdsl.model.names import Ambiguous
from perfdsl.model.references import ITEM_FIELDS, TOTAL_NAMES
from perfdsl.model.ruleset import PRIOR
from perfdsl.quantity import Quantity, Rounding, of, score
from perfdsl.record import changed, record
from perfdsl.source import Span
from perfdsl.spelling import nearest
from perfdsl.syntax import tree as t
from perfdsl.units import SCORE

ACTUAL_NAMES = ("实际值", "actual_value")
ENGLISH = {"weight_value": "分值", "actual_value": "实际值", "target_value": "目标值", "completion": "完成率",
           "evaluation_date": "评价基准日", "total": "总分", "unrounded_total": "取舍前总分", "lowest_level1_rate": "一级指标最低得分率"}
FIXED = (*ITEM_NAMES, *TOTAL_NAMES, *ENGLISH)
"""Names that the language gives a meaning, so that no datum or 令 may have them."""
_EXTREMES = {"最大": "max", "max": "max", "最小": "min", "min": "min"}
_ROUNDED = ("四舍五入", "round")
_MOST_PLACES = 12
_SPELLED_OUT = re.compile("[一二两三四五六七八九十百千]+个?(?:分|百分点|次|例|起|项|家|天)")
FUNCTIONS = (*_EXTREMES, *absolutes.NAMES, *_ROUNDED)


@record
class Scope:
    """The names an expression may use: each with where it was declared (None for the language's own)."""

    names: Mapping[str, Span | None]
    year: int | None
    data: frozenset[str] = frozenset()
    options: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    items: Items | None = None

    def plus(self, more: Iterable[tuple[str, Span | None]]) -> Scope:
        inner = dict(more)
        names: Mapping[str, Span | None] = ChainMap(inner, self.names)  # type: ignore[arg-type]  # only the first map is written
        return changed(self, names=names) if inner else self

    def without_item(self) -> Scope:
        """The same names but those of the indicator being scored: for targets and 实际值, which these rest on."""
        return changed(self, names={name: at for name, at in self.names.items() if name not in ITEM_NAMES})

    def of_total(self) -> Scope:
        """The names for what is said of the whole: no item's own, but the total's."""
        return self.without_item().plus((name, None) for name in TOTAL_NAMES)

    def find(self, name: str) -> str | None:
        """The declared form of *name*, or None; `名称.上年` is known where the datum is, `名称.得分` where the item is."""
        name = ENGLISH.get(name, name)
        if name in self.names or (name.endswith(PRIOR) and name.removesuffix(PRIOR) in self.data):
            return name
        item = self.items.find(name) if self.items else None
        return item if isinstance(item, str) else None


class Expressions:
    """Rewrites expressions in one scope and collects what is wrong in them.  *plain*: what is given is no score."""

    def __init__(self, scope: Scope, found: list[Diagnostic], plain: bool = False) -> None:
        self.scope = scope
        self.found = found
        self.plain = plain

    def expr(self, node: t.Expr) -> k.Expr:
        match node:
            case t.Literal():
                return k.Number(node.value, node.span)
            case t.DateLiteral():
                return self._date(node)
            case t.Word():
                return self._name(node)
            case t.Binary():
                return k.Arithmetic(node.op, self.expr(node.left), self.expr(node.right), node.span)
            case t.Call():
                return self._call(node)

    def points(self, node: t.Expr) -> k.Expr:
        """An expression in a place for points: a bare number is 分."""
        if isinstance(node, t.Literal) and not node.value.unit.symbol and not self.plain:
            return k.Number(score(node.value.amount), node.span)
        return self.expr(node)

    def share(self, node: t.Expr) -> k.Expr:
        """An end of a 评分 interval: a percentage is a share of 分值."""
        if isinstance(node, t.Literal) and node.value.unit.kind == "ratio":
            number = k.Number(node.value, node.span)
            return k.Arithmetic("×", number, k.Name("分值", node.span), node.span)
        return self.points(node)

    def condition(self, node: t.Condition) -> k.Condition:
        match node:
            case t.Junction():
                return k.Logic(node.op, tuple(self.condition(p) for p in node.parts), node.span)
            case t.Compare():
                return self._compare(node)

    def _compare(self, node: t.Compare) -> k.Condition:
        sides = [self._side(side, node) for side in node.sides]
        made = tuple(_comparison(k.Comparator(op), sides[i], sides[i + 1], node.span) for i, op in enumerate(node.ops))
        return made[0] if len(made) == 1 else k.Logic("且", made, node.span)

    def _side(self, side: t.Expr, node: t.Compare) -> k.Expr:
        """A word behind a name and = or ≠ that names nothing itself is an option or an outcome."""
        if isinstance(side, t.Word) and self._is_option(side, node.sides[0]):
            return k.Word(side.text, side.span)
        if isinstance(side, t.Word) and self.scope.find(side.text) is None:
            beside = isinstance(node.sides[0], t.Word) and side is not node.sides[0]
            if beside and (side.quoted or set(node.ops) <= {"=", "≠"}):
                return k.Word(side.text, side.span)
        return self.expr(side)

    def _is_option(self, word: t.Word, first: t.Expr) -> bool:
        """Whether the datum on the left has the word as an option, whatever else is called so."""
        return word is not first and isinstance(first, t.Word) and word.text in self.scope.options.get(first.text, ())

    def _date(self, node: t.DateLiteral) -> k.Expr:
        day = parse_date(node.text, self.scope.year)
        if day is None:
            self.found.append(no_date(node))
            return k.Number(of(0), node.span)
        return k.Day(day, node.span)

    def _name(self, node: t.Word) -> k.Expr:
        name = self.scope.find(node.text)
        if name is None:
            self.found.append(_unknown_name(node, self.scope))
        return k.Name(name or node.text, node.span)

    def _call(self, node: t.Call) -> k.Expr:
        name = node.function.text
        values = tuple(self.expr(a.value) for a in node.arguments)
        if name in _EXTREMES:
            return k.Extreme(_EXTREMES[name], values, node.span)
        if name in absolutes.NAMES and len(values) == 1:
            return absolutes.absolute(node, values[0], self.found)
        if name in _ROUNDED and len(values) == 2 and (places := _places(values[1])) is not None:
            return k.Rounded(values[0], Rounding(places), node.span)
        self.found.append(self._bad_call(node))
        return k.Number(of(0), node.span)

    def _bad_call(self, node: t.Call) -> Diagnostic:
        if node.function.text in FUNCTIONS:
            return Diagnostic("E109", f"「{node.function.text}」的参数个数或写法不对", node.span,
                              "绝对值（甲）；四舍五入（甲，2）")
        return unknown("函数", node.function, FUNCTIONS)


def _comparison(op: k.Comparator, left: k.Expr, right: k.Expr, span: Span) -> k.Comparison:
    """The comparison with what is asked about on its left: 1个 ≤ 实际值 becomes 实际值 ≥ 1个."""
    if isinstance(left, k.Number | k.Word | k.Day) and not isinstance(right, k.Number | k.Word | k.Day):
        return k.Comparison(op.flipped, right, left, span)
    return k.Comparison(op, left, right, span)


def _places(node: k.Expr) -> int | None:
    """The decimals to keep, where *node* is a plain whole number of them."""
    if not isinstance(node, k.Number) or node.value.unit.symbol or node.value.amount not in range(_MOST_PLACES + 1):
        return None
    return int(node.value.amount)


def _unknown_name(word: t.Word, scope: Scope) -> Diagnostic:
    if ENGLISH.get(word.text, word.text) in ITEM_NAMES:
        return Diagnostic("E101", f"这里不能用「{word.text}」：目标、实际值和规则集的「令」只能由数据算出", word.span,
                          "写在指标的规则里，或改用数据")
    if _SPELLED_OUT.fullmatch(word.text):
        return Diagnostic("E101", f"「{word.text}」的数要写成数字", word.span, "写成 1、2、3……，如 2分")
    if word.text in TOTAL_NAMES:
        return Diagnostic("E101", f"这里不能用「{word.text}」：算到这里还没有总分", word.span,
                          "它只能写在「等级」「结果应用」和改变总分、等级的「当」里")
    several = scope.items.find(word.text) if scope.items else None
    if isinstance(several, Ambiguous):
        field = word.text.rpartition(".")[2]
        return Diagnostic("E101", f"「{word.text}」可以是几项", word.span, "写出路径：" + "、".join(f"「{p}.{field}」" for p in several.paths))
    return unknown("名称", word, [*scope.names, *_items_like(word.text, scope)])


def _items_like(name: str, scope: Scope) -> list[str]:
    """The items that a misspelt reference may have meant, with its field."""
    stem, dot, field = name.rpartition(".")
    if not dot or not stem or not scope.items:
        return []
    fields = [field] if field in ITEM_FIELDS else list(ITEM_FIELDS)
    near = [stem] if stem in scope.items.rows.leaves else scope.items.rows.leaves
    return [f"{leaf}.{one}" for leaf in near for one in fields]


def unknown(what: str, word: t.Word, known: Iterable[str], code: str = "E101") -> Diagnostic:
    """A name that nothing declares, with the nearest ones that something does."""
    return unknown_text(what, word.text, word.span, known, code)


def unknown_text(what: str, text: str, span: Span, known: Iterable[str], code: str = "E101") -> Diagnostic:
    """As `unknown`, of a name that stands somewhere in *span*."""
    names = list(known)
    near = nearest(text, names)
    hint = "是不是" + "、".join(f"「{n}」" for n in near) + "？" if near else _listed(what, names)
    return Diagnostic(code, f"没有{what}「{text}」", span, hint)


def _listed(what: str, names: list[str]) -> str:
    shown = "、".join(names[:8]) + ("……" if len(names) > 8 else "")
    return f"可用的{what}有：{shown}" if names else f"这里还没有声明任何{what}"


def no_date(node: t.DateLiteral) -> Diagnostic:
    """E105: what is written as a date names no day."""
    return Diagnostic("E105", f"「{node.text}」不是一个日期", node.span, why_no_date(node.text))


def twice(what: str, name: str, first: Span, second: Span) -> Diagnostic:
    """E103: one name declared in two places."""
    return Diagnostic("E103", f"{what}「{name}」声明了两次", second, "改掉其中一个名称，或删去重复的一处",
                      (Note("前一次在这里", first),))


def as_score(value: Quantity) -> Quantity:
    """A weight or total written with or without 分."""
    return value if value.unit.symbol else Quantity(value.amount, SCORE)
