"""The board as the live table reads it."""

from typing import Any

import numpy as np
import pytest

from tui.market.quotes import Field, Quality, QuoteState
from tui.present.columns import DEFAULT_COLUMNS, columns
from tui.present.table import BoardTable, tone
from tui.report.rows import rows_report

LAST, BASE = Field.LAST, Field.BASE
ADVANTEST, ELECTRON, OTHER, FOREIGN = "6857.T", "8035.T", "7203.T", "SONY"


@pytest.fixture
def table(desk: Any) -> Any:
    """Makes the table of these names as the market stands."""

    def make(*symbols: str, language: str = "en", clock: str = "10:00") -> BoardTable:
        desk.market.watch(symbols)
        report = rows_report(desk.market, symbols, desk.jst(clock))
        return BoardTable(desk.market, report, language)

    return make


def cell(table: BoardTable, column: str, row: int = 0) -> tuple[str, str]:
    ((text, mood),) = table.cells(row, (column,))
    return text, mood


def test_figures_are_written_by_tick_with_sign_and_tone(desk: Any, table: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0, Field.VOLUME: 13078100.0}})
    shown = table(ADVANTEST)
    assert cell(shown, "code")[0] == "6857"
    assert cell(shown, "name")[0] == "Advantest"
    assert cell(shown, "last")[0] == "7,101"
    assert cell(shown, "change") == ("+286", "up")
    assert cell(shown, "percent") == ("+4.20%", "up")
    assert cell(shown, "points") == ("+76.10", "up")
    assert cell(shown, "volume")[0] == "13.1m"


def test_a_fall_has_a_minus_and_its_own_tone(desk: Any, table: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 6800.0, BASE: 6815.0}, OTHER: {LAST: 2700.0, BASE: 2700.0}})
    shown = table(ADVANTEST, OTHER)
    assert cell(shown, "change") == ("−15", "down")
    assert cell(shown, "percent", 1) == ("0.00%", "flat")


def test_what_is_unknown_is_an_empty_cell(table: Any) -> None:
    shown = table(ADVANTEST)
    for column in set(DEFAULT_COLUMNS) - {"code", "name", "state"}:
        assert cell(shown, column)[0].strip() == "", column
    assert cell(shown, "state")[0] == "no data"


def test_an_unknown_instrument_is_shown_by_its_symbol(table: Any) -> None:
    shown = table("NOSUCH9")
    assert cell(shown, "code")[0] == "NOSUCH9"
    assert cell(shown, "name")[0] == ""


def test_before_the_first_trade_the_base_price_stands_back(desk: Any, table: Any) -> None:
    desk.tell({ADVANTEST: {BASE: 6815.0}}, None)
    assert cell(table(ADVANTEST), "last") == ("6,815", "muted")


def test_an_auction_shows_the_indicative_price_marked(desk: Any, table: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7000.0, BASE: 6815.0, Field.INDICATIVE: 6900.0}})
    shown = table(ADVANTEST)
    before = shown.revision
    shown.update(rows_report(desk.market, (ADVANTEST,), desk.jst("12:00")), 1.0, auction=True)
    assert cell(shown, "last") == ("気6,900", "accent")
    assert shown.revision > before  # every row reads differently, though no quote has come
    shown.update(rows_report(desk.market, (ADVANTEST,), desk.jst("12:30")), 2.0)
    assert cell(shown, "last")[0] == "7,000"


@pytest.mark.parametrize(
    ("state", "english", "japanese"),
    [
        (QuoteState.SPECIAL_BID, "special bid", "特買"),
        (QuoteState.SPECIAL_ASK, "special ask", "特売"),
        (QuoteState.HALTED, "halted", "売買停止"),
    ],
)
def test_the_state_is_told_in_both_languages(
    desk: Any, table: Any, state: QuoteState, english: str, japanese: str
) -> None:
    desk.tell({ADVANTEST: {LAST: 7000.0, BASE: 6815.0}}, state=state)
    assert cell(table(ADVANTEST), "state") == (english, "warn")
    assert cell(table(ADVANTEST, language="ja"), "state")[0] == japanese


def test_limits_and_derived_closes_have_tones_of_their_own(desk: Any, table: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7815.0, BASE: 6815.0}, ELECTRON: {LAST: 17755.0, BASE: 22755.0}})
    shown = table(ADVANTEST, ELECTRON)
    assert cell(shown, "state") == ("limit up", "up")
    assert cell(shown, "state", 1) == ("limit down", "down")
    desk.tell({OTHER: {LAST: 2700.0, BASE: 2700.0}}, quality=Quality.DERIVED)
    assert cell(table(OTHER), "state") == ("derived", "derived")


def test_names_change_with_the_language(table: Any) -> None:
    assert cell(table(ADVANTEST, language="ja"), "name")[0] == "アドバンテスト"


def test_numbers_sort_as_numbers_and_text_as_text(desk: Any, table: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}, OTHER: {LAST: 2600.0, BASE: 2700.0}})
    shown = table(ADVANTEST, OTHER, ELECTRON)
    for column in ("last", "change", "percent", "points", "bid", "ask", "volume", "turnover"):
        assert np.asarray(shown.sort_key(column)).dtype == np.float64
    change = shown.sort_key("change")
    assert list(change)[:2] == [286.0, -100.0]
    assert np.isnan(float(change[2]))
    assert list(shown.sort_key("code")) == ["6857", "7203", "8035"]
    assert list(shown.sort_key("name")) == ["advantest", "toyota motor", "tokyo electron"]
    assert list(shown.sort_key("nosuch")) == [0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("6857", [ADVANTEST]),
        ("68", [ADVANTEST]),
        ("advan", [ADVANTEST]),
        ("ADVANTEST", [ADVANTEST]),
        ("６８５７", [ADVANTEST]),
        ("アドバン", [ADVANTEST]),
        ("ｱﾄﾞﾊﾞﾝ", [ADVANTEST]),
        ("あどばん", [ADVANTEST]),
        ("エレクトロン", [ELECTRON]),
        ("nosuch9", ["NOSUCH9"]),
        ("", [ADVANTEST, ELECTRON, "NOSUCH9"]),
        ("zzz", []),
    ],
)
def test_a_filter_finds_code_and_either_name_in_any_writing(
    table: Any, query: str, found: list[str]
) -> None:
    shown = table(ADVANTEST, ELECTRON, "NOSUCH9")
    keys = np.array(shown.keys)
    assert keys[shown.matches(query)].tolist() == found


def test_only_changed_rows_bear_a_new_revision(desk: Any, table: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}, OTHER: {LAST: 2600.0, BASE: 2700.0}})
    shown = table(ADVANTEST, OTHER)
    before = shown.row_revision.copy()
    desk.tell({OTHER: {LAST: 2601.0}}, "10:01")
    shown.update(rows_report(desk.market, (ADVANTEST, OTHER), desk.jst("10:01")), 1.0)
    assert (shown.row_revision != before).tolist() == [False, True]
    assert shown.moved.tolist()[1] == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_column_has_a_heading_and_a_cell(table: Any, language: str) -> None:
    shapes = columns((*DEFAULT_COLUMNS, "nosuch"), language)
    assert [shape.key for shape in shapes] == list(DEFAULT_COLUMNS)
    assert all(shape.title for shape in shapes)
    assert len(table(ADVANTEST).cells(0, DEFAULT_COLUMNS)) == len(shapes)


def test_tones_of_numbers() -> None:
    assert [tone(value) for value in (1.0, -1.0, 0.0, float("nan"))] == [
        "up", "down", "flat", "muted",
    ]  # fmt: skip
