"""What a name usually trades: whole days, against which a day that is over can be set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tui.data.reader import ReferenceTables, shipped
from tui.errors import DataError
from tui.market.arrays import Floats, Times
from tui.market.history_stats import LEAST_DAYS
from tui.market.rules import price_limits
from tui.market.session import TokyoCalendar


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DayVolumes:
    """Volumes of whole sessions of many names; NaN where one is not known.

    Attributes:
        symbols: The names.
        dates: ``datetime64[D][d]``, the sessions, ascending.
        volume: ``float64[n, d]``, shares.
        close: ``float64[n, d]``, yen, by which a split is noticed.
    """

    symbols: tuple[str, ...]
    dates: Times
    volume: Floats
    close: Floats


def shipped_volumes(session: date, reference: ReferenceTables | None = None) -> DayVolumes:
    """Those of the daily bars that ship, of the days before a session."""
    rows = [row for row in (reference or shipped()).daily.rows if row.date < session]
    codes = {code: place for place, code in enumerate(sorted({row.code for row in rows}))}
    days = {day: place for place, day in enumerate(sorted({row.date for row in rows}))}
    volume, close = (np.full((len(codes), len(days)), np.nan) for _ in range(2))
    for row in rows:
        at = codes[row.code], days[row.date]
        volume[at] = np.nan if row.volume is None else row.volume
        close[at] = np.nan if row.close is None else row.close
    return DayVolumes(
        symbols=tuple(f"{code}.T" for code in codes),
        dates=np.array(list(days), "datetime64[D]"),
        volume=volume,
        close=close,
    )


def usual_day_volume(
    days: DayVolumes,
    symbols: Sequence[str],
    calendar: TokyoCalendar,
    session: date,
    sessions: int = LEAST_DAYS,
) -> Floats | None:
    """The mean volume of whole sessions just before one.

    A name whose close moved past its daily limit meanwhile was split or went ex-rights: its
    volumes do not compare, and its mean is unknown.

    Args:
        days: What is known.
        symbols: The names wanted.
        calendar: Which says what sessions there were.
        session: The session that they come before.
        sessions: How many are taken; a name needs all of them.

    Returns:
        ``float64[n]`` shares a session; None where any of those sessions is not known at all.
    """
    held = {day: place for place, day in enumerate(days.dates.tolist())}
    places, day = [], session
    for _ in range(sessions):
        try:
            day = calendar.previous(day)
        except DataError:
            return None
        if day not in held:
            return None
        places.append(held[day])
    places.reverse()
    close = days.close[:, places]
    lower, upper = price_limits(close[:, :-1], False)
    split = ((close[:, 1:] > upper) | (close[:, 1:] < lower)).any(axis=1)
    mean = np.where(split, np.nan, days.volume[:, places].mean(axis=1))
    rows = {symbol: row for row, symbol in enumerate(days.symbols)}
    wanted = np.array([rows.get(symbol, -1) for symbol in symbols], np.int64)
    return np.append(mean, np.nan)[wanted]
