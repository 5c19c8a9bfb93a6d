"""A market of invented prices, many quotes a step."""

from datetime import date, datetime
from math import ceil
from typing import Final
from zlib import crc32

import numpy as np

from tui.market.arrays import Floats, Ints, Rows
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch, QuoteState
from tui.market.times import JST, to_datetime64

SOURCE: Final = "synthetic"
DELAY: Final = Delay(DelayKind.SYNTHETIC)

_LOWEST, _HIGHEST = 300.0, 30_000.0
_BAND: Final = 0.14
"""The walk stays inside this part of the base price, which is inside the daily limits of all."""
_LOT: Final = 100.0
_TICK_BOUNDS: Final = np.array([3_000.0, 5_000.0])
_TICKS: Final = np.array([1.0, 5.0, 10.0])


def invented_symbols(count: int) -> tuple[str, ...]:
    """``S0001.T``, ``S0002.T``, …: symbols that no listed code can be taken for."""
    width = max(4, len(str(count)))
    return tuple(f"S{place:0{width}}.T" for place in range(1, count + 1))


class SyntheticMarket:
    """Seeded random walks on a grid of ticks, one an instrument.

    The base price of a symbol depends on the seed and the symbol alone; the walk on the seed and
    the steps taken. Prices stay within 14 per cent of the base price, so a soak test of many hours
    drifts nowhere. A step visits the instruments in rounds, so that a symbol that repeats in a
    batch carries each of its prices.

    Args:
        symbols: What is quoted.
        seed: Another seed, another market.
        session: The session's date in Tokyo.
        epoch: The epoch that the batches carry.
    """

    def __init__(
        self, symbols: tuple[str, ...], *, seed: int = 1, session: date, epoch: int = 1
    ) -> None:
        self.symbols = symbols
        self.session = session
        self.epoch = epoch
        count = len(symbols)
        self._random = np.random.default_rng(seed)
        share = np.array([crc32(f"{seed}:{symbol}".encode()) for symbol in symbols]) / 2**32
        rough = _LOWEST * (_HIGHEST / _LOWEST) ** share
        self.tick: Floats = _TICKS[np.searchsorted(_TICK_BOUNDS, rough)]
        """``float64[n]``, the tick of each instrument; it does not change with the price."""
        self.base: Floats = np.round(rough / self.tick) * self.tick
        """``float64[n]``, base prices."""
        self._reach: Floats = np.maximum(1.0, np.floor(self.base * _BAND / self.tick))
        self.standing: Floats = np.zeros((5, count))
        """``float64[5, n]``: ticks away from the base price, high, low, volume, turnover."""
        self.standing[1:3] = self.base
        self._away, self._high, self._low, self._volume, self._turnover = self.standing
        self._order: Rows = np.arange(count, dtype=np.int32)
        self._random.shuffle(self._order)
        self._place = 0

    def carry(self, earlier: "SyntheticMarket") -> None:
        """Go on where an earlier market of the same session and seed stands, name by name."""
        places = {symbol: place for place, symbol in enumerate(earlier.symbols)}
        pairs = [(here, places[name]) for here, name in enumerate(self.symbols) if name in places]
        if pairs:
            here, there = np.array(pairs, dtype=np.int64).T
            self.standing[:, here] = earlier.standing[:, there]

    def snapshot(self, moment: datetime) -> QuoteBatch:
        """Everything as it stands: one quote an instrument, with base, open, high and low."""
        last = self.base + self._away * self.tick
        rows: Rows = np.arange(len(self.symbols), dtype=np.int32)
        fields = {
            Field.LAST: last,
            Field.BASE: self.base.copy(),
            Field.PREVIOUS_CLOSE: self.base.copy(),
            Field.OPEN: self.base.copy(),
            Field.HIGH: self._high.copy(),
            Field.LOW: self._low.copy(),
            Field.VOLUME: self._volume.copy(),
            Field.TURNOVER: self._turnover.copy(),
            Field.BID: last - self.tick,
            Field.ASK: last + self.tick,
        }
        return self._batch(rows, fields, moment)

    def step(self, count: int, moment: datetime) -> QuoteBatch:
        """The next `count` quotes, all of one instant: last, bid, ask, volume and turnover."""
        total = len(self.symbols)
        rounds = ceil((self._place + count) / total) if total else 0
        rows: Rows = np.tile(self._order, rounds)[self._place : self._place + count]
        size = len(rows)
        last, volume, turnover = np.empty(size), np.empty(size), np.empty(size)
        moves: Ints = self._random.integers(-1, 2, size)
        shares: Floats = self._random.integers(1, 20, size).astype(np.float64) * _LOT
        start = 0
        while start < size:
            end = min(size, start + total - self._place)
            part = slice(start, end)
            self._visit(rows[part], moves[part], shares[part])
            last[part] = self.base[rows[part]] + self._away[rows[part]] * self.tick[rows[part]]
            volume[part] = self._volume[rows[part]]
            turnover[part] = self._turnover[rows[part]]
            self._place = (self._place + end - start) % total
            start = end
        fields = {
            Field.LAST: last,
            Field.BID: last - self.tick[rows],
            Field.ASK: last + self.tick[rows],
            Field.VOLUME: volume,
            Field.TURNOVER: turnover,
        }
        return self._batch(rows, fields, moment)

    def _visit(self, rows: Rows, moves: Ints, shares: Floats) -> None:
        """Trade once in each of some instruments, none of which repeats."""
        reach = self._reach[rows]
        away = np.clip(self._away[rows] + moves, -reach, reach)
        price = self.base[rows] + away * self.tick[rows]
        self._away[rows] = away
        self._high[rows] = np.maximum(self._high[rows], price)
        self._low[rows] = np.minimum(self._low[rows], price)
        self._volume[rows] += shares
        self._turnover[rows] += shares * price

    def _batch(self, rows: Rows, fields: dict[Field, Floats], moment: datetime) -> QuoteBatch:
        size = len(rows)
        return QuoteBatch(
            symbols=self.symbols,
            rows=rows,
            fields=fields,
            time=np.full(size, to_datetime64(moment)),
            state=np.full(size, int(QuoteState.TRADING), dtype=np.uint8),
            quality=np.full(size, int(Quality.MODELLED), dtype=np.uint8),
            source=SOURCE,
            delay=DELAY,
            epoch=self.epoch,
            session=self.session,
        )


def tokyo_date(moment: datetime) -> date:
    """The date in Tokyo."""
    return moment.astimezone(JST).date()
