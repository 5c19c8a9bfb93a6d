"""A chain: each instrument from the first source that has it fresh."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.errors import BadPayload
from tui.feed.chain import Chain, Link
from tui.feed.chain_choice import ChainTerms
from tui.feed.outbox import Outbox
from tui.feed.streams import Epochs
from tui.market.board import Board
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch
from tui.market.rules import price_limits
from tui.market.times import to_datetime64

SESSION = date(2025, 5, 26)
SYMBOLS = ("7203.T", "6857.T", "SONY")
BASES = {"7203.T": 2500.0, "6857.T": 7000.0, "SONY": 100.0}
DELAYS = {"kabu": Delay(DelayKind.REALTIME), "yahoo": Delay(DelayKind.DELAYED, 20)}
LAGS = {"kabu": 90.0, "yahoo": 1_500.0}


@dataclass
class Desk:
    """Two sources in a chain, and the reader's board behind it."""

    clock: Any
    symbols: tuple[str, ...] = SYMBOLS
    ill: set[str] = field(default_factory=set)
    held_back: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox()
        self.board = Board(SYMBOLS, fine=lambda _: False)
        self.chain = Chain(
            [self._link(name) for name in DELAYS],
            symbols=lambda: self.symbols,
            fine=lambda _: False,
            clock=self.clock,
            sink=self.outbox,
            epochs=Epochs(),
            terms=ChainTerms(),
        )

    def _link(self, name: str) -> Link:
        return Link(
            name=name,
            healthy=lambda: name not in self.ill,
            lag=lambda delay: delay.minutes * 60.0 + (300.0 if delay.minutes else 90.0),
            held_back=lambda count, what: self.held_back.append(f"{count} {what}"),
            remark=self.remarks.append,
        )

    def tell(
        self,
        name: str,
        lasts: Mapping[str, float],
        *,
        ago: float = 0.0,
        epoch: int = 1,
        session: date = SESSION,
        bases: Mapping[str, float] = BASES,
        delay: Delay | None = None,
    ) -> None:
        count = len(lasts)
        at = to_datetime64(self.clock.now() - timedelta(seconds=ago))
        batch = QuoteBatch(
            symbols=tuple(lasts),
            rows=np.arange(count, dtype=np.int32),
            fields={
                Field.LAST: np.array(list(lasts.values())),
                Field.BASE: np.array([bases.get(symbol, np.nan) for symbol in lasts]),
                **({Field.BID: np.array(list(lasts.values())) - 1} if name == "kabu" else {}),
            },
            time=np.full(count, at),
            source=name,
            delay=delay or DELAYS[name],
            epoch=epoch,
            session=session,
        )
        self.chain.put(list(DELAYS).index(name), batch)
        self.drain()

    def drain(self) -> None:
        for update in self.outbox.drain():
            assert isinstance(update, QuoteBatch)
            applied = self.board.apply(update, self.clock.monotonic())
            assert not applied.problem

    def wait(self, seconds: float) -> None:
        async def turn() -> None:
            await self.clock.turn(seconds)

        asyncio.run(turn())
        self.chain.look()
        self.drain()

    def shown(self, symbol: str) -> tuple[float, str]:
        row = self.board.row(symbol)
        return (
            float(self.board.column(Field.LAST)[row]),
            self.board.sources[int(self.board.source[row])],
        )

    def has(self, symbol: str, quality: Quality) -> bool:
        return bool(self.board.quality[self.board.row(symbol)] & quality)


@pytest.fixture
def desk(clock: Any) -> Desk:
    return Desk(clock)


def test_each_symbol_comes_from_the_first_that_has_it(desk: Desk) -> None:
    desk.tell("yahoo", {"7203.T": 2490.0, "SONY": 101.0}, ago=1200)
    assert desk.shown("7203.T") == (2490.0, "yahoo")
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.wait(1)
    assert desk.shown("7203.T") == (2510.0, "kabu")
    assert desk.shown("SONY") == (101.0, "yahoo")
    delays = [desk.board.delays[int(code)].minutes for code in desk.board.source]
    assert delays == [0, 0, 20]


def test_a_source_that_takes_over_keeps_the_delay_of_each_exchange(desk: Desk) -> None:
    at_once = Delay(DelayKind.REALTIME)
    desk.tell("kabu", {"7203.T": 2510.0, "SONY": 101.0})
    desk.tell("yahoo", {"7203.T": 2490.0}, ago=1200)
    desk.tell("yahoo", {"SONY": 101.5}, delay=at_once)
    desk.ill.add("kabu")
    desk.wait(1)
    desk.wait(6)
    assert desk.shown("SONY") == (101.5, "yahoo")
    delays = dict(zip(SYMBOLS, desk.board.source.tolist(), strict=True))
    assert desk.board.delays[delays["7203.T"]] == DELAYS["yahoo"]
    assert desk.board.delays[delays["SONY"]] == at_once


