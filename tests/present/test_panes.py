"""Header, tape, breadth, ladder and catalysts as the widgets read them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tui.market.catalysts import Catalyst
from tui.market.claims import Claim
from tui.market.quotes import Field
from tui.present.catalysts import catalyst_views, due_views, ordered, story_view
from tui.present.header import coverage, header_view, when
from tui.present.ladder import LadderOrder, ladder_view, reconciliation
from tui.present.tape import breadth_view, tape_view
from tui.report.feed import FeedReport
from tui.report.session_catalysts import MOST_TIMED
from tui.report.summary import Summary, summarise

LAST, BASE = Field.LAST, Field.BASE
NIKKEI, TOPIX = "^N225", "^TOPX"
REPLAY = FeedReport(source="replay", state="REPLAY", words="REPLAY", note="path modelled")
BROKEN = FeedReport(source="desk", state="RETRYING", words="RETRYING in 4 s", trouble="refused")


def summary(desk: Any, clock: str = "10:00") -> Summary:
    return summarise(desk.market, desk.jst(clock))


@pytest.fixture
def close(desk: Any) -> Any:
    desk.replay("15:30")
    return desk


def header(desk: Any, clock: str, feed: FeedReport = REPLAY, **how: Any) -> Any:
    options = {"language": "en", "speed": 60.0, "paused": False, **how}
    return header_view(summary(desk, clock), feed, **options)


def test_the_header_says_session_time_and_what_the_data_is(close: Any) -> None:
    view = header(close, "15:30")
    assert "26 May 2025" in view.when
    assert "15:30:00 JST" in view.when
    assert "closed" in view.state
    assert "大引け" in view.state
    assert view.banner == "REPLAY · path modelled"
    assert view.banner_tone == "accent"
    assert view.coverage == "224/225 + 1 derived"
    assert "×60" in view.feed
    assert "paused" in header(close, "15:30", paused=True).feed


def test_figures_of_another_day_than_the_clocks_say_so(close: Any) -> None:
    delayed = FeedReport(source="desk", state="DELAYED", words="DELAYED 20 m")
    assert header(close, "15:30", delayed).banner == "CLOSED · DELAYED 20 m"
    tuesday = replace(summary(close, "15:30"), as_of=close.jst("09:05") + timedelta(days=1))
    view = header_view(tuesday, delayed, language="en", speed=None, paused=False)
    assert view.banner.endswith("DELAYED 20 m · of Mon 26 May")
    assert view.banner_short.endswith(" · of Mon 26 May")
    view = header_view(tuesday, delayed, language="ja", speed=None, paused=False)
    assert view.banner.endswith("20分遅れ · 5月26日(月)の値")


def test_a_source_in_trouble_warns(close: Any) -> None:
    view = header(close, "15:30", BROKEN, speed=None)
    assert view.banner == "RETRYING in 4 s"
    assert (view.banner_tone, view.feed_tone) == ("warn", "warn")
    assert "desk" in view.feed


@pytest.mark.parametrize(
    ("clock", "told"),
    [
        ("08:59:30", "30 s"),
        ("11:18", "lunch in 12 m"),
        ("12:00", "afternoon in 30 m"),
        ("13:00", "pre-closing in 2 h 25 m"),
    ],
)
def test_the_header_counts_down_to_what_comes_next(desk: Any, clock: str, told: str) -> None:
    assert told in header(desk, clock).next_change


def test_a_holiday_counts_down_to_no_other_night(desk: Any) -> None:
    holiday = desk.jst("04:44", date(2026, 11, 23))
    view = header_view(
        summarise(desk.market, holiday), BROKEN, language="en", speed=None, paused=False
    )
    assert "holiday" in view.state
    assert view.next_change == ""


@pytest.mark.parametrize(
    ("state", "words"), [("LIVE", "LIVE"), ("DELAYED", "DELAYED 20 m"), ("REPLAY", "REPLAY")]
)
def test_after_hours_a_live_source_is_closed_and_a_replay_is_not(
    close: Any, state: str, words: str
) -> None:
    feed = FeedReport(source="desk", state=state, words=words)
    view = header(close, "18:00", feed, speed=None)
    closed = state != "REPLAY"
    assert view.banner == (f"CLOSED · {words}" if closed else words)
    assert view.banner_short == ("CLOSED" if closed else words)
    assert not header(close, "14:00", feed, speed=None).banner.startswith("CLOSED")


def test_the_clock_is_tokyo_s_and_of_one_width_in_either_language(desk: Any) -> None:
    moment = desk.jst("09:05")
    assert when(moment) == "Mon 26 May 2025  09:05:00 JST"
    assert "(月)" in when(moment, "ja")
    for language in ("en", "ja"):
        widths = {len(when(moment + timedelta(days=n), language)) for n in range(400)}
        assert len(widths) == 1


def test_coverage_is_blank_where_no_table_tells_the_members(
    desk_on: Callable[[date], Any],
) -> None:
    assert coverage(summary(desk_on(date(2024, 2, 1)))) == ""


def test_the_tape_reads_as_the_day_did(close: Any) -> None:
    view = tape_view(summary(close, "15:30"), "en")
    nikkei, topix = view.items
    assert (nikkei.level, nikkei.change, nikkei.percent) == ("37,531.53", "371.06", "+1.00%")
    assert (topix.level, topix.change, topix.percent) == ("2,751.91", "16.39", "+0.60%")
    assert nikkei.tone == topix.tone == "up"
    assert view.extra == (("NT", "13.64"),)
    assert view.tail == "2nd session up, both"
    assert tape_view(summary(close, "15:30"), "ja").tail == "続伸、両指数とも"


def test_indices_that_part_are_told_one_by_one(desk: Any) -> None:
    desk.tell({NIKKEI: {LAST: 37200.0, BASE: 37160.47}, TOPIX: {LAST: 2700.0, BASE: 2735.52}})
    tail = tape_view(summary(desk), "en").tail
    assert tail == "Nikkei 225 2nd session up  TOPIX 1st session down"


def test_an_index_without_a_level_says_so(desk: Any) -> None:
    view = tape_view(summary(desk), "en")
    assert [item.level for item in view.items] == ["", ""]
    assert [item.change for item in view.items] == ["", ""]
    assert [item.note for item in view.items] == ["no level", "no level"]
    assert (view.extra, view.tail) == ((), "")
    desk.tell({NIKKEI: {BASE: 37160.47}}, None)
    nikkei = tape_view(summary(desk, "08:50"), "en").items[0]
    assert (nikkei.level, nikkei.note) == ("37,160.47", "prev close")


def test_the_tape_shows_what_an_auction_implies_with_coverage(desk: Any) -> None:
    desk.tell({NIKKEI: {BASE: 37160.47}, "6857.T": {BASE: 6815.0, Field.INDICATIVE: 6900.0}}, None)
    note = tape_view(summary(desk, "08:50"), "en").items[0].note
    assert note == "気配 37,183.09 (1/225)"


def test_breadth_counts_and_turnover(close: Any) -> None:
    view = breadth_view(summary(close, "15:30"))
    assert (view.up, view.down, view.unchanged, view.missing) == (147, 77, 1, 0)
    assert (view.turnover, view.names) == ("¥2.56tn", 224)


def ladder(desk: Any, clock: str, language: str = "en") -> Any:
    return ladder_view(desk.market, summary(desk, clock), language, LadderOrder(), 0.0)


def test_the_ladder_reconciles_with_the_index(close: Any) -> None:
    view = ladder(close, "15:30")
    assert view.reconciliation == "+371.06 = ▲ 418.83  ▼ −47.77  resid 0.00"
    assert [(row.code, row.points_text) for row in view.rows[:2]] == [
        ("6857", "+76.10"), ("8035", "+59.87"),
    ]  # fmt: skip
    values = [row.value for row in view.rows]
    assert values == sorted(values, reverse=True)
    assert view.summary == "4 names = +198.24 (53% of the move)"
    assert "上位4銘柄" in ladder(close, "15:30", "ja").summary
    assert ladder(close, "15:30", "ja").rows[0].name == "アドバンテスト"


def test_the_ladder_leaves_out_what_it_does_not_know(desk: Any) -> None:
    desk.tell({"6857.T": {LAST: 7101.0, BASE: 6815.0}})
    view = ladder(desk, "10:00")
    assert [row.code for row in view.rows] == ["6857"]
    assert "resid" not in view.reconciliation
    assert "224 missing" in view.note
    assert view.summary == ""


def test_a_residual_that_rounds_to_nothing_reads_0_00(close: Any) -> None:
    told = summary(close, "15:30")
    off = replace(told, contribution=replace(told.contribution, residual=-0.006))
    assert "resid −0.01" in reconciliation(off)
    near = replace(told, contribution=replace(told.contribution, residual=0.0049))
    assert "resid 0.00" in reconciliation(near)


def test_a_missing_table_stands_in_the_ladder_s_place(desk_on: Callable[[date], Any]) -> None:
    view = ladder(desk_on(date(2024, 2, 1)), "10:00")
    assert view.rows == ()
    assert "none for 1 Feb 2024" in view.note
    assert view.note.endswith("zaraba reference import FILE")


def test_the_order_of_the_ladder_stands_for_a_second() -> None:
    order, members = LadderOrder(), ("a", "b")
    assert order.of(members, np.array([1.0, 2.0]), 0.0).tolist() == [1, 0]
    assert order.of(members, np.array([3.0, 2.0]), 0.9).tolist() == [1, 0]
    assert order.of(members, np.array([3.0, 2.0]), 1.0).tolist() == [0, 1]
    assert order.of(("c",), np.array([1.0]), 1.1).tolist() == [0]


def test_an_index_whose_source_is_gone_has_its_age_beside_it(desk: Any) -> None:
    desk.tell({"^N225": {LAST: 37531.53, BASE: 37160.47}}, "10:00")
    assert tape_view(summary(desk, "10:01"), "en").items[0].note == ""
    assert tape_view(summary(desk, "10:30"), "en").items[0].note == "30 m old"
    assert tape_view(summary(desk, "10:30"), "ja").items[0].note == "30分前"


def test_the_first_points_of_all_are_put_in_order_at_once() -> None:
    order, members = LadderOrder(), ("a", "b", "c")
    assert order.of(members, np.array([9.0, 1.0, 2.0]), 0.0).tolist() == [0, 2, 1]
    order.of(members, np.full(3, np.nan), 0.1)
    assert order.of(members, np.array([np.nan, 1.0, 2.0]), 0.2).tolist() == [2, 1, 0]
    assert order.of(members, np.array([np.nan, 3.0, 2.0]), 0.3).tolist() == [2, 1, 0]


@pytest.fixture
def news(desk: Any) -> Any:
    desk.tell({"5401.T": {LAST: 2930.0, BASE: 2870.0}, "7203.T": {LAST: 2600.0, BASE: 2700.0}})
    desk.market.add_catalysts(
        [
            Catalyst(
                key="deal", headline="A deal", kind="deal", symbols=("5401.T",),
                session=date(2025, 5, 26),
            ),
            Catalyst(key="late", headline="Later", time=desk.jst("13:00"), symbols=("7203.T",)),
            Catalyst(key="early", headline="Early", time=desk.jst("09:30"), symbols=("ZZ",)),
            Catalyst(key="other", headline="Another day", session=date(2025, 5, 23)),
            Catalyst(key="due", headline="Deadline", due=date(2025, 7, 9)),
            Catalyst(key="past", headline="Over", due=date(2025, 5, 20)),
        ]
    )  # fmt: skip
    return desk


def test_catalysts_are_newest_first_and_never_ahead_of_their_time(news: Any) -> None:
    keys = list(catalyst_views(news.market, news.jst("10:00")).keys)
    assert keys == ["early", "deal", "due", "past"]
    later = list(catalyst_views(news.market, news.jst("13:00")).keys)
    assert later[:2] == ["late", "early"]


def test_of_many_thousands_only_the_session_s_newest_are_listed(desk: Any) -> None:
    night = desk.jst("00:00")
    desk.market.add_catalysts(
        [
            Catalyst(key=f"{n}", headline=f"Headline {n}", time=night - timedelta(minutes=n - 300))
            for n in range(3_000)
        ]
    )
    keys = list(catalyst_views(desk.market, desk.jst("09:00")).keys)
    assert keys == [f"{n}" for n in range(len(keys))]
    assert len(keys) == MOST_TIMED


def test_a_catalyst_tells_when_what_and_how_its_names_moved(news: Any) -> None:
    views = {view.key: view for view in catalyst_views(news.market, news.jst("13:00")).views}
    deal = views["deal"]
    assert (deal.when, deal.kind, deal.detail) == ("pre-open", "deal", "5401 +2.09%")
    assert (deal.tone, deal.symbols_count) == ("up", 1)
    assert (views["late"].when, views["late"].tone) == ("13:00", "down")
    assert views["early"].tone == ""


def test_what_falls_due_is_soonest_first_and_not_over(news: Any) -> None:
    assert [(view.when, view.headline) for view in due_views(news.market, date(2025, 5, 26))] == [
        ("9 Jul", "Deadline")
    ]


def test_a_story_names_each_share_in_the_language_asked_for(news: Any) -> None:
    story = story_view(news.market, "deal", "ja")
    assert story.headline == "A deal"
    ((line, mood),) = story.moves
    assert line.startswith("5401 +2.09%")
    assert line.endswith("日本製鉄")
    assert mood == "up"
    assert "9 Jul 2025" in story_view(news.market, "due", "en").facts
    assert story_view(news.market, "gone", "en").headline == "No longer known"


def test_those_without_a_time_keep_the_order_of_their_source() -> None:
    given = [Catalyst(key=key, headline=key) for key in "cab"]
    assert [each.key for each in ordered(given)] == ["c", "a", "b"]


def stated(symbol: str = "^N225", **figures: str) -> Claim:
    known = {name: Decimal(text) for name, text in figures.items()}
    return Claim(
        symbol=symbol,
        level=known.get("level"),
        change=known.get("change"),
        percent=known.get("percent"),
    )


def test_a_catalyst_whose_text_and_the_market_disagree_is_marked(close: Any) -> None:
    right, wrong = stated(percent="1.00"), stated(level="37531.53", percent="2.0")
    close.market.add_catalysts(
        [
            Catalyst(key="a", headline="A", session=date(2025, 5, 26), claims=(right,)),
            Catalyst(key="b", headline="B", session=date(2025, 5, 26), claims=(right, wrong)),
        ]
    )
    now = close.jst("15:30")
    views = {view.key: view for view in catalyst_views(close.market, now).views}
    assert views["a"].warning == ""
    assert views["b"].warning == "≠ 1 claim differs from the market"
    story = story_view(close.market, "b", "en", now)
    assert [mood for _, mood in story.claims] == ["muted", "", "warn"]
    assert story.claims[1][0].endswith("+1.00%  ·  market +1.00%  ·  = agrees")
    assert "37,531.53  +2.0%  ·  market 37,531.53  +1.00%" in story.claims[2][0]
    assert story.claims[2][0].endswith("≠ text and market disagree on the percentage")
    japanese = story_view(close.market, "b", "ja", now).claims
    assert japanese[1][0].endswith("·  = 一致")
    assert japanese[2][0].endswith("·  ≠ 騰落率が異なる")


def test_before_the_close_and_without_quotes_a_claim_is_shown_and_not_judged(desk: Any) -> None:
    both = (stated(percent="9"), stated("^GSPC", level="3.75E+4"))
    desk.market.add_catalysts(
        [Catalyst(key="a", headline="A", session=date(2025, 5, 26), claims=both)]
    )
    desk.replay("10:30")
    now = desk.jst("10:30")
    assert catalyst_views(desk.market, now).view(0).warning == ""
    lines = [line for line, _ in story_view(desk.market, "a", "en", now).claims[1:]]
    assert lines[0].startswith("Nikkei 225  +9%")
    assert lines[0].endswith("so far  ·  judged at the close")
    assert "about 37,500" in lines[1]
    assert lines[1].endswith("market no quote  ·  cannot be checked")
    lines = [line for line, _ in story_view(desk.market, "a", "ja", now).claims]
    assert lines[0] == "\n文中の記述と市場の値"
    assert lines[1].startswith("日経平均  +9%  ·  市場 +")
    assert lines[1].endswith("（現時点）  ·  引け後に照合")
    assert "約37,500" in lines[2]
    assert lines[2].endswith("市場 値なし  ·  照合できず")


def test_a_commentary_is_not_from_before_the_opening(close: Any) -> None:
    whole = Catalyst(key="a", headline="A", session=date(2025, 5, 26), kind="commentary")
    close.market.add_catalysts([whole])
    assert catalyst_views(close.market, close.jst("15:30")).view(0).when == ""
