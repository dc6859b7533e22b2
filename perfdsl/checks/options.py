"""Options: a rule names only those that the datum has."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.expressions import unknown_text
from perfdsl.model.references import GRADE
from perfdsl.model.ruleset import Datum, Ruleset
from perfdsl.model.walk import every, expressions
from perfdsl.spelling import nearest


def known(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E105: a datum is compared with a word that is none of its options, or 等级 with a grade that there is not."""
    data = {datum.name: datum for datum in ruleset.data if datum.expected.options}
    grades = [grade.name for grade in ruleset.grades]
    for part in expressions(ruleset):
        for node in every(part):
            if isinstance(node, k.Comparison) and isinstance(node.left, k.Name) and isinstance(node.right, k.Word):
                datum = data.get(node.left.name)
                if datum is not None and node.right.text not in datum.expected.options:
                    yield _unknown(datum, node.right)
                elif node.left.name == GRADE and node.right.text not in grades:
                    yield unknown_text("等级", node.right.text, node.right.span, grades, "E105")


def _unknown(datum: Datum, word: k.Word) -> Diagnostic:
    options = datum.expected.options
    near = nearest(word.text, options)
    hint = f"是不是「{near[0]}」？" if near else f"可以写：{'、'.join(options)}"
    return Diagnostic("E105", f"数据「{datum.name}」没有选项「{word.text}」", word.span, hint, (Note("选项在这里声明", datum.span),))
