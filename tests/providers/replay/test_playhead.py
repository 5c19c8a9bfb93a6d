from typing import Any

import pytest

from tui.providers.replay.playhead import Playhead


@pytest.fixture
def playhead(hands: Any) -> Playhead:
    return Playhead(hands, first=0, last=100_000, at=10_000, speed=10, paused=False)


def test_runs_with_the_hands_and_stops_at_the_end(playhead: Playhead, hands: Any) -> None:
    hands.hand += 2.5
    assert playhead.position() == 35_000
    hands.hand += 60
    assert playhead.position() == 100_000


def test_a_pause_keeps_the_place(playhead: Playhead, hands: Any) -> None:
    hands.hand += 1
    playhead.pause(True)
    hands.hand += 100
    assert playhead.position() == 20_000
    playhead.pause(False)
    hands.hand += 1
    assert playhead.position() == 30_000


def test_a_new_speed_counts_from_now(playhead: Playhead, hands: Any) -> None:
    hands.hand += 1
    playhead.set_speed(2)
    hands.hand += 1
    assert playhead.position() == 22_000


def test_a_seek_is_held_inside_the_span_and_goes_on(playhead: Playhead, hands: Any) -> None:
    playhead.seek(-5)
    assert playhead.position() == 0
    hands.hand += 1
    assert playhead.position() == 10_000
    playhead.seek(1e12)
    assert playhead.position() == 100_000


def test_at_the_end_a_pause_and_a_speed_do_not_overshoot(playhead: Playhead, hands: Any) -> None:
    hands.hand += 1000
    playhead.set_speed(5)
    playhead.seek(50_000)
    assert playhead.position() == 50_000
