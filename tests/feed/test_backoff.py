import random

import pytest

from tui.errors import ConfigError, NotSupported, RateLimited, Unauthorised, Unavailable
from tui.feed.backoff import Backoff, Pauses


def backoff(**pauses: float) -> Backoff:
    return Backoff(Pauses(**pauses), random.Random(7))


def test_waits_double_within_their_spread_up_to_the_cap() -> None:
    waits = backoff(first=1.0, cap=60.0)
    for bound in [1, 2, 4, 8, 16, 32, 60, 60, 60]:
        wait = waits.after(Unavailable("down"))
        assert wait is not None
        assert bound / 2 <= wait <= bound


def test_two_screens_do_not_come_back_together() -> None:
    one, other = (Backoff(Pauses(), random.Random(seed)) for seed in (1, 2))
    assert one.after(None) != other.after(None)


def test_a_healthy_minute_forgets_earlier_failures() -> None:
    waits = backoff(first=1.0, healthy=60.0)
    for _ in range(6):
        waits.after(None)
    long = waits.after(Unavailable("down"), lasted=59.0)
    short = waits.after(Unavailable("down"), lasted=60.0)
    assert long is not None
    assert short is not None
    assert short <= 1.0 < long


def test_waits_as_long_as_the_service_asks_and_no_shorter() -> None:
    wait = backoff(first=1.0).after(RateLimited("too often", retry_after=120.0))
    assert wait is not None
    assert 120.0 <= wait <= 121.0


def test_what_a_service_asks_is_bounded() -> None:
    wait = backoff(asked=100.0).after(RateLimited("too often", retry_after=1e12))
    assert wait is not None
    assert wait <= 101.0


@pytest.mark.parametrize("asked", [None, 0.0, -5.0, float("nan")])
def test_a_limit_without_a_time_is_a_failure_like_any(asked: float | None) -> None:
    wait = backoff(first=1.0).after(RateLimited("too often", retry_after=asked))
    assert wait is not None
    assert 0.5 <= wait <= 1.0


@pytest.mark.parametrize("error", [ConfigError("bad key"), NotSupported("not in the plan")])
def test_what_waiting_cannot_mend_is_not_tried_again(error: Exception) -> None:
    assert backoff().after(error) is None


def test_a_refused_key_is_tried_seldom() -> None:
    wait = backoff(refused=300.0).after(Unauthorised("expired"))
    assert wait is not None
    assert wait >= 300.0
