"""What needs days gone by: the advance-decline ratio, the year's highs and lows, usual volume.

Each is None where the history is too short, never guessed from less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np

from tui.data.reader import ReferenceTables, shipped
from tui.errors import DataError
from tui.market.arrays import Flags, Floats, Ints, Times
from tui.market.minute_axis import MinuteAxis
from tui.market.quotes import DailyBars, MinuteBatch
from tui.market.rules import price_limits
from tui.market.session import TokyoCalendar

RATIO_SESSIONS: Final = 25
"""Sessions that the advance-decline ratio counts, today's included."""
LEAST_DAYS: Final = 5
"""Earlier sessions that a usual volume is the mean of, at the least."""
_APRIL: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DailyHistory:
    """Daily bars of many names as one table, unadjusted; NaN where a name has no bar.

    Attributes:
        symbols: The names.
        dates: ``datetime64[D][d]``, the sessions, ascending.
        high, low, close: ``float64[n, d]``, yen.
    """

    symbols: tuple[str, ...]
    dates: Times
    high: Floats
    low: Floats
    close: Floats

    def of(self, symbols: Sequence[str]) -> "DailyHistory":
        """Some names, in their order; one without bars is NaN throughout."""
        held = {symbol: row for row, symbol in enumerate(self.symbols)}
        rows = np.array([held.get(symbol, -1) for symbol in symbols], np.int64)
        high, low, close = (_rows_of(table, rows) for table in (self.high, self.low, self.close))
        return DailyHistory(
            symbols=tuple(symbols), dates=self.dates, high=high, low=low, close=close
        )

    def before(self, session: date) -> "DailyHistory":
        """The days before a session."""
        days = int(np.searchsorted(self.dates, np.datetime64(session, "D")))
        return DailyHistory(
            symbols=self.symbols,
            dates=self.dates[:days],
            high=self.high[:, :days],
            low=self.low[:, :days],
            close=self.close[:, :days],
        )


def history_of(bars: Iterable[DailyBars]) -> DailyHistory:
    """Put the bars of several names side by side; of a symbol or a day that repeats the last."""
    names = {each.symbol: each for each in bars}
    dates = np.unique(
        np.concatenate(
            [np.empty(0, "datetime64[D]"), *(each.dates for each in names.values())]
        ).astype("datetime64[D]")
    )
    high, low, close = (np.full((len(names), len(dates)), np.nan) for _ in range(3))
    for row, each in enumerate(names.values()):
        days = np.searchsorted(dates, each.dates.astype("datetime64[D]"))
        high[row, days], low[row, days], close[row, days] = each.high, each.low, each.close
    return DailyHistory(symbols=tuple(names), dates=dates, high=high, low=low, close=close)


def shipped_history(session: date, reference: ReferenceTables | None = None) -> DailyHistory:
    """The daily bars that ship, of the days before a session."""
    rows = [row for row in (reference or shipped()).daily.rows if row.date < session]
    codes = {code: place for place, code in enumerate(sorted({row.code for row in rows}))}
    days = {day: place for place, day in enumerate(sorted({row.date for row in rows}))}
    high, low, close = (np.full((len(codes), len(days)), np.nan) for _ in range(3))
    for row in rows:
        at = codes[row.code], days[row.date]
        high[at], low[at], close[at] = (
            np.nan if figure is None else figure for figure in (row.high, row.low, row.close)
        )
    return DailyHistory(
        symbols=tuple(f"{code}.T" for code in codes),
        dates=np.array(list(days), "datetime64[D]"),
        high=high,
        low=low,
        close=close,
    )


def advance_decline_ratio(
    history: DailyHistory,
    calendar: TokyoCalendar,
    session: date,
    up: int,
    down: int,
    sessions: int = RATIO_SESSIONS,
) -> float | None:
    """The advance-decline ratio (騰落レシオ): names up ÷ names down over sessions, in per cent.

    Past days are counted from close to close, so that a name that went ex-rights or was split
    counts as down that day.

    Args:
        history: Of the names that `up` and `down` are counted among.
        calendar: Which says what sessions there were.
        session: Today's.
        up: How many are up today.
        down: How many are down.
        sessions: How many sessions to sum, today's included.

    Returns:
        The ratio, NaN where none fell; None where the history does not have every session that
        is needed.
    """
    past = history.before(session)
    if len(past.dates) < sessions or not _unbroken(past.dates[-sessions:], calendar, session):
        return None
    close = past.close[:, -sessions:]
    advances = up + int((close[:, 1:] > close[:, :-1]).sum())
    declines = down + int((close[:, 1:] < close[:, :-1]).sum())
    return advances / declines * 100.0 if declines else float("nan")


