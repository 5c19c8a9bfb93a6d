"""The session clock: what Tokyo is doing at an instant, and what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

import numpy as np

from tui.data.calendar import HOURS_NOW, HoursRow, closure_table, hours_table, library_closures
from tui.market.arrays import Times
from tui.market.times import JST, to_datetime64

ORDERS_FROM = time(8, 0)
"""When the exchange begins to take orders on a session day, in JST."""

_SATURDAY = 5
_DAY = timedelta(days=1)
_MINUTE = np.timedelta64(1, "m")
_MOST_CACHED = 256


class SessionState(Enum):
    """What the exchange is doing; the value is the word for machines."""

    PRE_OPEN = "pre-open"
    OPENING_AUCTION = "opening auction"
    MORNING = "morning"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    PRE_CLOSING = "pre-closing"
    CLOSING_AUCTION = "closing auction"
    CLOSED = "closed"
    HOLIDAY = "holiday"

    @property
    def word(self) -> str:
        """In English."""
        return self.value

    @property
    def word_ja(self) -> str:
        """As Tokyo writes it."""
        return _JAPANESE[self]

    @property
    def trading(self) -> bool:
        """Whether orders are matched continuously."""
        return self in {SessionState.MORNING, SessionState.AFTERNOON}

    @property
    def auction(self) -> bool:
        """Whether orders are gathered for one price, so that indicative prices mean something."""
        return self in _GATHERING


_JAPANESE = {
    SessionState.PRE_OPEN: "寄前",
    SessionState.OPENING_AUCTION: "寄付",
    SessionState.MORNING: "前場",
    SessionState.LUNCH: "昼休み",
    SessionState.AFTERNOON: "後場",
    SessionState.PRE_CLOSING: "引け前",
    SessionState.CLOSING_AUCTION: "引け",
    SessionState.CLOSED: "大引け",
    SessionState.HOLIDAY: "休場",
}
_GATHERING = frozenset(
    {
        SessionState.PRE_OPEN,
        SessionState.OPENING_AUCTION,
        SessionState.LUNCH,
        SessionState.PRE_CLOSING,
        SessionState.CLOSING_AUCTION,
    }
)


@dataclass(frozen=True, slots=True)
class Session:
    """The hours of one session; every instant is aware, in UTC.

    Attributes:
        date: The date in Tokyo.
        open: The opening auction.
        lunch_from, lunch_to: The break.
        pre_closing: When matching stops before the closing auction; None where trading goes on
            until the close.
        close: The closing auction.
    """

    date: date
    open: datetime
    lunch_from: datetime
    lunch_to: datetime
    pre_closing: datetime | None
    close: datetime


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """What the exchange is doing at an instant.

    Attributes:
        state: The state.
        date: The date in Tokyo, whether a session or not.
        next_change: The next instant at which the state differs by the clock, aware, in UTC. An
            auction may end before it, with its print.
        next_state: The state from then on.
    """

    state: SessionState
    date: date
    next_change: datetime
    next_state: SessionState


class TokyoCalendar:
    """When Tokyo trades. May be read from any thread.

    The years 2015 to 2027 are read from the tables that ship; around them, from 1997 to 2040,
    exchange-calendars is imported when such a date is first asked for.

    Every method raises `DataError` for a date that neither covers.
    """

    def __init__(self) -> None:
        self._closed: dict[int, Mapping[date, str]] = {
            each.year: dict(each.closures) for each in closure_table().rows
        }
        self._hours = hours_table().rows or (HOURS_NOW,)
        self._sessions: dict[date, Session | None] = {}

    def closures(self, year: int) -> Mapping[date, str]:
        """Weekdays of a year without a session, in order, each with its reason in English."""
        held = self._closed.get(year)
        if held is None:
            held = self._closed[year] = dict(library_closures(year))
        return held

    def is_session(self, day: date) -> bool:
        """Whether the exchange trades on a date in Tokyo."""
        return day.weekday() < _SATURDAY and day not in self.closures(day.year)

    def session(self, day: date) -> Session | None:
        """The hours of a date in Tokyo; None where there is no session."""
        if day not in self._sessions:
            if len(self._sessions) >= _MOST_CACHED:
                self._sessions = {}
            self._sessions[day] = self._hours_of(day) if self.is_session(day) else None
            return self.session(day)
        return self._sessions[day]

    def previous(self, day: date) -> date:
        """The last session before a date."""
        day -= _DAY
        while not self.is_session(day):
            day -= _DAY
        return day

    def next(self, day: date) -> date:
        """The first session after a date."""
        day += _DAY
        while not self.is_session(day):
            day += _DAY
        return day

    def status(self, now: datetime, *, opened: bool = True, closed: bool = True) -> SessionStatus:
        """What the exchange is doing.

        Args:
            now: The instant, aware.
            opened: Whether an opening print is held; until then the opening auction lasts, at
                most until lunch.
            closed: Whether the closing print is held; until then the closing auction lasts, at
                most until midnight in Tokyo.

        Raises:
            ValueError: The instant has no time zone.
        """
        if now.tzinfo is None:
            raise ValueError("the instant has no time zone")
        today = now.astimezone(JST).date()
        state = SessionState.HOLIDAY
        day = today
        while True:
            for start, following in self._marks(day, opened, closed):
                if start <= now:
                    state = following
                elif following is not state:
                    return SessionStatus(state, today, start, following)
            day += _DAY

    def minute_axis(self, day: date) -> Times:
        """The minutes of a session in which a trade can be printed.

        The minutes of continuous trading, each named by its start, and the minutes in which the
        two closing prints fall: 11:30 and 15:30.

        Returns:
            ``datetime64[m][k]`` in UTC, ascending; empty where there is no session.
        """
        session = self.session(day)
        if session is None:
            return np.empty(0, "datetime64[m]")
        end = session.pre_closing or session.close
        spans = (
            (session.open, session.lunch_from + timedelta(minutes=1)),
            (session.lunch_to, end),
            (session.close, session.close + timedelta(minutes=1)),
        )
        return np.concatenate(
            [
                np.arange(
                    to_datetime64(start).astype("datetime64[m]"),
                    to_datetime64(stop).astype("datetime64[m]"),
                    _MINUTE,
                )
                for start, stop in spans
            ]
        )

    def _hours_of(self, day: date) -> Session:
        hours = self._regime(day)

        def at(clock: time) -> datetime:
            return datetime.combine(day, clock, JST).astimezone(UTC)

        return Session(
            date=day,
            open=at(hours.open),
            lunch_from=at(hours.lunch_from),
            lunch_to=at(hours.lunch_to),
            pre_closing=at(hours.pre_closing) if hours.pre_closing else None,
            close=at(hours.close),
        )

    def _regime(self, day: date) -> HoursRow:
        """The hours in force; before the first that are known, those."""
        known = [row for row in self._hours if row.first <= day]
        return known[-1] if known else self._hours[0]

    def _marks(
        self, day: date, opened: bool, closed: bool
    ) -> Iterator[tuple[datetime, SessionState]]:
        """Instants at which a state begins, from midnight in Tokyo on."""
        midnight = datetime.combine(day, time(), JST).astimezone(UTC)
        session = self.session(day)
        if session is None:
            yield midnight, SessionState.HOLIDAY
            return
        yield midnight, SessionState.CLOSED
        yield datetime.combine(day, ORDERS_FROM, JST).astimezone(UTC), SessionState.PRE_OPEN
        yield session.open, SessionState.MORNING if opened else SessionState.OPENING_AUCTION
        yield session.lunch_from, SessionState.LUNCH
        yield session.lunch_to, SessionState.AFTERNOON
        if session.pre_closing is not None:
            yield session.pre_closing, SessionState.PRE_CLOSING
        yield session.close, SessionState.CLOSED if closed else SessionState.CLOSING_AUCTION
