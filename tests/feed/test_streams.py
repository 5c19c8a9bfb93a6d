"""What the two roles add to supervision: epochs, vocabularies, playback, news."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from tui.feed.backoff import Backoff, Pauses
from tui.feed.health import FeedState
from tui.feed.ledger import Ledger
from tui.feed.outbox import NewsBox
from tui.feed.streams import NewsSupervisor, QuoteSupervisor
from tui.feed.supervisor import Surroundings
from tui.present.sources import health_lines
from tui.providers.contracts import Role


def state(supervisor: QuoteSupervisor) -> FeedState:
    return supervisor.ledger.health.state


def test_equal_vocabularies_cross_as_one_object(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:  # noqa: ARG001
        await bench.clock.turn(2.0)

    bench.run(sources.Source, script)
    assert len({id(update.symbols) for update in bench.outbox.drain()}) == 1


def test_the_board_goes_on_in_its_epoch_when_a_stream_is_started_again(
    bench: Any, sources: SimpleNamespace
) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:  # noqa: ARG001
        await bench.clock.turn(10.0)

    bench.run(sources.Raising, script)
    epochs = bench.epochs_out()
    assert len(epochs) > 2
    assert set(epochs) == {1}


def test_a_change_of_symbols_starts_the_stream_again_once_it_has_settled(
    bench: Any, sources: SimpleNamespace
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
    bench: Any, sources: SimpleNamespace
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


def test_nothing_is_asked_for_without_symbols(bench: Any, sources: SimpleNamespace) -> None:
    bench.symbols = ()

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(100.0)
        assert not bench.made
        bench.symbols = ("A",)
        supervisor.restart(now=False)
        await bench.clock.settle()
        assert bench.made[0].asked == [("A",)]

    bench.run(sources.Source, script)


def test_a_new_epoch_or_session_of_the_source_is_a_new_epoch_of_the_board(
    bench: Any, sources: SimpleNamespace
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
    bench: Any, sources: SimpleNamespace, batch: Callable[..., Any]
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


def test_remarks_are_counted_and_shown_without_keys(bench: Any, sources: SimpleNamespace) -> None:
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


def test_a_replay_takes_commands_and_tells_its_state(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        assert supervisor.playback_state == (False, 60.0)
        supervisor.play(lambda playback: playback.pause(True))
        supervisor.play(lambda playback: playback.set_speed(300.0))
        assert supervisor.playback_state == (True, 300.0)
        assert supervisor.market_time() == bench.made[0].market_time()

    bench.run(sources.Replaying, script)


def test_a_command_that_raises_is_told(bench: Any, sources: SimpleNamespace) -> None:
    async def script(supervisor: QuoteSupervisor) -> None:
        def fail(playback: object) -> None:
            raise ValueError(f"{type(playback).__name__} broke")

        supervisor.play(fail)
        assert "Replaying broke" in supervisor.ledger.health.last_error
        await bench.clock.turn(1.0)
        assert state(supervisor) is FeedState.LIVE

    bench.run(sources.Replaying, script)


def test_a_source_that_cannot_tell_the_time_has_the_programs(
    bench: Any, sources: SimpleNamespace
) -> None:
    class Timeless(sources.Source):  # type: ignore[misc, name-defined]
        def market_time(self) -> Any:
            raise LookupError("no time")

    async def script(supervisor: QuoteSupervisor) -> None:
        assert supervisor.market_time() == bench.clock.now()

    bench.run(Timeless, script)


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


def test_how_far_a_first_round_has_come_is_told_until_it_is_over(
    bench: Any, sources: SimpleNamespace
) -> None:
    class ByAndBy(sources.Source):  # type: ignore[misc, name-defined]
        at: object = (180, 225)

        def snapshot_progress(self) -> Any:
            if self.at == "raise":
                raise RuntimeError
            return self.at

    async def script(supervisor: QuoteSupervisor) -> None:
        await bench.clock.turn(2.0)
        health = supervisor.ledger.health
        assert health.asked == (180, 225)
        assert "180 of 225 names asked" in health_lines(health, bench.clock.now())[0][0]
        for told in (None, "raise", (5, 4), "many"):
            bench.made[0].at = told
            await bench.clock.turn(2.0)
            assert supervisor.ledger.health.asked is None
        assert supervisor.ledger.health.errors == 0

    bench.run(ByAndBy, script)
