"""How much the interface is given at once, however fast a source is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from tui.feed import folding
from tui.feed import outbox as module
from tui.feed.outbox import PIECE, SOON, Outbox
from tui.market.applied import Prints
from tui.market.minutes import Minutes
from tui.market.quotes import Field, QuoteBatch, Update

Make = Callable[..., QuoteBatch]
LOTS = 500


def quotes(updates: list[Update]) -> list[QuoteBatch]:
    taken = [update for update in updates if isinstance(update, QuoteBatch)]
    assert len(taken) == len(updates)
    return taken


def test_a_flood_comes_out_as_a_few_batches_with_the_last_figures(batch: Make) -> None:
    outbox = Outbox()
    for number in range(LOTS):
        outbox.put(batch([float(number)]))
    assert 1 <= len(outbox.drain()) <= SOON + 1
    for number in range(LOTS):
        outbox.put(batch([float(number + 1)]))
    assert quotes(outbox.drain())[-1].fields[Field.LAST][-1] == LOTS


def test_what_keeps_pace_is_handed_on_as_it_came(batch: Make) -> None:
    outbox = Outbox()
    sent = [batch([float(number)]) for number in range(SOON)]
    for each in sent:
        outbox.put(each)
    assert all(a is b for a, b in zip(outbox.drain(), sent, strict=True))


def test_a_flood_over_several_minutes_keeps_the_last_price_of_each(batch: Make) -> None:
    start = datetime(2025, 5, 26, 0, 30, tzinfo=UTC)
    outbox = Outbox()
    for second in range(200):
        moment = np.datetime64(start.replace(tzinfo=None), "ms") + np.timedelta64(second, "s")
        outbox.put(replace(batch([float(second)]), time=np.array([moment])))
    axis = np.arange("2025-05-26T00:30", "2025-05-26T00:35", dtype="datetime64[m]")
    minutes = Minutes(axis, rows=2)
    for each in quotes(outbox.drain()):
        minutes.record(
            Prints(
                rows=each.rows.astype(np.int64),
                time=each.time,
                last=each.fields[Field.LAST],
                volume=None,
                turnover=None,
                epoch=0,
            )
        )
    told = minutes.path(int(batch().rows[0]))
    assert told[:4].tolist() == [59.0, 119.0, 179.0, 199.0]


def test_what_cannot_be_folded_is_not_tried_again_with_every_batch(
    batch: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds: list[int] = []
    folded = folding.fold

    def counted(run: Sequence[QuoteBatch]) -> list[QuoteBatch]:
        folds.append(len(run))
        return folded(run)

    monkeypatch.setattr(module, "fold", counted)
    outbox = Outbox()
    for number in range(LOTS):
        # Each of another vocabulary.
        outbox.put(replace(batch([1.0]), symbols=("7203.T", f"{number}.T")))
    assert sum(folds) < LOTS * LOTS / SOON
    assert len(outbox.drain()) == LOTS


def test_a_huge_batch_comes_in_pieces(batch: Make) -> None:
    one = batch([1.0])
    size = 2 * PIECE + 5
    huge = replace(
        one,
        rows=np.zeros(size, np.int32),
        fields={Field.LAST: np.arange(1.0, size + 1)},
        time=np.full(size, one.time[0]),
        state=None,
        quality=None,
    )
    outbox = Outbox()
    outbox.put(huge)
    assert outbox.held == size
    pieces = quotes(outbox.drain())
    assert [len(piece) for piece in pieces] == [PIECE, PIECE, 5]
    told = np.concatenate([piece.fields[Field.LAST] for piece in pieces])
    assert np.array_equal(told, huge.fields[Field.LAST])
    outbox.put(replace(huge, takes_over=True))
    assert [len(each) for each in quotes(outbox.drain())] == [size]


def test_no_more_updates_are_taken_than_asked_for(batch: Make) -> None:
    outbox = Outbox()
    for number in range(5):
        outbox.put(batch([float(number)]))
    assert len(outbox.drain(updates=2)) == 2
    assert outbox.held == 3
    assert len(outbox.drain(100, 2)) == 2
    assert len(outbox.drain(updates=9)) == 1
    assert not outbox
    assert outbox.held == 0
