"""One unit of W in plain Python by hand, exact: the function alone, which imports nothing."""

from __future__ import annotations


def one(b0a, b0t, u1a, u1t, u2a, u2t, d3a, d3t, d4a, d4t, n5a, n5t, s6a, s6t, l7a, l7t, p8a, p8t,
        xa, xt, ya, yt, za, zt, oa, ot, la, lt, word, /):
    """13 cents, the total and the grade: every half up is (2 × numerator + denominator) // (2 × denominator)."""
    b0 = 1000 if b0a >= b0t else (2000 * b0a + b0t) // (2 * b0t)
    u1 = 1200 if u1a >= u1t else (2400 * u1a + u1t) // (2 * u1t)
    u2 = 800 if u2a >= u2t else (1600 * u2a + u2t) // (2 * u2t)
    d3 = 800 if d3a <= d3t or not d3a else (1600 * d3t + d3a) // (2 * d3a)
    d4 = 500 if d4a <= d4t or not d4a else (1000 * d4t + d4a) // (2 * d4a)
    n5 = 500 if n5a >= n5t else 0
    s6 = 600 if s6a >= s6t else 480 if 10 * s6a >= 9 * s6t else 300 if 4 * s6a >= 3 * s6t else 0
    over = 5 * l7a - 3 * l7t
    l7 = 900 if l7a >= l7t else (900 * over + l7t) // (2 * l7t) if over > 0 else 0
    over = p8a - p8t
    p8 = 600 if over <= 0 else (12_010_000 - 150 * over) // 20_000 if over < 80_000 else 0
    q9 = (500, 350, 150)[word]
    if xa > xt:
        xa = xt
    if ya > yt:
        ya = yt
    if za > zt:
        za = zt
    below = xt * yt * zt
    c10 = (1000 * xa * yt * zt + 800 * ya * xt * zt + 600 * za * xt * yt + below) // (2 * below)
    if oa <= ot:
        o11 = (1400 * oa + ot) // (2 * ot)
    elif 10 * oa <= 13 * ot:
        o11 = 700
    else:
        over = 23 * ot - 10 * oa
        o11 = (140 * over + ot) // (2 * ot) if over > 0 else 0
    over = 2 * la - lt
    l12 = 700 if la >= lt else (1400 * over + lt) // (2 * lt) if over > 0 else 0
    total = b0 + u1 + u2 + d3 + d4 + n5 + s6 + l7 + p8 + q9 + c10 + o11 + l12
    grade = 3 if total >= 9000 else 2 if total >= 8000 else 1 if total >= 6000 else 0
    return b0, u1, u2, d3, d4, n5, s6, l7, p8, q9, c10, o11, l12, total, grade
