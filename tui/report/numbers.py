"""Figures as JSON has them."""

import math
from typing import Any

import numpy as np


def number(value: float | np.floating[Any]) -> float | int | None:
    """A figure as JSON has it: unrounded, null where unknown, a whole number without a point."""
    number = float(value)
    if not math.isfinite(number):
        return None
    if number == int(number) and abs(number) < 1e15:
        return int(number)
    return number


def difference(value: float | np.floating[Any]) -> float | int | None:
    """A difference of two quoted figures, without the dust that binary fractions leave in it."""
    return number(round(float(value), 9))
