"""What others make of workload W, each written by hand as well as its author could: one module a rival.

A module has `prepare(columns, threads)`, which is not timed and gives the inputs in the rival's own form; `score(state)`,
which is timed and gives scores, total and grade in the rival's own form; and `digits(result)`, which is not timed and
gives what the reference gives.  `contestants` lists them all.
"""
