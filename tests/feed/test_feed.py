"""The feed with its real thread; every wait is for an event and bounded generously."""

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from types import SimpleNamespace
from typing import Any

import pytest

from tui.errors import NotSupported, Unavailable
from tui.feed.backoff import Pauses
from tui.feed.feed import Drained, Feed
from tui.feed.health import FeedState, Thresholds
from tui.feed.sources import Source
from tui.feed.supervisor import Patience
from tui.feed.terms import Terms
from tui.market.quotes import Update

BOUND = 30.0
BRISK = Terms(
    patience=Patience(answer=20.0, settle=0.01, grace=0.2, request=20.0),
    pauses=Pauses(first=0.01, cap=0.02),
    thresholds=Thresholds(beat=1.0),
)


class Reader:
    """Drains when it is woken, as the screen does."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.woken = threading.Event()
        self.updates: list[Update] = []
        self.headlines: list[str] = []

    def until(self, enough: Callable[[], object]) -> None:
        end = time.monotonic() + BOUND
        while not enough():
            assert time.monotonic() < end, f"nothing came: {self.feed.health()}"
            self.woken.wait(0.02)
            self.woken.clear()
            drained: Drained = self.feed.drain()
            self.updates += drained.updates
            self.headlines += [catalyst.headline for catalyst in drained.catalysts]

    def epoch(self) -> int:
        return self.updates[-1].epoch if self.updates else 0

    def state(self, position: int = 0) -> FeedState:
        return self.feed.health()[position].state


@pytest.fixture
def feed(instruments: Any, sources: SimpleNamespace) -> Iterator[Feed]:
    feed = Feed(instruments=instruments, seed=7, terms=BRISK)
    feed.subscribe(["7203.T"])
    yield feed
    sources.Blocking.gate.set()
    sources.Stubborn.release.set()
    feed.stop(BOUND)


@pytest.fixture
def reader(feed: Feed) -> Reader:
    return Reader(feed)


def test_quotes_and_news_arrive_and_wake_the_reader(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("good", sources.Source)
    feed.use_news("notes", sources.News)
    assert reader.state() is FeedState.STARTING
    feed.start(reader.woken.set)
    reader.until(lambda: reader.updates and reader.headlines)
    assert reader.updates[0].source == "good"
    assert [health.source for health in feed.health()] == ["good", "notes"]
    assert feed.session() == reader.updates[0].session
    assert feed.stop(BOUND)
    assert [health.state for health in feed.health()] == [FeedState.STOPPED] * 2


def test_a_feed_that_was_stopped_can_be_started_again(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("good", sources.Source)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.updates)
    assert feed.stop(BOUND)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.epoch() >= 2)


def test_another_source_opens_a_new_epoch_and_the_old_one_falls_silent(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.start(reader.woken.set)
    feed.use("one", sources.Flooding)
    reader.until(lambda: reader.updates)
    feed.use("two", sources.Flooding)
    reader.until(lambda: reader.epoch() >= 2)
    changed = [update.source for update in reader.updates].index("two")
    assert {update.source for update in reader.updates[changed:]} == {"two"}


def test_a_source_that_was_replaced_is_let_go_of(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    made: list[weakref.ref[Any]] = []

    def factory(host: Any) -> Any:
        source = sources.Source(host)
        made.append(weakref.ref(source))
        return source

    feed.start(reader.woken.set)
    for number in range(1, 5):
        feed.use(f"number {number}", factory)
        reader.until(lambda number=number: reader.epoch() >= number)  # type: ignore[misc]
    gc.collect()
    assert [ref() is None for ref in made] == [True, True, True, False]


def test_symbols_may_change_while_it_runs(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("good", sources.Source)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.updates)
    feed.subscribe(["7203.T", "285A.T", "7203.T"])
    reader.until(lambda: reader.updates[-1].symbols == ("7203.T", "285A.T"))


def test_a_source_that_blocks_holds_nobody_and_is_named(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("blocking", sources.Blocking)
    feed.start(reader.woken.set)
    assert sources.Blocking.entered.wait(BOUND)
    reader.until(lambda: reader.state() is FeedState.NOT_ANSWERING)
    assert len(reader.updates) == 1
    feed.subscribe(["6758.T"])
    assert feed.market_time().tzinfo is not None
    assert not feed.stop(0.05)


def test_another_source_takes_over_from_one_that_blocks(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("blocking", sources.Blocking)
    feed.use_news("notes", sources.News)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.state() is FeedState.NOT_ANSWERING)
    unheard = feed.run(lambda: asyncio.sleep(0))
    feed.use("good", sources.Source)
    assert unheard.cancelled()
    reader.until(lambda: reader.updates[-1].source == "good")
    reader.until(lambda: reader.state(1) is FeedState.LIVE)
    sources.Blocking.gate.set()
    count = len(reader.updates)
    reader.until(lambda: len(reader.updates) >= count + 2)
    assert {update.source for update in reader.updates[count:]} == {"good"}


def test_a_member_that_blocks_silences_the_others_for_as_long_and_never_the_reader(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use_chain([Source("good", sources.Source), Source("blocking", sources.Blocking)])
    feed.start(reader.woken.set)
    assert sources.Blocking.entered.wait(BOUND)
    reader.until(lambda: reader.state() is FeedState.NOT_ANSWERING)
    # The thread stands still, and everything that the screen asks of it returns all the same.
    feed.subscribe(["7203.T", "6758.T"])
    pending = feed.run(lambda: asyncio.sleep(0))
    for _ in range(100):
        reader.updates += feed.drain().updates
        assert {each.state for each in feed.health()} == {FeedState.NOT_ANSWERING}
        assert feed.market_time().tzinfo is not None
    assert not pending.done()
    count = len(reader.updates)
    sources.Blocking.gate.set()
    # Nothing was lost but the time: the other goes on by itself, and takes up what was asked for.
    reader.until(lambda: pending.done() and len(reader.updates) > count)
    reader.until(lambda: reader.state(0) is FeedState.LIVE)
    reader.until(lambda: reader.updates[-1].symbols == ("7203.T", "6758.T"))
    assert "good" in {update.source for update in reader.updates}


def test_a_failing_source_leaves_the_others_alone(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("raising", sources.Raising)
    feed.use_news("bad", sources.RaisingNews)
    feed.use_news("notes", sources.News)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.headlines and feed.health()[1].errors > 3)
    assert feed.health()[2].errors == 0
    feed.drop_news("bad")
    assert [health.source for health in feed.health()] == ["raising", "notes"]


def test_a_flood_is_bounded_while_nobody_drains(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("flooding", sources.Flooding)
    feed.start()
    end = time.monotonic() + BOUND
    while feed.health()[0].quotes < 1_500:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert len(feed.drain().updates) <= 1_025
    reader.until(lambda: reader.state() is FeedState.LIVE)


def test_one_that_ignores_its_cancellation_does_not_hold_the_end(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("stubborn", sources.Stubborn)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.updates)
    assert feed.stop(BOUND)


def test_a_replay_is_commanded_in_the_feeds_thread(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    threads: list[str] = []

    def pause(playback: Any) -> None:
        threads.append(threading.current_thread().name)
        playback.pause(True)

    assert not feed.playback(pause)
    assert feed.playback_state() is None
    feed.use("replaying", sources.Replaying)
    feed.start(reader.woken.set)
    reader.until(lambda: feed.playback_state() == (False, 60.0))
    assert feed.playback(pause)
    reader.until(lambda: feed.playback_state() == (True, 60.0))
    assert threads == ["zaraba-feed"]


def test_a_source_without_playback_takes_no_commands(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use("good", sources.Source)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.updates)
    assert not feed.playback(lambda playback: playback.pause(True))


def test_a_refresh_starts_what_had_failed(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    class Mended(sources.Raising):  # type: ignore[misc, name-defined]
        error = NotSupported("not in the plan")
        deliveries = 0

    feed.use("mended", Mended)
    feed.start(reader.woken.set)
    reader.until(lambda: reader.state() is FeedState.FAILED)
    Mended.deliveries = 1
    feed.refresh()
    reader.until(lambda: reader.updates)


def test_a_question_is_answered_from_the_feeds_thread(feed: Feed) -> None:
    feed.start()

    async def ask() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    assert feed.run(ask).result(BOUND) == "zaraba-feed"


def test_a_question_raises_what_the_source_raised(feed: Feed) -> None:
    feed.start()

    async def ask() -> None:
        raise NotSupported("no minutes")

    with pytest.raises(NotSupported, match="no minutes"):
        feed.run(ask).result(BOUND)


def test_a_newer_question_on_a_topic_cancels_the_older(feed: Feed) -> None:
    feed.start()
    asked, cancelled = threading.Event(), threading.Event()

    async def slow() -> str:
        asked.set()
        try:
            await asyncio.sleep(BOUND)
        finally:
            cancelled.set()
        return "late"

    async def quick() -> str:
        return "new"

    async def other() -> str:
        return "other"

    older = feed.run(slow, topic="search")
    assert asked.wait(BOUND)
    assert feed.run(other, topic="history").result(BOUND) == "other"
    assert not older.done()
    assert feed.run(quick, topic="search").result(BOUND) == "new"
    assert cancelled.wait(BOUND)
    with pytest.raises(CancelledError):
        older.result(BOUND)


def test_a_question_to_a_feed_that_does_not_run_is_answered_so(feed: Feed) -> None:
    async def ask() -> None:
        return None

    with pytest.raises(Unavailable, match="not running"):
        feed.run(ask).result(BOUND)
    feed.start()
    feed.stop(BOUND)
    with pytest.raises(Unavailable, match="not running"):
        feed.run(ask).result(BOUND)


def test_questions_under_way_are_given_up_when_the_feed_stops(feed: Feed) -> None:
    feed.start()
    asked = threading.Event()

    async def ask() -> None:
        asked.set()
        await asyncio.sleep(BOUND)

    future: Future[None] = feed.run(ask)
    assert asked.wait(BOUND)
    assert feed.stop(BOUND)
    with pytest.raises(CancelledError):
        future.result(BOUND)


def test_a_blocking_call_in_a_worker_does_not_hold_the_end(feed: Feed) -> None:
    feed.start()
    gate, entered = threading.Event(), threading.Event()

    def block() -> None:
        entered.set()
        gate.wait(BOUND)

    feed.run(lambda: asyncio.to_thread(block))
    assert entered.wait(BOUND)
    assert feed.stop(BOUND)
    (worker,) = [t for t in threading.enumerate() if t.name == "zaraba-feed-call"]
    assert worker.daemon
    gate.set()
    worker.join(BOUND)


def test_a_wake_that_raises_does_not_stop_the_feed(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    def gone() -> None:
        raise RuntimeError("the screen is gone")

    feed.use("good", sources.Source)
    feed.start(gone)
    reader.until(lambda: len(reader.updates) > 1)


def test_stopping_a_feed_that_never_started_returns(instruments: Any) -> None:
    assert Feed(instruments=instruments).stop(0.0)


def test_a_chain_serves_from_the_next_while_the_first_fails(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    class Failing(sources.Raising):  # type: ignore[misc, name-defined]
        deliveries = 0

    feed.use_chain([Source("failing", Failing), Source("good", sources.Source)])
    feed.start(reader.woken.set)
    reader.until(lambda: reader.updates)
    assert {update.source for update in reader.updates} == {"good"}
    reader.until(lambda: feed.health()[0].errors > 1)
    first, second = feed.health()
    assert (first.source, second.source) == ("failing", "good")
    assert "no route" in first.last_error
    assert second.errors == 0
    assert feed.session() == reader.updates[0].session


def test_a_chain_gives_way_to_a_single_source(
    feed: Feed, reader: Reader, sources: SimpleNamespace
) -> None:
    feed.use_chain([Source("one", sources.Source), Source("two", sources.Source)])
    feed.start(reader.woken.set)
    reader.until(lambda: reader.updates)
    feed.use("three", sources.Source)
    reader.until(lambda: reader.updates[-1].source == "three")
    assert reader.updates[-1].epoch > reader.updates[0].epoch
    assert [health.source for health in feed.health()] == ["three"]


def test_what_the_board_holds_back_is_counted_in_the_health(
    feed: Feed, sources: SimpleNamespace
) -> None:
    feed.use("good", sources.Source)
    feed.held_back("good", 3, "7203.T 25,000 from good")
    feed.held_back("other", 1, "")
    assert feed.health()[0].held_back == 3
    assert feed.health()[0].last_held_back == "7203.T 25,000 from good"


def test_a_leap_of_time_is_told_of_every_source(
    instruments: Any, sources: SimpleNamespace, manual: Any
) -> None:
    feed = Feed(instruments=instruments, clock=manual(), seed=7)
    feed.use("silent", sources.Silent)
    feed.use_news("notes", sources.News)
    feed._leapt("the computer slept for 3 h")
    for health in feed.health():
        assert health.last_remark == "the computer slept for 3 h; asked again"
