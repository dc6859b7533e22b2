"""The words of the table of scores.  No other module is needed."""

from __future__ import annotations

STATUS_WORDS = ("已计分", "未填", "不适用", "待评")
"""In the order of `one.STATUSES`."""
STANDING_WORDS = ("已评定", "待定", "没有总分", "不得参评", "有错误")
"""In the order of `plan.whole.Standing`."""
BETWEEN = "；"
"""Between the texts of one cell."""
BARRED = "不得参评"
"""Stands in the place of the grade."""
WHOLE, LEAST, MOST = 10_000, 100, 1_000_000
"""In hundredths of a percent: the target, a hundredth of it, a hundred times it (W455)."""
