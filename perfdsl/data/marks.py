"""What can be told of a single text: marks that nobody sees, words that stand at the foot of a form.  No other module is needed."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]|\\[bookmark:[^\\]]*\\]")

SIGNED = re.compile(r"规则集「.*」.* · perfdsl \S+")
"""The line with which each output says what it was made with."""
_FURNITURE = re.compile(r"(总分|等级|合计|总计|小计|得分合计|填报人|填报单位|填报日期|联系人|联系电话|审核人|负责人|经办人|单位负责人|备注|注)"
                        r"\s*([:：（(].*)?$")


def clean(text: str) -> str:
    """*text* without the marks that nobody sees, and without blanks of any width at its ends."""
    return _UNSEEN.sub("", text).strip()


def is_furniture(text: str) -> bool:
    """Whether a row begins with a word of the form's foot: a total, a grade, a signature, a note, what it was made with."""
    return any(foot.match(clean(text)) for foot in (_FURNITURE, SIGNED))
