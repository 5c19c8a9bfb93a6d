"""Supervision on a clock with hands: nothing here takes time."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest

from tui.errors import ConfigError, NotSupported, RateLimited, Unauthorised, Unavailable
from tui.feed.backoff import Backoff, Pauses
from tui.feed.health import FeedState
from tui.feed.ledger import Ledger
from tui.feed.outbox import NewsBox, Outbox
from tui.feed.streams import Epochs, NewsSupervisor, QuoteSupervisor
from tui.feed.supervisor import Surroundings
from tui.market.quotes import Update
from tui.providers.contracts import Host, QuoteProvider, Role


@dataclass
class Bench:
    """One supervisor of quotes, and what it needs."""

    clock: Any
    around: Surroundings
    symbols: tuple[str, ...] = ("7203.T",)
    outbox: Outbox = field(default_factory=Outbox)
    epochs: Epochs = field(default_factory=Epochs)
    made: list[Any] = field(default_factory=list)

    def supervisor(
        self,
        source: Callable[[Host], QuoteProvider],
        settings: Mapping[str, object] | None = None,
    ) -> QuoteSupervisor:
        def factory(host: Host) -> QuoteProvider:
            provider = source(host)
            self.made.append(provider)
            return provider

        return QuoteSupervisor(
            factory,
            settings or {},
            ledger=Ledger("test", Role.QUOTES, self.clock, lambda: None),
            backoff=Backoff(Pauses(), random.Random(7)),
            around=self.around,
            symbols=lambda: self.symbols,
            outbox=self.outbox,
            epochs=self.epochs,
        )

    def run(
        self,
        source: Callable[[Host], QuoteProvider],
        script: Callable[[QuoteSupervisor], Awaitable[None]],
    ) -> QuoteSupervisor:
        async def main() -> QuoteSupervisor:
            supervisor = self.supervisor(source)
            task = asyncio.ensure_future(supervisor.run())
            await self.clock.settle()
            await script(supervisor)
            task.cancel()
            await self.clock.turn(10.0)
            assert task.done()
            return supervisor

        return asyncio.run(main())

    def epochs_out(self) -> list[int]:
        return [update.epoch for update in self.outbox.drain()]


def state(supervisor: QuoteSupervisor) -> FeedState:
    return supervisor.ledger.health.state


@pytest.fixture
def bench(clock: Any, around: Surroundings) -> Bench:
    return Bench(clock, around)


def test_a_good_source_delivers_under_its_registered_name(
    bench: Bench, sources: SimpleNamespace
) -> None:
    updates: list[Update] = []

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(3.0)
        updates.extend(bench.outbox.drain())
        health = supervisor.ledger.health
        assert health.state is FeedState.LIVE
        assert (health.title, health.note) == ("Good", "made by hand")
        assert (health.quotes, health.errors) == (4, 0)
        assert health.data_time == health.received == bench.clock.now()
        assert health.rate > 0

    bench.run(sources.Source, script)
    assert [update.source for update in updates] == ["test"] * 4
    assert {update.epoch for update in updates} == {1}
    (provider,) = bench.made
    assert provider.closed == 1


def test_equal_vocabularies_cross_as_one_object(bench: Bench, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:  # noqa: ARG001
        await bench.clock.turn(2.0)

    bench.run(sources.Source, script)
    assert len({id(update.symbols) for update in bench.outbox.drain()}) == 1


def test_a_source_that_raises_is_started_again_after_growing_pauses(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        health = supervisor.ledger.health
        assert health.state is FeedState.RETRYING
        assert "example.test: no route" in health.last_error
        assert health.retry_at is not None
        assert 0.5 <= (health.retry_at - bench.clock.now()).total_seconds() <= 1.0
        await bench.clock.turn(200.0)
        assert 6 <= supervisor.ledger.health.errors <= 12
        assert supervisor.ledger.health.restarts == supervisor.ledger.health.errors - 1

    bench.run(sources.Raising, script)
    (provider,) = bench.made
    assert len(provider.asked) > 5


def test_the_board_goes_on_in_its_epoch_when_a_stream_is_started_again(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:  # noqa: ARG001
        await bench.clock.turn(10.0)

    bench.run(sources.Raising, script)
    epochs = bench.epochs_out()
    assert len(epochs) > 2
    assert set(epochs) == {1}


def test_a_stream_that_ends_by_itself_is_started_again(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        assert supervisor.ledger.health.last_error == "the stream ended"
        await bench.clock.turn(1.0)
        assert len(bench.made[0].asked) == 2

    bench.run(sources.Ending, script)


@pytest.mark.parametrize(
    "error", [ValueError("lied"), SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError()]
)
def test_whatever_is_raised_is_survived(
    bench: Bench, sources: SimpleNamespace, error: BaseException
) -> None:
    class Hostile(sources.Raising):  # type: ignore[misc, name-defined]  # a class by fixture
        pass

    Hostile.error = error

    async def script(supervisor: QuoteSupervisor) -> None:
        assert state(supervisor) is FeedState.RETRYING
        await bench.clock.turn(1.0)
        assert supervisor.ledger.health.quotes == 2

    bench.run(Hostile, script)


def test_the_wait_that_a_service_asks_for_is_kept_even_when_the_user_hurries(
    bench: Bench, sources: SimpleNamespace
) -> None:
    class Limited(sources.Raising):  # type: ignore[misc, name-defined]
        error = RateLimited("too often", retry_after=120.0)

    async def script(supervisor: QuoteSupervisor) -> None:
        supervisor.restart(now=True)
        await bench.clock.turn(119.0)
        assert len(bench.made[0].asked) == 1
        await bench.clock.turn(2.0)
        assert len(bench.made[0].asked) == 2

    bench.run(Limited, script)


def test_the_user_may_cut_a_pause_short(bench: Bench, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        supervisor.restart(now=True)
        await bench.clock.settle()
        assert len(bench.made[0].asked) == 2

    bench.run(sources.Raising, script)


def test_a_healthy_minute_makes_the_next_pause_short_again(
    bench: Bench, sources: SimpleNamespace
) -> None:
    class Flaky(sources.Source):  # type: ignore[misc, name-defined]
        async def stream(self, symbols: tuple[str, ...]) -> Any:
            self.asked.append(symbols)
            yield self.next(symbols)
            if len(self.asked) == 6:
                await self.host.clock.sleep(61.0)
            raise Unavailable("gone")

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(31.0)
        assert len(bench.made[0].asked) == 6
        while supervisor.ledger.health.errors < 6:
            await bench.clock.turn(1.0)
        health = supervisor.ledger.health
        assert health.retry_at is not None
        assert (health.retry_at - bench.clock.now()).total_seconds() <= 1.0

    bench.run(Flaky, script)


@pytest.mark.parametrize("error", [ConfigError("bad path"), NotSupported("not in the plan")])
def test_what_waiting_cannot_mend_stands_as_failed_until_the_user_acts(
    bench: Bench, sources: SimpleNamespace, error: Exception
) -> None:
    def broken(host: Host) -> QuoteProvider:
        attempts.append(host)
        if len(attempts) == 1:
            raise error
        provider: QuoteProvider = sources.Source(host)
        return provider

    attempts: list[Host] = []

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(10_000.0)
        assert state(supervisor) is FeedState.FAILED
        assert len(attempts) == 1
        supervisor.restart(now=True)
        await bench.clock.settle()
        assert state(supervisor) is FeedState.LIVE
        assert supervisor.ledger.health.restarts == 1

    bench.run(broken, script)


def test_a_source_that_never_starts_is_reported_and_tried_again(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        assert state(supervisor) is FeedState.STARTING
        await bench.clock.turn(30.0)
        assert state(supervisor) is FeedState.RETRYING
        assert "no answer for 30 s" in supervisor.ledger.health.last_error
        await bench.clock.turn(1.0)
        assert len(bench.made[0].asked) == 2

    bench.run(sources.NeverStarting, script)


def test_a_source_that_falls_silent_is_left_alone(bench: Bench, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(300.0)
        health = supervisor.ledger.health
        assert (health.quotes, health.restarts, health.errors) == (1, 0, 0)

    bench.run(sources.Silent, script)


def test_rubbish_is_counted_and_dropped(bench: Bench, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(2.0)
        health = supervisor.ledger.health
        assert (health.quotes, health.rejected) == (3, 15)
        assert health.state is FeedState.LIVE
        assert health.last_error

    bench.run(sources.Rubbish, script)
    assert len(bench.outbox.drain()) == 3


def test_a_stream_that_is_no_stream_is_told(bench: Bench, sources: SimpleNamespace) -> None:
    class Coroutine(sources.Source):  # type: ignore[misc, name-defined]
        async def stream(self, symbols: tuple[str, ...]) -> None:  # noqa: ARG002
            return

    async def script(supervisor: QuoteSupervisor) -> None:
        assert "no asynchronous iterator" in supervisor.ledger.health.last_error

    bench.run(Coroutine, script)


def test_a_factory_of_something_else_is_told(bench: Bench) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        assert "is no QuoteProvider" in supervisor.ledger.health.last_error

    bench.run(lambda host: host, script)  # type: ignore[arg-type, return-value]


def test_a_flood_neither_holds_the_loop_nor_grows_the_queue(
    bench: Bench, sources: SimpleNamespace
) -> None:
    bench.outbox = Outbox(quotes=100, batches=10)

    async def script(supervisor: QuoteSupervisor) -> None:
        for _ in range(20):
            await bench.clock.turn(0.05)
        assert supervisor.ledger.health.quotes > 500
        assert bench.outbox.held <= 100

    bench.run(sources.Flooding, script)


def test_a_source_that_never_waits_is_held_back(bench: Bench, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        for _ in range(100):
            await bench.clock.turn(0.01)
        assert 1_000 <= supervisor.ledger.health.quotes <= 2_200

    bench.run(sources.Flooding, script)


def test_a_change_of_symbols_starts_the_stream_again_once_it_has_settled(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        for symbols in [("A",), ("A", "B"), ("A", "B", "C")]:
            bench.symbols = symbols
            supervisor.restart(now=False)
            await bench.clock.turn(0.1)
        assert len(bench.made[0].asked) == 1
        await bench.clock.turn(1.0)
        assert bench.made[0].asked[1:] == [("A", "B", "C")]
        assert state(supervisor) is FeedState.LIVE

    bench.run(sources.Source, script)
    assert set(bench.epochs_out()) == {1}


def test_a_change_that_is_taken_back_starts_nothing_again(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        before, bench.symbols = bench.symbols, ("A",)
        supervisor.restart(now=False)
        await bench.clock.turn(0.1)
        bench.symbols = before
        supervisor.restart(now=False)
        await bench.clock.turn(2.0)
        assert len(bench.made[0].asked) == 1

    bench.run(sources.Source, script)


def test_nothing_is_asked_for_without_symbols(bench: Bench, sources: SimpleNamespace) -> None:
    bench.symbols = ()

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(100.0)
        assert not bench.made
        bench.symbols = ("A",)
        supervisor.restart(now=False)
        await bench.clock.settle()
        assert bench.made[0].asked == [("A",)]

    bench.run(sources.Source, script)


def test_a_stream_that_ignores_its_cancellation_is_abandoned_with_a_word(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        supervisor.restart(now=True)
        await bench.clock.turn(10.0)
        assert "abandoned" in supervisor.ledger.health.last_error
        assert sources.Stubborn.streams == 2
        assert len(bench.made) == 2
        sources.Stubborn.release.set()
        await bench.clock.turn(2.0)

    bench.run(sources.Stubborn, script)
    assert set(bench.epochs_out()) == {2}, "another object is another epoch"


def test_nothing_of_a_retired_source_comes_through(bench: Bench, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        bench.outbox.drain()
        supervisor.retire()
        await bench.clock.turn(5.0)
        assert bench.outbox.drain() == []
        assert state(supervisor) is FeedState.STOPPED

    bench.run(sources.Source, script)


def test_a_new_epoch_or_session_of_the_source_is_a_new_epoch_of_the_board(
    bench: Bench, sources: SimpleNamespace
) -> None:
    class Rolling(sources.Source):  # type: ignore[misc, name-defined]
        async def stream(self, symbols: tuple[str, ...]) -> Any:
            first = self.next(symbols)
            yield first
            yield replace(first, epoch=5)
            yield replace(first, epoch=4)
            yield replace(first, epoch=5, session=first.session.replace(day=27))
            await self.host.clock.sleep(1e9)

    taken: list[int] = []
    bench.outbox.wake = lambda: taken.extend(bench.epochs_out())

    async def script(supervisor: QuoteSupervisor) -> None:
        assert supervisor.ledger.health.rejected == 1
        assert "went back" in supervisor.ledger.health.last_error
        assert supervisor.session is not None
        assert supervisor.session.day == 27

    bench.run(Rolling, script)
    assert taken == [1, 2, 3]


def test_a_time_still_to_come_is_blanked_and_remarked(
    bench: Bench, sources: SimpleNamespace, batch: Callable[..., Any]
) -> None:
    class Prophet(sources.Source):  # type: ignore[misc, name-defined]
        def next(self, symbols: tuple[str, ...]) -> Any:
            return batch(symbols=symbols, time=self.host.clock.now().replace(year=2031))

    async def script(supervisor: QuoteSupervisor) -> None:
        health = supervisor.ledger.health
        assert health.data_time is None
        assert health.remarks == 1
        assert "still to come" in health.last_remark

    bench.run(Prophet, script)


def test_remarks_are_counted_and_shown_without_keys(bench: Bench, sources: SimpleNamespace) -> None:
    class Talking(sources.Source):  # type: ignore[misc, name-defined]
        def next(self, symbols: tuple[str, ...]) -> Any:
            self.host.remark(f"line 7 skipped\x1b[2J, key {self.host.secret('api')}")
            return super().next(symbols)

    bench.around = replace(bench.around, secret={"api": "topsecret"}.get)

    async def script(supervisor: QuoteSupervisor) -> None:
        health = supervisor.ledger.health
        assert health.remarks == 1
        assert health.last_remark == "line 7 skipped [2J, key •••"

    bench.run(Talking, script)


def test_a_close_that_raises_or_hangs_is_survived(bench: Bench, sources: SimpleNamespace) -> None:
    class Closing(sources.Source):  # type: ignore[misc, name-defined]
        async def close(self) -> None:
            if hang:
                await asyncio.get_running_loop().create_future()
            raise OSError("socket gone")

    async def script(supervisor: QuoteSupervisor) -> None:
        pass

    hang = True
    bench.run(Closing, script)
    hang = False
    supervisor = bench.run(Closing, script)
    assert "socket gone" in supervisor.ledger.health.last_error


def test_a_replay_takes_commands_and_tells_its_state(
    bench: Bench, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        assert supervisor.playback_state == (False, 60.0)
        supervisor.play(lambda playback: playback.pause(True))
        supervisor.play(lambda playback: playback.set_speed(300.0))
        assert supervisor.playback_state == (True, 300.0)
        assert supervisor.market_time() == bench.made[0].market_time()

    bench.run(sources.Replaying, script)


def test_a_command_that_raises_is_told(bench: Bench, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        def fail(playback: object) -> None:
            raise ValueError(f"{type(playback).__name__} broke")

        supervisor.play(fail)
        assert "Replaying broke" in supervisor.ledger.health.last_error
        await bench.clock.turn(1.0)
        assert state(supervisor) is FeedState.LIVE

    bench.run(sources.Replaying, script)


def test_a_source_that_cannot_tell_the_time_has_the_programs(
    bench: Bench, sources: SimpleNamespace
) -> None:
    class Timeless(sources.Source):  # type: ignore[misc, name-defined]
        def market_time(self) -> Any:
            raise LookupError("no time")

    async def script(supervisor: QuoteSupervisor) -> None:
        assert supervisor.market_time() == bench.clock.now()

    bench.run(Timeless, script)


def test_a_refused_key_stands_as_retrying_far_off(bench: Bench, sources: SimpleNamespace) -> None:
    class Refused(sources.Raising):  # type: ignore[misc, name-defined]
        error = Unauthorised("key expired", remedy="Set ZARABA_KEY")

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(299.0)
        assert len(bench.made[0].asked) == 1
        assert "Set ZARABA_KEY" in supervisor.ledger.health.last_error

    bench.run(Refused, script)


def test_news_is_supervised_alike(
    clock: Any, around: Surroundings, sources: SimpleNamespace
) -> None:
    async def main() -> None:
        box = NewsBox()
        ledgers = [Ledger(name, Role.NEWS, clock, lambda: None) for name in ("good", "bad")]
        tasks = [
            asyncio.ensure_future(
                NewsSupervisor(
                    source,
                    {},
                    ledger=ledger,
                    backoff=Backoff(Pauses(), random.Random(7)),
                    around=around,
                    newsbox=box,
                ).run()
            )
            for source, ledger in zip((sources.News, sources.RaisingNews), ledgers, strict=True)
        ]
        await clock.turn(3.0)
        assert [catalyst.key for catalyst in box.drain()] == ["0", "1", "2", "3"]
        assert [ledger.health.state for ledger in ledgers] == [FeedState.LIVE, FeedState.RETRYING]
        for task in tasks:
            task.cancel()
        await clock.turn(10.0)

    asyncio.run(main())
