"""The same random examples in every run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("steady", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("steady")
