"""The model of the way between a day's open and its close.

Every name runs from its real open through its real high and low to its real close, inside the
range and on the tick grid, at random but seeded. All share one market factor: the course that is
drawn for the index, to which the sum of the names is then held. Volume follows the usual U, tilted
until the day's turnover comes out.

Prices are in units: the smallest tick inside a name's range. Steps are those of
`tui.data.session_paths`.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tui.data.session_paths import (
    CLOSE_STEP,
    MAX_CODE,
    MORNING_STEPS,
    STEPS,
    cumulative_lots,
)

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

_CANDIDATES: Final = 16
_OWN_RISK: Final = 0.45
"""How far a name strays from the straight way between its pivots, in ranges."""
_CALM: Final = 12
"""Steps on either side of a pin within which a way is not pushed at will."""
_PUSH: Final = 0.7
"""The share of its room by which a way may be pushed towards its average price."""
_AUCTIONS: Final = (0.045, 0.16)
"""The usual share of a day's volume in the opening and in the closing print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOf:
    """One name's day, in units; `vwap` is None where neither range nor volume is known.

    Attributes:
        open, high, low, close: In units.
        vwap: The day's turnover over its volume, in units.
        ticks: ``int64[high - low + 1]``: the nearest price on the tick grid for every unit of the
            range, from `low` up.
        lots: Volume of the day in trading units.
        activity: The share of steps in which the name trades, 0 to 1.
        first_step: The step of the opening print.
    """

    open: int
    high: int
    low: int
    close: int
    vwap: float | None
    ticks: Ints
    lots: int
    activity: float
    first_step: int


def intraday_volume() -> Floats:
    """``float64[STEPS]``: how much usually trades in each step, relative to a quiet one."""
    step = np.arange(STEPS, dtype=np.float64)
    since_noon = step - MORNING_STEPS
    morning = since_noon < 0
    shape = np.ones(STEPS)
    shape += np.where(morning, 3.2 * np.exp(-step / 80), 1.1 * np.exp(-np.abs(since_noon) / 60))
    shape += np.where(morning, 0.5 * np.exp(since_noon / 60), 1.4 * np.exp((step - STEPS) / 70))
    return shape


def bridge(rng: np.random.Generator, pivots: list[tuple[int, float]], spread: float) -> Floats:
    """A random walk tied down at its pivots, livelier where more usually trades.

    Args:
        rng: The source of chance.
        pivots: Step and value of each, in order of step; the first and last bound the walk.
        spread: Standard deviation that the walk would have over a whole day if it were free.

    Returns:
        ``float64[last step - first step + 1]``.
    """
    first, last = pivots[0][0], pivots[-1][0]
    risk = np.sqrt(intraday_volume())[first : last + 1]
    clock = np.concatenate([[0.0], np.cumsum(risk[1:])])
    scale = spread / np.sqrt(np.sqrt(intraday_volume()).sum())
    free = np.cumsum(rng.standard_normal(last - first + 1) * np.sqrt(risk)) * scale
    at = np.array([step - first for step, _ in pivots])
    values = np.array([value for _, value in pivots])
    own = free - np.interp(clock, clock[at], free[at])
    tied: Floats = np.interp(clock, clock[at], values) + own
    return tied


def fold(values: Floats, low: float, high: float) -> Floats:
    """Reflect what strays outside the range back into it."""
    span = max(high - low, 1e-9)
    turned = np.mod(values - low, 2 * span)
    return low + np.where(turned > span, 2 * span - turned, turned)


def usual_mean(way: Floats, day: tuple[float, float]) -> float:
    """The average price of a way if volume falls as usual, both auctions counted.

    Args:
        way: ``float64[n]``, up to the last step of continuous trading.
        day: The opening and the closing price.
    """
    usual = intraday_volume()[STEPS - len(way) :]
    open_share, close_share = _AUCTIONS
    between = float((way * usual).sum() / usual.sum())
    return open_share * day[0] + close_share * day[1] + (1 - sum(_AUCTIONS)) * between


