from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tui.feed.health import FeedState, Health, age, assess, delivering_state, words
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import Role

NOW = datetime(2025, 5, 26, 1, 0, tzinfo=UTC)
LUNCH_END = datetime(2025, 5, 26, 3, 30, tzinfo=UTC)
LUNCH_START = datetime(2025, 5, 26, 2, 30, tzinfo=UTC)


def at_lunch(moment: datetime) -> bool:
    return LUNCH_START <= moment < LUNCH_END


def health(kind: DelayKind = DelayKind.REALTIME, minutes: int = 0, **changes: object) -> Health:
    delay = Delay(kind, minutes)
    made = Health(
        source="test",
        role=Role.QUOTES,
        state=delivering_state(delay, Role.QUOTES),
        delay=delay,
        data_time=NOW,
        received=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # names are checked by replace


def state(written: Health, now: datetime) -> FeedState:
    return assess(written, now=now, monotonic=0.0, quiet=at_lunch, beat=0.0).state


@pytest.mark.parametrize(
    ("kind", "minutes", "word"),
    [
        (DelayKind.REALTIME, 0, "LIVE"),
        (DelayKind.DELAYED, 20, "DELAYED 20 m"),
        (DelayKind.DELAYED, 0, "DELAYED"),
        (DelayKind.END_OF_DAY, 0, "END OF DAY"),
        (DelayKind.REPLAY, 0, "REPLAY"),
        (DelayKind.SYNTHETIC, 0, "SYNTHETIC"),
        (DelayKind.UNKNOWN, 0, "DELAY UNKNOWN"),
    ],
)
def test_a_source_that_delivers_is_named_by_its_delay(
    kind: DelayKind, minutes: int, word: str
) -> None:
    assert words(health(kind, minutes), NOW) == word


def test_live_quotes_go_stale_by_the_age_of_the_data_and_not_of_their_arrival() -> None:
    later = NOW + timedelta(minutes=3)
    written = health(received=later)
    assert state(written, NOW + timedelta(seconds=90)) is FeedState.LIVE
    assert state(written, later) is FeedState.STALE
    stale = assess(written, now=later, monotonic=0.0, quiet=at_lunch, beat=0.0)
    assert words(stale, later) == "STALE 3 m"


def test_a_delayed_source_is_stale_only_beyond_its_delay() -> None:
    written = health(DelayKind.DELAYED, 20)
    assert state(written, NOW + timedelta(minutes=24)) is FeedState.DELAYED
    assert state(written, NOW + timedelta(minutes=26)) is FeedState.STALE


@pytest.mark.parametrize("minutes", [1, 30, 59])
def test_lunch_is_not_staleness(minutes: int) -> None:
    written = health(data_time=LUNCH_START)
    assert state(written, LUNCH_START + timedelta(minutes=minutes)) is FeedState.LIVE


def test_after_lunch_a_source_has_its_threshold_again_before_it_is_stale() -> None:
    written = health(data_time=LUNCH_START)
    assert state(written, LUNCH_END + timedelta(seconds=60)) is FeedState.LIVE
    assert state(written, LUNCH_END + timedelta(seconds=100)) is FeedState.STALE


def test_a_delayed_source_is_at_lunch_for_its_delay_longer() -> None:
    written = health(DelayKind.DELAYED, 20, data_time=LUNCH_START)
    assert state(written, LUNCH_END + timedelta(minutes=15)) is FeedState.DELAYED


@pytest.mark.parametrize("kind", [DelayKind.REPLAY, DelayKind.SYNTHETIC, DelayKind.END_OF_DAY])
def test_what_does_not_follow_the_clock_is_never_stale(kind: DelayKind) -> None:
    assert state(health(kind), NOW + timedelta(days=300)).delivering


def test_without_exchange_times_the_age_is_that_of_the_arrival() -> None:
    written = health(data_time=None)
    assert state(written, NOW + timedelta(minutes=2)) is FeedState.STALE


def test_news_is_never_stale() -> None:
    written = health(role=Role.NEWS)
    assert state(written, NOW + timedelta(hours=5)) is FeedState.LIVE


def test_a_thread_without_a_sign_of_life_is_said_to_be_not_answering() -> None:
    seen = assess(health(), now=NOW, monotonic=112.0, quiet=at_lunch, beat=100.0)
    assert seen.state is FeedState.NOT_ANSWERING
    assert words(seen, NOW) == "NOT ANSWERING 12 s"


def test_a_feed_that_was_stopped_is_not_said_to_be_not_answering() -> None:
    stopped = health(state=FeedState.STOPPED)
    seen = assess(stopped, now=NOW, monotonic=1e6, quiet=at_lunch, beat=None)
    assert words(seen, NOW) == "STOPPED"


def test_the_next_attempt_is_counted_down() -> None:
    retrying = health(state=FeedState.RETRYING, retry_at=NOW + timedelta(seconds=4))
    assert words(retrying, NOW) == "RETRYING in 4 s"
    assert words(retrying, NOW + timedelta(seconds=9)) == "RETRYING in 0 s"
    assert words(replace(retrying, retry_at=None), NOW) == "RETRYING"


def test_a_delayed_source_that_fails_still_says_how_late_its_quotes_are() -> None:
    late = Delay(DelayKind.DELAYED, 20)
    failing = health(state=FeedState.RETRYING, retry_at=NOW + timedelta(seconds=4), delay=late)
    failing = replace(failing, data_time=NOW - timedelta(minutes=21))
    assert words(failing, NOW) == "RETRYING in 4 s · 21 m old"
    assert words(replace(failing, data_time=None, received=None), NOW) == "RETRYING in 4 s"
    assert words(replace(failing, delay=Delay(DelayKind.REALTIME)), NOW) == "RETRYING in 4 s"


def test_the_rate_fades_when_nothing_comes() -> None:
    written = health(rate=1000.0, rate_at=0.0)
    rates = [
        assess(written, now=NOW, monotonic=t, quiet=at_lunch, beat=t).rate for t in (0.0, 5.0, 90.0)
    ]
    assert rates[0] == 1000.0
    assert rates[1] == pytest.approx(1000.0 / 2.718281828)
    assert rates[2] == 0.0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "0 s"),
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 m"),
        (3599, "59 m"),
        (7200, "2 h"),
        (9e4, "1 d"),
    ],
)
def test_a_span_is_told_in_its_largest_whole_unit(seconds: float, text: str) -> None:
    assert age(timedelta(seconds=seconds)) == text
