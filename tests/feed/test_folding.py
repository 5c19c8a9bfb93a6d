"""Folding against a board of dictionaries that applies one quote after the other."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.feed.folding import by_minute, fold
from tui.feed.outbox import Outbox
from tui.market.board import Board
from tui.market.quotes import BOOK, Delay, DelayKind, Field, QuoteBatch

SYMBOLS = ("7203.T", "6758.T", "285A.T", "9984.T")
FIELDS = (Field.LAST, Field.HIGH, Field.LOW, Field.VOLUME, Field.BID, Field.SPECIAL)


@dataclass
class PlainBoard:
    """The rules of the contract, one quote at a time."""

    values: dict[tuple[str, Field], float] = field(default_factory=dict)
    high: dict[str, float] = field(default_factory=lambda: defaultdict(lambda: np.nan))
    low: dict[str, float] = field(default_factory=lambda: defaultdict(lambda: np.nan))
    time: dict[str, int] = field(default_factory=dict)
    state: dict[str, int] = field(default_factory=dict)
    quality: dict[str, int] = field(default_factory=dict)

    def apply(self, batch: QuoteBatch) -> None:
        for i, row in enumerate(batch.rows):
            symbol = batch.symbols[row]
            if not np.isnat(batch.time[i]):
                instant = int(batch.time[i].astype(np.int64))
                if instant < self.time.get(symbol, instant):
                    continue
                self.time[symbol] = instant
            for name, column in batch.fields.items():
                self._set(symbol, name, float(column[i]))
            if batch.state is not None:
                self.state[symbol] = int(batch.state[i])
            self.quality[symbol] = 0 if batch.quality is None else int(batch.quality[i])

    def _set(self, symbol: str, name: Field, value: float) -> None:
        if name in (Field.HIGH, Field.LAST):
            self.high[symbol] = float(np.fmax(self.high[symbol], value))
        if name in (Field.LOW, Field.LAST):
            self.low[symbol] = float(np.fmin(self.low[symbol], value))
        if name in (Field.HIGH, Field.LOW):
            return
        if np.isnan(value):
            if name in BOOK:
                self.values.pop((symbol, name), None)
        else:
            self.values[symbol, name] = value

    def picture(self) -> tuple[object, ...]:
        return (
            self.values,
            {s: v for s, v in self.high.items() if v == v},
            {s: v for s, v in self.low.items() if v == v},
            self.time,
            self.state,
            self.quality,
        )


numbers = st.one_of(st.just(float("nan")), st.integers(1, 9).map(float))


@st.composite
def quote_batches(draw: st.DrawFn) -> QuoteBatch:
    rows = draw(st.lists(st.integers(0, len(SYMBOLS) - 1), max_size=5))
    size = len(rows)
    names = draw(st.sets(st.sampled_from(FIELDS)))
    bytes_ = st.one_of(st.none(), st.lists(st.integers(0, 4), min_size=size, max_size=size))
    state, quality = draw(bytes_), draw(bytes_)
    instants = draw(st.lists(st.integers(0, 6), min_size=size, max_size=size))
    time = np.array(instants, np.int64).astype("datetime64[ms]")
    for i in draw(st.sets(st.integers(0, 4), max_size=2)):
        if i < size:
            time[i] = np.datetime64("NaT")
    return QuoteBatch(
        symbols=SYMBOLS,
        rows=np.array(rows, np.int32),
        fields={
            name: np.array(draw(st.lists(numbers, min_size=size, max_size=size)), np.float64)
            for name in names
        },
        time=time,
        state=None if state is None else np.array(state, np.uint8),
        quality=None if quality is None else np.array(quality, np.uint8),
        source="test",
        delay=Delay(DelayKind.REALTIME),
        epoch=0,
        session=date(2025, 5, 26),
    )


@pytest.mark.parametrize("limits", [{"quotes": 3, "batches": 2, "soon": 100}, {"soon": 2}])
@given(
    batches=st.lists(quote_batches(), max_size=8),
    drains=st.lists(st.booleans(), min_size=8, max_size=8),
)
@settings(max_examples=300, deadline=None)
def test_a_board_fed_through_a_full_outbox_ends_as_one_fed_directly(
    batches: list[QuoteBatch], drains: list[bool], limits: dict[str, int]
) -> None:
    direct, fed = PlainBoard(), PlainBoard()
    outbox = Outbox(
        quotes=limits.get("quotes", 100), batches=limits.get("batches", 100), soon=limits["soon"]
    )
    for incoming, drain in zip(batches, drains, strict=False):
        direct.apply(incoming)
        outbox.put(incoming)
        for update in outbox.drain() if drain else []:
            assert isinstance(update, QuoteBatch)
            fed.apply(update)
    for update in outbox.drain():
        assert isinstance(update, QuoteBatch)
        fed.apply(update)
    assert outbox.lost == 0
    assert fed.picture() == direct.picture()


@given(st.lists(quote_batches(), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_folded_quotes_never_outnumber_three_times_the_vocabulary(
    batches: list[QuoteBatch],
) -> None:
    folded = fold(batches)
    assert sum(map(len, folded)) <= 3 * len(SYMBOLS)
    seen = [set(part.rows.tolist()) for part in folded]
    assert sum(map(len, seen)) == len(set().union(*seen))


def test_a_symbol_whose_delay_class_changes_ends_in_the_last_with_all_that_was_told() -> None:
    outbox = Outbox(quotes=4, batches=2)
    late, at_once = Delay(DelayKind.DELAYED, 20), Delay(DelayKind.REALTIME)

    def told(row: int, delay: Delay, name: Field, value: float) -> QuoteBatch:
        return QuoteBatch(
            symbols=SYMBOLS,
            rows=np.array([row], np.int32),
            fields={name: np.array([value])},
            time=np.full(1, np.datetime64("NaT"), "datetime64[ms]"),
            source="yahoo",
            delay=delay,
            epoch=1,
            session=date(2025, 5, 26),
        )

    for turn in range(20):
        outbox.put(told(0, late, Field.LAST, 100.0 + turn))
        outbox.put(told(1, at_once, Field.LAST, 200.0 + turn))
    outbox.put(told(1, late, Field.VOLUME, 7.0))
    outbox.put(told(0, at_once, Field.LAST, 90.0))
    for _ in range(2):
        outbox.put(told(2, late, Field.LAST, 1.0))
    board = Board(SYMBOLS)
    for update in outbox.drain():
        assert isinstance(update, QuoteBatch)
        assert not board.apply(update, 1.0).problem
    assert outbox.lost == 0
    assert board.column(Field.LAST)[:3].tolist() == [90.0, 219.0, 1.0]
    assert board.column(Field.VOLUME)[1] == 7.0
    assert [board.delays[place] for place in board.source[:3].tolist()] == [at_once, late, late]


def at_minute(*stamps: str) -> QuoteBatch:
    rows = np.arange(len(stamps), dtype=np.int32)
    return QuoteBatch(
        symbols=SYMBOLS,
        rows=rows,
        fields={Field.LAST: np.ones(len(stamps))},
        time=np.array(stamps, "datetime64[ms]"),
        source="test",
        delay=Delay(DelayKind.REALTIME),
        epoch=0,
        session=date(2025, 5, 26),
    )


def test_batches_are_told_apart_by_the_minute_of_their_newest_quote() -> None:
    one, other = "2025-05-26T00:30:59.999", "2025-05-26T00:31"
    batches = [
        at_minute(one),
        at_minute("NaT", "NaT"),
        at_minute(),
        at_minute(one, other),
        at_minute(other),
        at_minute(one),
    ]
    place = {id(each): number for number, each in enumerate(batches)}
    places = [[place[id(each)] for each in stretch] for stretch in by_minute(batches)]
    assert places == [[0, 1, 2], [3, 4], [5]]


def test_nothing_is_in_no_minute() -> None:
    assert by_minute([]) == []
    assert len(by_minute([at_minute(), at_minute("NaT")])) == 1
