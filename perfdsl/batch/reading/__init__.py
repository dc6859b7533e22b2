"""Columns of a source become columns of a block: the meaning that `perfdsl eval` gives each cell, many cells at once."""
