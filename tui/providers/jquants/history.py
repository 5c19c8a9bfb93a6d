"""Daily bars, and minutes where the add-on is paid for."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import ClassVar, Final

import msgspec
import numpy as np

from tui.errors import ConfigError, NotSupported
from tui.market.quotes import DailyBars, Delay, DelayKind, MinuteBatch
from tui.market.times import JST
from tui.providers.contracts import About, HistoryProvider, Host
from tui.providers.jquants.service import KEY, NAME, SECTION, Service, code_of

TOPIX: Final = "^TOPX"
MOST_MINUTES: Final = 60
"""Names whose minutes are asked for at once; each takes a call."""

_NAN: Final = float("nan")


class DailyRow(msgspec.Struct):
    """One session of one name, or of the TOPIX, which has no volume."""

    on: date = msgspec.field(name="Date")
    open: float | None = msgspec.field(name="O", default=None)
    high: float | None = msgspec.field(name="H", default=None)
    low: float | None = msgspec.field(name="L", default=None)
    close: float | None = msgspec.field(name="C", default=None)
    volume: float | None = msgspec.field(name="Vo", default=None)
    turnover: float | None = msgspec.field(name="Va", default=None)


class MinuteRow(msgspec.Struct):
    """One minute of one name; volume and turnover are of the minute alone."""

    on: date = msgspec.field(name="Date")
    at: str = msgspec.field(name="Time")
    close: float | None = msgspec.field(name="C", default=None)
    volume: float | None = msgspec.field(name="Vo", default=None)
    turnover: float | None = msgspec.field(name="Va", default=None)


class JQuantsHistory(HistoryProvider):
    """Unadjusted daily bars of every name of Tokyo, and of the TOPIX from the plan Light on.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name=NAME,
        title="J-Quants",
        summary="The exchange group's own daily bars; a key, free with a delay of 12 weeks.",
        delay=Delay(DelayKind.END_OF_DAY),
        keys=(KEY,),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._service = Service(host)
        minutes = host.settings.get("minutes", False)
        if not isinstance(minutes, bool):
            raise ConfigError(
                "“minutes” must be true or false",
                subject=f"[{SECTION}] minutes",
                remedy="Write minutes = true where the add-on of minute bars is paid for.",
            )
        self._minutes = minutes

    async def close(self) -> None:
        """Release the connections."""
        await self._service.close()

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        """Daily bars of one instrument."""
        span = {"from": start.isoformat(), "to": end.isoformat()}
        if symbol == TOPIX:
            rows = await self._service.rows("/indices/bars/daily/topix", span, DailyRow)
        else:
            rows = await self._service.rows(
                "/equities/bars/daily", {"code": code_of(symbol), **span}, DailyRow
            )
        held = {row.on: row for row in rows if start <= row.on <= end}
        if not held:
            raise NotSupported(
                f"no daily bars between {start} and {end}",
                subject=symbol,
                remedy=f"The plan “{self._service.plan}” may not reach there.",
            )
        days = sorted(held)
        figures = np.array(
            [
                [
                    *(_price(v) for v in (row.open, row.high, row.low, row.close)),
                    _amount(row.volume),
                    _amount(row.turnover),
                ]
                for row in map(held.__getitem__, days)
            ],
            dtype=np.float64,
        ).T
        return DailyBars(
            symbol=symbol,
            dates=np.array(days, dtype="datetime64[D]"),
            open=figures[0],
            high=figures[1],
            low=figures[2],
            close=figures[3],
            volume=figures[4],
            turnover=figures[5],
            source=NAME,
        )

    async def minutes(self, symbols: Sequence[str], session: date) -> MinuteBatch | None:
        """The minutes of a session, where the setting ``minutes`` says that they are paid for."""
        if not self._minutes:
            return None
        wanted = tuple(symbols)
        found: dict[int, dict[np.datetime64, MinuteRow]] = {}
        for index, symbol in enumerate(wanted[:MOST_MINUTES]):
            try:
                code = code_of(symbol)
            except NotSupported:
                continue
            rows = await self._service.rows(
                "/equities/bars/minute",
                {"code": code, "date": session.isoformat()},
                MinuteRow,
            )
            held = {at: row for row in rows if (at := _minute(row, session)) is not None}
            if held:
                found[index] = held
        if not found:
            return None
        return _batch(wanted, found, session)


def _batch(
    wanted: tuple[str, ...],
    found: dict[int, dict[np.datetime64, MinuteRow]],
    session: date,
) -> MinuteBatch:
    axis = np.array(sorted({at for held in found.values() for at in held}), "datetime64[m]")
    last = np.full((len(found), len(axis)), np.nan)
    volume, turnover = last.copy(), last.copy()
    for line, held in enumerate(found.values()):
        for column, at in enumerate(axis):
            row = held.get(at)
            last[line, column] = _price(row.close) if row else np.nan
            volume[line, column] = _amount(row.volume) if row else 0.0
            turnover[line, column] = _amount(row.turnover) if row else 0.0
    return MinuteBatch(
        symbols=wanted,
        rows=np.array(list(found), dtype=np.int32),
        minutes=axis,
        last=last,
        # An unknown minute leaves every later sum unknown.
        volume=np.cumsum(volume, axis=1),
        turnover=np.cumsum(turnover, axis=1),
        source=NAME,
        epoch=1,
        session=session,
    )


def _minute(row: MinuteRow, session: date) -> np.datetime64 | None:
    try:
        clock = time.fromisoformat(row.at)
    except ValueError:
        return None
    if row.on != session or clock.tzinfo is not None:
        return None
    moment = datetime.combine(session, clock, JST).astimezone(UTC).replace(tzinfo=None)
    return np.datetime64(moment, "m")


def _price(value: float | None) -> float:
    return value if value is not None and 0 < value < float("inf") else _NAN


def _amount(value: float | None) -> float:
    return value if value is not None and 0 <= value < float("inf") else _NAN
