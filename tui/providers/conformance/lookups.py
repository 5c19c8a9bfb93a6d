"""What the sources of history, names and dates promise."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from tui.errors import NotSupported
from tui.market.instruments import Instrument
from tui.providers.conformance.base import Bench, ProviderConformance, skip
from tui.providers.conformance.batches import check_bars, check_minutes
from tui.providers.contracts import (
    CalendarProvider,
    DatedEvent,
    HistoryProvider,
    Host,
    SearchProvider,
)


class HistoryConformance(ProviderConformance):
    """Checks for a `HistoryProvider`.

    Attributes:
        symbols: Symbols with daily bars in the span.
        unknown: A symbol without any.
        span: First and last date of a span that holds at least two bars of each symbol.
        session: A session to ask minutes of.
    """

    symbols: ClassVar[Sequence[str]] = ()
    unknown: ClassVar[str | None] = "0000.T"
    span: ClassVar[tuple[date, date]] = (date(2025, 5, 19), date(2025, 5, 26))
    session: ClassVar[date] = date(2025, 5, 26)

    def make(self, host: Host) -> HistoryProvider:
        """Construct the source under test."""
        raise NotImplementedError("implement make(host)")

    async def exercise(self, bench: Bench) -> None:
        """Ask for the bars of one symbol."""
        assert isinstance(bench.provider, HistoryProvider), "make() gave no HistoryProvider"
        await bench.clock.until(
            bench.provider.daily(self.symbols[0], *self.span), patience=self.patience
        )

    def test_daily_bars_are_as_described(self) -> None:
        """Oldest first, inside the span, one array length, nothing 0 that is unknown."""

        async def check(bench: Bench) -> None:
            assert isinstance(bench.provider, HistoryProvider)
            for symbol in self.symbols:
                bars = await bench.clock.until(
                    bench.provider.daily(symbol, *self.span), patience=self.patience
                )
                check_bars(bars, symbol, *self.span)
                assert len(bars.dates) > 1, f"{symbol} has fewer than two bars in the span"

        self.run(check)

    def test_both_dates_of_a_span_are_included(self) -> None:
        """A span of one session gives that session's bar."""

        async def check(bench: Bench) -> None:
            provider = bench.provider
            assert isinstance(provider, HistoryProvider)
            symbol = self.symbols[0]
            wide = await bench.clock.until(provider.daily(symbol, *self.span))
            for edge in (wide.dates[0].item(), wide.dates[-1].item()):
                one = await bench.clock.until(provider.daily(symbol, edge, edge))
                assert one.dates.tolist() == [edge], f"the bar of {edge} is missing"

        self.run(check)

    def test_an_unknown_symbol_is_not_supported(self) -> None:
        """It raises, rather than answer with nothing."""
        unknown = self.unknown
        if unknown is None:
            skip("the source under test knows every symbol")

        async def check(bench: Bench) -> None:
            assert isinstance(bench.provider, HistoryProvider)
            try:
                await bench.clock.until(bench.provider.daily(unknown, *self.span))
            except NotSupported:
                return
            raise AssertionError(f"the bars of {unknown} were not refused")

        self.run(check)

    def test_minutes_are_as_described_where_there_are_any(self) -> None:
        """A batch of minutes, or None."""

        async def check(bench: Bench) -> None:
            assert isinstance(bench.provider, HistoryProvider)
            minutes = await bench.clock.until(
                bench.provider.minutes(self.symbols, self.session), patience=self.patience
            )
            if minutes is not None:
                check_minutes(minutes)
                named = {minutes.symbols[row] for row in minutes.rows.tolist()}
                assert named <= set(self.symbols), "minutes that nobody asked for"

        self.run(check)


