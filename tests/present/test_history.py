"""What is wished of the past for the screens, and what the market makes of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import numpy as np
import pytest

from tui.errors import NotSupported
from tui.feed.feed import Feed
from tui.feed.health import FeedState, Health
from tui.feed.history import HistoryDesk
from tui.feed.history_terms import HistoryTerms, Progress
from tui.market.constituents import Constituents
from tui.market.market import NIKKEI
from tui.market.quotes import DailyBars, Delay, DelayKind, Field, MinuteBatch
from tui.market.session import TokyoCalendar
from tui.market.times import to_datetime64
from tui.present.history import PastLink, history_lines
from tui.providers.contracts import About, HistoryProvider, Role
from tui.report.mover_lists import missing_history
from tui.report.movers import MoversReport, Past, index_movers
from tui.report.unusual import UsualVolumes

BOUND = 60.0
CALENDAR = TokyoCalendar()
REPLAY = Delay(DelayKind.REPLAY)
LIVE = Delay(DelayKind.REALTIME)
SHOWN = ("7203.T", "6758.T")


class Years(HistoryProvider):
    """A bar for every session, flat at a price for each name, and a minute a minute."""

    about: ClassVar[About] = About(
        name="years", title="Years", summary="Years.", delay=Delay(DelayKind.END_OF_DAY)
    )
    price: ClassVar[dict[str, float]] = {}
    absent: ClassVar[set[str]] = set()
    asked: ClassVar[list[str]] = []
    minutes_asked: ClassVar[list[tuple[str, ...]]] = []

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        type(self).asked.append(symbol)
        if symbol in self.absent or symbol not in self.price:
            raise NotSupported("no daily bars", subject=symbol)
        days, day = [], end
        while day >= start:
            days.append(day)
            day = CALENDAR.previous(day)
        close = np.full(len(days), self.price[symbol])
        return DailyBars(
            symbol=symbol,
            dates=np.array(days[::-1], "datetime64[D]"),
            open=close,
            high=close * 1.01,
            low=close * 0.99,
            close=close,
            volume=np.full(len(days), 1_000.0),
        )

    async def minutes(self, symbols: Sequence[str], session: date) -> MinuteBatch | None:
        type(self).minutes_asked.append(tuple(symbols))
        axis = CALENDAR.minute_axis(session)
        last = np.full((len(symbols), len(axis)), 555.0)
        return MinuteBatch(
            symbols=tuple(symbols),
            rows=np.arange(len(symbols), dtype=np.int32),
            minutes=axis,
            last=last,
            volume=last,
            turnover=last,
            source="years",
            epoch=99,
            session=session,
        )


class Room:
    """A market, a feed, the desk of the past and the link between them."""

    def __init__(self, market: Any, feed: Feed) -> None:
        self.market = market
        self.history = HistoryDesk(
            "years",
            Years,
            {},
            feed=feed,
            files=None,
            terms=HistoryTerms(first=0.0, gap=0.0),
        )
        self.link = PastLink(market, self.history)
        self.at = 0.0

    def look(self, now: datetime, delay: Delay = REPLAY, shown: Sequence[str] = SHOWN) -> bool:
        self.at += 2.0
        health = Health(source="test", role=Role.QUOTES, delay=delay)
        return self.link.look(lambda: shown, lambda: [health], now, self.at)

    def settle(self, now: datetime, delay: Delay = REPLAY) -> None:
        end = time.monotonic() + BOUND
        self.look(now, delay)
        while self.history.progress.asking:
            assert time.monotonic() < end, self.history.health()
            time.sleep(0.005)
        self.look(now, delay)


@pytest.fixture
def room_of(desk: Any) -> Iterator[Callable[[Any], Room]]:
    Years.price, Years.absent = {}, set()
    Years.asked, Years.minutes_asked = [], []
    feed = Feed(instruments=desk.market.universe, seed=7)
    feed.start()
    yield lambda market: Room(market, feed)
    assert feed.stop()


def prices(market: Any) -> dict[str, float]:
    base = market.board.base()
    known = zip(market.board.symbols, base.tolist(), strict=True)
    return {symbol: price for symbol, price in known if np.isfinite(price)}


def told(market: Any, now: datetime) -> MoversReport:
    return index_movers(market, Constituents(market), Past(market), NIKKEI, now)


def test_with_the_past_the_ratio_and_the_years_highs_are_known(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    market, now = desk.market, desk.jst("15:30")
    Years.price = prices(market)
    before = told(market, now)
    room = room_of(market)
    room.settle(now)
    report = told(market, now)
    assert (before.ratio, before.year) == (None, None)
    assert report.ratio == pytest.approx(147 / 77 * 100)
    assert report.ratio_known == report.year_known == 225
    assert report.year is not None
    assert report.year_since == date(2025, 1, 6)
    assert report.symbols.index("6857.T") in report.year.high
    full = missing_history(report)[0]
    assert "ratio" not in full
    assert "minutes of none" in full


def test_what_is_shown_comes_first_and_then_the_heaviest(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    room = room_of(desk.market)
    room.settle(desk.jst("15:30"))
    assert Years.asked[:5] == ["7203.T", "6758.T", "^N225", "^TOPX", "9983.T"]
    assert len(Years.asked) == len(set(Years.asked)) == len(desk.market.board.symbols)


def test_a_few_names_without_a_past_leave_a_ratio_that_says_so(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    market, now = desk.market, desk.jst("15:30")
    Years.price = prices(market)
    Years.absent = set(market.basket.symbols[:13])
    room_of(market).settle(now)
    report = told(market, now)
    assert report.ratio is not None
    assert report.ratio_known == report.year_known == 212


def test_many_names_without_a_past_leave_the_ratio_unknown(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    market, now = desk.market, desk.jst("15:30")
    Years.price = prices(market)
    Years.absent = set(market.basket.symbols[:60])
    room_of(market).settle(now)
    report = told(market, now)
    assert report.ratio is None
    assert "165/225 names" in missing_history(report)[0]
    assert "165/225銘柄" in missing_history(report, "ja")[0]


def test_a_name_whose_base_price_is_not_its_last_close_has_no_range_of_the_year(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    market, now = desk.market, desk.jst("15:30")
    Years.price = prices(market)
    Years.price["6857.T"] *= 3  # split three for one today
    room_of(market).settle(now)
    report = told(market, now)
    assert report.year is not None
    assert report.year_known == 224
    place = report.symbols.index("6857.T")
    assert place not in report.year.high
    assert place not in report.year.low


def test_volumes_at_the_close_are_set_against_the_sources_days(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    market, now = desk.market, desk.jst("15:30")
    Years.price = prices(market)
    Years.absent = {"6758.T"}
    volumes = UsualVolumes(market, Past(market))
    shipped = volumes.at(now).usual[market.board.row("6758.T")]
    room_of(market).settle(now)
    usual = volumes.at(now).usual
    assert usual[market.board.row("7203.T")] == 1_000.0
    # What the source does not have is known from what ships.
    assert usual[market.board.row("6758.T")] == shipped


def test_an_invented_market_is_not_set_against_real_days(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    market, now = desk.market, desk.jst("15:30")
    Years.price = prices(market)
    room = room_of(market)
    room.settle(now)
    assert market.days is not None
    assert room.look(now, Delay(DelayKind.SYNTHETIC))
    assert market.days is None
    asked = len(Years.asked)
    room.settle(now, Delay(DelayKind.SYNTHETIC))
    assert len(Years.asked) == asked


def test_a_day_begun_before_the_program_is_filled_back(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    market, now = desk.market, desk.jst("13:00:30")
    market.watch(SHOWN)
    desk.tell({"7203.T": {Field.LAST: 600.0}, "6758.T": {Field.LAST: 600.0}}, "13:00:10")
    epoch = market.board.epoch
    room = room_of(market)
    room.settle(now, LIVE)
    assert Years.minutes_asked == [SHOWN]
    path = market.minutes.path(market.board.row("7203.T"))
    ended = market.minutes.axis + np.timedelta64(1, "m") <= to_datetime64(now)
    running = market.minutes.axis == to_datetime64(desk.jst("13:00")).astype("datetime64[m]")
    assert (path[ended] == 555.0).all()
    assert path[running].tolist() == [600.0]
    # Nothing of what is still to come.
    assert np.isnan(path[~ended & ~running]).all()
    assert market.minutes.epoch == market.board.epoch == epoch
    room.settle(now + timedelta(minutes=5), LIVE)
    assert Years.minutes_asked == [SHOWN]


def test_what_was_observed_stands_and_is_not_asked_for(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    market = desk.market
    market.watch(SHOWN)
    for minute in range(10):
        desk.tell({"7203.T": {Field.LAST: 600.0 + minute}}, f"09:0{minute}:30")
    room_of(market).settle(desk.jst("09:10"), LIVE)
    assert Years.minutes_asked == [("6758.T",)]
    path = market.minutes.path(market.board.row("7203.T"))
    assert path[:10].tolist() == [600.0 + minute for minute in range(10)]


@pytest.mark.parametrize("kind", [DelayKind.REPLAY, DelayKind.SYNTHETIC, DelayKind.END_OF_DAY])
def test_only_a_day_that_is_watched_is_filled_back(
    desk: Any, room_of: Callable[[Any], Room], kind: DelayKind
) -> None:
    desk.tell({"7203.T": {Field.LAST: 600.0}}, "13:00")
    room_of(desk.market).settle(desk.jst("13:00"), Delay(kind))
    assert Years.minutes_asked == []


def test_two_hours_after_the_close_the_days_own_bar_is_asked_for(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    desk.replay("15:30")
    market = desk.market
    Years.price = prices(market)
    room = room_of(market)
    room.settle(desk.jst("15:30"))
    assert room.history.progress.last == date(2025, 5, 23)
    sessions = Past(market).sessions
    room.settle(desk.jst("17:31"))
    assert room.history.progress.last == date(2025, 5, 26)
    # It is not part of the past of the session itself.
    assert market.days is not None
    assert market.days.history.dates[-1] == np.datetime64("2025-05-26")
    assert Past(market).sessions == sessions


def test_before_the_first_quotes_nothing_is_asked(
    desk: Any, room_of: Callable[[Any], Room]
) -> None:
    room_of(desk.market).settle(desk.jst("10:00"))
    assert Years.asked == []


def test_the_indices_streak_follows_from_their_bars(
    desk_on: Callable[[date], Any], room_of: Callable[[Any], Room]
) -> None:
    later = desk_on(date(2025, 8, 4))
    later.tell({"^N225": {Field.LAST: 40_000.0}}, "10:00")
    assert len(later.market.closes("^N225")) == 0
    Years.price = {"^N225": 40_100.0}
    room_of(later.market).settle(later.jst("10:00"))
    assert later.market.closes("^N225")[-2:].tolist() == [40_100.0, 40_100.0]


NOW = datetime(2025, 5, 26, 5, 0, tzinfo=UTC)


def test_how_the_source_is_doing_is_told_in_words() -> None:
    health = Health(source="years", role=Role.HISTORY, title="Years", state=FeedState.DELAYED)
    progress = Progress(wanted=225, known=212, absent=3, asking=True, last=date(2025, 5, 23))
    assert history_lines(health, progress, NOW) == [
        ("Years (history)  ASKING", ""),
        ("  daily bars of 212/225 names to 23 May 2025, 3 not offered", ""),
    ]
    ill = replace(
        health,
        state=FeedState.RETRYING,
        errors=2,
        last_error="years: too many calls",
        retry_at=NOW + timedelta(seconds=30),
        remarks=1,
        last_remark="a file was spoilt",
    )
    assert history_lines(ill, Progress(), NOW) == [
        ("Years (history)  RETRYING in 30 s", "warn"),
        ("  daily bars of 0/0 names", ""),
        ("  2 errors, the last: years: too many calls", "warn"),
        ("  1 remark, the last: a file was spoilt", ""),
    ]
