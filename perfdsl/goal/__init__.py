"""What must a unit do to reach a grade or a total?  Exact sets of values, found by running the interpreter over whole regions.

`goals.goals` answers for one unit; `stair` keeps the roundings from cutting regions into thousands of pieces.
"""
