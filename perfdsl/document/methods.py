"""The methods that several indicators share, one article each."""

from __future__ import annotations

from perfdsl.document.book import Book
from perfdsl.document.formulas import boxed
from perfdsl.document.sentences import rule_lines
from perfdsl.document.steps import Manner
from perfdsl.document.written import Written
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Deadline, Indicator, Part, Ruleset


def used_methods(ruleset: Ruleset) -> list[k.Rule]:
    """The named methods that some indicator is scored by, in the order of the form."""
    rules = [i.method.rule for i in ruleset.indicators() if i.method and i.method.rule.name]
    return list({rule.name: rule for rule in rules}.values())


def methods(book: Book, ruleset: Ruleset, written: Written) -> None:
    """An article for each shared method."""
    for rule in used_methods(ruleset):
        users = [i for i in ruleset.indicators() if i.method and i.method.rule.name == rule.name]
        book.article(rule.name, _parameters(rule), rule_lines(rule, manner(*users)))
        if basis := "；".join(said for text in rule.basis if (said := book.remarks.basis(text))):
            book.plain(f"依据：{basis}")
        quoted = rule.name if rule.span.source.name != ruleset.span.source.name else ""
        for note in (said for text in written.under(rule.span).notes if (said := book.remarks.note(text, quoted))):
            book.plain(f"说明：{note}")


def _parameters(rule: k.Rule) -> str:
    """What the parameters stand for where an indicator says nothing."""
    usual = [f"{p.name}为{boxed(p.default)}" for p in rule.parameters if p.default is not None]
    asked = [p.name for p in rule.parameters if p.default is None]
    texts = [f"{'，'.join(usual)}，指标另有规定的从其规定。" if usual else "", f"{'、'.join(asked)}由各项指标规定。" if asked else ""]
    return "".join(texts)


def manner(*users: Indicator) -> Manner:
    """How the words of a rule go for those who are scored by it."""
    units = [item.expected.unit for user in users for item in (user.parts or (user,))]
    relative = bool(units) and all(u is not None and bool(u.dimension) for u in units) and not any(u.is_derived for u in users)
    targeted: list[Indicator | Part] = [*users, *(part for user in users for part in user.parts)]
    dated = any(isinstance(case.target, Deadline) for item in targeted for case in item.targets)
    return Manner(dated=dated, relative=relative, outside=any(u.outside for u in users))
