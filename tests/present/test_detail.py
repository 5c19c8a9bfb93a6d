"""One instrument, whole."""

from typing import Any

from tui.market.catalysts import Catalyst
from tui.market.quotes import Field, Quality
from tui.present.detail import detail_view, search_hit
from tui.report.rows import rows_report

LAST, BASE = Field.LAST, Field.BASE
ADVANTEST = "6857.T"


def detail(desk: Any, symbol: str = ADVANTEST, language: str = "en") -> Any:
    report = rows_report(desk.market, (symbol,), desk.jst("10:00"))
    return detail_view(desk.market, report, language)


def fact(view: Any, label: str) -> Any:
    return next(each for each in view.facts if each.label.startswith(label))


def test_prices_limits_and_contribution(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0, Field.HIGH: 7150.0, Field.LOW: 6800.0}})
    view = detail(desk)
    assert view.title.startswith("6857  Advantest")
    assert view.price == "7,101  ▲286  +4.20%"
    assert view.tone == "up"
    assert (fact(view, "Base").value, fact(view, "High").value) == ("6,815", "7,150")
    assert (fact(view, "High").tone, fact(view, "Low").tone) == ("up", "down")
    up, down = fact(view, "Limit up"), fact(view, "Limit down")
    assert (up.value, down.value) == ("7,815", "5,815")
    assert up.note.startswith("+10.05%")
    assert up.note.endswith("ticks")
    assert down.note.startswith("−18.11%")
    assert fact(view, "N225 points").value == "+76.10"
    assert "10:00:00 JST" in fact(view, "Time").value


def test_sectors_are_in_the_language_of_the_names(desk: Any) -> None:
    assert "Electric Appliances / Technology" in detail(desk).subtitle
    assert "電気機器" in detail(desk, language="ja").subtitle


def test_what_is_unknown_is_blank(desk: Any) -> None:
    view = detail(desk)
    assert view.price == "no price"
    for label in ("Base", "Open", "Bid", "VWAP", "Volume", "Turnover", "N225 points"):
        assert fact(view, label).value == ""
    assert not any(each.label.startswith("Limit") for each in view.facts)
    assert fact(view, "State").value == "no data"
    assert not view.path.levels


def test_the_language_puts_its_own_name_first(desk: Any) -> None:
    assert detail(desk, language="ja").title == "6857  アドバンテスト  Advantest"


def test_what_is_not_observed_is_said(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}}, quality=Quality.DERIVED | Quality.MODELLED)
    assert fact(detail(desk), "Quality").value == "derived, path modelled"


def test_a_previous_close_in_place_of_the_base_is_labelled(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, Field.PREVIOUS_CLOSE: 6815.0}})
    assert fact(detail(desk), "Base").note == "previous close"


def test_only_catalysts_that_name_it_are_listed(desk: Any) -> None:
    desk.market.add_catalysts(
        [
            Catalyst(key="a", headline="Names it", symbols=(ADVANTEST,), time=desk.jst("09:30")),
            Catalyst(key="b", headline="Does not", symbols=("8035.T",)),
        ]
    )
    assert detail(desk).catalysts == [("a", "09:30  Names it")]


def test_of_its_catalysts_those_known_by_now_are_listed_newest_first(desk: Any) -> None:
    desk.market.add_catalysts(
        [
            Catalyst(key="first", headline="A", symbols=(ADVANTEST,), time=desk.jst("09:30")),
            Catalyst(key="next", headline="B", symbols=(ADVANTEST,), time=desk.jst("10:30")),
            Catalyst(key="later", headline="C", symbols=(ADVANTEST,), time=desk.jst("13:00")),
            Catalyst(key="any", headline="D", symbols=(ADVANTEST,)),
        ]
    )
    report = rows_report(desk.market, (ADVANTEST,), desk.jst("11:00"))
    view = detail_view(desk.market, report, "en", now=desk.jst("11:00"))
    assert [key for key, _ in view.catalysts] == ["next", "first", "any"]


def test_an_instrument_outside_the_tables_has_a_page_too(desk: Any) -> None:
    desk.market.watch(["NOSUCH9"])
    desk.tell({"NOSUCH9": {LAST: 12.5, BASE: 12.0}})
    view = detail(desk, "NOSUCH9")
    assert view.title == "NOSUCH9  NOSUCH9"
    assert view.price.startswith("12.50")
    assert fact(view, "N225 points").value == ""


def test_the_path_of_a_day_has_its_levels_and_hours(desk: Any) -> None:
    desk.replay("15:30")
    report = rows_report(desk.market, (ADVANTEST,), desk.jst("15:30"))
    path = detail_view(desk.market, report, "en").path
    assert {mark for _, mark in path.marks} >= {"9:00", "12:30", "15:30"}
    assert all(0 <= place <= 1 for place, _ in path.marks)
    assert path.base == 6815.0


def test_a_search_hit_tells_both_names(desk: Any) -> None:
    hit = search_hit(desk.market.universe.get(ADVANTEST), "en")
    assert (hit.code, hit.name) == ("6857", "Advantest")
    assert "アドバンテスト" in hit.note
    assert search_hit(desk.market.universe.get(ADVANTEST), "ja").name == "アドバンテスト"
