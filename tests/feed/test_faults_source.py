"""What a source's own code does wrong: told, tried again ever more seldom, over by itself."""

from typing import Any

import pytest

from tui.errors import RateLimited, Unauthorised, Unavailable
from tui.feed.health import FeedState, assess, never_quiet, words
from tui.market.quotes import Delay, DelayKind
from tui.providers.conformance import Scenario
from tui.providers.conformance.faulty import (
    Step,
    delivering,
    flooding,
    hanging,
    raising,
    saying,
    stubborn,
)

LIVE = Delay(DelayKind.REALTIME)
DOWN = Unavailable("the connection was refused", subject="faulty")
TRIES = 3
FAULTS: dict[str, tuple[list[Step], str, float]] = {
    "raises": ([raising(LookupError("no such\x1b[2J thing"))], "LookupError: no such [2J thing", 8),
    "is down": ([raising(DOWN)], "faulty: the connection was refused", 8),
    "ends": ([delivering(1)], "the stream ended", 16),
    "hangs": ([hanging()], "no answer for 30 s", 120),
    "is limited": (
        [raising(RateLimited("asked too often", retry_after=45))],
        "asked too often",
        150,
    ),
    "is refused": ([raising(Unauthorised("wrong key"))], "wrong key", 1200),
}
"""By name: what each stream does, what the health says, and within how many seconds three such
streams and a good one have begun."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_failure_is_told_and_over_by_itself(bench: Any, name: str) -> None:
    fault, said, within = FAULTS[name]
    scenario = Scenario(*[fault] * TRIES, [delivering()], delay=LIVE)

    async def steps(supervisor: Any) -> None:
        seen = []
        for _ in range(int(within)):
            await bench.clock.turn(1.0)
            bench.outbox.drain()
            seen.append((supervisor.ledger.health.state, supervisor.ledger.health.last_error))
            if len(scenario.asked) > TRIES:
                break
        assert any(state is FeedState.RETRYING and said in words for state, words in seen)
        await bench.clock.turn(2.0)
        assert supervisor.ledger.health.state is FeedState.LIVE

    bench.run(scenario.quotes, steps)
    assert len(scenario.asked) == TRIES + 1


def test_a_source_that_stays_down_is_asked_ever_more_seldom(bench: Any) -> None:
    scenario = Scenario([raising(DOWN)], delay=LIVE)
    counts = []

    async def steps(supervisor: Any) -> None:
        del supervisor
        for _ in range(10):
            before = len(scenario.asked)
            await bench.clock.turn(60.0)
            counts.append(len(scenario.asked) - before)

    bench.run(scenario.quotes, steps)
    assert counts[0] <= 9
    assert all(1 <= count <= 2 for count in counts[3:])


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (saying(None, "7203,2500", 5), "int"),
        (flooding(1000), ""),
    ],
)
def test_what_can_be_survived_ends_no_stream(bench: Any, step: Step, said: str) -> None:
    scenario = Scenario([step, delivering()], delay=LIVE)

    async def steps(supervisor: Any) -> None:
        await bench.clock.turn(5.0)
        assert supervisor.ledger.health.state is FeedState.LIVE
        assert said in supervisor.ledger.health.last_error

    bench.run(scenario.quotes, steps)
    assert len(scenario.asked) == 1


def test_a_stream_that_does_not_end_is_left_behind_and_another_source_constructed(
    bench: Any,
) -> None:
    scenario = Scenario([delivering(1), stubborn()], [delivering()], delay=LIVE)

    async def steps(supervisor: Any) -> None:
        await bench.clock.turn(2.0)
        supervisor.restart(now=True)
        await bench.clock.turn(5.0)
        assert "does not end" in supervisor.ledger.health.last_error
        assert supervisor.ledger.health.state is FeedState.LIVE
        scenario.released.set()
        await bench.clock.turn(2.0)

    bench.run(scenario.quotes, steps)
    assert len(scenario.sources) == 2


@pytest.mark.parametrize(("seconds", "aged"), [(60, False), (100, True)])
def test_old_data_bear_their_age_while_a_source_is_tried_again(
    bench: Any, seconds: int, aged: bool
) -> None:
    scenario = Scenario([delivering(1), raising(DOWN)], [raising(DOWN)], delay=LIVE)
    told = []

    async def steps(supervisor: Any) -> None:
        await bench.clock.turn(float(seconds))
        clock = bench.clock
        health = assess(
            supervisor.ledger.health,
            now=clock.now(),
            monotonic=clock.monotonic(),
            quiet=never_quiet,
            beat=clock.monotonic(),
        )
        told.append(words(health, clock.now()))

    bench.run(scenario.quotes, steps)
    assert told[0].startswith("RETRYING in ")
    assert told[0].endswith(" m old") is aged
