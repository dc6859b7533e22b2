"""Prints the list of codes that stands in docs/reference/codes.md."""

from __future__ import annotations

from perfdsl.pages import codes, page

INTRODUCTION = """# 代码一览

每个代码都有一页说明：`perfdsl explain E201`。E0 语法，E1 名称和单位，E2、W3 检查，E4、W4 数据和计分，A 复核自评表。

| 代码 | 说的是什么 |
|---|---|"""


def listing() -> str:
    """A Markdown table of every code with the title of its page."""
    titles = [(page(code) or "").partition("\n")[0].removeprefix("# ").partition(" ") for code in codes()]
    return "\n".join([INTRODUCTION, *(f"| {code} | {title} |" for code, _, title in titles)]) + "\n"


if __name__ == "__main__":
    print(listing(), end="")  # noqa: T201  # this is what the module is for
