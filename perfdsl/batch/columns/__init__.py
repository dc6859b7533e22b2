"""Trees of a plan over whole columns: float64 holds whole numbers below 2⁵³, and their quotients are floored exactly.

For whole n ≥ 0 and d > 0 with n + d ≤ 2⁵³ the floor of the float64 quotient is that of n ÷ d: with k = ⌈n ÷ d⌉ the rounded quotient
reaches k only if k·d ≥ 2⁵³, but k·d ≤ n + d − 1.  What a program assumes of its columns so that this holds is checked in every block.
"""
