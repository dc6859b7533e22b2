"""A program as machine code: loops over the units, where enough of these come."""
