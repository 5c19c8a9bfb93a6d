"""The exchange's rules: tick sizes and daily price limits.

Every function takes arrays of any shape that broadcast together, or plain numbers, and answers
with arrays of that shape (of no dimension for plain numbers). Prices are in yen. What is NaN,
zero, negative or infinite has no tick and no limit: NaN. So has everything where the tables
cannot be read. `fine` tells the names of the TOPIX 500, which trade on the finer ticks
(`Instrument.topix500`).
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from math import inf

import numpy as np
import numpy.typing as npt

from tui.data.rules import limit_table, tick_table
from tui.market.arrays import Bytes, Flags, Floats

Prices = Floats | float
Fine = Flags | bool

_NEAR = 1e-6
"""A share of a tick that counts as rounding of binary fractions, not as off the grid."""


class Rounding(IntEnum):
    """Which way a price goes that is off the grid; a half goes up."""

    DOWN = -1
    NEAREST = 0
    UP = 1


class LimitState(IntEnum):
    """Where a price stands in the day's limits."""

    NONE = 0
    UP = 1
    """At the upper limit (ストップ高), or above it."""
    DOWN = 2
    """At the lower limit (ストップ安), or below it."""


@dataclass(frozen=True, slots=True)
class LimitDistance:
    """How far prices are from the day's limits; NaN where unknown.

    Attributes:
        up_percent, down_percent: How far the price can still rise and fall, in per cent of
            itself, both positive inside the limits.
        up_ticks, down_ticks: The same in steps of the grid.
    """

    up_percent: Floats
    down_percent: Floats
    up_ticks: Floats
    down_ticks: Floats


@dataclass(frozen=True, slots=True)
class _Grid:
    """The tick tables as columns, one entry a band.

    Attributes:
        upto: Highest price of each band, the last one infinite.
        above: Price above which each band begins.
        ticks: ``float64[2, bands]``, of other names and of fine ones.
        steps: ``float64[2, bands]``, steps of the grid from 0 to where each band begins.
    """

    upto: Floats
    above: Floats
    ticks: Floats
    steps: Floats


@cache
def _grid() -> _Grid | None:
    rows = tick_table().rows
    if not rows:
        return None
    upto = np.array([inf if row.upto is None else row.upto for row in rows])
    above = np.concatenate([[0.0], upto[:-1]])
    ticks = np.array([[row.other for row in rows], [row.fine for row in rows]])
    spans = np.rint((upto[:-1] - above[:-1]) / ticks[:, :-1])
    steps = np.concatenate([np.zeros((2, 1)), np.cumsum(spans, axis=1)], axis=1)
    return _Grid(upto, above, ticks, steps)


@cache
def _widths() -> tuple[Floats, Floats] | None:
    """Upper ends of the bands of base prices but the last, and the width of each band."""
    rows = limit_table().rows
    if not rows:
        return None
    ends = np.array([row.below for row in rows if row.below is not None], np.float64)
    return ends, np.array([row.width for row in rows])


def tick_size(price: Prices, fine: Fine) -> Floats:
    """The step below a price, which on the border of two bands is the finer one."""
    prices = _positive(price)
    grid = _grid()
    if grid is None:
        return np.full(np.broadcast(prices, fine).shape, np.nan)
    band = _band(grid, prices)
    ticks = grid.ticks[_table(fine), band]
    return np.where(np.isnan(prices), np.nan, ticks)


def round_to_tick(price: Prices, fine: Fine, rounding: Rounding = Rounding.NEAREST) -> Floats:
    """The price of the grid that is nearest, or next in a direction.

    A positive price that would round to zero becomes the lowest price of the grid.
    """
    prices = _positive(price)
    tick = tick_size(prices, fine)
    ratio = prices / tick
    whole = np.rint(ratio)
    if rounding is Rounding.UP:
        count = np.ceil(ratio)
    elif rounding is Rounding.DOWN:
        count = np.floor(ratio)
    else:
        count = np.floor(ratio + 0.5)
    count = np.where(np.abs(ratio - whole) < _NEAR, whole, count)
    return _tenths(np.maximum(count, 1.0) * tick)


