import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import pytest

from tui.feed.outbox import NewsBox, Outbox
from tui.market.catalysts import Catalyst
from tui.market.quotes import Field, MinuteBatch, QuoteBatch, Update

Make = Callable[..., QuoteBatch]
SYMBOLS = ("7203.T", "6758.T")


def minutes(epoch: int = 0, *, last: float = 1.0, row: int = 0) -> MinuteBatch:
    cells = np.full((1, 2), last)
    return MinuteBatch(
        symbols=SYMBOLS,
        rows=np.array([row], np.int32),
        minutes=np.array(["2025-05-26T00:00", "2025-05-26T00:01"], "datetime64[m]"),
        last=cells,
        volume=cells,
        turnover=cells,
        source="test",
        epoch=epoch,
        session=date(2025, 5, 26),
    )


def test_updates_come_out_in_order(batch: Make) -> None:
    outbox = Outbox()
    sent: list[Update] = [minutes(), batch([1.0]), batch([2.0])]
    for update in sent:
        assert outbox.put(update)
    assert [a is b for a, b in zip(outbox.drain(), sent, strict=True)] == [True] * 3
    assert not outbox
    assert outbox.drain() == []


def test_wakes_once_until_it_is_drained(batch: Make) -> None:
    woken: list[int] = []
    outbox = Outbox(wake=lambda: woken.append(1))
    outbox.put(batch())
    outbox.put(batch())
    assert len(woken) == 1
    outbox.drain()
    outbox.put(batch())
    assert len(woken) == 2


def test_a_newer_epoch_drops_what_waits_of_older_ones(batch: Make) -> None:
    outbox = Outbox()
    outbox.put(minutes(1))
    outbox.put(batch(epoch=1))
    newer = batch(epoch=2)
    outbox.put(newer)
    assert outbox.held == 1
    assert not outbox.put(batch(epoch=1))
    assert [update.epoch for update in outbox.drain()] == [2]


def test_a_newer_epoch_may_go_back_in_time(batch: Make) -> None:
    outbox = Outbox()
    now = batch()
    outbox.put(now)
    earlier = batch(epoch=1, time=None)
    earlier.time[:] = now.time - np.timedelta64(1, "h")
    outbox.put(earlier)
    (update,) = outbox.drain()
    assert len(update) == 1


def test_a_quote_older_than_one_already_drained_is_dropped(batch: Make) -> None:
    outbox = Outbox()
    first = batch([1.0, 2.0], symbols=SYMBOLS)
    outbox.put(first)
    outbox.drain()
    late = batch([3.0, 4.0], symbols=first.symbols)
    late.time[0] -= np.timedelta64(1, "s")
    outbox.put(late)
    (update,) = outbox.drain()
    assert isinstance(update, QuoteBatch)
    assert update.rows.tolist() == [1]
    assert update.fields[Field.LAST].tolist() == [4.0]


def test_a_flood_that_nobody_drains_stays_bounded_and_keeps_the_latest(batch: Make) -> None:
    outbox = Outbox(quotes=1_000, batches=50)
    peak = 0
    symbols = tuple(f"{code}.T" for code in range(1000, 1100))
    for price in range(1, 2_001):
        outbox.put(batch([float(price)] * 100, symbols=symbols))
        peak = max(peak, outbox.held)
    assert peak <= 1_000 + 100
    last: dict[int, float] = {}
    for update in outbox.drain():
        assert isinstance(update, QuoteBatch)
        last.update(zip(update.rows.tolist(), update.fields[Field.LAST].tolist(), strict=True))
    assert last == dict.fromkeys(range(100), 2_000.0)
    assert outbox.lost == 0


def test_a_flood_of_single_quotes_is_bounded_in_batches(batch: Make) -> None:
    outbox = Outbox(batches=64)
    symbols = ("7203.T",)
    for price in range(1, 1_001):
        outbox.put(batch([float(price)], symbols=symbols))
    assert len(outbox.drain()) <= 65


