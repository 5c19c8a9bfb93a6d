"""The suites of history, news, search and calendar: a sound source passes, a faulty one fails."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tui.errors import NotSupported, Unavailable
from tui.market.catalysts import Catalyst
from tui.market.instruments import Instrument
from tui.market.quotes import DailyBars, Delay, DelayKind, MinuteBatch
from tui.providers.conformance import (
    CalendarConformance,
    HistoryConformance,
    NewsConformance,
    ProviderConformance,
    SearchConformance,
)
from tui.providers.contracts import (
    About,
    CalendarProvider,
    DatedEvent,
    HistoryProvider,
    Host,
    NewsProvider,
    Provider,
    SearchProvider,
)

ABOUT = About(name="sound", title="Sound", summary="Few.", delay=Delay(DelayKind.END_OF_DAY))
SESSIONS = [date(2025, 5, day) for day in (21, 22, 23, 26)]
TOYOTA = Instrument(symbol="7203.T", code="7203", name="Toyota Motor", name_ja="トヨタ自動車")


class History(HistoryProvider):
    about = ABOUT

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        if symbol != "7203.T":
            raise NotSupported("unknown", subject=symbol, remedy="Ask for another.")
        held = [day for day in SESSIONS if start <= day <= end]
        prices = np.array([2500.0 + day.day for day in held])
        return DailyBars(
            symbol=symbol,
            dates=np.array(held, dtype="datetime64[D]"),
            open=prices,
            high=prices + 5,
            low=prices - 5,
            close=prices,
        )

    async def minutes(self, symbols: Sequence[str], session: date) -> MinuteBatch | None:
        return MinuteBatch(
            symbols=tuple(symbols),
            rows=np.zeros(1, dtype=np.int32),
            minutes=np.array(["2025-05-26T00:00", "2025-05-26T00:01"], dtype="datetime64[m]"),
            last=np.array([[2500.0, np.nan]]),
            volume=np.array([[100.0, 100.0]]),
            turnover=np.array([[250_000.0, 250_000.0]]),
            source="sound",
            epoch=1,
            session=session,
        )


class TestHistoryConforms(HistoryConformance):
    symbols = ("7203.T",)

    def make(self, host: Host) -> HistoryProvider:
        return History(host)


class HalfOpen(History):
    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        return await super().daily(symbol, start, end - timedelta(days=1))


class Backward(History):
    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        bars = await super().daily(symbol, start, end)
        return replace(bars, dates=bars.dates[::-1].copy())


class Inventing(History):
    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        return replace(await super().daily("7203.T", start, end), symbol=symbol)


class FallingVolume(History):
    async def minutes(self, symbols: Sequence[str], session: date) -> MinuteBatch | None:
        batch = await super().minutes(symbols, session)
        assert batch is not None
        return replace(batch, volume=batch.volume * [[2.0, 1.0]])


class News(NewsProvider):
    about = ABOUT
    told: tuple[Catalyst, ...] = (
        Catalyst(key="1", headline="Exporters rise", time=datetime(2025, 5, 26, tzinfo=UTC)),
        Catalyst(key="2", headline="関税交渉", symbols=("7203.T",), link="https://example.com/"),
    )

    async def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        yield self.told
        while True:
            await self.host.clock.sleep(60)


class TestNewsConforms(NewsConformance):
    def make(self, host: Host) -> NewsProvider:
        return News(host)


class SameKey(News):
    told = (replace(News.told[0], key="2"), News.told[1])


class Naive(News):
    told = (replace(News.told[0], time=datetime(2025, 5, 26)),)


class Recount(News):
    count = 0

    async def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        self.count += 1
        yield [replace(each, key=f"{each.key}.{self.count}") for each in self.told]


class Empty(News):
    told = ()


class Search(SearchProvider):
    about = ABOUT

    async def search(self, query: str, limit: int) -> Sequence[Instrument]:
        return [TOYOTA][:limit] if query.casefold() in TOYOTA.name.casefold() else []


class TestSearchConforms(SearchConformance):
    finds = (("toyota", "7203.T"),)

    def make(self, host: Host) -> SearchProvider:
        return Search(host)


class Unbounded(Search):
    async def search(self, query: str, limit: int) -> Sequence[Instrument]:  # noqa: ARG002 - the fault
        return [TOYOTA, replace(TOYOTA, symbol="6501.T")]


class Strict(Search):
    async def search(self, query: str, limit: int) -> Sequence[Instrument]:
        if not query.strip():
            raise ValueError("nothing to search")
        return await super().search(query, limit)


class Blind(Search):
    async def search(self, query: str, limit: int) -> Sequence[Instrument]:  # noqa: ARG002 - the fault
        return []


class Dates(CalendarProvider):
    about = ABOUT
    held: tuple[DatedEvent, ...] = (
        DatedEvent(on=date(2025, 7, 9), title="EU tariff deadline"),
        DatedEvent(on=date(2025, 7, 21), title="海の日"),
    )

    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        return [each for each in self.held if start <= each.on <= end]


class TestDatesConform(CalendarConformance):
    def make(self, host: Host) -> CalendarProvider:
        return Dates(host)


class Unordered(Dates):
    held = Dates.held[::-1]


class Unbounding(Dates):
    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:  # noqa: ARG002 - the fault
        return self.held


class Untitled(Dates):
    held = (replace(Dates.held[0], title=" "),)


class Exclusive(Dates):
    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        return [each for each in self.held if start <= each.on < end]


Check = Callable[[Any], None]


@pytest.mark.parametrize(
    ("base", "source", "check"),
    [
        (TestHistoryConforms, HalfOpen, "test_both_dates_of_a_span_are_included"),
        (TestHistoryConforms, Backward, "test_daily_bars_are_as_described"),
        (TestHistoryConforms, Inventing, "test_an_unknown_symbol_is_not_supported"),
        (TestHistoryConforms, FallingVolume, "test_minutes_are_as_described_where_there_are_any"),
        (TestNewsConforms, SameKey, "test_catalysts_are_as_described"),
        (TestNewsConforms, Naive, "test_catalysts_are_as_described"),
        (TestNewsConforms, Empty, "test_catalysts_are_as_described"),
        (TestNewsConforms, Recount, "test_the_keys_stay"),
        (TestNewsConforms, Recount, "test_a_stream_may_be_cancelled"),
        (TestSearchConforms, Unbounded, "test_the_limit_holds"),
        (TestSearchConforms, Strict, "test_any_text_may_be_asked"),
        (TestSearchConforms, Blind, "test_names_are_found"),
        (TestDatesConform, Unordered, "test_events_are_as_described"),
        (TestDatesConform, Unbounding, "test_a_span_that_ends_before_it_starts_holds_nothing"),
        (TestDatesConform, Untitled, "test_events_are_as_described"),
        (TestDatesConform, Exclusive, "test_both_dates_of_a_span_are_included"),
    ],
)
def test_a_fault_fails_its_check(
    base: type[ProviderConformance], source: type[Provider], check: str
) -> None:
    class Faulty(base):  # type: ignore[misc, valid-type]
        def make(self, host: Host) -> Provider:
            return source(host)

    with pytest.raises((AssertionError, ValueError, IndexError)):
        getattr(Faulty(), check)()


def test_a_broken_source_must_say_what_to_do() -> None:
    class Broken(Dates):
        remedy = "Reinstall it."

        async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
            raise Unavailable(f"no table for {start} to {end}", remedy=self.remedy)

    class Mute(Broken):
        remedy = ""

    class Suite(TestDatesConform):
        broken: type[CalendarProvider] = Broken

        def make_broken(self, host: Host) -> CalendarProvider:
            return self.broken(host)

    suite = Suite()
    suite.test_failure_is_an_error_of_the_tree()
    for fault in (Mute, Dates):
        suite.broken = fault
        with pytest.raises(AssertionError):
            suite.test_failure_is_an_error_of_the_tree()
