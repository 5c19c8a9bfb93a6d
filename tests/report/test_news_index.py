"""The index of the news gives what going through every catalyst would give."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.catalysts import Catalyst
from tui.market.folding import fold
from tui.market.stories import Changed
from tui.market.universe import Universe
from tui.report.news_index import NewsFilter, NewsIndex, told_by

NOW = datetime(2025, 5, 26, 6, tzinfo=UTC)
WORDS = ("tariff", "Steel", "ﾄﾖﾀ", "トヨタ", "forecast", "上方修正", "DEAL")
KINDS, SOURCES, SYMBOLS = ("policy", "deal", ""), ("A", "B"), ("AAA", "BBB", "CCC")


@pytest.fixture(scope="module")
def universe() -> Universe:
    return Universe()


def made(count: int, seed: int) -> list[Catalyst]:
    pick = random.Random(seed)
    return [
        Catalyst(
            key=f"k{number}",
            headline=" ".join(pick.choices(WORDS, k=3)),
            time=NOW - timedelta(minutes=pick.randrange(-60, 600)) if pick.random() < 0.9 else None,
            session=date(2025, 5, pick.choice([23, 26])),
            kind=pick.choice(KINDS),
            source=pick.choice(SOURCES),
            symbols=tuple(pick.sample(SYMBOLS, pick.randrange(3))),
        )
        for number in range(count)
    ]


def laid_out(universe: Universe, held: Sequence[Catalyst]) -> NewsIndex:
    index = NewsIndex(universe, {"k3": True})
    index.take_all({each.key: each for each in held})
    return index


def shown(index: NewsIndex, wanted: NewsFilter) -> list[str]:
    return [index.catalyst(int(slot)).key for slot in index.select(wanted, NOW)]


def fits(each: Catalyst, wanted: NewsFilter) -> bool:
    text = " ".join((each.headline, each.kind, *told_by(each), *each.symbols))
    return (
        (each.time is None or each.time <= NOW)
        and wanted.kind in ("", each.kind)
        and (not wanted.source or wanted.source in told_by(each))
        and (wanted.symbols is None or bool(wanted.symbols & set(each.symbols)))
        and all(word in fold(text) for word in fold(wanted.text).split())
        and not (wanted.unread and each.key == "k3")
    )


@given(
    seed=st.integers(0, 9),
    kind=st.sampled_from(KINDS),
    source=st.sampled_from(("", *SOURCES)),
    symbols=st.none() | st.frozensets(st.sampled_from(SYMBOLS)),
    text=st.sampled_from(("", "st", "deal st", "トヨ", "上方 tariff", "zz")),
    unread=st.booleans(),
)
@settings(max_examples=120)
def test_what_is_selected_is_what_fits(
    seed: int, kind: str, source: str, symbols: frozenset[str] | None, text: str, unread: bool
) -> None:
    held = made(60, seed)
    wanted = NewsFilter(kind=kind, source=source, symbols=symbols, text=text, unread=unread)
    index = laid_out(UNIVERSE, held)
    got = shown(index, wanted)
    assert set(got) == {each.key for each in held if fits(each, wanted)}
    times = [each.time for key in got for each in held if each.key == key and each.time]
    assert times == sorted(times, reverse=True)


UNIVERSE = Universe()


def test_a_text_typed_on_and_taken_back_gives_what_it_gives_at_once(universe: Universe) -> None:
    held = made(200, 4)
    index = laid_out(universe, held)
    for text in ("d", "de", "dea", "deal ", "deal s", "deal", "d", "st", "ste", ""):
        fresh = laid_out(universe, held)
        assert shown(index, NewsFilter(text=text)) == shown(fresh, NewsFilter(text=text)), text


def test_companies_are_found_by_their_names_in_either_language(universe: Universe) -> None:
    one = Catalyst(key="a", headline="Something", time=NOW, symbols=("7203.T",))
    index = laid_out(universe, [one])
    for text in ("7203", "toyota", "トヨタ", "ﾄﾖﾀ", "とよた"):
        assert shown(index, NewsFilter(text=text)) == ["a"], text
    assert shown(index, NewsFilter(text="honda")) == []


def test_what_is_told_anew_or_gone_is_taken_up(universe: Universe) -> None:
    one, two = (Catalyst(key=key, headline=key, time=NOW, kind="deal") for key in ("one", "two"))
    index = laid_out(universe, [one, two])
    index.take(Changed({"one": replace(one, kind="policy")}, ("two",)))
    assert index.waiting == 2
    assert not index.follow()
    assert (len(index), index.kinds(), index.slot("two")) == (1, {"policy": 1}, -1)
    assert shown(index, NewsFilter(kind="deal")) == []
    index.take(Changed({"three": replace(two, key="three")}, ()))
    index.follow()
    assert sorted(shown(index, NewsFilter())) == ["one", "three"]


def test_slices_leave_the_rest_for_later_and_lose_nothing(universe: Universe) -> None:
    held = made(200, 7)
    index = NewsIndex(universe)
    index.take(Changed({each.key: each for each in held}, ()))
    rounds = 0
    while index.follow(0.0):
        rounds += 1
    assert 3 <= rounds <= 10
    assert len(index) == 200


def test_what_is_being_read_stays_among_the_unread(universe: Universe) -> None:
    held = [Catalyst(key=key, headline=key, time=NOW) for key in ("k3", "k4")]
    index = laid_out(universe, held)
    assert shown(index, NewsFilter(unread=True)) == ["k4"]
    assert shown(index, NewsFilter(unread=True, keep="k3")) == ["k3", "k4"]
    assert shown(index, NewsFilter(unread=True, keep="gone")) == ["k4"]


def test_reading_counts_at_once(universe: Universe) -> None:
    index = laid_out(universe, made(5, 1))
    before = index.revision
    index.mark(("k1", "k99"), unread=False)
    assert index.revision == before + 1
    assert not index.unread(index.slot("k1"))
    index.mark(("k1",), unread=True)
    assert index.unread(index.slot("k1"))
