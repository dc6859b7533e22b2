"""What can a ruleset ever give?  Exact answers for every value of an unknown, not for one.

The interpreter itself is run, with a number that stands for a whole region of values (`form.Form`).  Where a comparison comes out
differently within the region, the region is cut there and each part is run anew (`line.explore`): what comes back is, for every value,
the very score that the interpreter gives.
"""
