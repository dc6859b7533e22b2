"""One unit after another by a ruleset that is compiled once, for programs that score as they go.

`reading` turns what a program has into whole numbers, `perfdsl.plan` scores them, `result` tells what came of it; whatever is out of the
ordinary goes to the interpreter (`interpreted`), which gives the same digits.
"""

from perfdsl.warm.compiled import Compiled, compiled
from perfdsl.warm.result import Item, Result

__all__ = ["Compiled", "Item", "Result", "compiled"]
