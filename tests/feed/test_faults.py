"""Every lie of a source against the feed and the board behind it: flagged, told, and over with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tui.feed.health import FeedState
from tui.market.board import Board
from tui.market.doubts import held_back_words
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch
from tui.market.rules import price_limits
from tui.providers.conformance import LIES, Scenario
from tui.providers.conformance.faulty import delivering, lying

SYMBOLS = ("7203.T", "6758.T", "8035.T", "9984.T")
FLAGS = np.uint8(Quality.HELD_BACK | Quality.SUSPECT | Quality.EARLY)
GOOD, BAD = 5, 10
AHEAD = 90
"""Seconds by which the clock of the lie “clock ahead” is ahead."""
UNKNOWABLE = "exchanged"
"""Base price, limits and price are all of one other name: one source alone cannot tell."""
_FACTORS = ("times 10", "times 100", "a tenth", "a hundredth")
TOLD = {
    "clock of UTC": "remark:4 quotes had a time that is still to come",
    "future": "remark:4 quotes had a time that is still to come",
    "end of time": "remark:4 quotes had a time that is still to come",
    "infinity": "held:no price at all",
    "minus infinity": "held:no price at all",
    "negative": "held:no price at all",
    "overflow": "held:",
    "epoch back": "error:the epoch went back from 1 to 0",
    "outside": "error:a row points outside the symbols",
    "short": "error:",
    "text": "error:",
    **dict.fromkeys(_FACTORS, "held:far from the base price traded on"),
    **{f"last {name}": "held:outside limits" for name in _FACTORS},
}
"""What the health says of a lie that can be told from the truth."""


@dataclass
class Desk:
    """A feed's supervisor, a board behind it, and what was shown without a flag."""

    bench: Any
    scenario: Scenario
    board: Board = field(default_factory=lambda: Board(SYMBOLS, fine=lambda _: False))
    outside: int = 0
    older: int = 0
    flagged: int = 0

    def drain(self, supervisor: Any) -> None:
        """Apply what came, and look."""
        before = self.board.time.copy()
        for update in self.bench.outbox.drain():
            assert isinstance(update, QuoteBatch)
            applied = self.board.apply(update, 0.0)
            if applied.held_back and applied.doubted is not None:
                held = self.board.held_back_of(int(applied.doubted[-1]))
                words = "" if held is None else held_back_words(held)
                supervisor.ledger.held_back(applied.held_back, words)
        bases = np.array([self.scenario.base(symbol) for symbol in SYMBOLS])
        lower, upper = price_limits(bases, np.zeros(len(SYMBOLS), np.bool_))
        last = self.board.column(Field.LAST)
        plain = ((self.board.quality & FLAGS) == 0) & np.isfinite(last)
        self.outside += int((plain & ((last < lower) | (last > upper))).sum())
        self.older += int((plain & (self.board.time < before)).sum())
        self.flagged = max(self.flagged, int((~plain).sum()))


@pytest.fixture
def play(bench: Any) -> Callable[[str], SimpleNamespace]:
    """Let a source lie for a while between two spells of truth."""

    def played(name: str) -> SimpleNamespace:
        script = [delivering(GOOD), lying(LIES[name], BAD), delivering()]
        scenario = Scenario(script, delay=Delay(DelayKind.REALTIME))
        bench.symbols = SYMBOLS
        desk = Desk(bench, scenario)
        said = SimpleNamespace(desk=desk, during=None)

        async def steps(supervisor: Any) -> None:
            # What a clock that is ahead has told holds until the true time has passed it.
            after = AHEAD + 8 if name == "clock ahead" else 8
            for second in range(GOOD + BAD + after):
                if second == GOOD + BAD:
                    said.during = supervisor.ledger.health
                await bench.clock.turn(1.0)
                desk.drain(supervisor)
            said.after = supervisor.ledger.health

        bench.run(scenario.quotes, steps)
        return said

    return played


@pytest.mark.parametrize("name", LIES)
def test_no_lie_outside_the_limits_or_of_the_past_is_shown_without_a_flag(
    play: Callable[[str], SimpleNamespace], name: str
) -> None:
    desk = play(name).desk
    assert desk.older == 0
    assert desk.outside == 0 or name == UNKNOWABLE


@pytest.mark.parametrize("name", LIES)
def test_the_truth_is_shown_again_once_a_lie_is_over(
    play: Callable[[str], SimpleNamespace], name: str
) -> None:
    said = play(name)
    board, scenario = said.desk.board, said.desk.scenario
    assert not (board.quality & FLAGS).any()
    last = dict(zip(board.symbols, board.column(Field.LAST).tolist(), strict=True))
    assert last == {symbol: scenario.truth[symbol] for symbol in SYMBOLS}
    assert said.after.state is FeedState.LIVE
    assert scenario.asked == [SYMBOLS], "a lie is no reason to start a stream again"


@pytest.mark.parametrize(("name", "words"), TOLD.items())
def test_the_health_says_what_was_wrong(
    play: Callable[[str], SimpleNamespace], name: str, words: str
) -> None:
    kind, _, text = words.partition(":")
    health = play(name).during
    told = {
        "remark": health.last_remark,
        "held": health.last_held_back,
        "error": health.last_error,
    }
    assert told[kind]
    assert text in told[kind]


def test_a_price_ten_times_too_high_leaves_the_good_one_and_its_flag(
    play: Callable[[str], SimpleNamespace],
) -> None:
    said = play("last times 10")
    assert said.desk.flagged == len(SYMBOLS)
    assert said.during.held_back >= len(SYMBOLS)


def test_a_lie_that_is_told_at_the_start_is_over_with_the_next_true_quote(bench: Any) -> None:
    script = [lying(LIES["last times 100"], 1), delivering()]
    scenario = Scenario(script, delay=Delay(DelayKind.REALTIME))
    bench.symbols = SYMBOLS
    desk = Desk(bench, scenario)

    async def steps(supervisor: Any) -> None:
        await bench.clock.settle()
        desk.drain(supervisor)
        assert np.isnan(desk.board.column(Field.LAST)).all()
        await bench.clock.turn(1.0)
        desk.drain(supervisor)

    bench.run(scenario.quotes, steps)
    assert np.isfinite(desk.board.column(Field.LAST)).all()
    assert desk.outside == 0
