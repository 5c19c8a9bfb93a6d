"""What a source of news promises."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import ClassVar, Final

from tui.market.catalysts import Catalyst
from tui.providers.conformance.base import Bench, ProviderConformance, source_tasks
from tui.providers.contracts import Host, NewsProvider

_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NewsConformance(ProviderConformance):
    """Checks for a `NewsProvider`.

    Attributes:
        span: Seconds of the manual clock within which the first news must come.
    """

    span: ClassVar[float] = 30.0

    def make(self, host: Host) -> NewsProvider:
        """Construct the source under test."""
        raise NotImplementedError("implement make(host)")

    async def exercise(self, bench: Bench) -> None:
        """Read what is known at the start."""
        await self.first(bench)

    async def first(self, bench: Bench) -> Sequence[Catalyst]:
        """Start a stream, read its first delivery, and end it."""
        assert isinstance(bench.provider, NewsProvider), "make() gave no NewsProvider"
        stream = bench.provider.stream()
        try:
            return await bench.clock.until(_next(stream), limit=self.span, patience=self.patience)
        except StopAsyncIteration:
            raise AssertionError("the stream ended by itself") from None
        finally:
            await _end(stream)

    def test_catalysts_are_as_described(self) -> None:
        """Keys of their own, one printable line of headline, aware times, web links."""

        async def check(bench: Bench) -> None:
            news = await self.first(bench)
            assert news, "the source under test has no news"
            keys = [each.key for each in news]
            assert len(set(keys)) == len(keys), f"a key stands for two: {keys}"
            for each in news:
                check_catalyst(each)

        self.run(check)

    def test_the_keys_stay(self) -> None:
        """A second stream gives the same catalysts the same keys."""

        async def check(bench: Bench) -> None:
            one = {each.key: each.headline for each in await self.first(bench)}
            two = {each.key: each.headline for each in await self.first(bench)}
            assert one == two, "the keys differ from one stream to the next"

        self.run(check)

    def test_a_stream_may_be_cancelled(self) -> None:
        """Cancelling ends at once and leaves no task."""

        async def check(bench: Bench) -> None:
            assert isinstance(bench.provider, NewsProvider)
            before = source_tasks()
            for turns in (0, 1, 3, 10):
                stream = bench.provider.stream()
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

        self.run(check)


def check_catalyst(catalyst: Catalyst) -> None:
    """Raise `AssertionError` where a catalyst breaks its description."""
    assert catalyst.key, "a catalyst without a key"
    assert catalyst.headline.strip(), f"{catalyst.key} has no headline"
    for text in (catalyst.headline, *catalyst.text.split("\n")):
        strange = [
            char for char in text if char in _BIDI or (char < " " or "\x7f" <= char < "\xa0")
        ]
        assert not strange, f"{catalyst.key} carries control characters: {strange!r}"
    if catalyst.time is not None:
        assert catalyst.time.tzinfo is not None, f"the time of {catalyst.key} has no time zone"
    if catalyst.link:
        assert catalyst.link.startswith(("http://", "https://")), (
            f"{catalyst.key} links to {catalyst.link}"
        )
    assert isinstance(catalyst.symbols, tuple), f"the symbols of {catalyst.key} are no tuple"
    assert all(symbol.strip() for symbol in catalyst.symbols), f"{catalyst.key}: an empty symbol"


async def _next(stream: AsyncIterator[Sequence[Catalyst]]) -> Sequence[Catalyst]:
    return await anext(stream)


async def _drain(stream: AsyncIterator[Sequence[Catalyst]]) -> None:
    async for _ in stream:
        pass


async def _end(stream: AsyncIterator[object]) -> None:
    close = getattr(stream, "aclose", None)
    if close is not None:
        await close()