def test_what_a_delayed_source_has_at_once_must_not_be_as_old_as_its_delay(desk: Desk) -> None:
    desk.tell("yahoo", {"SONY": 101.5}, delay=Delay(DelayKind.REALTIME))
    desk.wait(600)
    desk.tell("kabu", {"SONY": 103.0})
    desk.tell("yahoo", {"7203.T": 2490.0}, ago=600)
    desk.wait(31)
    assert desk.shown("SONY") == (103.0, "kabu")


def test_what_is_not_served_does_not_reach_the_board(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.tell("yahoo", {"7203.T": 2490.0}, ago=1200)
    desk.wait(1)
    desk.tell("yahoo", {"7203.T": 2495.0}, ago=1100)
    assert desk.shown("7203.T") == (2510.0, "kabu")


def test_a_source_that_fails_is_gone_over_from_and_back_to(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.tell("yahoo", {"7203.T": 2490.0}, ago=1200)
    desk.wait(1)
    desk.ill.add("kabu")
    desk.wait(2)
    assert desk.shown("7203.T")[1] == "kabu", "it may only be connecting anew"
    desk.wait(5)
    assert desk.shown("7203.T") == (2490.0, "yahoo")
    row = desk.board.row("7203.T")
    assert np.isnan(desk.board.column(Field.BID)[row]), "yahoo has told no bid"
    desk.tell("yahoo", {"7203.T": 2492.0}, ago=1190)
    assert desk.shown("7203.T") == (2492.0, "yahoo")
    desk.ill.clear()
    desk.wait(1)
    desk.tell("kabu", {"7203.T": 2520.0})
    desk.wait(20)
    assert desk.shown("7203.T")[1] == "yahoo", "it has to hold for a while"
    desk.wait(31)
    assert desk.shown("7203.T") == (2520.0, "kabu")


def test_a_source_that_comes_and_goes_does_not_make_rows_flap(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.tell("yahoo", {"7203.T": 2490.0}, ago=1200)
    desk.wait(1)
    seen = []
    for turn in range(60):
        desk.ill ^= {"kabu"} if turn % 7 == 0 else set()
        desk.wait(1)
        seen.append(desk.shown("7203.T")[1])
    changes = sum(one != two for one, two in pairwise(seen))
    assert changes == 1


def test_a_source_that_falls_behind_is_found_out_by_the_other(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0, "6857.T": 7100.0})
    desk.wait(2_000)
    desk.tell("kabu", {"6857.T": 7110.0})
    desk.tell("yahoo", {"7203.T": 2490.0, "6857.T": 7090.0}, ago=1200)
    desk.wait(1)
    desk.wait(10)
    assert desk.shown("7203.T") == (2490.0, "yahoo")
    assert desk.shown("6857.T") == (7110.0, "kabu")


def test_the_lie_of_one_is_served_by_the_other_at_once(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.tell("yahoo", {"7203.T": 2490.0}, ago=1200)
    desk.wait(1)
    desk.tell("kabu", {"7203.T": 25_100.0})
    assert desk.shown("7203.T") == (2510.0, "kabu")
    assert desk.has("7203.T", Quality.HELD_BACK)
    desk.wait(1)
    assert desk.shown("7203.T") == (2490.0, "yahoo")
    assert not desk.has("7203.T", Quality.HELD_BACK)
    assert desk.held_back == ["1 7203.T 25,100 from kabu at 10:00, outside limits 2,000–3,000"]


def test_who_is_the_only_one_to_have_it_and_lies_is_flagged(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.tell("kabu", {"7203.T": 251.0})
    desk.wait(60)
    assert desk.shown("7203.T") == (2510.0, "kabu")
    assert desk.has("7203.T", Quality.HELD_BACK)


def test_another_scale_is_not_gone_over_to(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.tell("yahoo", {"7203.T": 249_000.0}, ago=1200, bases={"7203.T": 250_000.0})
    desk.ill.add("kabu")
    desk.wait(20)
    assert desk.shown("7203.T") == (2510.0, "kabu")


def test_two_sources_that_differ_for_the_same_minute_are_flagged(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0, "6857.T": 7100.0})
    desk.wait(1_200)
    desk.tell("kabu", {"7203.T": 2600.0, "6857.T": 7200.0})
    desk.tell("yahoo", {"7203.T": 2550.0, "6857.T": 7100.0}, ago=1200)
    desk.wait(1)
    assert not desk.has("7203.T", Quality.DISPUTED), "one look is not enough"
    desk.wait(1)
    assert desk.has("7203.T", Quality.DISPUTED)
    assert not desk.has("6857.T", Quality.DISPUTED), "twenty minutes ago it was just that"
    assert desk.shown("7203.T") == (2600.0, "kabu")
    dispute = desk.chain.disputes.told["7203.T"]
    assert (dispute.source, dispute.other, dispute.other_price) == ("kabu", "yahoo", 2550.0)
    assert dispute.ticks == 40.0
    assert desk.remarks == ["1 differ from yahoo, such as 7203.T: 2,600 here, 2,550 there"]
    desk.tell("kabu", {"7203.T": 2601.0})
    assert desk.has("7203.T", Quality.DISPUTED), "the flag outlives a quote"
    desk.tell("yahoo", {"7203.T": 2509.0}, ago=1195)
    desk.wait(1)
    desk.wait(1)
    assert not desk.has("7203.T", Quality.DISPUTED)
    assert not desk.chain.disputes.told


def test_the_latest_session_is_shown_and_yesterday_s_names_wait(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0, "6857.T": 7100.0})
    desk.tell("yahoo", {"7203.T": 2490.0, "SONY": 101.0}, ago=1200)
    desk.wait(86_400)
    tomorrow = SESSION + timedelta(days=1)
    desk.tell("kabu", {"7203.T": 2530.0}, session=tomorrow, epoch=2)
    desk.wait(1)
    assert desk.board.session == desk.chain.session == tomorrow
    assert desk.shown("7203.T") == (2530.0, "kabu")
    assert np.isnan(desk.shown("6857.T")[0])
    assert desk.shown("SONY") == (101.0, "yahoo")
    desk.tell("yahoo", {"6857.T": 7120.0}, session=tomorrow, epoch=2)
    assert desk.shown("6857.T") == (7120.0, "yahoo")


def test_a_session_that_has_not_begun_is_refused(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    with pytest.raises(BadPayload, match="has not begun"):
        desk.tell("yahoo", {"7203.T": 1.0}, session=date(2099, 1, 1))
    assert desk.shown("7203.T") == (2510.0, "kabu")


def test_other_symbols_keep_what_is_held(desk: Desk) -> None:
    desk.tell("kabu", {"7203.T": 2510.0})
    desk.symbols = ("8035.T", "7203.T")
    desk.board.set_symbols(desk.symbols)
    desk.wait(1)
    desk.tell("kabu", {"8035.T": 22_000.0, "7203.T": 2511.0})
    assert desk.shown("8035.T") == (22_000.0, "kabu")
    assert desk.shown("7203.T") == (2511.0, "kabu")


def test_who_was_away_sees_the_same_as_who_was_not(desk: Desk) -> None:
    away, lasting = Board(SYMBOLS, fine=lambda _: False), Outbox(quotes=4, batches=3)
    near = desk.outbox.put

    def both(update: Any) -> bool:
        lasting.put(update)
        return near(update)

    desk.outbox.put = both  # type: ignore[method-assign]
    for turn in range(80):
        desk.ill = {"kabu"} if 20 <= turn < 40 else set()
        desk.tell("kabu", {"7203.T": 2510.0 + turn, "6857.T": 7100.0})
        desk.tell("yahoo", {"7203.T": 2490.0 + turn, "SONY": 100.0 + turn / 10}, ago=1200)
        desk.wait(2)
    for update in lasting.drain():
        assert isinstance(update, QuoteBatch)
        away.apply(update, 0.0)
    assert lasting.lost == 0
    for name in (Field.LAST, Field.BASE, Field.BID):
        assert np.array_equal(away.column(name), desk.board.column(name), equal_nan=True)
    assert [away.sources[int(code)] for code in away.source] == [
        desk.board.sources[int(code)] for code in desk.board.source
    ]


PRICES = st.sampled_from([2490.0, 2500.0, 2510.0, 250.0, 25_000.0, np.nan, np.inf, -1.0])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["kabu", "yahoo", "kabu ill", "kabu well", "yahoo ill", "yahoo well"]),
        PRICES,
        st.sampled_from([0.0, 30.0, 1200.0]),
        st.sampled_from([0, 1, 40]),
    ),
    max_size=14,
)


@settings(max_examples=60)
@given(STEPS)
def test_the_best_fresh_source_is_shown_and_no_lie_without_a_flag(
    manual: Any, steps: list[Any]
) -> None:
    desk = Desk(manual())
    lower, upper = price_limits(np.array([2500.0]), np.array([False]))
    for what, price, ago, pause in steps:
        name, _, mood = what.partition(" ")
        if mood:
            (desk.ill.add if mood == "ill" else desk.ill.discard)(name)
        else:
            desk.tell(name, {"7203.T": price}, ago=ago)
        desk.wait(pause)
        value, _ = desk.shown("7203.T")
        assert np.isnan(value) or lower[0] <= value <= upper[0]
    desk.wait(1)
    desk.wait(100)
    desk.wait(1)
    best = next(
        (
            member.name
            for member in desk.chain.members
            if member.name not in desk.ill
            and len(member.board)
            and member.known()[0]
            and not member.doubted()[0]
            and not _behind(desk, member.name)
        ),
        None,
    )
    value, source = desk.shown("7203.T")
    if best is not None:
        assert source == best
        member = next(each for each in desk.chain.members if each.name == best)
        assert np.array_equal([value], member.last()[:1], equal_nan=True)


def _behind(desk: Desk, name: str) -> bool:
    times = {
        member.name: member.board.time[0]
        for member in desk.chain.members
        if member.known()[0] and not member.doubted()[0] and member.name not in desk.ill
    }
    lag = np.timedelta64(int(LAGS[name] * 1000), "ms")
    mine = times[name]
    return any(bool(theirs - mine > lag) for theirs in times.values())
