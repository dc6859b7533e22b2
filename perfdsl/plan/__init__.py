"""A ruleset laid out for units by the million: the interpreter is run along every path of its rules, once.

What comes of that are trees of tests on cells with exact quotients at their leaves (`tree`, `quotients`); `code` writes them as Python
functions over whole numbers, `perfdsl.batch.columns` as array operations.
"""