def draw_course(
    rng: np.random.Generator,
    *,
    start: float,
    end: float,
    low: float,
    high: float,
    spread: float,
    mean: float,
) -> Floats:
    """The index's course over the day: down towards its low first, then on to its end.

    Of a few courses drawn, the one kept is the nearest to the average level that the names' own
    average prices give.
    """
    dip = low + 0.03 * (high - low)
    courses = []
    for _ in range(_CANDIDATES):
        pivots = [(0, start), (int(rng.integers(15, 40)), dip), (STEPS - 1, end)]
        courses.append(fold(bridge(rng, pivots, spread), low, high))
    return min(courses, key=lambda course: abs(usual_mean(course, (start, end)) - mean))


def draw_name(rng: np.random.Generator, day: DayOf, course: Floats) -> tuple[Floats, Ints]:
    """One name's way, before it is held to the index and to the tick grid.

    Of a few ways drawn, the one whose average price comes nearest to the day's is kept, and pushed
    the rest of the way towards it, save near its pins.

    Args:
        rng: The source of chance.
        day: The name's day.
        course: ``float64[STEPS]``, the index's course as a return since its start.

    Returns:
        ``float64[STEPS]`` prices in units (the open before the opening print), and the steps at
        which they are pinned.
    """
    market = course[day.first_step :] * day.open
    drawn = []
    for _ in range(_CANDIDATES):
        pivots = _pivots(rng, day)
        at = np.array([step - day.first_step for step, _ in pivots])
        way = bridge(rng, pivots, _OWN_RISK * (day.high - day.low))
        way += market - np.interp(np.arange(len(market)), at, market[at])
        drawn.append((fold(way, day.low, day.high), at))
    ends = float(day.open), float(day.close)
    vwap = day.vwap if day.vwap is not None else usual_mean(drawn[0][0], ends)
    way, at = min(drawn, key=lambda candidate: abs(usual_mean(candidate[0], ends) - vwap))
    gap = vwap - usual_mean(way, ends)
    room = (day.high - way if gap > 0 else way - day.low) * _freedom(len(way), at)
    reach = usual_mean(room, (0.0, 0.0))
    if reach > 0:
        way += np.clip(gap / reach, -_PUSH, _PUSH) * room
    return np.concatenate([np.full(day.first_step, float(day.open)), way]), at + day.first_step


def _freedom(steps: int, pinned: Ints) -> Floats:
    """How freely each step may be pushed: not at all at a pin, fully at some distance from it."""
    nearest = np.abs(np.arange(steps)[:, np.newaxis] - pinned).min(axis=1)
    free: Floats = np.minimum(nearest / _CALM, 1.0)
    return free


def _pivots(rng: np.random.Generator, day: DayOf) -> list[tuple[int, float]]:
    """Where the way is pinned: the open, the extremes, and what stands before the close."""
    last = STEPS - 1
    width = day.high - day.low
    before_close = day.close - width * (0.02 + 0.06 * float(rng.standard_normal()))
    pinned = {day.first_step: float(day.open)}
    pinned[last] = float(np.clip(np.rint(before_close), day.low, day.high))
    extremes = [float(level) for level in (day.low, day.high) if level not in (day.open, day.close)]
    if width and day.vwap is not None:
        times = np.sort(rng.integers(day.first_step + 3, last - 3, size=len(extremes)))
        if len(extremes) == 2 and times[0] == times[1]:
            times[1] += 1
        rising = day.close >= day.open
        straight = rng.random() < 0.75
        ordered = extremes if rising == straight else extremes[::-1]
        pinned |= dict(zip((int(step) for step in times), ordered, strict=True))
    return sorted(pinned.items())


