"""What falls due, from every source, told once; and what became of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tui.data.events import OwnEvent
from tui.market.catalysts import Catalyst
from tui.providers.contracts import DatedEvent
from tui.report.timeline import Entry, ahead, gathered, timeline

Days = Callable[[str], Any]
TODAY = date(2025, 5, 26)


def own(on: date, title: str, *symbols: str) -> OwnEvent:
    return OwnEvent(on=on, title=title, kind="", symbols=symbols)


@pytest.fixture
def close(day: Days) -> Any:
    return day("15:30")


def test_every_source_is_told_soonest_first_with_the_days_left(close: Any) -> None:
    market = close.market(catalysts=())
    market.add_catalysts([Catalyst(key="c", headline="EU tariffs", due=date(2025, 7, 9))])
    found = timeline(
        market,
        close.now,
        events=[DatedEvent(on=date(2025, 6, 13), title="Major SQ", kind="sq", source="rule")],
        own=[own(date(2025, 5, 29), "Nvidia")],
    )
    assert [(entry.title, entry.days, entry.source) for entry in found] == [
        ("Nvidia", 3, "events"),
        ("Major SQ", 18, "rule"),
        ("EU tariffs", 44, ""),
    ]


def test_what_two_sources_date_alike_is_told_once(close: Any) -> None:
    market = close.market(catalysts=())
    market.add_catalysts([Catalyst(key="c", headline="BoJ decides", due=date(2025, 6, 17))])
    found = timeline(
        market,
        close.now,
        events=[DatedEvent(on=date(2025, 6, 17), title="BOJ DECIDES", source="x")],
        own=[own(date(2025, 6, 17), "BoJ decides"), own(date(2025, 6, 18), "BoJ decides")],
    )
    assert [(entry.on.day, entry.key) for entry in found] == [(17, "c"), (18, "")]


def test_a_deadline_counts_once_its_story_is_known_and_however_far_off(close: Any) -> None:
    market = close.market(catalysts=())
    later = close.now + timedelta(minutes=1)
    market.add_catalysts(
        [
            Catalyst(key="unknown", headline="Later", due=date(2025, 6, 1), time=later),
            Catalyst(key="far", headline="Far", due=date(2026, 4, 1)),
            Catalyst(key="over", headline="Over", due=date(2025, 5, 1)),
            Catalyst(key="next", headline="N", due=date(2025, 6, 1), session=date(2025, 5, 27)),
        ]
    )
    assert [entry.key for entry in timeline(market, close.now)] == ["far"]
    assert timeline(market, close.now, own=[own(date(2026, 4, 1), "Too far")])[0].key == "far"


def outcome(of: Any, entry: OwnEvent) -> Entry:
    (found,) = timeline(of.market(catalysts=()), of.now, own=[entry])
    return found


def test_what_has_come_is_told_with_what_its_names_did(close: Any) -> None:
    told = outcome(close, own(TODAY, "Advantest day", "6857.T"))
    assert told.outcome("en") == "6857 +4.20%"


def test_without_names_the_indices_tell(close: Any) -> None:
    today = outcome(close, own(TODAY, "An election"))
    assert today.outcome("en") == "Nikkei 225 +1.00%  TOPIX +0.60%"
    friday = outcome(close, own(date(2025, 5, 23), "A vote"))
    assert friday.days == -3
    assert friday.outcome("en").startswith("Nikkei 225 +")


def test_a_day_that_is_not_held_is_blank(close: Any) -> None:
    assert outcome(close, own(date(2025, 5, 25), "On a Sunday")).outcome("en") == ""
    assert outcome(close, own(date(2025, 5, 27), "Tomorrow")).outcome("en") == ""


def results(on: date, code: int) -> DatedEvent:
    return DatedEvent(
        on=on, title=f"Results: {code}", title_ja=f"決算：{code}", kind="earnings",
        symbols=(f"{code}.T",),
    )  # fmt: skip


def test_results_of_the_user_s_names_stand_first_and_of_many_others_as_one(close: Any) -> None:
    tomorrow = date(2025, 5, 27)
    events = [results(tomorrow, code) for code in range(9000, 9300)]
    events.append(DatedEvent(on=tomorrow, title="Vote", title_ja="投票"))
    events.append(DatedEvent(on=date(2025, 6, 13), title="SQ"))
    market = close.market(catalysts=())
    found = timeline(market, close.now, events=events, listed={"9250.T"})
    assert len(found) == 302
    assert found[0].own
    told = ahead(found, 5)
    assert [entry.title for entry in told] == [
        "Results: 9250", "Vote", "Results of 299 companies", "SQ",
    ]  # fmt: skip
    assert [entry.titled("ja") for entry in told] == [
        "決算：9250", "投票", "決算発表 299社", "SQ",
    ]  # fmt: skip


def test_a_few_results_are_told_one_by_one(close: Any) -> None:
    events = [results(date(2025, 5, 27), code) for code in (9001, 9002)]
    found = timeline(close.market(catalysts=()), close.now, events=events)
    assert gathered(found) == found
