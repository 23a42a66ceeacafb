"""Elementary functions that vectorise, and give the same bits on every machine.

`exp` and `log` reduce their argument to a short interval and sum a series there; relative
error below 1e-13 (tested). `exp` saturates outside ±700. `cosine_turn(u)` is cos(2πu).

Reference: Muller, Elementary Functions (3rd ed., 2016), chapters 3 and 4.
"""

import math

import numpy as np

from .lanes import law

_LN2 = math.log(2.0)
_INV_LN2 = 1.0 / _LN2
# Splitting ln 2 keeps the reduced argument exact (Cody & Waite).
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_SQRT_HALF_BITS = np.float64(math.sqrt(0.5)).view(np.int64)
# Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits: a conversion between
# floats and integers that every vector unit has.
_ROUND = 6755399441055744.0
_ROUND_BITS = np.float64(_ROUND).view(np.int64)
_TWO_52 = 4503599627370496.0
_TWO_52_BITS = np.float64(_TWO_52).view(np.int64)


@law
def exp(x):
    """eˣ, for x within ±700 (clipped beyond)."""
    x = max(min(x, 700.0), -700.0)
    rounded = x * _INV_LN2 + _ROUND
    n = rounded - _ROUND
    r = (x - n * _LN2_HIGH) - n * _LN2_LOW
    # Estrin's order: pairs first, so that few terms wait for one another.
    s = r * r
    t = s * s
    low = (1.0 + r) + s * (1 / 2 + r * (1 / 6))
    middle = (1 / 24 + r * (1 / 120)) + s * (1 / 720 + r * (1 / 5040))
    high = (1 / 40320 + r * (1 / 362880)) + s * (1 / 3628800 + r * (1 / 39916800))
    high += t * (1 / 479001600)
    series = low + t * (middle + t * high)
    power = np.float64(rounded).view(np.int64) - _ROUND_BITS + 1023
    return series * np.int64(power << 52).view(np.float64)


_FINE = 2.0**20
_CHORD = 1.0 / 1.062
# Whole numbers of 2⁻²⁰ begin at this bit of a float's exponent and mantissa.
_FINE_BITS = np.int64(32)


@law
def exp_above(x):
    """No less than eˣ, and at most 6.2 % more, for a fraction of the cost.

    The bits of a float, read as a number, are its exponent and mantissa, so a multiple of x put
    there is the chord of 2ˣ between two powers of two, which lies above the curve; the ratio is
    largest at 2 / (e ln 2) = 1.0615. A bound like this settles most rare decisions: where luck
    exceeds the bound of a chance, the chance need not be known.

    Reference: Schraudolph, A fast, compact approximation of the exponential function, 1999.
    """
    x = max(min(x, 700.0), -700.0)
    rounded = x * (_INV_LN2 * _FINE) + (1023.0 * _FINE + 1.0 + _ROUND)
    bits = np.float64(rounded).view(np.int64) - _ROUND_BITS
    return np.int64(bits << _FINE_BITS).view(np.float64)


@law
def exp_below(x):
    """No more than eˣ, and at least 94 % of it; see `exp_above`."""
    return _CHORD * exp_above(x)


@law
def log(x):
    """ln x, for normal positive x."""
    bits = np.float64(x).view(np.int64) - _SQRT_HALF_BITS
    raised = np.uint64(bits + np.int64(1024 << 52)) >> np.uint64(52)
    power = np.int64(np.int64(raised) | _TWO_52_BITS).view(np.float64) - (_TWO_52 + 1024.0)
    mantissa = np.int64((bits & np.int64(0xFFFFFFFFFFFFF)) + _SQRT_HALF_BITS).view(np.float64)
    f = (mantissa - 1.0) / (mantissa + 1.0)
    g = f * f
    h = g * g
    q = h * h
    series = (
        ((1.0 + g * (1 / 3)) + h * (1 / 5 + g * (1 / 7)))
        + q * ((1 / 9 + g * (1 / 11)) + h * (1 / 13 + g * (1 / 15)) + q * (1 / 17 + g * (1 / 19)))
    )  # fmt: skip
    return power * _LN2 + 2.0 * f * series


@law
def logistic(x):
    """1 / (1 + e⁻ˣ)."""
    return 1.0 / (1.0 + exp(-x))


@law
def logistic_above(x):
    """No less than 1 / (1 + e⁻ˣ), and at most 6.2 % more."""
    return 1.0 / (1.0 + exp_below(-x))


@law
def tanh(x):
    """Hyperbolic tangent."""
    return 1.0 - 2.0 / (exp(2.0 * x) + 1.0)


@law
def cosine_turn(u):
    """cos(2πu) for u in [0, 1]."""
    y = math.pi * (u - 0.5)
    z = y * y
    sine = y * (1.0 + z * (-1 / 6 + z * (1 / 120 + z * (-1 / 5040 + z * (1 / 362880 + z * (
        -1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z * (
            1 / 355687428096000 - z / 121645100408832000)))))))))  # fmt: skip
    return 2.0 * sine * sine - 1.0


@law
def normal(u, v):
    """A standard normal deviate from two uniforms (Box & Muller 1958)."""
    return math.sqrt(-2.0 * log(u)) * cosine_turn(v)


@law
def normal_beside(u, v):
    """The other deviate of the pair that `normal(u, v)` belongs to, independent of it."""
    quarter = v - 0.25 if v >= 0.25 else v + 0.75
    return math.sqrt(-2.0 * log(u)) * cosine_turn(quarter)


@law
def chance(hazard, dt):
    """P(event in a step) = 1 - e^(-hazard·dt), for a hazard per week."""
    return 1.0 - exp(-hazard * dt)
