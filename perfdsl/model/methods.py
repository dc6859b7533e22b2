"""How an indicator is scored: by a method it names, with arguments, or by rules of its own."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.blocks import basis, only
from perfdsl.model.desugar import desugar, is_rule
from perfdsl.model.expressions import Expressions, unknown
from perfdsl.model.ruleset import MethodUse
from perfdsl.model.targets import Context
from perfdsl.model.walk import every, names, rule_parts
from perfdsl.syntax import tree as t

TIER = ("定性", "qualitative")


class Methods:
    """Reads the rules of indicators.  Arguments rest on data alone: `data_only`."""

    def __init__(self, context: Context, data_only: Expressions, found: list[Diagnostic]) -> None:
        self.context = context
        self.data_only = data_only
        self.found = found

    def read(self, block: t.Block, outside: bool) -> MethodUse | None:
        """The rule that scores an indicator; None where it says nothing of it.  *outside*: of an item beside the total."""
        head = block.head
        named = only(block, t.ScoredBy, self.found)
        own = [c for c in block.clauses if is_rule(c) and not isinstance(c, t.ActualIs)]
        if named and own:
            self.found.append(Diagnostic("E108", f"「{head.name.text}」既写了「{named.span.text}」，又写了自己的计分规则",
                                         own[0].span, "两者只留其一；一票否决写：当 …，本项 不得分"))
        if named:
            return self._named_method(named)
        if not own:
            return None
        rule = desugar("", (), own, self.context.scope, head.span, basis(block), self.found, outside)
        return MethodUse(rule, (), head.span)

    def _named_method(self, use: t.ScoredBy) -> MethodUse | None:
        rule = self.context.methods.get(use.method.text)
        if rule is None:
            if not self.context.library_missing:
                self.found.append(_unknown_method(use.method, self.context.methods))
            whole = k.Name("分值", use.span)
            return MethodUse(k.Rule(use.method.text, (), None, (), whole, (), use.span), (), use.span)
        return MethodUse(rule, self._arguments(use, rule), use.span)

    def _arguments(self, use: t.ScoredBy, rule: k.Rule) -> tuple[tuple[str, k.Expr], ...]:
        names = [p.name for p in rule.parameters]
        given: dict[str, k.Expr] = {}
        for at, argument in enumerate(use.arguments):
            name = argument.name or (names[at] if at < len(names) else "")
            if name not in names or name in given:
                self.found.append(Diagnostic("E109", f"计分方法「{rule.name}」没有参数「{argument.span.text}」", argument.span,
                                             f"它的参数是：{'、'.join(names) or '（无）'}"))
            given[name] = self._argument(argument.value, name, rule)
        for parameter in rule.parameters:
            if parameter.name not in given and parameter.default is not None:
                self._check_default(use, rule, parameter.default)
            if parameter.name not in given and parameter.default is None:
                self.found.append(Diagnostic("E109", f"计分方法「{rule.name}」还要给出「{parameter.name}」", use.span,
                                             f"写成「计分 {rule.name}（{parameter.name} = …）」"))
        return tuple(given.items())

    def _argument(self, value: t.Expr, parameter: str, rule: k.Rule) -> k.Expr:
        """What a parameter is given; a word that names nothing is a choice where the rule compares the parameter with words."""
        choices = _choices(rule, parameter)
        if isinstance(value, t.Word) and self.context.scope.find(value.text) is None and choices:
            if value.text not in choices:
                self.found.append(unknown("选项", value, choices, "E105"))
            return k.Word(value.text, value.span)
        return self.data_only.expr(value)

    def _check_default(self, use: t.ScoredBy, rule: k.Rule, default: k.Expr) -> None:
        """The names in a parameter's default are data of the ruleset that uses the method."""
        for name in sorted(names(default)):
            if self.context.scope.find(name) is None:
                self.found.append(Diagnostic(
                    "E101", f"计分方法「{rule.name}」要用数据「{name}」，规则集没有声明", use.span,
                    f"加一行「数据 {name} 万元」，或写明用哪个数据：计分 {rule.name}（{rule.parameters[0].name} = …）",
                    (Note("方法在这里", rule.span),)))


def verdicts(rule: k.Rule) -> tuple[str, ...]:
    """The words that a list of 定性 compares 实际值 with."""
    nodes = (node for node in every(rule.score) if isinstance(node, k.Choice))
    lines = [case.condition for node in nodes for case in node.cases if case.span.text.startswith(TIER)]
    return tuple(c.right.text for c in lines if isinstance(c, k.Comparison) and isinstance(c.right, k.Word))


def _choices(rule: k.Rule, parameter: str) -> list[str]:
    """The words with which a rule compares a parameter."""
    nodes = (node for part in rule_parts(rule) for node in every(part))
    asked = [n for n in nodes if isinstance(n, k.Comparison) and isinstance(n.left, k.Name) and n.left.name == parameter]
    return list(dict.fromkeys(n.right.text for n in asked if isinstance(n.right, k.Word)))


def _unknown_method(name: t.Word, methods: dict[str, k.Rule]) -> Diagnostic:
    if methods:
        return unknown("计分方法", name, methods, "E102")
    return Diagnostic("E102", f"没有计分方法「{name.text}」：规则集还没有引用任何方法", name.span, "在规则集里加一行：引用 「标准计分方法」")
