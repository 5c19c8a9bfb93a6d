"""Models the session's day: the course of the index, and every name's path and volume under it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.data.build.session_path import (
    DayOf,
    Floats,
    Ints,
    bridge,
    draw_course,
    draw_name,
    draw_volume,
    fold,
    hold_to,
    settle,
)
from tui.data.session import SessionFacts
from tui.data.session_paths import LOT, STEP_SLOTS, STEPS, StoredPaths, check, decode
from tui.errors import DataError

_ATTEMPTS: Final = 40
_MARGIN: Final = 0.02
"""How far inside the index's real range its course is drawn, in ranges."""
_SPREAD: Final = 0.6
"""How far the index's course would stray in a day if it were free, in ranges."""
_LATE: Final = 60.0
"""Slots after which a late opening comes, on average."""
_MINUTE_SLOTS: Final = 300


@dataclass(frozen=True, slots=True)
class TickTable:
    """A table of tick sizes, in hundredths of a yen."""

    upto: Ints
    tick: Ints

    def at(self, price: Ints) -> Ints:
        """The tick at each price, both in hundredths of a yen."""
        return self.tick[np.searchsorted(self.upto, price, side="left")]


def model(facts: SessionFacts, grid: list[TickTable], seed: int) -> StoredPaths:
    """Draw days until one keeps the index inside its real range from the first print to the last.

    Args:
        facts: The real figures.
        grid: The tick table of each of the index's names.
        seed: Where chance starts; the same seed gives the same day.

    Raises:
        DataError: No such day was found.
    """
    low, high = round(facts.low[-1] * 100), round(facts.high[-1] * 100)
    for attempt in range(_ATTEMPTS):
        stored = draw(facts, grid, np.random.default_rng([seed, attempt]))
        if stored is None:
            continue
        check(facts, stored)
        index = decode(facts, stored).index
        if index.min() >= low and index.max() <= high and index[-1] == round(facts.close[-1] * 100):
            return stored
    raise DataError(
        "no path keeps the index inside its range",
        subject=str(facts.session),
        remedy="Check the names' figures against the index's.",
    )


