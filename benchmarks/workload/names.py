"""Short names for the columns of W, as those who write a plan by hand would take them."""

from __future__ import annotations

from benchmarks.workload.shape import ITEMS

IDS = tuple(item.id for item in ITEMS)
SHORT = {name: f"{item.id}{'abc'[at] if item.id == 'c10' else ''}_{role}"
         for item in ITEMS for at, pair in enumerate(item.pairs) for role, name in zip("at", pair, strict=True)}
"""u1_a and u1_t are actual and target of u1; c10a_a … c10c_t those of the parts of c10."""
RESULTS = (*IDS, "total", "grade")