class SearchConformance(ProviderConformance):
    """Checks for a `SearchProvider`.

    Attributes:
        finds: Queries, each with a symbol that must be among its answers.
    """

    finds: ClassVar[Sequence[tuple[str, str]]] = ()

    def make(self, host: Host) -> SearchProvider:
        """Construct the source under test."""
        raise NotImplementedError("implement make(host)")

    async def exercise(self, bench: Bench) -> None:
        """Ask one question."""
        await self.ask(bench, self.finds[0][0], 5)

    async def ask(self, bench: Bench, query: str, limit: int) -> Sequence[Instrument]:
        """Search, and check the answer's form."""
        assert isinstance(bench.provider, SearchProvider), "make() gave no SearchProvider"
        hits = await bench.clock.until(bench.provider.search(query, limit), patience=self.patience)
        assert len(hits) <= limit, f"{len(hits)} answers where {limit} were asked for"
        assert all(isinstance(hit, Instrument) for hit in hits), "an answer is no Instrument"
        symbols = [hit.symbol for hit in hits]
        assert len(set(symbols)) == len(symbols), f"an instrument is given twice: {symbols}"
        return hits

    def test_names_are_found(self) -> None:
        """Each sample query finds its instrument."""

        async def check(bench: Bench) -> None:
            for query, symbol in self.finds:
                hits = await self.ask(bench, query, 20)
                assert symbol in [hit.symbol for hit in hits], f"“{query}” does not find {symbol}"

        self.run(check)

    def test_the_limit_holds(self) -> None:
        """Also where it is 1."""

        async def check(bench: Bench) -> None:
            for query, _ in self.finds:
                await self.ask(bench, query, 1)

        self.run(check)

    def test_any_text_may_be_asked(self) -> None:
        """Nothing, symbols of patterns, other scripts, and a very long text."""

        async def check(bench: Bench) -> None:
            for query in ("", " ", "%", ".*[", "\\", "ｿﾆｰ", "日経", "x" * 5000, "\x00\x1b[2J"):
                await self.ask(bench, query, 20)

        self.run(check)


class CalendarConformance(ProviderConformance):
    """Checks for a `CalendarProvider`.

    Attributes:
        span: First and last date of a span that holds at least one event.
    """

    span: ClassVar[tuple[date, date]] = (date(2025, 1, 1), date(2025, 12, 31))

    def make(self, host: Host) -> CalendarProvider:
        """Construct the source under test."""
        raise NotImplementedError("implement make(host)")

    async def exercise(self, bench: Bench) -> None:
        """Ask for the events of the span."""
        await self.ask(bench, *self.span)

    async def ask(self, bench: Bench, start: date, end: date) -> Sequence[DatedEvent]:
        """Ask for events, and check the answer's form."""
        assert isinstance(bench.provider, CalendarProvider), "make() gave no CalendarProvider"
        events = await bench.clock.until(bench.provider.events(start, end), patience=self.patience)
        dates = [event.on for event in events]
        assert dates == sorted(dates), "the events are not in order of date"
        for event in events:
            assert start <= event.on <= end, f"“{event.title}” lies outside the span"
            assert event.title.strip(), f"an event of {event.on} has no title"
            assert event.title.isprintable(), f"control characters in {event.title!r}"
        return events

    def test_events_are_as_described(self) -> None:
        """Inside the span, in order, each with a title."""

        async def check(bench: Bench) -> None:
            assert await self.ask(bench, *self.span), "the span holds no event"

        self.run(check)

    def test_both_dates_of_a_span_are_included(self) -> None:
        """A span of one day gives that day's events."""

        async def check(bench: Bench) -> None:
            on = (await self.ask(bench, *self.span))[0].on
            assert await self.ask(bench, on, on), f"the event of {on} is missing"

        self.run(check)

    def test_a_span_that_ends_before_it_starts_holds_nothing(self) -> None:
        """No event, no failure."""

        async def check(bench: Bench) -> None:
            start, _ = self.span
            events = await self.ask(bench, start, start - timedelta(days=1))
            assert not events, "events of an empty span"

        self.run(check)
