"""Breadth and movers as the screen is handed them."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from tui.data.baskets import shipped_baskets
from tui.market.market import NIKKEI, TOPIX
from tui.market.quotes import Field
from tui.present.analysis import Analysis
from tui.present.breadth_table import BreadthRows, breadth_columns
from tui.present.mover_table import MoverTable, mover_columns
from tui.present.movers import (
    ListOrder,
    MarketMovers,
    MoversModel,
    caption,
    counts,
    empty_words,
    facts,
    sector_of,
    tabs,
)
from tui.report.mover_lists import MoverList, movers_of
from widgets.quote_table import Column


class Seen:
    """The movers at an instant."""

    def __init__(self, desk: Any, clock: str) -> None:
        desk.replay(clock)
        self.market = desk.market
        self.now: datetime = desk.jst(clock)
        self.analysis = Analysis(desk.market, shipped_baskets().rows)
        self.model = MoversModel(self.analysis)

    def at(self, index: str = NIKKEI, listed: tuple[str, ...] = ("7203.T",)) -> MarketMovers:
        return self.model.at(self.now, index, listed, "Mine")

    def table(self, which: MoverList, language: str = "en") -> MoverTable:
        shown = self.at()
        movers = movers_of(shown.report, which)
        return MoverTable(self.market, movers.symbols(shown.report), shown, movers, language)

    def cells(self, which: MoverList, *columns: str, language: str = "en") -> list[str]:
        return [text for text, _ in self.table(which, language).cells(0, columns)]


@pytest.fixture
def close(desk: Any) -> Seen:
    return Seen(desk, "15:30")


@pytest.fixture
def early(desk: Any) -> Seen:
    return Seen(desk, "08:30")


def told(shown: MarketMovers, language: str = "en") -> dict[str, tuple[str, str]]:
    return {fact.label: (fact.value, fact.note) for fact in facts(shown, language)}


# --- facts and words --------------------------------------------------------------------------


def test_the_facts_of_the_close(close: Seen) -> None:
    assert told(close.at()) == {
        "Nikkei 225": ("▲147 ▼77 ─1", ""),
        "TOPIX": ("▲147 ▼77 ─1", "1,456 unpriced"),
        "Above VWAP": ("63%", "of 224"),
        "Top 10 traded": ("44%", "of ¥2.56tn"),
        "At limits": ("▲0 ▼0", ""),
        "At day's high, low": ("▲18 ▼3", ""),
        "Nikkei 225 on 23 May": ("+174.60", ""),
    }


def test_a_list_of_the_users_is_counted_beside_the_indices(close: Seen) -> None:
    shown = close.at("", ("7203.T", "6758.T", "nobody"))
    assert told(shown)["Mine"] == ("▲1 ▼1 ─0", "1 unpriced")
    assert caption(shown, "en")[-1] == "Mine · on the day"


def test_before_the_open_a_fact_is_blank_and_not_zero(early: Seen) -> None:
    shown = early.at()
    values = {value for label, (value, _) in told(shown).items() if " on " not in label}
    assert values == {""}
    assert all(not text[-1].isdigit() for text in tabs(shown, "en"))
    movers = movers_of(shown.report, MoverList.LEADERS)
    assert empty_words(shown, movers, "en") == "Nothing has traded yet"


def test_what_is_missing_is_said_once(close: Seen) -> None:
    forms = caption(close.at(), "en")
    assert [len(form) for form in forms] == sorted(map(len, forms), reverse=True)
    assert all("history too short" in form for form in forms[:-1])
    assert forms[-1] == "Nikkei 225 · on the day"


def test_tabs_have_counts_but_where_they_are_unknown(close: Seen) -> None:
    texts = tabs(close.at(), "en")
    assert texts[:2] == ["Leaders 147", "Laggards 77"]
    assert texts[8] == "Volume"
    unusual = movers_of(close.at().report, MoverList.UNUSUAL)
    assert "earlier sessions" in empty_words(close.at(), unusual, "en")


def test_over_a_window_the_session_before_is_not_set_against_it(close: Seen) -> None:
    close.analysis.step_window(1)
    shown = close.at()
    assert shown.previous is None
    assert "Nikkei 225 on 23 May" not in told(shown)


def test_points_are_to_the_index_whose_names_are_counted(close: Seen) -> None:
    assert close.at(TOPIX).index == TOPIX
    assert close.at("").index == NIKKEI
    previous = close.at(TOPIX).previous
    assert previous is not None
    assert previous.index_change == pytest.approx(18.43)


# --- the order of a list ----------------------------------------------------------------------


def test_an_order_stands_for_a_second(desk: Any, close: Seen) -> None:
    order = ListOrder()
    shown = close.at()
    first = order.take(shown, movers_of(shown.report, MoverList.LEADERS), 10.0)
    desk.tell({"7203.T": {Field.LAST: 2900.0}}, "15:30")
    shown = close.at()
    leaders = movers_of(shown.report, MoverList.LEADERS)
    assert leaders.symbols(shown.report) != first
    assert order.take(shown, leaders, 10.9) == first
    assert order.take(shown, leaders, 11.0)[0] == "7203.T"
    lows = movers_of(shown.report, MoverList.LOWS)
    assert order.take(shown, lows, 11.1) == lows.symbols(shown.report)


# --- the table of a list ----------------------------------------------------------------------


def keys(columns: tuple[Column, ...]) -> list[str]:
    return [column.key for column in columns]


def test_every_column_of_every_list_has_a_cell(close: Seen) -> None:
    for which in MoverList:
        if not movers_of(close.at().report, which).members.size:
            continue
        for language in ("en", "ja"):
            columns = keys(mover_columns(which, language, before=True))
            assert len(close.cells(which, *columns, language=language)) == len(columns)
    assert "before" not in keys(mover_columns(MoverList.LEADERS, "en", before=False))


def test_what_puts_a_name_on_its_list_stands_in_its_row(close: Seen) -> None:
    assert close.cells(MoverList.LEADERS, "code", "move", "index", "before") == [
        "9009", "+5.77%", "+3.84", "−1.52",
    ]  # fmt: skip
    gaps = movers_of(close.at().report, MoverList.GAPS_UP)
    assert close.cells(MoverList.GAPS_UP, "gap") == [f"+{gaps.figures[0]:.2f}%"]
    assert close.cells(MoverList.TRADED, "share")[0].endswith("%")
    assert close.cells(MoverList.HIGHS, "since") == ["the day"]
    assert close.cells(MoverList.HIGHS, "since", language="ja") == ["当日"]
    high, last = close.cells(MoverList.HIGHS, "extreme", "last")
    assert high == last
    assert close.cells(MoverList.LEADERS, "times") == [""]


def test_only_rows_that_read_differently_are_painted_again(desk: Any, close: Seen) -> None:
    table = close.table(MoverList.LEADERS)
    shown = close.at()
    table.follow(shown, movers_of(shown.report, MoverList.LEADERS), 2.0)
    before = table.row_revision.copy()
    table.follow(shown, movers_of(shown.report, MoverList.LEADERS), 3.0)
    assert (table.row_revision == before).all()
    desk.tell({"9009.T": {Field.LAST: 1500.0}}, "15:30")
    shown = close.at()
    table.follow(shown, movers_of(shown.report, MoverList.LEADERS), 4.0)
    assert np.flatnonzero(table.row_revision > before).tolist() == [0]
    assert table.revision == table.row_revision.max()
    assert table.cells(0, ["move"])[0][1] == "up"


def test_a_table_serves_the_same_names_in_the_same_language(close: Seen) -> None:
    table = close.table(MoverList.LEADERS)
    assert table.serves(table.symbols, MoverList.LEADERS, "en")
    assert not table.serves(table.symbols, MoverList.HIGHS, "en")
    assert not table.serves(table.symbols, MoverList.LEADERS, "ja")
    assert not table.serves(table.symbols[1:], MoverList.LEADERS, "en")
    close.market.watch(("9999.T",))
    assert not table.serves(table.symbols, MoverList.LEADERS, "en")


def test_a_list_is_sorted_by_its_own_figures(close: Seen) -> None:
    table = close.table(MoverList.LEADERS)
    figures = np.asarray(table.sort_key("move"), np.float64)
    assert (np.diff(figures) <= 0).all()
    assert next(iter(table.sort_key("code"))) == "9009"


# --- breadth ----------------------------------------------------------------------------------


def row(close: Seen, name: str, *columns: str) -> list[tuple[str, str]]:
    told = counts(close.at(), "en")
    return list(BreadthRows(told).cells(told.names.index(name), columns))


def test_indices_stand_above_the_sectors(close: Seen) -> None:
    english, japanese = counts(close.at(), "en"), counts(close.at(), "ja")
    assert english.names[:3] == ("Nikkei 225", "TOPIX", "Fishery, Agriculture & Forestry")
    assert japanese.names[:3] == ("日経平均", "TOPIX", "水産・農林業")
    assert sector_of(close.at(), english.keys[0]) is None
    sector = sector_of(close.at(), english.keys[2])
    assert sector is not None
    assert sector.symbols == ("1332.T",)


def test_bars_are_in_proportion_to_the_names_whose_direction_is_known(close: Seen) -> None:
    assert row(close, "Banks", "down", "fall", "rise", "up") == [
        ("8", "down"), ("━━━━━", "down"), ("━", "up"), ("2", "up"),
    ]  # fmt: skip
    assert row(close, "Nikkei 225", "unchanged", "missing", "share") == [
        ("1", "flat"), ("", "muted"), ("65%", "up"),
    ]  # fmt: skip
    assert row(close, "TOPIX", "missing") == [("1,456", "muted")]


def test_a_sector_in_which_nothing_traded_is_blank(early: Seen) -> None:
    assert row(early, "Banks", "up", "down", "rise", "fall", "unchanged", "share") == [("", "")] * 6
    assert row(early, "Banks", "missing") == [("10", "muted")]
    assert np.isnan(np.asarray(BreadthRows(counts(early.at(), "en")).sort_key("up"))).all()


def test_only_rows_whose_counts_changed_are_painted_again(desk: Any, close: Seen) -> None:
    rows = BreadthRows(counts(close.at(), "en"))
    rows.update(counts(close.at(), "en"))
    assert rows.revision == 0
    base = float(close.market.board.base()[close.market.board.row("8306.T")])
    desk.tell({"8306.T": {Field.LAST: base}}, "15:30")
    rows.update(counts(close.at(), "en"))
    changed = [rows.names[place] for place in np.flatnonzero(rows.row_revision)]
    assert changed == ["Nikkei 225", "TOPIX", "Banks"]
    assert rows.matches("bank").tolist().count(True) == 1


@pytest.mark.parametrize("picture", [True, False])
def test_breadth_has_all_four_counts_in_either_form(picture: bool) -> None:
    for language in ("en", "ja"):
        assert {"up", "down", "unchanged", "missing"} <= set(
            keys(breadth_columns(language, picture=picture))
        )
