"""Whether what was found holds claimed points or targets: a table of data alone has neither."""

from __future__ import annotations

import re

from perfdsl.forms.form import Form, FormRow, Said
from perfdsl.forms.headings import Role, first_role
from perfdsl.forms.words import bare

_POINTS = frozenset({Role.WEIGHT, Role.CLAIMED, Role.SHARE, Role.CONVERTED, Role.TARGET})
_CHOSEN = "评定得分"
"""The column of a data file for the points that a reviewer gives; no unit claims them."""


def is_scored(form: Form) -> bool:
    """Whether a form has weights, claimed points or targets, or amounts of money in a budget block."""
    headed = any(first_role(said.text) in _POINTS and bare(said.text) != _CHOSEN for said in form.columns)
    money = any(row.weight or row.score or _is_amount(row.budget) or _is_amount(row.spent) for row in form.budget)
    whole = form.total_weight or form.total_claimed or any(heading.weight for heading in form.headings)
    return headed or money or bool(whole) or (not form.columns and any(map(_has_points, form.rows)))


def _has_points(row: FormRow) -> bool:
    return any((row.weight, row.claimed, row.share, row.converted, row.target))


def _is_amount(said: Said | None) -> bool:
    return said is not None and re.search(r"\d", said.text) is not None