def ratio_known(history: DailyHistory, session: date, sessions: int = RATIO_SESSIONS) -> Flags:
    """``bool[n]``: names whose close of each of the last sessions is known, and comparable.

    Args:
        history: Of the names.
        session: Today's.
        sessions: As in `advance_decline_ratio`.
    """
    close = history.before(session).close[:, -sessions:]
    if close.shape[1] < sessions:
        return np.zeros(len(history.symbols), np.bool_)
    return np.asarray(np.isfinite(close).all(axis=1) & _comparable(close))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearRange:
    """Highest and lowest prices of the year before today; NaN where a name's are not known.

    Attributes:
        since: The first session counted: this year's from April on, last year's until then, as
            Tokyo counts (年初来, 昨年来).
        symbols: The names.
        high, low: ``float64[n]``, yen.
        close: ``float64[n]``, the last close, which must be today's base price for the range to
            compare with today's prices.
    """

    since: date
    symbols: tuple[str, ...]
    high: Floats
    low: Floats
    close: Floats


def year_range(history: DailyHistory, calendar: TokyoCalendar, session: date) -> YearRange | None:
    """The year's range before a session.

    A name whose close once moved past its daily limit is left unknown: it was split or went
    ex-rights, and its earlier prices do not compare. So is one of which the bar of any session is
    lacking, for that may have been the highest.

    Returns:
        The range; None where the history lacks a session since the first that counts, and where
        today's is the first.
    """
    past = history.before(session)
    year = session.year if session.month >= _APRIL else session.year - 1
    try:
        first = calendar.next(date(year - 1, 12, 31))
    except DataError:
        return None
    start = int(np.searchsorted(past.dates, np.datetime64(first, "D")))
    dates = past.dates[start:]
    if not len(dates) or dates[0] != np.datetime64(first, "D"):
        return None
    if not _unbroken(dates, calendar, session):
        return None
    close = past.close[:, start:]
    whole = [past.high[:, start:], past.low[:, start:], close]
    comparable = _comparable(close) & np.isfinite(whole).all(axis=(0, 2))
    return YearRange(
        since=first,
        symbols=past.symbols,
        high=np.where(comparable, _most(past.high[:, start:]), np.nan),
        low=np.where(comparable, -_most(-past.low[:, start:]), np.nan),
        close=close[:, -1],
    )


def usual_volume(
    earlier: Sequence[MinuteBatch],
    symbols: Sequence[str],
    calendar: TokyoCalendar,
    now: datetime,
    session: date,
    least: int = LEAST_DAYS,
) -> Floats | None:
    """The mean volume at this time of the day on earlier sessions.

    Args:
        earlier: The minutes of earlier sessions, one batch each; of two of a day the last counts.
        symbols: The names wanted.
        calendar: When each session traded.
        now: The market's time, aware.
        session: The session that it falls in.
        least: How many earlier sessions are needed.

    Returns:
        ``float64[n]`` shares since the session's start, NaN for a name of which fewer sessions
        are known; None where the minutes of fewer sessions are given at all.
    """
    days = {batch.session: batch for batch in earlier if batch.session < session}
    if len(days) < least:
        return None
    into = MinuteAxis(calendar.minute_axis(session)).ended(now)
    told = np.array([_volume(batch, symbols, calendar, into) for batch in days.values()]).reshape(
        len(days), len(symbols)
    )
    known = np.isfinite(told)
    count = known.sum(axis=0)
    mean = np.where(known, told, 0.0).sum(axis=0) / np.maximum(count, 1)
    return np.where(count >= least, mean, np.nan)


def _volume(
    batch: MinuteBatch, symbols: Sequence[str], calendar: TokyoCalendar, minutes: int
) -> Floats:
    """``float64[n]``: a day's volume when so many of its trading minutes had ended."""
    place = MinuteAxis(calendar.minute_axis(batch.session)).places(batch.minutes)
    rows = {batch.symbols[row]: at for at, row in enumerate(batch.rows)}
    wanted = [rows.get(symbol, -1) for symbol in symbols]
    figures = batch.volume[:, (place >= 0) & (place < minutes)]
    # Volume only grows, so the most of the minutes so far is what had been traded by then.
    by_row = np.append(_most(figures), np.nan)
    return np.asarray(by_row[np.array(wanted, np.int64)])


def _rows_of(table: Floats, rows: Ints) -> Floats:
    """Rows of a table, NaN throughout where the row is −1."""
    found = np.full((len(rows), table.shape[1]), np.nan)
    found[rows >= 0] = table[rows[rows >= 0]]
    return found


def _most(figures: Floats) -> Floats:
    """The greatest known figure of each row; NaN where none is."""
    if not figures.shape[1]:
        return np.full(len(figures), np.nan)
    return np.asarray(np.fmax.reduce(figures, axis=1))


def _unbroken(dates: Times, calendar: TokyoCalendar, session: date) -> bool:
    """Whether dates are every session up to the one before a session."""
    day = session
    for held in dates[::-1].tolist():
        try:
            day = calendar.previous(day)
        except DataError:
            return False
        if held != day:
            return False
    return True


def _comparable(close: Floats) -> Flags:
    """Whether no close of a row is past the limits that the one before sets."""
    earlier, later = close[:, :-1], close[:, 1:]
    lower, upper = price_limits(earlier, False)
    return np.asarray(~((later > upper) | (later < lower)).any(axis=1))
