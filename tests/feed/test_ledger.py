import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tui.feed.health import FeedState
from tui.feed.ledger import Ledger
from tui.feed.streams import Epochs
from tui.market.quotes import QuoteBatch
from tui.providers.contracts import Role

Make = Callable[..., QuoteBatch]
TEN = datetime(2025, 5, 26, 1, 0, tzinfo=UTC)
NINE = datetime(2025, 5, 26, 0, 0, tzinfo=UTC)


@pytest.fixture
def told() -> list[int]:
    return []


@pytest.fixture
def ledger(clock: Any, told: list[int]) -> Ledger:
    return Ledger("test", Role.QUOTES, clock, lambda: told.append(1))


def test_the_newest_time_does_not_go_back_within_an_epoch_but_does_across(
    ledger: Ledger, batch: Make
) -> None:
    ledger.quotes(batch(epoch=1, time=TEN))
    ledger.quotes(batch(epoch=1, time=NINE))
    ledger.quotes(batch(epoch=1, time=None))
    assert ledger.health.data_time == TEN
    ledger.quotes(batch(epoch=2, time=NINE))
    assert ledger.health.data_time == NINE


def test_a_steady_stream_is_measured_at_its_rate(ledger: Ledger, clock: Any, batch: Make) -> None:
    async def minute() -> None:
        for _ in range(600):
            ledger.quotes(batch([1.0] * 10, symbols=tuple("ABCDEFGHIJ")))
            await clock.turn(0.1)

    asyncio.run(minute())
    assert ledger.health.rate == pytest.approx(100.0, rel=0.05)


def test_only_a_change_of_state_is_told(ledger: Ledger, told: list[int], batch: Make) -> None:
    ledger.quotes(batch())
    ledger.quotes(batch())
    ledger.remark("line 3 skipped")
    assert len(told) == 1
    ledger.failed("gone", 2.0)
    assert len(told) == 2


def test_a_failed_source_that_is_asked_again_is_no_longer_called_failed(ledger: Ledger) -> None:
    ledger.failed("bad key", None)
    ledger.attempt()
    assert ledger.health.state is FeedState.RETRYING
    assert ledger.health.retry_at is None


def test_what_was_read_before_stays_as_it_was(ledger: Ledger, batch: Make) -> None:
    before = ledger.health
    ledger.quotes(batch())
    assert before.quotes == 0
    assert ledger.health.quotes == 1


def test_epochs_grow_with_every_change_and_only_then() -> None:
    epochs = Epochs()
    keys = [(0, 0), (0, 0), (0, 1), (1, 1), (0, 1), (0, 1)]
    assert [epochs.number(key) for key in keys] == [1, 1, 2, 3, 4, 4]


def test_the_last_different_remarks_are_kept_newest_first(ledger: Ledger) -> None:
    for number in (*range(12), 9):
        ledger.remark(f"feed {number} is spoilt")
    assert ledger.health.remarks == 13
    told = [f"feed {number} is spoilt" for number in (9, 11, 10, 8, 7, 6, 5, 4)]
    assert ledger.health.told == tuple(told)
    assert ledger.health.last_remark == told[0]