def test_a_flood_with_ever_new_vocabularies_loses_the_oldest_and_says_so(batch: Make) -> None:
    outbox = Outbox(quotes=100, batches=20)
    for number in range(500):
        outbox.put(batch([1.0] * 10, symbols=tuple(f"S{number}.{i}" for i in range(10))))
    assert outbox.held <= 100 + 10
    assert outbox.lost > 0
    newest = outbox.drain()[-1]
    assert newest.symbols[0] == "S499.0"


def test_minutes_go_before_folded_quotes_and_newer_ones_replace_older(batch: Make) -> None:
    outbox = Outbox(batches=3)
    outbox.put(batch([1.0], symbols=SYMBOLS))
    outbox.put(minutes(last=1.0))
    outbox.put(minutes(last=2.0))
    outbox.put(batch([2.0], symbols=SYMBOLS))
    first, *rest = outbox.drain()
    assert isinstance(first, MinuteBatch)
    assert first.last[0, 0] == 2.0
    assert all(isinstance(update, QuoteBatch) for update in rest)


def test_a_flood_of_minutes_is_bounded_too() -> None:
    outbox = Outbox(cells=20)
    for number in range(1_000):
        outbox.put(minutes(row=number % 2, last=float(number)))
    assert len(outbox.drain()) <= 12


@pytest.mark.parametrize("at_most", [1, 3])
def test_a_bounded_drain_takes_whole_batches_and_leaves_the_rest(batch: Make, at_most: int) -> None:
    outbox = Outbox()
    for _ in range(3):
        outbox.put(batch([1.0, 2.0], symbols=SYMBOLS))
    taken = outbox.drain(at_most)
    assert sum(map(len, taken)) == (at_most + 1) // 2 * 2
    assert len(taken) + len(outbox.drain()) == 3
    assert outbox.held == 0


def test_putting_and_draining_from_two_threads_loses_nothing(batch: Make) -> None:
    outbox = Outbox(quotes=50, batches=20)
    symbols = ("7203.T",)
    started = batch([0.0], symbols=symbols)
    done, arrived = threading.Event(), threading.Event()
    outbox.wake = arrived.set

    def produce() -> None:
        for price in range(1, 601):
            outbox.put(batch([float(price)], symbols=symbols, time=None))
        done.set()

    outbox.put(started)
    thread = threading.Thread(target=produce)
    thread.start()
    seen: list[float] = []
    while not done.is_set() or outbox:
        arrived.wait(0.05)
        arrived.clear()
        for update in outbox.drain():
            assert isinstance(update, QuoteBatch)
            seen += update.fields[Field.LAST].tolist()
    thread.join(10.0)
    seen += [
        price
        for update in outbox.drain()
        if isinstance(update, QuoteBatch)
        for price in update.fields[Field.LAST].tolist()
    ]
    assert seen[-1] == 600.0


def test_news_keeps_the_latest_of_each_key_and_drops_the_oldest() -> None:
    woken: list[int] = []
    box = NewsBox(limit=3, wake=lambda: woken.append(1))
    box.put("a", [Catalyst(key=str(n), headline="old") for n in range(3)])
    box.put("a", [Catalyst(key="0", headline="new"), Catalyst(key="3", headline="new")])
    assert [(c.key, c.headline) for c in box.drain()] == [
        ("2", "old"),
        ("0", "new"),
        ("3", "new"),
    ]
    assert len(woken) == 1
    assert not box.drain()


def test_the_same_key_of_two_sources_is_two_catalysts() -> None:
    box = NewsBox()
    box.put("a", [Catalyst(key="1", headline="of a")])
    box.put("b", [Catalyst(key="1", headline="of b")])
    assert len(box.drain()) == 2


def test_a_late_quote_does_not_count_against_a_vocabulary_it_is_not_of(batch: Make) -> None:
    outbox = Outbox()
    outbox.put(batch(symbols=("A",)))
    outbox.put(batch(symbols=("B",), time=datetime(2025, 5, 26, tzinfo=UTC)))
    assert [len(update) for update in outbox.drain()] == [1, 1]


def test_an_empty_batch_still_opens_its_epoch_after_folding(batch: Make) -> None:
    outbox = Outbox(batches=2)
    for _ in range(4):
        outbox.put(batch([], epoch=7))
    drained = outbox.drain()
    assert {update.epoch for update in drained} == {7}
    assert len(drained) <= 2
