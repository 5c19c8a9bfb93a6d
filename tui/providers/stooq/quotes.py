"""Delayed quotes from Stooq."""

import math
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, Final

import numpy as np

from tui.errors import ConfigError, NotSupported
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch, Update
from tui.market.times import JST, to_datetime64
from tui.providers.contracts import About, Host, QuoteProvider
from tui.providers.stooq.history import daily_rows
from tui.providers.stooq.service import LIMIT, NAME, SECTION, Row, client_for, own_symbol, rows_of

BATCH: Final = 40
"""Symbols in one call: larger lists have been seen to lose rows."""

SHORTEST_POLL, LONGEST_POLL, USUAL_POLL = 15.0, 3600.0, 60.0
CLOSES_AT_ONCE: Final = 3
"""Previous closes asked for between two looks; each takes a call of its own."""

_LOOK_BACK: Final = timedelta(days=14)
_MISSED: Final = (None, math.nan)


@dataclass(slots=True)
class _Held:
    """What is known of the symbols of one stream."""

    wanted: tuple[str, ...]
    rows: dict[str, Row] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)


class StooqQuotes(QuoteProvider):
    """Quotes by CSV, looked at every ``poll`` seconds.

    The quotes carry no previous close, so it is taken from the daily bars, a few names after each
    look, and stands in for the base price. A Tokyo name whose last trade is of an earlier day
    shows that price as its previous close only.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name=NAME,
        title="Stooq",
        summary="Delayed quotes of Tokyo, New York and currencies; free, few calls a day.",
        delay=Delay(DelayKind.DELAYED, 20),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._client = client_for(host)
        self._poll = _poll(host.settings)
        self._session: date | None = None
        self._epoch = 1
        self._closes: dict[str, tuple[date | None, float]] = {}

    async def close(self) -> None:
        """Release the connections."""
        await self._client.close()

    def session(self) -> date | None:
        """The date of the newest quote of a Tokyo name."""
        return self._session

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        """Look again and again; previous closes come in as they are found."""
        held = _Held(tuple(symbols))
        own = {symbol: mine for symbol in held.wanted if (mine := own_symbol(symbol))}
        while True:
            held.rows |= await self._look(own)
            for symbol in held.wanted:
                if symbol not in held.rows and symbol not in held.told:
                    held.told.add(symbol)
                    self.host.remark(f"{symbol} is unknown to Stooq")
            self._roll(held)
            yield self._batch(held)
            if await self._more_closes(held):
                yield self._batch(held)
            await self.host.clock.sleep(self._poll)

    async def _look(self, own: Mapping[str, str]) -> dict[str, Row]:
        back = {mine: symbol for symbol, mine in own.items()}
        names = list(back)
        found: dict[str, Row] = {}
        for start in range(0, len(names), BATCH):
            answer = await self._client.get(
                "/q/l/",
                params={
                    "s": " ".join(names[start : start + BATCH]).lower(),
                    "f": "sd2t2ohlcv",
                    "h": "",
                    "e": "csv",
                },
                limit=LIMIT,
            )
            for row in rows_of(answer, self.host):
                if row.symbol in back:
                    found[back[row.symbol]] = row
        return found

    def _roll(self, held: _Held) -> None:
        """Open a new epoch when the names of Tokyo have come to a new session."""
        days = [_tokyo_day(row) for symbol, row in held.rows.items() if symbol.endswith(".T")]
        newest = max(days, default=None)
        if newest is not None and newest != self._session:
            if self._session is not None:
                self._epoch += 1
            self._session = newest

    async def _more_closes(self, held: _Held) -> bool:
        """Ask for a few previous closes that are missing; whether any has come."""
        session = self._day()
        missing = [
            symbol
            for symbol in held.wanted
            if symbol in held.rows and self._closes.get(symbol, _MISSED)[0] != session
        ]
        came = False
        for symbol in missing[:CLOSES_AT_ONCE]:
            until = held.rows[symbol].on - timedelta(days=1)
            try:
                rows = await daily_rows(self._client, self.host, symbol, until - _LOOK_BACK, until)
            except NotSupported:
                self._closes[symbol] = (session, math.nan)
                continue
            self._closes[symbol] = (session, rows[-1].close)
            came = True
        return came

    def _day(self) -> date:
        return self._session or self.host.clock.now().astimezone(JST).date()

    def _batch(self, held: _Held) -> QuoteBatch:
        session = self._day()
        rows, times = [], []
        columns: dict[Field, list[float]] = {
            each: []
            for each in (
                Field.LAST, Field.OPEN, Field.HIGH, Field.LOW, Field.VOLUME, Field.PREVIOUS_CLOSE,
            )
        }  # fmt: skip
        for index, symbol in enumerate(held.wanted):
            row = held.rows.get(symbol)
            if row is None:
                continue
            day, before = self._closes.get(symbol, _MISSED)
            figures = (row.close, row.open, row.high, row.low, row.volume)
            if symbol.endswith(".T") and _tokyo_day(row) < session:
                figures, before = (math.nan,) * 5, row.close
            elif day != session:
                before = math.nan
            rows.append(index)
            times.append(to_datetime64(row.at) if row.at else np.datetime64("NaT", "ms"))
            for values, value in zip(columns.values(), (*figures, before), strict=True):
                values.append(value)
        return QuoteBatch(
            symbols=held.wanted,
            rows=np.array(rows, dtype=np.int32),
            fields={each: np.array(values, np.float64) for each, values in columns.items()},
            time=np.array(times, dtype="datetime64[ms]"),
            quality=np.full(len(rows), Quality.BASE_IS_PREVIOUS_CLOSE, dtype=np.uint8),
            source=NAME,
            delay=self.about.delay,
            epoch=self._epoch,
            session=session,
        )


def _tokyo_day(row: Row) -> date:
    return row.on if row.at is None else row.at.astimezone(JST).date()


def _poll(settings: Mapping[str, object]) -> float:
    value = settings.get("poll", USUAL_POLL)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not SHORTEST_POLL <= value <= LONGEST_POLL
    ):
        raise ConfigError(
            f"“poll” must be {SHORTEST_POLL:g} to {LONGEST_POLL:g} seconds",
            subject=f"[{SECTION}] poll",
            remedy="Write for example poll = 60, or take the line out.",
        )
    return float(value)
