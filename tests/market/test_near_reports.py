"""Looking among few reports finds what looking among all of a place finds."""

import re
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market import same_story as same_story_module
from tui.market import stories as module
from tui.market.catalysts import Catalyst
from tui.market.near_reports import NearReports
from tui.market.same_story import document_key, link_key, same_story
from tui.market.stories import Stories
from tui.market.title import title

NOON = datetime(2025, 5, 26, 3, tzinfo=UTC)
HALF_DAY = 43_200
NEWEST = 48


class PlainNearReports:
    """The same by comparing with every report of a place."""

    def __init__(self) -> None:
        self._near: dict[object, deque[Catalyst]] = {}

    def add(self, report: Catalyst) -> None:
        for place in self._places(report, (0,)):
            self._near.setdefault(place, deque(maxlen=NEWEST)).append(report)

    def remove(self, report: Catalyst) -> None:
        for place in self._places(report, (0,)):
            kept = [each for each in self._near.get(place, ()) if each.key != report.key]
            self._near[place] = deque(kept, maxlen=NEWEST)

    def like(self, report: Catalyst) -> Iterator[str]:
        for place in self._places(report, (0, -1, 1)):
            for other in reversed(self._near.get(place, ())):
                yield other.key

    def _places(self, report: Catalyst, buckets: tuple[int, ...]) -> Iterator[object]:
        if document := document_key(report.link):
            yield "document", document
        if address := link_key(report.link):
            yield "link", address
        yield "title", title(report.headline).key
        if report.time is not None:
            bucket = int(report.time.timestamp() // HALF_DAY)
        else:
            bucket = report.session.toordinal() * 2 - 1_438_326 if report.session else 0
        for away in buckets:
            for symbol in report.symbols[:4]:
                yield symbol, bucket + away


WORDS = ["toyota", "raises", "profit", "forecast", "on", "weak", "yen", "again", "this", "year"]
RUNS = ["トヨタ", "、通期", "業績予想", "を発表", "円安で", "海外", "増産"]
TAILS = [
    "",
    " 10%",
    " 12%",
    " 5 trillion yen",
    "5兆円",
    " Q1",
    "第2四半期",
    " 2025",
    " cuts",
    "反落",
]
HEADLINES = st.builds(
    lambda words, tail: words + tail,
    st.lists(st.sampled_from(WORDS), min_size=5, max_size=9).map(" ".join)
    | st.lists(st.sampled_from(RUNS), min_size=3, max_size=6).map("".join),
    st.sampled_from(TAILS),
)
LINKS = st.sampled_from(
    ["", "", "https://a.example/1", "https://www.a.example/1/", "http://b.example/1?utm_source=x",
     "https://c.example/140120250526500001.pdf", "https://d.example/x/140120250526500001.pdf"]
)  # fmt: skip
REPORTS = st.lists(
    st.builds(
        Catalyst,
        key=st.integers(0, 60).map(str),
        headline=HEADLINES,
        time=st.none() | st.integers(0, 3000).map(lambda n: NOON + timedelta(minutes=n)),
        session=st.none() | st.just(date(2025, 5, 26)),
        symbols=st.sampled_from([(), ("7203.T",), ("7203.T", "7267.T"), ("7267.T",)]),
        source=st.sampled_from("wxyz"),
        link=LINKS,
        kind=st.sampled_from(["", "earnings", "earnings", "deal"]),
        withdrawn=st.sampled_from([False, False, False, True]),
    ),
    min_size=2,
    max_size=60,
)


def stories_of(reports: list[Catalyst], most: int) -> list[object]:
    held = Stories(most)
    changes: list[object] = [held.add([report]) for report in reports]
    return [*changes, [held.reports(report.key) for report in reports]]


@settings(max_examples=150)
@given(REPORTS, st.sampled_from([5, 1000]))
def test_stories_are_the_same_as_by_comparing_with_all(reports: list[Catalyst], most: int) -> None:
    quick = stories_of(reports, most)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "NearReports", PlainNearReports)
        assert quick == stories_of(reports, most)


@given(REPORTS)
def test_none_is_passed_over_that_is_the_same_story(reports: list[Catalyst]) -> None:
    near, plain = NearReports(), PlainNearReports()
    held: dict[str, Catalyst] = {}
    for report in reports:
        if report.key in held:
            near.remove(held[report.key])
            plain.remove(held[report.key])
        found = [key for key in near.like(report) if same_story(report, held[key])]
        everything = [key for key in plain.like(report) if same_story(report, held[key])]
        assert found == everything
        near.add(report)
        plain.add(report)
        held[report.key] = report


def test_few_of_many_about_one_name_are_looked_at() -> None:
    near = NearReports()
    words = ["profit", "sales", "plant", "deal", "bond", "share", "board", "trade", "chip", "cloud",
             "steel", "coal"]  # fmt: skip
    for number in range(48):
        first = number % 12
        headline = " ".join((words[first:] + words[:first])[:6]) + f" {number}"
        time = NOON + timedelta(minutes=number)
        near.add(Catalyst(key=str(number), headline=headline, time=time, symbols=("7203.T",)))
    one = Catalyst(key="x", headline="profit sales plant deal bond share 99", time=NOON,
                   symbols=("7203.T",))  # fmt: skip
    assert {"0", "12", "24", "36"} <= set(near.like(one))
    assert len(set(near.like(one))) <= 12


@given(
    st.from_regex(r"\A(https?|ftp)://[a-zA-Z.m]{0,9}(:\d{0,3})?[/a-z;=&?#%.:@\[\]\\]{0,20}\Z")
    | st.text("htps:/w.m?#&=[ ab", max_size=30).map("http://".__add__)
)
def test_an_address_is_known_by_the_short_way_as_by_the_long(link: str) -> None:
    quick = link_key(link)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(same_story_module, "_PLAIN_LINK", re.compile(r"(?!)"))
        assert quick == link_key(link)
