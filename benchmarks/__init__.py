"""How long perfdsl takes: to start, to read rulesets of growing size, to score.  `python -m benchmarks` prints it."""
