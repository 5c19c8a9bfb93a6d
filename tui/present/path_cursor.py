"""A cursor in time on a name's path of the day."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from tui.market.market import Market
from tui.market.minute_axis import MinuteAxis
from tui.market.pricing import format_percent, format_price
from tui.market.times import JST, to_datetime
from widgets.day_path import DayPathView


class PathCursor:
    """Stands on the end of a minute, or nowhere; prices are those in force then.

    Args:
        market: Whose minutes it goes through.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._place = -1

    @property
    def time(self) -> datetime | None:
        """The instant that it stands on, aware; None where it stands nowhere."""
        axis = self._market.minutes.axis
        if not 0 <= self._place < len(axis):
            return None
        start = to_datetime(axis[self._place])
        return start + timedelta(minutes=1) if start is not None else None

    def leave(self) -> bool:
        """Stand nowhere; whether it stood somewhere."""
        stood, self._place = self.time is not None, -1
        return stood

    def step(self, minutes: int, now: datetime) -> None:
        """Go on or back by minutes of trading, at first from the last one that has ended."""
        last = self._ended(now) - 1
        place = last + 1 if self.time is None else self._place
        self._place = max(min(place + minutes, last), 0) if last >= 0 else -1

    def point(self, share: float, now: datetime) -> None:
        """Go to a place of the session, 0 its beginning and 1 its end."""
        last = self._ended(now) - 1
        wanted = round(share * (len(self._market.minutes.axis) - 1))
        self._place = max(min(wanted, last), 0) if last >= 0 else -1

    def shown(self, view: DayPathView, symbol: str) -> DayPathView:
        """The path with the cursor on it, its time, the price then, and the move since."""
        time = self.time
        market = self._market
        row = market.board.row(symbol)
        if time is None or row < 0:
            return view
        price = float(market.minutes.at(time)[row])
        now = float(market.board.price()[row])
        known = market.universe.get(symbol)
        told = format_price(price, known.currency, fine=known.topix500) if known else ""
        since = (now / price - 1.0) * 100.0 if price > 0 else float("nan")
        parts = [f"{time.astimezone(JST):%H:%M}", told]
        if np.isfinite(since):
            parts.append(f"→ {format_percent(since)}")
        text = "  ".join(part for part in parts if part)
        where = self._place / max(len(market.minutes.axis) - 1, 1)
        return replace(view, cursor=where, cursor_text=f" {text} ")

    def _ended(self, now: datetime) -> int:
        """How many of the session's minutes had ended."""
        return MinuteAxis(self._market.minutes.axis).ended(now)
