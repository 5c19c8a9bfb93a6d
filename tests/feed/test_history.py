"""The desk of the past: asks one name at a time, keeps what it is told, and survives the source.

The feed and its thread are real; the clock's hands are turned inside that thread.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from tui.errors import ConfigError, NotSupported, ProviderError, RateLimited, Unavailable
from tui.feed.daily_files import DailyFiles
from tui.feed.feed import Feed
from tui.feed.health import FeedState
from tui.feed.history import HistoryDesk
from tui.feed.history_terms import HistoryTerms, Wanted
from tui.market.quotes import DailyBars, Delay, DelayKind, MinuteBatch
from tui.providers.contracts import About, HistoryProvider, Host

BOUND = 30.0
START, END, SESSION = date(2025, 5, 1), date(2025, 5, 23), date(2025, 5, 26)


class Past(HistoryProvider):
    """Three bars of any name, but what it is told to do first."""

    about: ClassVar[About] = About(
        name="past", title="Past", summary="Past.", delay=Delay(DelayKind.END_OF_DAY)
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.asked: list[str] = []
        self.times: list[float] = []
        self.minutes_asked: list[tuple[str, ...]] = []
        self.errors: dict[str, list[BaseException]] = {}
        self.others: dict[str, Any] = {}
        self.minute_session = SESSION
        self.closed = 0
        self.cancelled = 0
        self.at_once = self.most_at_once = 0

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        assert start < end
        self.asked.append(symbol)
        self.times.append(self.host.clock.monotonic())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.host.clock.sleep(0.05)
            if self.errors.get(symbol):
                raise self.errors[symbol].pop(0)
            if symbol == "HANGS":
                await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.at_once -= 1
        if symbol in self.others:
            return self.others[symbol]  # type: ignore[no-any-return] # a lie of any kind
        close = np.array([100.0, 101.0, 102.0])
        return DailyBars(
            symbol=symbol,
            dates=np.array(["2025-05-21", "2025-05-22", "2025-05-23"], "datetime64[D]"),
            open=close,
            high=close + 1,
            low=close - 1,
            close=close,
        )

    async def minutes(self, symbols: Sequence[str], session: date) -> MinuteBatch | None:
        assert session == SESSION
        self.minutes_asked.append(tuple(symbols))
        last = np.full((len(symbols), 2), 100.0)
        return MinuteBatch(
            symbols=tuple(symbols),
            rows=np.arange(len(symbols), dtype=np.int32),
            minutes=np.array(["2025-05-26T00:00", "2025-05-26T00:01"], "datetime64[m]"),
            last=last,
            volume=last,
            turnover=last,
            source="past",
            epoch=1,
            session=self.minute_session,
        )

    async def close(self) -> None:
        self.closed += 1


class Room:
    """A desk with its feed, its source and the hands of its clock."""

    def __init__(self, clock: Any, instruments: Any) -> None:
        self.clock = clock
        self.feed = Feed(instruments=instruments, clock=clock, seed=7)
        self.source: Any = None
        self.made = 0
        self.prepare: Callable[[Any], None] = lambda _: None
        self.woken = threading.Event()

    def make(self, host: Host) -> HistoryProvider:
        self.made += 1
        source = Past(host)
        self.source = source
        self.prepare(source)
        return source

    def desk(self, files: DailyFiles | None = None, **terms: float) -> HistoryDesk:
        desk = HistoryDesk(
            "past",
            self.make,
            {},
            feed=self.feed,
            files=files,
            terms=HistoryTerms(**terms),  # type: ignore[arg-type] # numbers by name
            seed=7,
        )
        desk.wake = self.woken.set
        return desk

    def turn(self, seconds: float) -> None:
        self.feed.run(lambda: self.clock.turn(seconds), timeout=1e9).result(BOUND)

    def until(self, enough: Callable[[], object], step: float = 0.5) -> None:
        end = time.monotonic() + BOUND
        while not enough():
            assert time.monotonic() < end, "it did not come to pass"
            self.turn(step)


@pytest.fixture
def room(clock: Any, instruments: Any) -> Iterator[Room]:
    room = Room(clock, instruments)
    room.feed.start()
    yield room
    assert room.feed.stop()


def wanted(*symbols: str, **more: Any) -> Wanted:
    told: dict[str, Any] = {"symbols": symbols, "start": START, "end": END}
    return Wanted(**(told | more))


def rested(desk: HistoryDesk) -> Callable[[], bool]:
    return lambda: not desk.progress.asking


def test_names_are_asked_for_one_by_one_in_the_order_wished(room: Room) -> None:
    desk = room.desk()
    desk.want(wanted("B", "A", "C"))
    assert not desk.progress.known
    room.until(rested(desk))
    assert room.source.asked == ["B", "A", "C"]
    assert room.source.most_at_once == 1
    assert desk.days is not None
    assert desk.days.history.symbols == ("B", "A", "C")
    told = desk.progress
    assert (told.known, told.wanted, told.absent, told.last) == (3, 3, 0, END)
    assert desk.health().quotes == 3
    assert room.source.closed == 1
    assert room.woken.is_set()


def test_nothing_is_asked_before_the_first_pause_is_over(room: Room) -> None:
    desk = room.desk(first=3.0)
    desk.want(wanted("A"))
    room.turn(2.5)
    assert room.made == 0
    room.until(rested(desk))
    assert room.source.asked == ["A"]


def test_what_is_known_is_not_asked_for_again(room: Room) -> None:
    desk = room.desk()
    desk.want(wanted("A"))
    room.until(rested(desk))
    desk.want(wanted("A"))
    assert not desk.progress.asking
    desk.want(wanted("A", "B"))
    room.until(rested(desk))
    assert room.made == 2
    assert room.source.asked == ["B"]


def test_another_session_asks_for_all_again(room: Room) -> None:
    desk = room.desk()
    desk.want(wanted("A"))
    room.until(rested(desk))
    room.source = None
    desk.want(wanted("A", end=date(2025, 5, 26)))
    room.until(rested(desk))
    assert room.source.asked == ["A"]


def test_wishes_that_change_meanwhile_count_at_once(room: Room) -> None:
    desk = room.desk()
    desk.want(wanted("A", "B", "C"))
    room.until(lambda: room.source is not None and room.source.asked, step=0.1)
    desk.want(wanted("A", "Z"))
    room.until(rested(desk))
    assert room.source.asked == ["A", "Z"]


def test_a_name_that_is_not_offered_is_left_alone(room: Room) -> None:
    def prepare(source: Past) -> None:
        source.errors["A"] = [NotSupported("no such name", subject="A")]

    room.prepare = prepare
    desk = room.desk()
    desk.want(wanted("A", "B"))
    room.until(rested(desk))
    desk.want(wanted("A", "B"))
    assert rested(desk)()
    assert room.source.asked == ["A", "B"]
    assert (desk.progress.known, desk.progress.absent) == (1, 1)
    assert desk.health().errors == 0


def test_a_source_that_asks_for_a_pause_gets_it(room: Room) -> None:
    def prepare(source: Past) -> None:
        source.errors["A"] = [RateLimited("too many calls", retry_after=50.0, subject="past")]

    room.prepare = prepare
    desk = room.desk()
    desk.want(wanted("A", "B"))
    room.until(lambda: desk.health().errors)
    health = desk.health()
    assert health.state is FeedState.RETRYING
    assert "too many calls" in health.last_error
    assert health.retry_at is not None
    assert health.retry_at - room.clock.now() > timedelta(seconds=45)
    room.until(rested(desk), step=5.0)
    assert room.source.asked == ["A", "A", "B"]
    assert room.source.times[1] - room.source.times[0] >= 50.0
    assert desk.health().state.delivering


def test_a_name_that_always_fails_is_given_up_and_the_others_come(room: Room) -> None:
    def prepare(source: Past) -> None:
        source.errors["A"] = [Unavailable("reset", subject="past") for _ in range(9)]

    room.prepare = prepare
    desk = room.desk(tries=3)
    desk.want(wanted("A", "B"))
    room.until(rested(desk), step=5.0)
    assert room.source.asked == ["A", "A", "A", "B"]
    gaps = np.diff(room.source.times[:3])
    assert (gaps > 0.5).all()
    assert desk.progress.known == 1
    desk.want(wanted("A", "B"))
    assert rested(desk)()


@pytest.mark.parametrize(
    "lie",
    [
        None,
        "7203,100",
        DailyBars(
            symbol="OTHER",
            dates=np.empty(0, "datetime64[D]"),
            open=np.empty(0),
            high=np.empty(0),
            low=np.empty(0),
            close=np.empty(0),
        ),
    ],
    ids=["nothing", "text", "another"],
)
def test_a_source_that_lies_is_not_believed(room: Room, lie: object) -> None:
    def prepare(source: Past) -> None:
        source.others["A"] = lie

    room.prepare = prepare
    desk = room.desk(tries=1)
    desk.want(wanted("A", "B"))
    room.until(rested(desk), step=5.0)
    assert desk.days is not None
    assert desk.days.history.symbols == ("B",)
    assert desk.health().errors == 1


@pytest.mark.parametrize("error", [ValueError("odd"), SystemExit(3), ProviderError("ill")])
def test_whatever_a_source_raises_the_feed_lives(room: Room, error: BaseException) -> None:
    def prepare(source: Past) -> None:
        source.errors["A"] = [error]

    room.prepare = prepare
    desk = room.desk()
    desk.want(wanted("A", "B"))
    room.until(rested(desk), step=5.0)
    desk.refresh()
    desk.want(wanted("A", "B"))
    room.until(rested(desk), step=5.0)
    assert desk.progress.known == 2


def test_an_answer_that_never_comes_is_given_up(room: Room) -> None:
    desk = room.desk(answer=60.0, tries=1)
    desk.want(wanted("HANGS", "B"))
    room.until(rested(desk), step=10.0)
    assert "no answer for 60 s" in desk.health().last_error
    assert room.source.cancelled == 1
    assert desk.progress.known == 1


def test_stopping_cancels_the_question_and_closes_the_source(room: Room) -> None:
    desk = room.desk()
    desk.want(wanted("HANGS"))
    room.until(lambda: room.source is not None and room.source.asked)
    desk.stop()
    room.until(lambda: room.source.closed)
    assert room.source.cancelled == 1
    assert rested(desk)()


def test_a_source_that_cannot_be_configured_waits_for_somebody_to_mend_it(room: Room) -> None:
    def prepare(source: Past) -> None:  # noqa: ARG001 - what every preparation is given
        raise ConfigError("“url” is no address", subject="[providers.past] url")

    room.prepare = prepare
    desk = room.desk()
    desk.want(wanted("A"))
    room.until(rested(desk))
    assert desk.health().state is FeedState.FAILED
    assert "no address" in desk.health().last_error
    desk.want(wanted("A"))
    assert rested(desk)()
    room.prepare = lambda _: None
    desk.refresh()
    desk.want(wanted("A"))
    room.until(rested(desk))
    assert desk.progress.known == 1


def test_a_second_run_reads_what_the_first_kept(room: Room, tmp_path: Path) -> None:
    first = room.desk(DailyFiles(tmp_path))
    first.want(wanted("A", "B"))
    room.until(rested(first))
    room.source = None
    second = room.desk(DailyFiles(tmp_path))
    second.want(wanted("A", "B"))
    room.until(rested(second))
    assert room.source is None
    assert second.days is not None
    assert second.days.history.symbols == ("A", "B")


def test_a_spoilt_file_is_asked_for_again_and_told_of(room: Room, tmp_path: Path) -> None:
    first = room.desk(DailyFiles(tmp_path))
    first.want(wanted("A"))
    room.until(rested(first))
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"\x93spoilt")
    second = room.desk(DailyFiles(tmp_path))
    second.want(wanted("A"))
    room.until(rested(second))
    assert room.source.asked == ["A"]
    assert "asked again" in second.health().last_remark
    assert second.progress.known == 1
    third, problem = DailyFiles(tmp_path).read("past", "A")
    assert third is not None
    assert not problem


def test_minutes_come_first_in_small_portions_and_once(room: Room) -> None:
    desk = room.desk()
    names = tuple(f"{number}" for number in range(14))
    wish = wanted("A", minutes=names, session=SESSION)
    desk.want(wish)
    room.until(rested(desk))
    assert [len(asked) for asked in room.source.minutes_asked] == [10, 4]
    batches = desk.take_minutes()
    assert [batch.symbols for batch in batches] == [names[:10], names[10:]]
    assert desk.take_minutes() == []
    desk.want(wish)
    assert rested(desk)()


def test_minutes_of_another_session_are_refused(room: Room) -> None:
    def prepare(source: Past) -> None:
        source.minute_session = date(2025, 5, 23)

    room.prepare = prepare
    desk = room.desk()
    desk.want(wanted(minutes=("A",), session=SESSION))
    room.until(rested(desk), step=5.0)
    assert desk.take_minutes() == []
    assert "another session" in desk.health().last_error


def test_a_feed_that_does_not_run_answers_nothing_and_harms_nobody(
    clock: Any, instruments: Any
) -> None:
    room = Room(clock, instruments)
    desk = room.desk()
    desk.want(wanted("A"))
    assert rested(desk)()
    room.feed.start()
    desk.want(wanted("A"))
    room.until(rested(desk))
    assert desk.progress.known == 1
    assert room.feed.stop()