def draw(
    facts: SessionFacts, grid: list[TickTable], rng: np.random.Generator
) -> StoredPaths | None:
    """Draw one day; None where a name would move too far in a step to be stored."""
    names = facts.names
    first_slot = _openings(rng, names)
    known = np.isfinite(facts.volume[:names])
    activity = _activity(facts.turnover[:names], facts.volume[:names])
    days = [
        _day(facts, row, grid[row], int(first_slot[row]) // STEP_SLOTS, float(activity[row]))
        for row in range(names)
    ]
    weight = facts.factor * facts.unit[:names] / 100 / facts.divisor
    low, high = facts.low[-1], facts.high[-1]
    margin = _MARGIN * (high - low)
    start = float(weight @ np.array([float(day.open) for day in days]))
    end = facts.close[-1] - 0.04 * (high - low)
    average = np.array([day.open if day.vwap is None else day.vwap for day in days])
    course = draw_course(
        rng,
        start=start,
        end=end,
        low=low + margin,
        high=high - margin,
        spread=_SPREAD * (high - low),
        mean=float(weight @ average),
    )
    drawn = [draw_name(rng, day, course / start - 1) for day in days]
    ways = np.array([way for way, _ in drawn])
    pins = [pinned for _, pinned in drawn]
    hold_to(ways, weight, days, pins, course)

    price = np.empty((names, STEPS + 1), dtype=np.int64)
    code = np.empty((names, STEPS + 1), dtype=np.uint8)
    auction = np.empty((names, 2), dtype=np.int32)
    for row, day in enumerate(days):
        price[row], traded = settle(rng, ways[row], pins[row], day)
        code[row], auction[row] = draw_volume(rng, price[row], traded, day)
    topix = _topix(rng, facts, course / start - 1, int(first_slot[names]) // STEP_SLOTS)
    delta = np.diff(price, axis=1, prepend=price[:, :1])
    topix_delta = np.diff(topix, prepend=topix[:1])
    if np.abs(delta).max() > np.iinfo(np.int8).max or not known.any():
        return None
    return StoredPaths(
        first_slot=first_slot,
        start=np.array([*price[:, 0], topix[0]], dtype=np.int32),
        delta=delta.astype(np.int8),
        topix_delta=topix_delta.astype(np.int16),
        code=code,
        auction=auction,
    )


def _openings(rng: np.random.Generator, names: int) -> npt.NDArray[np.uint16]:
    """When each name prints first: most at once, the rest within a minute; TOPIX after a second."""
    late = rng.exponential(_LATE, size=names)
    slots = np.where(rng.random(names) < 0.72, 0, np.clip(late, 1, _MINUTE_SLOTS - 1))
    return np.append(slots, 5).astype(np.uint16)


def _activity(turnover: Floats, volume: Floats) -> Floats:
    """The share of steps in which each name trades: more where more yen change hands.

    A name never trades in more steps than a third of its lots could fill.
    """
    known = np.isfinite(turnover)
    rank = np.where(known, turnover, -1.0).argsort().argsort() / max(len(turnover) - 1, 1)
    lots = np.where(known, volume, 0.0) / LOT
    return np.where(known, np.minimum(0.45 + 0.5 * rank, lots / 3 / STEPS), 0.2)


def _day(
    facts: SessionFacts, row: int, table: TickTable, first_step: int, activity: float
) -> DayOf:
    """One name's day in units. A derived one runs between its base price and its close."""
    unit = int(facts.unit[row])

    def units(price: float) -> int:
        hundredths = round(price * 100)
        if hundredths % unit or hundredths % int(table.at(np.array([hundredths]))[0]):
            raise DataError(f"{price:g} is not on the tick grid", subject=facts.symbols[row])
        return hundredths // unit

    close = units(float(facts.close[row]))
    if np.isnan(facts.open[row]):
        open_ = units(float(facts.previous_close[row]))
        low, high = min(open_, close), max(open_, close)
        vwap = None
        lots = 0
    else:
        open_, high, low = (
            units(float(figure[row])) for figure in (facts.open, facts.high, facts.low)
        )
        vwap = float(facts.turnover[row] / facts.volume[row]) * 100 / unit
        lots = round(float(facts.volume[row]) / LOT)
    prices = np.arange(low, high + 1, dtype=np.int64) * unit
    tick = table.at(prices)
    return DayOf(
        open=open_,
        high=high,
        low=low,
        close=close,
        vwap=vwap,
        ticks=np.clip((prices + tick // 2) // tick * tick // unit, low, high),
        lots=lots,
        activity=activity,
        first_step=first_step,
    )


def _topix(rng: np.random.Generator, facts: SessionFacts, course: Floats, first_step: int) -> Ints:
    """TOPIX step by step in hundredths of a point, through its own open, high, low and close."""
    row = facts.names
    open_, high, low, close = (
        round(float(figure[row]) * 100)
        for figure in (facts.open, facts.high, facts.low, facts.close)
    )
    width = high - low
    pivots: dict[int, float] = {
        first_step: float(open_),
        int(rng.integers(20, 60)): float(low),
        int(rng.integers(STEPS * 7 // 10, STEPS * 9 // 10)): float(high),
        STEPS - 1: float(close - 0.02 * width),
    }
    pinned = sorted(pivots.items())
    way = bridge(rng, pinned, 0.12 * width)
    market = course[first_step:] * open_
    at = np.array([step - first_step for step, _ in pinned])
    way += market - np.interp(np.arange(len(market)), at, market[at])
    way = np.rint(fold(way, low, high)).astype(np.int64)
    return np.concatenate([np.full(first_step, open_), way, [close]])
