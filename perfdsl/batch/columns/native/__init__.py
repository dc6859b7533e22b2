"""A program as machine code: one loop over the units, for blocks that pay for it."""
