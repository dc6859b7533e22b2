"""What was meant: the kernel, the ruleset, and the way from written blocks to them."""
