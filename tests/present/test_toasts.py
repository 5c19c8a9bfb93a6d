"""Toasts: news of the user's names, once, as it comes, and never a flood of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tui.market.catalysts import Catalyst
from tui.market.stories import Stories
from tui.present.toasts import MOST, Hit, Toasts

NINE = datetime(2025, 5, 26, 0, tzinfo=UTC)
LISTS = {"Mine": ("7203.T", "5401.T"), "Steel": ("5401.T",)}


class Desk:
    """Toasts with a clock of the market and one of the host, a second apart at each look."""

    def __init__(self) -> None:
        self.stories = Stories()
        self.toasts = Toasts(lambda: LISTS)
        self.at = 100.0
        self.look(0)

    def come(self, *catalysts: Catalyst) -> None:
        self.toasts.take(self.stories.add(catalysts).stories)

    def look(
        self, minutes: float, *, seconds: float = 1.0, jumped: int = 1, quiet: bool = False
    ) -> list[Hit]:
        self.at += seconds
        now = NINE + timedelta(minutes=minutes)
        return self.toasts.due(self.stories, now, self.at, jumped=jumped, quiet=quiet)


def told(key: str, minutes: float | None, symbols: Sequence[str] = ("7203.T",)) -> Catalyst:
    time = None if minutes is None else NINE + timedelta(minutes=minutes)
    headline = f"Headline of {key * 3}"
    return Catalyst(key=key, headline=headline, time=time, symbols=tuple(symbols))


def keys(hits: list[Hit]) -> list[str]:
    return [hit.catalyst.key for hit in hits]


def test_news_of_a_name_of_the_user_s_is_told_once_with_its_lists() -> None:
    desk = Desk()
    desk.look(1)
    desk.come(told("a", 0.5, ("9984.T", "5401.T")), told("b", 0.6, ("9984.T",)))
    (hit,) = desk.look(1.1)
    assert (hit.catalyst.key, hit.symbols, hit.lists) == ("a", ("5401.T",), ("Mine", "Steel"))
    desk.come(told("a", 0.5, ("5401.T", "7203.T")))
    assert desk.look(1.2) == []


def test_what_is_older_than_the_start_or_of_no_known_time_is_not() -> None:
    desk = Desk()
    desk.look(5)
    desk.come(told("old", -1), told("start", 0), told("none", None))
    assert desk.look(6) == []


def test_what_is_told_for_later_waits_for_the_clock() -> None:
    desk = Desk()
    desk.come(told("later", 30))
    assert desk.look(10) == []
    assert keys(desk.look(31)) == ["later"]


def test_what_a_moved_replay_passes_over_is_not_told() -> None:
    desk = Desk()
    desk.come(told("a", 10), told("b", 30))
    assert desk.look(20, jumped=2) == []
    assert keys(desk.look(31, jumped=2)) == ["b"]
    assert desk.look(5, jumped=2) == []
    assert keys(desk.look(12, jumped=2)) == ["a"]


def test_a_flood_is_told_of_by_a_few_and_a_number() -> None:
    desk = Desk()
    desk.come(*(told(f"k{number}", 1 + number / 100) for number in range(10)))
    hits = desk.look(2)
    assert keys(hits) == ["k0", "k1", "k9"]
    assert [hit.more for hit in hits] == [0, 0, 7]
    desk.come(told("next", 2.5))
    assert desk.look(3, seconds=20) == []
    assert keys(desk.look(4, seconds=40)) == ["next"]


def test_no_minute_has_more_than_a_few() -> None:
    desk = Desk()
    shown: list[float] = []
    for second in range(300):
        desk.come(told(f"k{second}", 1 + second / 60))
        shown += [desk.at + 1] * len(desk.look(1 + (second + 1) / 60))
    for at in shown:
        assert sum(at <= other < at + 60 for other in shown) <= MOST
    assert len(shown) == 5 * MOST


def test_what_comes_while_it_is_quiet_is_not_told_later() -> None:
    desk = Desk()
    desk.come(told("a", 1))
    assert desk.look(2, quiet=True) == []
    assert desk.look(3) == []
    desk.come(told("b", 3.5))
    assert keys(desk.look(4)) == ["b"]
