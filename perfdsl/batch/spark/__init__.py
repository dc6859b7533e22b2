"""Units of a whole nation: the plan of `perfdsl.batch` in the workers of a Spark cluster."""

from perfdsl.batch.spark.frame import score

__all__ = ["score"]
