"""Jobs of a few thousand units in plain Python: starting numpy and pyarrow would cost more than the job.

What a ruleset and a row of headings come to is kept between runs as plain data (`recipe`), so that a job of ordinary units loads nothing
but the standard library.  What is not ordinary (`odd`) is asked of the same rooms as ever, which are loaded for it.
"""
