"""Workload W: one ruleset of 13 indicators, units of any number, and what each must score."""
