"""What a source of quotes promises."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import ClassVar

from tui.market.quotes import Delay, MinuteBatch, QuoteBatch, Update
from tui.providers.conformance.base import Bench, ProviderConformance, skip, source_tasks
from tui.providers.conformance.batches import check_minutes, check_quotes
from tui.providers.contracts import Host, QuoteProvider


class QuoteConformance(ProviderConformance):
    """Checks for a `QuoteProvider`.

    Attributes:
        symbols: Symbols for which the source has quotes; at least two.
        unknown: A symbol it has none for; None for a source that quotes whatever it is asked.
        span: Seconds of the manual clock that its stream is watched.
        updates: The most updates that are read of it.
    """

    symbols: ClassVar[Sequence[str]] = ()
    unknown: ClassVar[str | None] = "0000.T"
    span: ClassVar[float] = 30.0
    updates: ClassVar[int] = 20

    def make(self, host: Host) -> QuoteProvider:
        """Construct the source under test."""
        raise NotImplementedError("implement make(host)")

    async def exercise(self, bench: Bench) -> None:
        """Read the snapshot."""
        await self.collect(bench, self.symbols, most=1)

    async def collect(
        self, bench: Bench, symbols: Sequence[str], most: int | None = None
    ) -> list[Update]:
        """Start a stream, read what it delivers within `span`, and end it.

        At least one update must come; that later ones do not is no fault, for a source may hold
        still.
        """
        assert isinstance(bench.provider, QuoteProvider), "make() gave no QuoteProvider"
        stream = bench.provider.stream(symbols)
        found: list[Update] = []
        end = bench.clock.monotonic() + self.span
        try:
            while len(found) < (most or self.updates):
                left = end - bench.clock.monotonic()
                found.append(
                    await bench.clock.until(_next(stream), limit=left, patience=self.patience)
                )
        except TimeoutError:
            assert found or not symbols, f"nothing was delivered within {self.span:g} s"
        except StopAsyncIteration:
            raise AssertionError("the stream ended by itself") from None
        finally:
            await _end(stream)
        return found

    def test_batches_are_as_described(self) -> None:
        """Shapes, types, units and ranges, and the source's own name on each."""

        async def check(bench: Bench) -> None:
            for update in await self.collect(bench, self.symbols):
                if isinstance(update, MinuteBatch):
                    check_minutes(update)
                else:
                    check_quotes(update)
                assert update.source == bench.provider.about.name, (
                    f"a batch of “{update.source}” from the source “{bench.provider.about.name}”"
                )

        self.run(check)

    def test_the_first_quotes_are_a_snapshot(self) -> None:
        """Every symbol asked for that is known stands in the first batch of its delay class."""

        async def check(bench: Bench) -> None:
            missing = set(self.symbols) - _snapshot(await self.collect(bench, self.symbols))
            assert not missing, f"the snapshot lacks {', '.join(sorted(missing))}"

        self.run(check)

    def test_only_what_was_asked_for_is_delivered(self) -> None:
        """No quote of another symbol."""

        async def check(bench: Bench) -> None:
            asked = self.symbols[:1]
            for update in await self.collect(bench, asked):
                more = _named(update) - set(asked)
                assert not more, f"nobody asked for {', '.join(sorted(more))}"

        self.run(check)

    def test_the_vocabulary_is_one_object(self) -> None:
        """All batches of a stream carry the same tuple."""

        async def check(bench: Bench) -> None:
            found = await self.collect(bench, self.symbols)
            assert all(update.symbols is found[0].symbols for update in found), (
                "a later batch carries another tuple of symbols"
            )

        self.run(check)

    def test_the_epoch_never_goes_back(self) -> None:
        """Neither within a stream nor from one stream to the next."""

        async def check(bench: Bench) -> None:
            epochs = [
                update.epoch
                for symbols in (self.symbols, self.symbols[:1], self.symbols)
                for update in await self.collect(bench, symbols)
            ]
            assert epochs == sorted(epochs), f"the epochs came as {epochs}"

        self.run(check)

    def test_an_unknown_symbol_is_left_out_and_told(self) -> None:
        """The others are delivered, and a remark names the one that is not."""
        unknown = self.unknown
        if unknown is None:
            skip("the source under test knows every symbol")

        async def check(bench: Bench) -> None:
            found = await self.collect(bench, (unknown, *self.symbols))
            assert _snapshot(found) == set(self.symbols), "the known symbols are not all there"
            assert any(unknown in remark for remark in bench.remarks), (
                f"no remark names {unknown}: {bench.remarks}"
            )

        self.run(check)

    def test_no_symbols_are_no_error(self) -> None:
        """An empty list delivers nothing and does not fail."""

        async def check(bench: Bench) -> None:
            for update in await self.collect(bench, (), most=1):
                assert len(update) == 0, "quotes were delivered that nobody asked for"

        self.run(check)

    def test_a_stream_may_be_cancelled_and_started_again(self) -> None:
        """Cancelling ends at once, leaves no task, and the next stream begins with a snapshot."""

        async def check(bench: Bench) -> None:
            assert isinstance(bench.provider, QuoteProvider)
            before = source_tasks()
            for turns in (0, 1, 3, 10):
                stream = bench.provider.stream(self.symbols)
                waiting = asyncio.ensure_future(_drain(stream))
                for _ in range(turns):
                    await asyncio.sleep(0)
                waiting.cancel()
                (outcome,) = await asyncio.gather(waiting, return_exceptions=True)
                assert isinstance(outcome, asyncio.CancelledError), (
                    f"a cancelled stream answered with {outcome!r}"
                )
                await _end(stream)
            await bench.clock.settle()
            left = source_tasks() - before
            assert not left, f"tasks are left running: {left}"
            found = await self.collect(bench, self.symbols)
            assert _snapshot(found) == set(self.symbols), "the new stream begins without a snapshot"

        self.run(check)

    def test_what_was_delivered_stays_as_it_was(self) -> None:
        """A batch waits in a queue, so its arrays are not written to again."""

        async def check(bench: Bench) -> None:
            assert isinstance(bench.provider, QuoteProvider)
            stream = bench.provider.stream(self.symbols)
            first = await bench.clock.until(_next(stream), limit=self.span)
            held = _contents(first)
            try:
                for _ in range(3):
                    await bench.clock.until(_next(stream), limit=self.span, patience=1.0)
            except TimeoutError:
                pass
            finally:
                await _end(stream)
            assert _contents(first) == held, "the first batch was changed after its delivery"

        self.run(check)

    def test_session_and_market_time_can_be_asked(self) -> None:
        """They agree with the batches, before and after there are any."""

        async def check(bench: Bench) -> None:
            provider = bench.provider
            assert isinstance(provider, QuoteProvider)
            _check_times(provider)
            found = await self.collect(bench, self.symbols)
            _check_times(provider)
            told = provider.session()
            assert told is None or told == found[-1].session, (
                f"session() says {told}, the batches {found[-1].session}"
            )

        self.run(check)


