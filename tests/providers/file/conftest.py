"""A reader at the stream of a file provider, on a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.market.quotes import Field, QuoteBatch, Update
from tui.providers.conformance import FewInstruments, ManualClock, check_quotes
from tui.providers.contracts import Host
from tui.providers.file import FileProvider


class Reader:
    """Reads one update at a time, or sees that none comes."""

    def __init__(self, path: Path, **settings: object) -> None:
        self.clock = ManualClock(datetime(2025, 5, 26, 0, 30, tzinfo=UTC))
        self.remarks: list[str] = []
        self.provider = FileProvider(
            Host(
                clock=self.clock,
                instruments=FewInstruments(),
                settings={"path": str(path), **settings},
                remark=self.remarks.append,
            )
        )
        self.batch: QuoteBatch | None = None
        self._stream: AsyncIterator[Update] | None = None
        self._waiting: asyncio.Future[Update] | None = None

    def start(self, symbols: Sequence[str]) -> None:
        self._stream = self.provider.stream(symbols)

    async def next(self) -> dict[str, float]:
        """The last prices of the next update."""
        batch = await self.clock.until(self._wait())
        self._waiting = None
        assert isinstance(batch, QuoteBatch)
        check_quotes(batch)
        self.batch = batch
        prices = batch.fields[Field.LAST].tolist()
        return {batch.symbols[row]: price for row, price in zip(batch.rows, prices, strict=True)}

    async def nothing(self, seconds: float) -> None:
        """See that no update comes for some seconds."""
        with pytest.raises(TimeoutError):
            await self.clock.until(self._wait(), limit=seconds)

    async def _wait(self) -> Update:
        if self._waiting is None:
            assert self._stream is not None

            async def one(stream: AsyncIterator[Update]) -> Update:
                return await anext(stream)

            self._waiting = asyncio.ensure_future(one(self._stream))
        return await asyncio.shield(self._waiting)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quotes.csv"


@pytest.fixture
def read(path: Path) -> Callable[..., Reader]:
    """Makes a reader that has begun to read three symbols."""

    def make(**settings: object) -> Reader:
        reader = Reader(path, **settings)
        reader.start(("7203.T", "285A.T", "6501.T"))
        return reader

    return make
