"""The source: settings in, batches out at the rate asked for."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from typing import Final

from tui.errors import ConfigError
from tui.market.quotes import Update
from tui.providers.contracts import About, Host, QuoteProvider
from tui.providers.synthetic.market import (
    DELAY,
    SOURCE,
    SyntheticMarket,
    invented_symbols,
    tokyo_date,
)

_CATCH_UP: Final = 1.0
"""Seconds of quotes that a stream held up makes up for at most."""


class SyntheticProvider(QuoteProvider):
    """Invented quotes of whatever is asked for.

    Settings: ``rate``, quotes a second over all instruments (100); ``batch``, seconds between two
    batches (0.05); ``seed`` (1); ``instruments``, how many invented names are quoted where none
    are asked for (0).
    """

    about = About(
        name=SOURCE,
        title="Synthetic",
        summary="Seeded random walks of any number of instruments at any rate, to test with; free.",
        delay=DELAY,
        note="invented prices",
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._rate = _number(host.settings, "rate", 100.0, 0.01, 5_000_000.0)
        self._interval = _number(host.settings, "batch", 0.05, 0.005, 60.0)
        self._seed = int(_number(host.settings, "seed", 1.0, 0.0, 2.0**31))
        self._own = int(_number(host.settings, "instruments", 0.0, 0.0, 100_000.0))
        self._market: SyntheticMarket | None = None

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        """Deliver a snapshot, then `rate` quotes a second.

        A stream with other symbols goes on where the one before stood. Midnight in Tokyo begins a
        new session, and with it a new epoch.
        """
        clock = self.host.clock
        wanted = tuple(symbols) or invented_symbols(self._own)
        market = self._open(wanted)
        yield market.snapshot(clock.now())
        begun, sent = clock.monotonic(), 0
        while True:
            await clock.sleep(self._interval)
            moment = clock.now()
            if tokyo_date(moment) != market.session:
                market = self._open(wanted)
                yield market.snapshot(moment)
                begun, sent = clock.monotonic(), 0
                continue
            due = int(self._rate * (clock.monotonic() - begun))
            count = min(due - sent, max(1, int(self._rate * max(_CATCH_UP, self._interval))))
            sent = due
            if count > 0 and wanted:
                yield market.step(count, moment)

    def session(self) -> date | None:
        """The date in Tokyo, once a stream has begun."""
        return self._market.session if self._market else None

    def _open(self, symbols: tuple[str, ...]) -> SyntheticMarket:
        earlier = self._market
        session = tokyo_date(self.host.clock.now())
        if earlier is None or earlier.session != session:
            epoch = earlier.epoch + 1 if earlier else 1
            market = SyntheticMarket(symbols, seed=self._seed, session=session, epoch=epoch)
        else:
            market = SyntheticMarket(symbols, seed=self._seed, session=session, epoch=earlier.epoch)
            market.carry(earlier)
        self._market = market
        return market


def _number(
    settings: Mapping[str, object], key: str, default: float, least: float, most: float
) -> float:
    value = settings.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ConfigError(
            f"{value!r} is no number between {least:g} and {most:,g}",
            subject=f"[providers.{SOURCE}] {key}",
            remedy=f"Leave it out for {default:g}.",
        )
    return float(value)