def price_limits(base: Prices, fine: Fine) -> tuple[Floats, Floats]:
    """The day's lower and upper price limit.

    The width comes from the base price. A limit that is off the grid moves up to the next
    price, the upper one as observed on limit days. A base price on the grid puts the lower limit
    on the grid by itself, since lower bands have equal or finer ticks; only where the base is off
    the grid does it move up as well, so that a fall never exceeds the width. It is never below the
    lowest price of the grid. The wider limits that follow days without a trade at the limit are
    not known here.

    Returns:
        Lower and upper limit.
    """
    bases = _positive(base)
    bands = _widths()
    if bands is None:
        nothing = np.full(np.broadcast(bases, fine).shape, np.nan)
        return nothing, nothing.copy()
    ends, widths = bands
    width = widths[np.searchsorted(ends, bases, side="right").clip(0, len(widths) - 1)]
    upper = round_to_tick(bases + width, fine, Rounding.UP)
    least = np.where(np.isnan(bases), np.nan, np.maximum(bases - width, _least(fine)))
    return round_to_tick(least, fine, Rounding.UP), upper


def limit_state(price: Prices, lower: Prices, upper: Prices) -> Bytes:
    """`LimitState` of each price; none where price or limit is unknown."""
    prices = np.asarray(price, np.float64)
    state = np.zeros(np.broadcast(prices, lower, upper).shape, np.uint8)
    near = np.abs(prices) * 1e-9
    state[...] = np.where(prices >= np.asarray(upper) - near, LimitState.UP, state)
    state[...] = np.where(prices <= np.asarray(lower) + near, LimitState.DOWN, state)
    return state


def limit_distance(price: Prices, base: Prices, fine: Fine) -> LimitDistance:
    """How far prices are from the limits that their base prices set."""
    prices = _positive(price)
    lower, upper = price_limits(base, fine)
    here = _step(prices, fine)
    return LimitDistance(
        up_percent=(upper - prices) / prices * 100,
        down_percent=(prices - lower) / prices * 100,
        up_ticks=_step(upper, fine) - here,
        down_ticks=here - _step(lower, fine),
    )


def ticks_between(start: Prices, stop: Prices, fine: Fine) -> Floats:
    """Steps of the grid from one price to another, negative downwards.

    The bands in between count with their own ticks. A price off the grid counts with its fraction
    of a step.
    """
    return _step(_positive(stop), fine) - _step(_positive(start), fine)


def _step(prices: Floats, fine: Fine) -> Floats:
    """Steps of the grid from 0 to each price, in fractions where it is off the grid."""
    grid = _grid()
    if grid is None:
        return np.full(np.broadcast(prices, fine).shape, np.nan)
    band, table = _band(grid, prices), _table(fine)
    inside = (prices - grid.above[band]) / grid.ticks[table, band]
    whole = np.rint(inside)
    inside = np.where(np.abs(inside - whole) < _NEAR, whole, inside)
    return np.asarray(grid.steps[table, band] + inside)


def _least(fine: Fine) -> Floats:
    """The lowest price of the grid."""
    grid = _grid()
    return np.asarray(np.nan if grid is None else grid.ticks[_table(fine), 0])


def _band(grid: _Grid, prices: Floats) -> npt.NDArray[np.intp]:
    """The band of each price; that of NaN is the last, and means nothing."""
    # A border computed in binary may come out a hair above itself.
    hair = prices * (1 - 1e-12)
    return np.asarray(np.searchsorted(grid.upto, hair, side="left")).clip(0, len(grid.upto) - 1)


def _table(fine: Fine) -> npt.NDArray[np.intp]:
    return np.asarray(fine, np.intp)


def _positive(price: Prices) -> Floats:
    """Prices as an array, NaN where one is not a positive finite number."""
    prices = np.asarray(price, np.float64)
    with np.errstate(invalid="ignore"):
        return np.where((prices > 0) & (prices < inf), prices, np.nan)


def _tenths(prices: Floats) -> Floats:
    """Prices as the doubles nearest to tenths of a yen, so that they compare equal."""
    return np.asarray(np.rint(prices * 10) / 10)
