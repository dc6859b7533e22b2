"""Decimals between Java and Python as the whole numbers of their last places: Spark makes two objects for each decimal that it hands over, none for
a number of 64 bits.

Spark has expressions for it (`UnscaledValue`, `MakeDecimal`) but no function that calls them; where this Spark does not let them be made
(Spark Connect), decimals go as they are.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

_DIGITS = 18
"""Of decimals that fit 64 bits."""


class Whole:
    """Makes those expressions; `works` tells whether they can be had."""

    def __init__(self, df: Any) -> None:
        self._java: Any = None
        try:
            from pyspark.sql import functions as F  # noqa: N812

            self._java = df.sparkSession._jvm.org.apache.spark.sql
            self.decimal(self.units(F.lit(0)), _DIGITS, 0)
        except Exception:  # noqa: BLE001  # whatever this Spark lacks, decimals can do without
            self._java = None

    @property
    def works(self) -> bool:
        return self._java is not None

    def places(self, kind: Any) -> int | None:
        """How many places the whole numbers of a column of this type have; None where it is left as it is."""
        from pyspark.sql import types

        return kind.scale if self.works and isinstance(kind, types.DecimalType) and kind.precision <= _DIGITS else None

    def units(self, column: Any) -> Any:
        """A column of decimals as whole numbers."""
        return self._column(self._java.catalyst.expressions.UnscaledValue(self._expression(column)))

    def decimal(self, column: Any, digits: int, places: int) -> Any:
        """A column of whole numbers as decimals."""
        return self._column(self._java.catalyst.expressions.MakeDecimal(self._expression(column), digits, places))

    def _expression(self, column: Any) -> Any:
        return self._utils.expression(column._jc) if self._utils else column._jc.expr()

    def _column(self, expression: Any) -> Any:
        from pyspark.sql import functions as F  # noqa: N812

        return type(F.lit(0))(self._utils.column(expression) if self._utils else self._java.Column(expression))

    @cached_property
    def _utils(self) -> Any:
        """Since Spark 4 a column holds its expression no longer."""
        from py4j.java_gateway import JavaClass

        found = self._java.classic.ExpressionUtils
        return found if isinstance(found, JavaClass) else None