def hold_to(ways: Floats, weight: Floats, days: list[DayOf], pins: list[Ints], aim: Floats) -> None:
    """Push the names together until their sum is the index's course; nobody leaves its range.

    Each step moves every name by the same share of the room it has left, save near its pins.

    Args:
        ways: ``float64[names, STEPS]`` in units, changed in place.
        weight: ``float64[names]``, index points in one unit.
        days: The names' days.
        pins: The steps at which each name is pinned.
        aim: ``float64[STEPS]``, what the weighted sum is to be.
    """
    step = np.arange(STEPS)
    free = np.ones_like(ways)
    for row, (day, pinned) in enumerate(zip(days, pins, strict=True)):
        free[row] = _freedom(STEPS, pinned) * (step >= day.first_step)
    low = np.array([[float(day.low)] for day in days])
    high = np.array([[float(day.high)] for day in days])
    for _ in range(3):
        gap = aim - weight @ ways
        room = np.where(gap > 0, high - ways, ways - low) * free
        reach = np.maximum(weight @ room, 1e-9)
        ways += np.clip(gap / reach, -1.0, 1.0) * room


def settle(rng: np.random.Generator, way: Floats, pinned: Ints, day: DayOf) -> tuple[Ints, Flags]:
    """Put a way on the tick grid, moving only where the name trades.

    Returns:
        ``int64[STEPS + 1]`` prices in units, the closing print last, and ``bool[STEPS + 1]`` of
        the steps in which it trades.
    """
    traded = rng.random(STEPS + 1) < day.activity * np.minimum(
        1.0, np.append(intraday_volume(), 1.0) ** 0.25
    )
    traded[: day.first_step] = False
    traded[pinned] = True
    traded[CLOSE_STEP] = True
    price = np.append(day.ticks[np.rint(way).astype(np.int64) - day.low], day.close)
    latest = np.maximum.accumulate(np.where(traded, np.arange(STEPS + 1), day.first_step))
    held = price[latest]
    if day.vwap is None:
        traded &= np.diff(held, prepend=held[0]) != 0
        traded[[day.first_step, CLOSE_STEP]] = True
    return held, traded


def draw_volume(
    rng: np.random.Generator, price: Ints, traded: Flags, day: DayOf
) -> tuple[npt.NDArray[np.uint8], tuple[int, int]]:
    """How the day's volume falls on the steps, so that its average price is the real one.

    Returns:
        ``uint8[STEPS + 1]`` codes and the lots of both auctions, as `StoredPaths` keeps them.
    """
    code = np.where(traded, 1, 0).astype(np.uint8)
    if day.vwap is None:
        return code, (0, 0)
    opening = max(1, round(day.lots * float(rng.uniform(0.03, 0.06))))
    closing = max(1, round(day.lots * float(rng.uniform(0.12, 0.2))))
    between = traded.copy()
    between[[day.first_step, CLOSE_STEP]] = False
    steps = np.flatnonzero(between)
    moved = np.abs(np.diff(price, prepend=price[0]))[steps]
    usual = intraday_volume()[steps] * np.exp(0.7 * rng.standard_normal(len(steps)))
    usual *= 1 + 0.5 * moved / max(float(moved.mean()), 1e-9)
    away = price[steps] - day.vwap
    width = float(day.high - day.low)
    total = np.array([day.lots], dtype=np.int64)
    auction = np.array([[opening, closing]], dtype=np.int32)
    low, high = -12.0, 12.0
    best: tuple[float, npt.NDArray[np.uint8]] | None = None
    for _ in range(30):
        tilt = (low + high) / 2
        weight = np.log2(usual) + tilt * away / width / np.log(2)
        code[steps] = np.clip(np.rint(weight - np.median(weight)) + 6, 1, MAX_CODE).astype(np.uint8)
        lots = np.diff(cumulative_lots(code[np.newaxis], auction, total)[:, 0], prepend=0)
        miss = float((lots * (price - day.vwap)).sum()) / day.lots
        if best is None or abs(miss) < abs(best[0]):
            best = miss, code.copy()
        low, high = (low, tilt) if miss > 0 else (tilt, high)
    assert best is not None  # noqa: S101 - the loop has run
    return best[1], (opening, closing)
