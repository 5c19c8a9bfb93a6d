"""Stories: told once, whoever tells them; and never two of them as one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market import stories as module
from tui.market.amendments import Amendment
from tui.market.catalysts import Catalyst
from tui.market.same_story import document_key, link_key, same_story
from tui.market.stories import Stories

NOON = datetime(2025, 5, 26, 3, tzinfo=UTC)
Make = Callable[..., Catalyst]


@pytest.fixture
def tell() -> Make:
    number = iter(range(10_000))

    def make(headline: str, *, minutes: float = 0, source: str = "", **more: Any) -> Catalyst:
        key = f"r{next(number)}"
        told = {"time": NOON + timedelta(minutes=minutes), "source": source or key, **more}
        return Catalyst(key=key, headline=headline, **told)

    return make


TOYOTA, HONDA = ("7203.T",), ("7267.T",)

SAME = [
    ("Toyota raises full-year profit forecast to 5 trillion yen",
     "TOYOTA RAISES FULL-YEAR PROFIT FORECAST TO 5 TRILLION YEN"),
    ("Toyota lifts full-year profit forecast by 10%, cites weak yen",
     "Toyota lifts full-year profit forecast by 10%, cites the weak yen"),
    ("トヨタ、純利益を上方修正 4兆5000億円に",
     "トヨタ、純利益を上方修正　４兆５０００億円に"),
]  # fmt: skip

ALIKE_BUT_NOT_THE_SAME = [
    ("Toyota first-quarter net profit rises 10%", "Toyota second-quarter net profit rises 10%"),
    ("Toyota Q1 net profit rises 10%", "Toyota Q1 net profit rises 12%"),
    ("Toyota raises its full-year profit forecast", "Toyota cuts its full-year profit forecast"),
    ("トヨタ 第1四半期決算を発表", "トヨタ 第2四半期決算を発表"),
    ("トヨタ、通期業績予想を上方修正", "トヨタ、通期業績予想を下方修正"),
    ("(訂正) 2024年3月期 決算短信の一部訂正について",
     "(訂正) 2025年3月期 決算短信の一部訂正について"),
    ("Toyota to recall 100,000 vehicles in Japan", "Toyota to recall 250,000 vehicles in Japan"),
    ("Toyota denies report of talks with Nissan", "Toyota confirms report of talks with Nissan"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_title_in_another_writing_is_the_same_story(
    tell: Make, one: str, other: str
) -> None:
    held = Stories()
    held.add([tell(one, symbols=TOYOTA), tell(other, symbols=TOYOTA, minutes=7)])
    assert len(held) == 1


@pytest.mark.parametrize(("one", "other"), ALIKE_BUT_NOT_THE_SAME)
def test_what_contradicts_stays_apart(tell: Make, one: str, other: str) -> None:
    held = Stories()
    held.add([tell(one, symbols=TOYOTA), tell(other, symbols=TOYOTA, minutes=7)])
    assert len(held) == 2


@pytest.mark.parametrize(
    "title", ["業績予想の修正に関するお知らせ", "Notice of revision of earnings forecast"]
)
def test_a_usual_title_means_nothing_without_its_company(tell: Make, title: str) -> None:
    held = Stories()
    held.add([tell(title, symbols=TOYOTA), tell(title, symbols=HONDA), tell(title)])
    keys = {held.get(key).symbols for key in ("r0", "r1")}  # type: ignore[union-attr]
    assert keys == {TOYOTA, HONDA}


ENGLISH = "Hitachi to buy back up to 300 billion yen of its own shares"
JAPANESE = "日立、上限3000億円の自社株買いを発表"


def test_english_and_japanese_meet_in_names_kind_figures_and_time(tell: Make) -> None:
    held = Stories()
    first = tell(JAPANESE, symbols=("6501.T",), kind="buyback", source="tdnet", text="本文")
    second = tell(
        ENGLISH,
        symbols=("6501.T",),
        kind="buyback",
        source="wire",
        minutes=-3,
        link="https://w.example/1",
    )
    held.add([first])
    changed = held.add([second])
    (story,) = changed.stories.values()
    assert story.key == first.key
    assert story.headline == ENGLISH
    assert story.time == second.time
    assert story.sources == ("wire", "tdnet")
    assert story.text == "本文"
    assert story.link == "https://w.example/1"


@pytest.mark.parametrize(
    "other",
    [
        {"symbols": ("6502.T",)},
        {"kind": "earnings"},
        {"minutes": 4 * 60},
        {"time": None, "session": date(2025, 5, 26)},
        {"headline": "Hitachi to buy back up to 200 billion yen of its own shares"},
        {"headline": "Hitachi to buy back its own shares"},
        {"symbols": ("6501.T", "6503.T")},
    ],
)
def test_two_languages_stay_apart_where_anything_differs(tell: Make, other: dict[str, Any]) -> None:
    told = {"headline": ENGLISH, "symbols": ("6501.T",), "kind": "buyback", **other}
    held = Stories()
    held.add([tell(JAPANESE, symbols=("6501.T",), kind="buyback"), tell(**told)])
    assert len(held) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.com/a/b/?utm_source=x&id=7#top", "http://example.com/a/b?id=7"),
        ("https://m.example.com/story/9", "https://example.com/story/9?fbclid=q"),
    ],
)
def test_one_address_has_many_writings(one: str, other: str) -> None:
    assert link_key(one) == link_key(other) != ""


def test_a_home_page_is_no_story_and_a_document_is_one_wherever_it_lies(tell: Make) -> None:
    assert link_key("https://example.com/") == ""
    assert link_key("http://[broken") == ""
    assert document_key("https://a.example/x/140120250526512345.pdf") == "140120250526512345"
    assert document_key("https://a.example/report-2025.pdf") == ""
    held = Stories()
    held.add(
        [
            tell("2025年3月期 決算短信", symbols=TOYOTA, link="https://a.example/140120250526512345.pdf"),
            tell("Results FY2025", symbols=TOYOTA, link="https://b.example/140120250526512345.pdf"),
        ]
    )  # fmt: skip
    assert len(held) == 1


def test_one_source_s_own_two_documents_are_two(tell: Make) -> None:
    held = Stories()
    for number in range(2):
        held.add(
            [tell("子会社の異動に関するお知らせ", symbols=TOYOTA, source="tdnet",
                  link=f"https://t.example/14012025052651234{number}.pdf")]
        )  # fmt: skip
    assert len(held) == 2


def test_one_story_in_ten_feeds_is_shown_once_with_all_of_them(tell: Make) -> None:
    held = Stories()
    reports = [
        tell(SAME[0][0], symbols=TOYOTA, source=f"feed{n}", minutes=10 - n) for n in range(10)
    ]
    held.add(reports)
    (story,) = held.between(NOON - timedelta(days=1), NOON + timedelta(days=1), 10)
    assert story.time == NOON + timedelta(minutes=1)
    assert story.sources == tuple(f"feed{n}" for n in range(9, -1, -1))
    assert all(held.get(report.key) is story for report in reports)


def test_a_report_that_is_withdrawn_leaves_the_others_of_its_story(tell: Make) -> None:
    held = Stories()
    first, second = (tell(SAME[0][n], symbols=TOYOTA) for n in range(2))
    held.add([first, second])
    changed = held.add([replace(first, withdrawn=True)])
    assert changed.gone == (first.key,)
    assert list(changed.stories) == [second.key]
    assert held.get(second.key) == second
    assert held.add([replace(second, withdrawn=True)]).gone == (second.key,)
    assert len(held) == 0


def test_a_report_told_anew_may_leave_its_story(tell: Make) -> None:
    held = Stories()
    first, second = (tell(SAME[0][n], symbols=TOYOTA) for n in range(2))
    held.add([first, second])
    held.add([replace(second, headline="Toyota to build a plant in Texas")])
    assert len(held) == 2
    revision = held.revision
    held.add([first])
    assert held.revision == revision


def test_a_third_report_never_joins_two_stories(tell: Make) -> None:
    held = Stories()
    held.add(
        [
            tell("Toyota net profit rises 10%", symbols=TOYOTA),
            tell("Toyota net profit rises 12%", symbols=TOYOTA),
            tell("Toyota net profit rises", symbols=TOYOTA),
        ]
    )
    assert len(held) == 2


def test_the_oldest_go_beyond_the_bound_and_a_note_stays(tell: Make) -> None:
    held = Stories(most=3)
    session = date(2025, 5, 26)
    held.add([tell("A note of the desk", time=None, session=session, pinned=True)])
    changed = held.add([tell(f"Headline number {n} of many", minutes=n) for n in range(5)])
    assert [story.headline for story in held.untimed()] == ["A note of the desk"]
    assert len(held) == 3
    assert set(changed.stories) == {"r4", "r5"}


def test_each_report_is_compared_with_few(tell: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 0

    def counting(one: Catalyst, other: Catalyst) -> bool:
        nonlocal counted
        counted += 1
        return same_story(one, other)

    monkeypatch.setattr(module, "same_story", counting)
    held = Stories()
    for n in range(600):
        held.add([tell(f"Story {n} about the index {n * 7}", symbols=("^N225",), minutes=n)])
    assert counted < 600 * 150
    counted = 0
    held.add([tell("One more about the index", symbols=("^N225",), minutes=300)])
    assert counted <= 3 * 48 + 48


HEADLINES = st.sampled_from(
    [title for pair in SAME + ALIKE_BUT_NOT_THE_SAME for title in pair] + [ENGLISH, JAPANESE]
)
REPORTS = st.lists(
    st.builds(
        Catalyst,
        key=st.sampled_from("abcdefgh"),
        headline=HEADLINES,
        time=st.none() | st.integers(0, 3000).map(lambda n: NOON + timedelta(minutes=n)),
        session=st.none() | st.just(date(2025, 5, 26)),
        symbols=st.sampled_from([(), TOYOTA, HONDA, TOYOTA + HONDA]),
        source=st.sampled_from("xyz"),
        kind=st.sampled_from(["", "earnings"]),
        due=st.none() | st.just(date(2025, 7, 9)),
        withdrawn=st.booleans(),
    ),
    max_size=25,
)


@given(REPORTS, st.integers(1, 8))
def test_every_report_is_in_exactly_one_story_whatever_comes(
    reports: list[Catalyst], most: int
) -> None:
    held, shown = Stories(most), dict[str, Catalyst]()
    last: dict[str, Catalyst] = {}
    for report in reports:
        changed = held.add([report])
        for key in changed.gone:
            del shown[key]
        shown |= changed.stories
        last[report.key] = report
    assert len(held) == len(shown) <= most
    assert all(story.key == key for key, story in shown.items())
    timed = held.between(NOON - timedelta(days=9), NOON + timedelta(days=9), 99)
    assert [t.time for t in timed] == sorted((t.time for t in timed if t.time), reverse=True)
    assert {each.key for each in [*timed, *held.untimed()]} == set(shown)
    assert {each.key for each in held.dated()} == {k for k, v in shown.items() if v.due}
    for symbol in (*TOYOTA, *HONDA):
        concerned = [each.key for each in held.of(symbol)]
        assert sorted(concerned) == sorted(k for k, v in shown.items() if symbol in v.symbols)


# --- how many are held ------------------------------------------------------------------------


def test_beyond_the_limit_the_oldest_go_in_whatever_order_they_came(tell: Make) -> None:
    stories = Stories(most=3)
    reports = [tell(f"Headline number {n}", minutes=n) for n in (5, 1, 4, 2, 3)]
    stories.add(reports)
    assert {story.time for story in stories.between(NOON, NOON + timedelta(hours=1), 9)} == {
        NOON + timedelta(minutes=n) for n in (3, 4, 5)
    }


def test_what_is_pinned_or_still_due_stays(tell: Make) -> None:
    stories = Stories(most=3)
    kept = [
        tell("A note of ours", minutes=-90, pinned=True),
        tell("A deadline to come", minutes=-80, due=date(2025, 5, 26)),
    ]
    passed = tell("A deadline that is over", minutes=-70, due=date(2025, 5, 25))
    today = date(2025, 5, 26)
    stories.add([*kept, passed], today)
    changed = stories.add([tell("Something new", minutes=1)], today)
    assert changed.gone == (passed.key,)
    assert [stories.get(each.key) for each in kept] == kept
    assert stories.get(passed.key) is None


def test_a_flood_of_what_falls_due_is_bounded_too(tell: Make) -> None:
    stories = Stories(most=10)
    due = [tell(f"Deadline number {n}", due=date(2099, 1, 1)) for n in range(100)]
    stories.add(due, date(2025, 5, 26))
    assert len(stories) == 12


def test_a_report_told_anew_is_as_old_as_it_now_says(tell: Make) -> None:
    stories = Stories(most=2)
    old, other = tell("The oldest of all", minutes=0), tell("Another headline", minutes=5)
    stories.add([old, other])
    stories.add([replace(old, time=NOON + timedelta(minutes=9))])
    stories.add([tell("The last to come in", minutes=10)])
    assert stories.get(other.key) is None
    assert stories.get(old.key) is not None


# --- what is said by hand ---------------------------------------------------------------------


def test_what_is_said_by_hand_stands_over_every_source(tell: Make) -> None:
    stories = Stories()
    one = tell(SAME[0][0], symbols=TOYOTA, kind="forecast", rule="r")
    two = tell(SAME[0][1], symbols=(*TOYOTA, *HONDA), minutes=3)
    stories.add([one])
    changed = stories.amend({one.key: Amendment(kind="deal", symbols=HONDA)})
    assert changed.stories[one.key].kind == "deal"
    assert changed.stories[one.key].rule == ""
    stories.add([two])
    told = stories.get(two.key)
    assert told is not None
    assert (told.key, told.symbols, told.kind) == (one.key, HONDA, "deal")


def test_taken_back_the_sources_are_believed_again(tell: Make) -> None:
    stories = Stories()
    one = tell("Honda raises its forecast", symbols=HONDA, kind="forecast")
    stories.add([one])
    stories.amend({one.key: Amendment(symbols=())})
    assert stories.get(one.key) == replace(one, symbols=())
    changed = stories.amend({})
    assert changed.stories == {one.key: one}
    assert stories.amend({}).stories == {}
