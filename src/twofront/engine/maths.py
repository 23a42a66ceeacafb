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


@law
def exp(x):
    """eˣ, for x within ±700 (clipped beyond)."""
    x = min(700.0, max(-700.0, x))
    n = np.int64(x * _INV_LN2 + 1024.5) - 1024
    r = (x - n * _LN2_HIGH) - n * _LN2_LOW
    series = 1.0 + r * (
        1.0 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (
            1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (
                1 / 39916800 + r * (1 / 479001600)))))))))))
    )  # fmt: skip
    return series * np.int64((n + 1023) << 52).view(np.float64)


@law
def log(x):
    """ln x, for normal positive x."""
    bits = np.float64(x).view(np.int64) - _SQRT_HALF_BITS
    power = bits >> 52
    mantissa = np.int64((bits & np.int64(0xFFFFFFFFFFFFF)) + _SQRT_HALF_BITS).view(np.float64)
    f = (mantissa - 1.0) / (mantissa + 1.0)
    g = f * f
    series = 1.0 + g * (1 / 3 + g * (1 / 5 + g * (1 / 7 + g * (1 / 9 + g * (1 / 11 + g * (
        1 / 13 + g * (1 / 15 + g * (1 / 17 + g * (1 / 19 + g / 21)))))))))  # fmt: skip
    return power * _LN2 + 2.0 * f * series


@law
def logistic(x):
    """1 / (1 + e⁻ˣ)."""
    return 1.0 / (1.0 + exp(-x))


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
def chance(hazard, dt):
    """P(event in a step) = 1 - e^(-hazard·dt), for a hazard per week."""
    return 1.0 - exp(-hazard * dt)
