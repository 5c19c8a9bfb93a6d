"""The stretch of a session over which a move is taken apart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

import numpy as np

from tui.market.arrays import Floats
from tui.market.market import Market
from tui.market.quotes import Field
from tui.market.session import Session
from tui.market.times import JST

_MINUTE: Final = timedelta(minutes=1)


class WindowKind(Enum):
    """How a window's beginning is told; the value is the word for machines."""

    BASE = "base"
    """The whole day, against base prices."""
    OPEN = "open"
    """Since the opening minute had ended."""
    LUNCH = "lunch"
    """Since the afternoon began, against the morning's last prices."""
    LAST_30 = "last30"
    LAST_5 = "last5"
    SINCE = "since"
    """Since an instant of the user's choice."""


_WORDS: Final = {
    WindowKind.BASE: ("on the day", "前日比"),
    WindowKind.OPEN: ("since the open", "寄り付き後"),
    WindowKind.LUNCH: ("since lunch", "後場"),
    WindowKind.LAST_30: ("last 30 minutes", "直近30分"),
    WindowKind.LAST_5: ("last 5 minutes", "直近5分"),
}


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the session that ends now.

    Attributes:
        kind: How its beginning is told.
        since: For `WindowKind.SINCE` the instant, aware; else None.

    Raises:
        ValueError: An instant is lacking or has no zone, or there is one where none belongs.
    """

    kind: WindowKind = WindowKind.BASE
    since: datetime | None = None

    def __post_init__(self) -> None:
        if (self.kind is WindowKind.SINCE) != (self.since is not None):
            raise ValueError("an instant belongs to a window since an instant, and to no other")
        if self.since is not None and self.since.tzinfo is None:
            raise ValueError("the instant has no time zone")

    def words(self, language: str = "en") -> str:
        """``since the open``, ``last 30 minutes``, ``since 13:05``; 後場, 直近30分, 13:05以降."""
        if self.since is not None:
            clock = f"{self.since.astimezone(JST):%H:%M}"
            return f"{clock}以降" if language == "ja" else f"since {clock}"
        return _WORDS[self.kind][language == "ja"]

    def start(self, session: Session, now: datetime) -> datetime | None:
        """The instant that it begins at; None where it is measured against base prices.

        The last 5 and 30 minutes count time of the session: neither lunch nor what follows the
        close uses them up, so that at 12:35 the last 30 began at 11:05, and in the evening they
        are the half hour up to the close. Before so much of the session has passed they begin
        with it.
        """
        match self.kind:
            case WindowKind.BASE:
                return None
            case WindowKind.OPEN:
                return session.open + _MINUTE
            case WindowKind.LUNCH:
                return session.lunch_to
            case WindowKind.LAST_30:
                return _before(session, now, timedelta(minutes=30))
            case WindowKind.LAST_5:
                return _before(session, now, timedelta(minutes=5))
            case WindowKind.SINCE:
                return self.since


WINDOWS: Final = tuple(Window(kind) for kind in WindowKind if kind is not WindowKind.SINCE)
"""Those that a screen switches through, in order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moves:
    """What every row of the board did over a window; unknown is NaN.

    Attributes:
        window: The window.
        since: The instant that it begins at, aware; None for base prices.
        begun: Whether it has begun; until then nothing is known of it.
        symbols: The board's symbols.
        base: ``float64[board]``, base prices.
        start: ``float64[board]``, what the move is measured against: the base price, or the
            price in force when the window began.
        price: ``float64[board]``, as index arithmetic uses it: special quote, else last, else base.
        last: ``float64[board]``, last trades.
        percent: ``float64[board]``, the move in per cent of `start`; NaN for a name that has
            neither traded nor shows a special quote.
        turnover: ``float64[board]``, what was traded in the window, in currency.
    """

    window: Window
    since: datetime | None
    begun: bool
    symbols: tuple[str, ...]
    base: Floats
    start: Floats
    price: Floats
    last: Floats
    percent: Floats
    turnover: Floats


def moves(market: Market, window: Window, now: datetime) -> Moves:
    """Measure every row of the board over a window.

    A name whose price at the window's beginning was not seen is unknown: its base price does not
    stand in for it.

    Args:
        market: The market as it stands.
        window: The window.
        now: The market's time, aware.
    """
    board = market.board
    base, price = board.base(), board.price()
    last = board.column(Field.LAST).copy()
    session = market.calendar.session(market.session)
    since = window.start(session, now) if session is not None else None
    begun = since is None or since <= now
    if since is None:
        known = session is not None or window.kind is WindowKind.BASE
        start = base.copy() if known else np.full(len(base), np.nan)
        turnover = board.column(Field.TURNOVER).copy()
    elif begun:
        start = market.minutes.since(since, base)
        told = board.column(Field.TURNOVER) - market.minutes.turnover_at(since)
        # Minutes hold turnover in fewer digits than the board, so nothing may come out below it.
        turnover = np.where(np.isnan(told), np.nan, np.maximum(told, 0.0))
    else:
        start, turnover = np.full(len(base), np.nan), np.full(len(base), np.nan)
    quoted = np.isfinite(last) | np.isfinite(board.column(Field.SPECIAL))
    with np.errstate(invalid="ignore", divide="ignore"):
        percent = np.where(quoted & (start > 0), (price - start) / start * 100.0, np.nan)
    return Moves(
        window=window,
        since=since,
        begun=begun,
        symbols=board.symbols,
        base=base,
        start=start,
        price=price,
        last=last,
        percent=percent,
        turnover=turnover,
    )


def _before(session: Session, now: datetime, span: timedelta) -> datetime:
    """The instant before which so much of the session had yet to pass until now."""
    end = min(now, session.close)
    if end > session.lunch_to:
        afternoon = end - session.lunch_to
        if afternoon >= span:
            return end - span
        span -= afternoon
    end = min(end, session.lunch_from)
    return max(end - span, min(session.open, end))