def _check_times(provider: QuoteProvider) -> None:
    session = provider.session()
    assert session is None or type(session) is date, f"session() gave {session!r}"
    moment = provider.market_time()
    assert isinstance(moment, datetime), f"market_time() gave {moment!r}"
    assert moment.tzinfo is not None, "market_time() has no time zone"


def _quotes(updates: Sequence[Update]) -> list[QuoteBatch]:
    found = [update for update in updates if isinstance(update, QuoteBatch)]
    assert found, "no quotes were delivered"
    return found


def _snapshot(updates: Sequence[Update]) -> set[str]:
    """The symbols of the first batch, and of those that follow it at once in other classes."""
    named: set[str] = set()
    classes: set[Delay] = set()
    for batch in _quotes(updates):
        if batch.delay in classes:
            break
        classes.add(batch.delay)
        named |= _named(batch)
    return named


def _named(update: Update) -> set[str]:
    return {update.symbols[row] for row in update.rows.tolist()}


def _contents(update: Update) -> list[bytes]:
    if isinstance(update, MinuteBatch):
        kept = (update.minutes, update.last, update.volume, update.turnover)
        return [update.rows.tobytes(), *(array.tobytes() for array in kept)]
    fields = (values.tobytes() for values in update.fields.values())
    return [update.rows.tobytes(), update.time.tobytes(), *fields]


async def _next(stream: AsyncIterator[Update]) -> Update:
    return await anext(stream)


async def _drain(stream: AsyncIterator[Update]) -> None:
    async for _ in stream:
        pass


async def _end(stream: AsyncIterator[object]) -> None:
    close = getattr(stream, "aclose", None)
    if close is not None:
        await close()
