"""The tape: what is asked for, how each kind of figure is written, and the stand-in for TOPIX."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tui.config import DEFAULT_TAPE
from tui.market.market import TOPIX
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch
from tui.market.times import JST, to_datetime64
from tui.market.universe import Universe
from tui.market.venues import VenueState
from tui.present.tape import beside_item
from tui.providers.contracts import About
from tui.report.bridge_json import proxy_document, tape_document
from tui.report.feed import delivered, told_by
from tui.report.rows import rows_report
from tui.report.snapshot import Snapshot
from tui.report.summary import summarise
from tui.report.tape import (
    TRACKER,
    Unit,
    asked_abroad,
    held_items,
    tape_items,
    tape_symbols,
    topix_proxy,
)
from tui.report.text import to_text

NOW = datetime(2025, 5, 26, 23, 0, tzinfo=JST)


def quote(last: float, base: float) -> dict[Field, float]:
    return {Field.LAST: float(last), Field.BASE: float(base)}


@pytest.mark.parametrize("sources", [["replay"], ["kabu"], ["kabu", "replay"], []])
def test_sources_of_tokyo_alone_are_asked_for_nothing_else(
    universe: Universe, sources: list[str]
) -> None:
    assert asked_abroad(DEFAULT_TAPE, sources, universe) == ()


@pytest.mark.parametrize("sources", [["yahoo"], ["kabu", "yahoo"], ["somebodys"]])
def test_any_other_source_is_asked_for_tape_tracker_and_receipts(
    universe: Universe, sources: list[str]
) -> None:
    asked = asked_abroad(DEFAULT_TAPE, sources, universe)
    assert {*DEFAULT_TAPE, TRACKER, "TM", "7203.T", "JPY=X", "NIY=F"} <= set(asked)
    assert len(asked) == len(set(asked))


def test_a_tape_is_read_in_any_usual_writing_each_once(universe: Universe) -> None:
    assert tape_symbols(["n225", "jpy=x", "7203", "^N225", "what.x", " "], universe) == (
        "^N225", "JPY=X", "7203.T", "WHAT.X",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "last", "base", "unit", "level", "change"),
    [
        ("NIY=F", 37_515.0, 37_140.0, Unit.POINTS, "37,515", "+1.01%"),
        ("JPY=X", 143.021, 142.5, Unit.RATE, "143.021", "+0.37%"),
        ("EURUSD=X", 1.13456, 1.14, Unit.RATE, "1.1346", "−0.48%"),
        ("^TNX", 4.432, 4.509, Unit.YIELD, "4.432%", "−7.7bp"),
        ("^VIX", 18.96, 22.29, Unit.POINTS, "18.96", "−14.94%"),
        ("^GSPC", 5_921.54, 5_802.82, Unit.POINTS, "5,921.54", "+2.05%"),
        ("CL=F", 61.5, 61.0, Unit.PRICE, "$61.50", "+0.82%"),
        ("1306.T", 2_853.5, 2_836.5, Unit.PRICE, "¥2,853.5", "+0.60%"),
        ("WHAT.X", 12.5, 12.5, Unit.PRICE, "12.50", "0.00%"),
    ],
)
def test_every_kind_of_figure_has_its_own_decimals_and_currency(
    desk: Any, symbol: str, last: float, base: float, unit: Unit, level: str, change: str
) -> None:
    desk.market.watch([symbol])
    desk.tell({symbol: quote(last, base)}, "22:55")
    (item,) = tape_items(desk.market, NOW, [symbol])
    assert (item.unit, item.level_text(), item.change_text()) == (unit, level, change)


def test_what_no_source_has_is_blank_for_machines_and_absent_from_the_screen(desk: Any) -> None:
    (item,) = tape_items(desk.market, NOW, ["^N225", "JPY=X"])
    assert np.isnan(item.last)
    assert (item.level_text(), item.change_text()) == ("", "")
    assert held_items(desk.market, NOW, ["^N225", "JPY=X"]) == ()


def test_each_figure_bears_its_own_venues_state_and_age(desk: Any) -> None:
    desk.market.watch(["^GSPC", "NIY=F", "JPY=X"])
    desk.tell({"^GSPC": quote(5_900, 5_800), "JPY=X": quote(143, 142)}, "22:55")
    desk.tell({"NIY=F": quote(37_500, 37_100)}, "20:00")
    items = {
        item.symbol: item for item in tape_items(desk.market, NOW, ("^GSPC", "NIY=F", "JPY=X"))
    }
    assert items["^GSPC"].state is VenueState.OPEN
    assert items["NIY=F"].state is VenueState.UNKNOWN
    assert items["NIY=F"].age == timedelta(hours=3)
    assert items["JPY=X"].age is None


def test_a_doubtful_figure_says_so(desk: Any) -> None:
    desk.market.watch(["JPY=X"])
    desk.tell({"JPY=X": quote(143, 142)}, "22:55", quality=int(Quality.SUSPECT))
    (item,) = tape_items(desk.market, NOW, ["JPY=X"])
    assert item.suspect


def test_the_tracker_stands_in_only_where_the_index_is_not_told(desk: Any) -> None:
    desk.market.watch([TRACKER])
    assert topix_proxy(desk.market, NOW) is None
    desk.tell({TRACKER: quote(2_853.5, 2_836.5)})
    proxy = topix_proxy(desk.market, NOW)
    assert proxy is not None
    assert proxy.percent == pytest.approx(0.5993, abs=1e-4)
    desk.tell({TOPIX: quote(2_751.91, 2_735.52)})
    assert topix_proxy(desk.market, NOW) is None


def test_the_tracker_never_enters_the_arithmetic_of_the_index(desk: Any) -> None:
    desk.market.watch([TRACKER])
    desk.tell({TRACKER: quote(2_853.5, 2_836.5), "^N225": quote(37_500, 37_100)})
    summary = summarise(desk.market, NOW)
    topix = next(index for index in summary.indices if index.symbol == TOPIX)
    assert np.isnan(topix.last)
    assert np.isnan(topix.change)
    assert np.isnan(summary.nt_ratio)


def test_a_proxy_says_what_it_is_for_machines() -> None:
    assert proxy_document(None) == {
        "of": TOPIX, "symbol": TRACKER, "used": False, "last": None, "percent": None, "time": None,
    }  # fmt: skip


def test_a_proxy_says_what_it_is_in_a_print_out(desk: Any) -> None:
    desk.market.watch([TRACKER])
    desk.tell({TRACKER: quote(2_853.5, 2_836.5)})
    market = desk.market
    about = About(name="test", title="", summary="", delay=Delay(DelayKind.REALTIME))
    snapshot = Snapshot(
        summary=summarise(market, NOW),
        rows=rows_report(market, (), NOW),
        feed=delivered(about, NOW, NOW),
        list_name="",
    )
    lines = [line.text for line in to_text(market, snapshot)]
    assert "TOPIX ~ 1306  ¥2,853.5  +0.60%  proxy: the fund, not the index" in lines


def told(desk: Any, symbol: str, clock: str, delay: Delay) -> None:
    desk.market.apply(
        QuoteBatch(
            symbols=(symbol,),
            rows=np.zeros(1, np.int32),
            fields={kind: np.array([value]) for kind, value in quote(110.0, 100.0).items()},
            time=np.array([to_datetime64(desk.jst(clock))]),
            source="yahoo",
            delay=delay,
            epoch=1,
            session=desk.market.session,
        ),
        1.0,
    )


def test_each_figure_tells_its_own_delay_and_the_header_that_of_tokyo(desk: Any) -> None:
    late = Delay(DelayKind.DELAYED, 20)
    desk.market.watch(["7203.T", "JPY=X", "NIY=F"])
    told(desk, "7203.T", "09:40", late)
    told(desk, "NIY=F", "09:50", Delay(DelayKind.DELAYED, 10))
    told(desk, "JPY=X", "10:00", Delay(DelayKind.REALTIME))
    now = desk.jst("10:00")
    items = tape_items(desk.market, now, ["JPY=X", "NIY=F"])
    assert [(item.delay, item.age) for item in items] == [
        (Delay(DelayKind.REALTIME), None),
        (Delay(DelayKind.DELAYED, 10), None),
    ]
    assert [beside_item(item, "en").state for item in items] == ["open", "open 10m late"]
    assert beside_item(items[1], "ja").state == "取引中 10分遅れ"
    documents = tape_document(items)
    assert [(each["delay"], each["delay_minutes"]) for each in documents] == [
        ("real time", 0),
        ("delayed", 10),
    ]
    assert told_by(desk.market.board) == (late, desk.jst("09:40"))
    about = About(name="yahoo", title="", summary="", delay=Delay(DelayKind.REALTIME))
    report = delivered(about, desk.jst("09:40"), now, delay=late)
    assert report.words == "DELAYED 20 m"


def test_a_delay_explains_no_more_than_itself(desk: Any) -> None:
    desk.market.watch(["NIY=F"])
    told(desk, "NIY=F", "09:10", Delay(DelayKind.DELAYED, 10))
    (item,) = tape_items(desk.market, desk.jst("10:00"), ["NIY=F"])
    assert item.age == timedelta(minutes=50)


def test_a_board_on_which_nothing_is_told_has_no_delay(desk: Any) -> None:
    assert told_by(desk.market.board) == (None, None)
