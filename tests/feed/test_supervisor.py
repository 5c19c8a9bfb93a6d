"""Supervision on a clock with hands: nothing here takes time."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from tui.errors import ConfigError, NotSupported, RateLimited, Unauthorised, Unavailable
from tui.feed.health import FeedState
from tui.feed.outbox import Outbox
from tui.feed.streams import QuoteSupervisor
from tui.market.quotes import Update
from tui.providers.contracts import Host, QuoteProvider


def state(supervisor: QuoteSupervisor) -> FeedState:
    return supervisor.ledger.health.state


def test_a_good_source_delivers_under_its_registered_name(
    bench: Any, sources: SimpleNamespace
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


def test_a_source_that_raises_is_started_again_after_growing_pauses(
    bench: Any, sources: SimpleNamespace
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


def test_a_stream_that_ends_by_itself_is_started_again(
    bench: Any, sources: SimpleNamespace
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
    bench: Any, sources: SimpleNamespace, error: BaseException
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
    bench: Any, sources: SimpleNamespace
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


def test_the_user_may_cut_a_pause_short(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        supervisor.restart(now=True)
        await bench.clock.settle()
        assert len(bench.made[0].asked) == 2

    bench.run(sources.Raising, script)


def test_a_healthy_minute_makes_the_next_pause_short_again(
    bench: Any, sources: SimpleNamespace
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
    bench: Any, sources: SimpleNamespace, error: Exception
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
    bench: Any, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        assert state(supervisor) is FeedState.STARTING
        await bench.clock.turn(30.0)
        assert state(supervisor) is FeedState.RETRYING
        assert "no answer for 30 s" in supervisor.ledger.health.last_error
        await bench.clock.turn(1.0)
        assert len(bench.made[0].asked) == 2

    bench.run(sources.NeverStarting, script)


def test_a_source_that_falls_silent_is_left_alone(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(300.0)
        health = supervisor.ledger.health
        assert (health.quotes, health.restarts, health.errors) == (1, 0, 0)

    bench.run(sources.Silent, script)


def test_rubbish_is_counted_and_dropped(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(2.0)
        health = supervisor.ledger.health
        assert (health.quotes, health.rejected) == (3, 15)
        assert health.state is FeedState.LIVE
        assert health.last_error

    bench.run(sources.Rubbish, script)
    assert len(bench.outbox.drain()) == 3


def test_a_stream_that_is_no_stream_is_told(bench: Any, sources: SimpleNamespace) -> None:
    class Coroutine(sources.Source):  # type: ignore[misc, name-defined]
        async def stream(self, symbols: tuple[str, ...]) -> None:  # noqa: ARG002
            return

    async def script(supervisor: QuoteSupervisor) -> None:
        assert "no asynchronous iterator" in supervisor.ledger.health.last_error

    bench.run(Coroutine, script)


def test_a_factory_of_something_else_is_told(bench: Any) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        assert "is no QuoteProvider" in supervisor.ledger.health.last_error

    bench.run(lambda host: host, script)


def test_a_flood_neither_holds_the_loop_nor_grows_the_queue(
    bench: Any, sources: SimpleNamespace
) -> None:
    bench.outbox = Outbox(quotes=100, batches=10)

    async def script(supervisor: QuoteSupervisor) -> None:
        for _ in range(20):
            await bench.clock.turn(0.05)
        assert supervisor.ledger.health.quotes > 500
        assert bench.outbox.held <= 100

    bench.run(sources.Flooding, script)


def test_a_source_that_never_waits_is_held_back(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        for _ in range(100):
            await bench.clock.turn(0.01)
        assert 1_000 <= supervisor.ledger.health.quotes <= 2_200

    bench.run(sources.Flooding, script)


def test_a_stream_that_ignores_its_cancellation_is_abandoned_with_a_word(
    bench: Any, sources: SimpleNamespace
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


def test_nothing_of_a_retired_source_comes_through(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        bench.outbox.drain()
        supervisor.retire()
        await bench.clock.turn(5.0)
        assert bench.outbox.drain() == []
        assert state(supervisor) is FeedState.STOPPED

    bench.run(sources.Source, script)


def test_a_close_that_raises_or_hangs_is_survived(bench: Any, sources: SimpleNamespace) -> None:
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


def test_a_refused_key_stands_as_retrying_far_off(bench: Any, sources: SimpleNamespace) -> None:
    class Refused(sources.Raising):  # type: ignore[misc, name-defined]
        error = Unauthorised("key expired", remedy="Set ZARABA_KEY")

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(299.0)
        assert len(bench.made[0].asked) == 1
        assert "Set ZARABA_KEY" in supervisor.ledger.health.last_error

    bench.run(Refused, script)
