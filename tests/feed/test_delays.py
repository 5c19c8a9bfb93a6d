"""Which of a source's delay classes the header tells, and whose age."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.feed.delays import DelayClasses
from tui.feed.health import FeedState, assess, words
from tui.feed.ledger import Ledger
from tui.market.quotes import Delay, DelayKind, QuoteBatch
from tui.market.times import to_datetime64
from tui.providers.contracts import Role

SYMBOLS = ("7203.T", "^N225", "6857.T", "JPY=X", "NIY=F", "^GSPC", "EURJPY=X")
LATE, SOON, NOW = (
    Delay(DelayKind.DELAYED, 20),
    Delay(DelayKind.DELAYED, 10),
    Delay(DelayKind.REALTIME),
)
TEN = datetime(2025, 5, 26, 1, 0, tzinfo=UTC)


def told(delay: Delay, *names: str, at: datetime = TEN, epoch: int = 1) -> QuoteBatch:
    return QuoteBatch(
        symbols=SYMBOLS,
        rows=np.array([SYMBOLS.index(name) for name in names], np.int32),
        fields={},
        time=np.full(len(names), to_datetime64(at)),
        source="yahoo",
        delay=delay,
        epoch=epoch,
        session=date(2025, 5, 26),
    )


def test_the_header_tells_the_delay_and_the_age_of_tokyo_s_names(clock: Any) -> None:
    ledger = Ledger("yahoo", Role.QUOTES, clock, lambda: None)
    behind = clock.now() - timedelta(minutes=20)
    ledger.quotes(told(LATE, "7203.T", "^N225", at=behind))
    ledger.quotes(told(SOON, "NIY=F", at=clock.now() - timedelta(minutes=10)))
    ledger.quotes(told(NOW, "JPY=X", "^GSPC", "EURJPY=X", at=clock.now()))
    health = ledger.health
    assert (health.delay, health.data_time, health.quotes) == (LATE, behind, 6)
    assert words(health, clock.now()) == "DELAYED 20 m"


def test_a_rate_that_runs_on_does_not_hide_that_tokyo_stands_still(clock: Any) -> None:
    ledger = Ledger("yahoo", Role.QUOTES, clock, lambda: None)
    ledger.quotes(told(LATE, "7203.T", at=clock.now() - timedelta(minutes=40)))
    ledger.quotes(told(NOW, "JPY=X", at=clock.now()))
    shown = assess(
        ledger.health,
        now=clock.now(),
        monotonic=clock.monotonic(),
        quiet=lambda _: False,
        beat=clock.monotonic(),
    )
    assert shown.state is FeedState.STALE
    assert words(shown, clock.now()) == "STALE 40 m"


def test_without_tokyo_most_of_the_others_speak_and_of_equals_the_one_behind() -> None:
    classes = DelayClasses()
    assert classes.take(told(NOW, "JPY=X"))[0] == NOW
    assert classes.take(told(SOON, "NIY=F"))[0] == SOON
    assert classes.take(told(NOW, "EURJPY=X"))[0] == NOW
    assert classes.take(told(LATE, "7203.T"))[0] == LATE


def test_one_odd_name_of_tokyo_does_not_speak_for_the_others() -> None:
    classes = DelayClasses()
    classes.take(told(LATE, "7203.T", "6857.T"))
    assert classes.take(told(NOW, "^N225"))[0] == LATE


def test_a_name_that_changes_its_class_leaves_the_one_before() -> None:
    classes = DelayClasses()
    classes.take(told(LATE, "7203.T", "6857.T", "^N225"))
    assert classes.take(told(NOW, "7203.T", "6857.T"))[0] == NOW


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.lists(st.sampled_from(SYMBOLS), max_size=4)), max_size=90
    )
)
def test_whatever_comes_a_class_that_was_told_speaks(batches: list[Any]) -> None:
    classes, seen = DelayClasses(), set()
    for minutes, names in batches:
        delay = Delay(DelayKind.DELAYED, minutes)
        seen.add(delay)
        spoken, newest = classes.take(told(delay, *names))
        assert spoken in seen
        assert newest in {None, TEN}
