"""What the views that tell why the indices moved are handed: words, rows, tiles."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len

from tui.data.baskets import shipped_baskets
from tui.market.attribution import Attribution
from tui.market.groups import Scheme
from tui.market.windows import WINDOWS
from tui.present.analysis import Analysis, basis, reconciled, window_words
from tui.present.both_ladders import BothLadders
from tui.present.heat import Colour, HeatChoice, HeatMap, Size, heat
from tui.present.sector_table import GroupRows, caption, group_columns
from widgets.double_ladder import LadderSide
from widgets.treemap import UNKNOWN


class Seen:
    """A market taken apart at an instant."""

    def __init__(self, desk: Any, clock: str) -> None:
        self.analysis = Analysis(desk.market, shipped_baskets().rows)
        self.market = desk.market
        self.now: datetime = desk.jst(clock)
        self.ladders = BothLadders()

    @property
    def report(self) -> Any:
        return self.analysis.report(self.now)

    def sides(
        self, scheme: Scheme = Scheme.SECTOR33, language: str = "en", at: float = 1.0
    ) -> tuple[LadderSide, LadderSide]:
        groups = self.analysis.groups(self.now, scheme)
        return self.ladders.sides(self.analysis, self.report, groups, language, at)

    def rows(self, scheme: Scheme = Scheme.SECTOR33, language: str = "en") -> GroupRows:
        table = self.analysis.groups(self.now, scheme).table
        return GroupRows(self.market, table, language)

    def cell(self, name: str, column: str) -> tuple[str, str]:
        rows = self.rows()
        names = [rows.cells(row, ["name"])[0][0] for row in range(len(rows.keys))]
        text, tone = rows.cells(names.index(name), [column])[0]
        return text, tone


@pytest.fixture
def close(desk: Any) -> Seen:
    desk.replay("15:30")
    return Seen(desk, "15:30")


@pytest.fixture
def midday(desk: Any) -> Seen:
    desk.replay("10:15")
    return Seen(desk, "10:15")


# --- one report a change ----------------------------------------------------------------------


def test_one_report_serves_until_something_changes(close: Seen) -> None:
    first = close.report
    assert close.report is first
    groups = close.analysis.groups(close.now, Scheme.BASKETS)
    assert close.analysis.groups(close.now, Scheme.BASKETS) is groups
    close.analysis.step_window(1)
    assert close.report is not first
    assert close.analysis.groups(close.now, Scheme.BASKETS) is not groups


def test_windows_go_round(close: Seen) -> None:
    seen = []
    for _ in WINDOWS:
        seen.append(close.analysis.window)
        close.analysis.step_window(1)
    assert tuple(seen) == WINDOWS
    assert close.analysis.window == WINDOWS[0]
    close.analysis.step_window(-1)
    assert close.analysis.window == WINDOWS[-1]


# --- words ------------------------------------------------------------------------------------


def test_the_basis_of_estimates_is_told_in_full_and_in_short(close: Seen) -> None:
    report = close.report
    assert basis(report, "en") == "estimate, weights of 30 Jun 2025, 77.26% covered"
    assert basis(report, "en", short=True) == "est. weights 2025-06-30, 77.26%"
    assert basis(report, "ja") == "推計 ウエイト2025-06-30 カバー77.26%"


def test_how_the_points_add_up(close: Seen) -> None:
    nikkei: Attribution = close.report.nikkei
    assert reconciled(nikkei, "en") == "+371.06 = ▲418.83 ▼−47.77 rest 0.00"
    assert reconciled(nikkei, "en", short=True) == "+371.06 = ▲418.83 ▼−47.77"
    topix: Attribution = close.report.topix
    assert reconciled(topix, "ja", short=True) == "+16.39 = ▲18.08 ▼−3.53 残り +1.83"


def test_a_window_that_has_not_begun_says_so_and_rests_on_nothing(midday: Seen) -> None:
    midday.analysis.step_window(2)
    report = midday.report
    assert window_words(report, "en") == "since lunch, not begun yet"
    assert basis(report, "en") == ""
    assert caption(report, Scheme.SIZE, "en") == ("TOPIX size · since lunch, not begun yet",) * 2
    for language, words in (("en", "not begun yet"), ("ja", "まだ始まっていない")):
        for side in midday.sides(language=language):
            assert side.ladder.note == words
            assert not side.ladder.rows
            assert not side.totals
    assert midday.cell("Banks", "percent")[0] == ""
    assert midday.cell("Banks", "breadth") == ("", "")
    assert np.isnan(midday.rows().sort_key("breadth")).all()


# --- both ladders -----------------------------------------------------------------------------


def test_names_with_points_share_and_what_they_make_together(close: Seen) -> None:
    nikkei, topix = (side.ladder for side in close.sides())
    told = [(row.code, row.name, row.points_text, row.share_text) for row in nikkei.rows[:3]]
    assert told == [
        ("6857", "Advantest", "+76.10", "21%"),
        ("8035", "Tokyo Electron", "+59.87", "37%"),
        ("9984", "SoftBank Group", "+33.33", "46%"),
    ]
    assert nikkei.summary == "4 names = +198.24 points (53% of the move)"
    assert nikkei.short_summary == "4 names = +198.24 (53% of the move)"
    assert nikkei.note == ""
    assert (nikkei.rows[-1].code, nikkei.rows[-1].share_text) == ("6762", "−2%")
    assert topix.note == "estimate, weights of 30 Jun 2025, 77.26% covered"
    assert topix.rows[0].name == "Sony Group"


@pytest.mark.parametrize("scheme", [each for each in Scheme if each is not Scheme.BASKETS])
def test_totals_and_what_is_not_covered_make_the_move(close: Seen, scheme: Scheme) -> None:
    nikkei, topix = close.sides(scheme)
    assert sum(row.value for row in nikkei.totals) == pytest.approx(371.06, abs=0.005)
    assert sum(row.value for row in topix.totals) == pytest.approx(16.39, abs=0.005)
    values = [row.value for row in topix.totals]
    assert values == sorted(values, reverse=True)
    assert [row.name for row in topix.totals].count("Names not covered") == 1


def test_baskets_leave_no_rest(close: Seen) -> None:
    _, topix = close.sides(Scheme.BASKETS)
    assert "Names not covered" not in [row.name for row in topix.totals]


def test_the_order_stands_for_a_second_but_not_over_another_window(close: Seen) -> None:
    keys = [row.key for row in close.sides(at=1.0)[0].ladder.rows]
    close.analysis.step_window(1)
    rows = close.sides(at=1.1)[0].ladder.rows
    assert [row.key for row in rows] != keys
    assert [row.value for row in rows] == sorted((row.value for row in rows), reverse=True)


def test_before_anything_has_traded_there_is_nothing_to_tell(desk: Any) -> None:
    desk.replay("08:30")
    seen = Seen(desk, "08:30")
    for side in seen.sides():
        assert (side.ladder.rows, side.ladder.note, list(side.totals)) == ([], "", [])
    assert seen.cell("Banks", "nikkei") == ("", "")
    assert seen.cell("Banks", "share") == ("", "muted")


def test_a_missing_table_is_named(desk_on: Callable[[date], Any]) -> None:
    desk = desk_on(date(2026, 5, 25))
    desk.tell({"7203.T": {}, "^N225": {}}, None)
    seen = Seen(desk, "10:00")
    missing = seen.report.nikkei.missing
    assert missing
    nikkei, topix = seen.sides()
    assert nikkei.ladder.note == missing
    assert not nikkei.ladder.rows
    assert topix.ladder.note == seen.report.topix.missing or not topix.ladder.rows


# --- sectors as a table -----------------------------------------------------------------------


def test_a_sectors_cells(close: Seen) -> None:
    told = {
        column.key: close.cell("Electric Appliances", column.key) for column in group_columns("en")
    }
    assert told == {
        "name": ("Electric Appliances", ""),
        "percent": ("+1.25%", "up"),
        "nikkei": ("+168.06", "up"),
        "topix": ("+5.55", "up"),
        "breadth": ("21/11", "up"),
        "turnover": ("¥463bn", ""),
        "share": ("18.1%", "muted"),
        "leader": ("+4.98% Lasertec", "up"),
        "laggard": ("−2.75% Ricoh", "down"),
    }


def test_every_column_has_an_order_and_names_can_be_searched(close: Seen) -> None:
    rows = close.rows(language="ja")
    for column in group_columns("ja"):
        assert len(rows.sort_key(column.key)) == len(rows.keys)
    assert rows.matches("銀行").sum() == 1
    assert rows.sort_key("percent")[int(np.flatnonzero(rows.matches("鉄鋼"))[0])] == max(
        rows.sort_key("percent")
    )


def test_new_figures_are_told_once(close: Seen) -> None:
    rows = close.rows()
    rows.update(close.analysis.groups(close.now, Scheme.SECTOR33).table)
    assert rows.revision == 0
    close.analysis.step_window(1)
    rows.update(close.analysis.groups(close.now, Scheme.SECTOR33).table)
    assert rows.revision == 1
    assert (rows.row_revision == 1).all()


# --- the map ----------------------------------------------------------------------------------


@pytest.mark.parametrize("colour", list(Colour))
def test_classes_of_heat_mirror_each_other(colour: Colour) -> None:
    values = np.array([-100.0, -0.2, 0.0, 0.2, 100.0, np.nan])
    classes = heat(values, colour)
    assert classes[[0, 2, 4, 5]].tolist() == [0, 4, 8, -1]
    assert classes[1] + classes[3] == 8


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("colour", list(Colour))
def test_the_maps_figures_are_the_tables(close: Seen, size: Size, colour: Colour) -> None:
    view = HeatMap(close.analysis).view(close.report, HeatChoice(size, colour), "en")
    table = close.analysis.groups(close.now, Scheme.SECTOR33).table
    volumes = close.analysis.volumes.at(close.now)
    names = close.analysis.constituents.grouping(Scheme.SECTOR33)
    wanted = {
        Colour.RETURN: table.percent,
        Colour.NIKKEI: table.nikkei,
        Colour.TOPIX: table.topix,
        Colour.VOLUME: volumes.grouped(close.market, names.rows, names.place, len(table)) - 1.0,
    }
    np.testing.assert_allclose(view.groups.values, np.round(wanted[colour], 2))
    sums = np.bincount(view.parents, np.nan_to_num(view.tiles.sizes), len(view.groups))
    np.testing.assert_allclose(view.groups.sizes, sums)
    assert size.value in view.title
    assert colour.value in view.short_title


def test_sectors_have_names_in_full_and_in_a_few_letters(close: Seen) -> None:
    for language, most in (("en", 6), ("ja", 4)):
        groups = HeatMap(close.analysis).view(close.report, HeatChoice(), language).groups
        assert len(set(groups.labels)) == len(groups)
        assert all(cell_len(label) <= most for label in groups.labels)
        assert not groups.coded


def test_volume_is_told_as_a_multiple_of_the_usual(close: Seen) -> None:
    view = HeatMap(close.analysis).view(
        close.report, HeatChoice(Size.TURNOVER, Colour.VOLUME), "en"
    )
    assert view.figure(0.8, 4) == "×1.8"
    assert view.figure(float("nan"), 4) == "·"
    assert view.legend[0] == "×0.4"
    assert view.legend[4] == "×1"
    at = list(view.tiles.keys).index("9613.T")
    assert view.tiles.heats[at] == UNKNOWN


def test_the_window_since_an_instant_is_in_the_cycle_once_it_is_chosen(close: Seen) -> None:
    analysis, moment = close.analysis, close.now.replace(hour=4, minute=5, second=30)
    assert analysis.windows == WINDOWS
    analysis.measure_since(moment)
    assert analysis.window.words() == "since 13:05"
    assert close.report.since == moment.replace(second=0)
    assert close.analysis.day_report(close.now).since is None
    analysis.step_window(1)
    assert analysis.window == WINDOWS[0]
    assert analysis.day_report(close.now) is close.report
    analysis.step_window(-1)
    assert analysis.window.words("ja") == "13:05以降"
    analysis.measure_since(None)
    assert (analysis.windows, analysis.window) == (WINDOWS, WINDOWS[0])


def test_an_instant_of_another_session_is_let_go_of(close: Seen) -> None:
    close.analysis.measure_since(close.now - timedelta(days=3))
    assert close.analysis.windows == WINDOWS
    assert close.analysis.window == WINDOWS[0]
    close.analysis.step_window(1)
    assert close.analysis.window == WINDOWS[1]


def test_what_else_there_is_of_a_tile_is_not_what_its_colour_tells(close: Seen) -> None:
    maps = HeatMap(close.analysis)
    by_return = maps.view(close.report, HeatChoice(), "en")
    assert by_return.detail("6758.T").startswith("3,740  N225 +9.48  TOPIX +1.35  ¥")
    sector = next(key for key in by_return.groups.keys if by_return.detail(key).count("+168.06"))
    assert by_return.detail(sector) == "N225 +168.06  TOPIX +5.55  ▲21 ▼11  ¥463bn"
    by_points = maps.view(close.report, HeatChoice(colour=Colour.NIKKEI), "ja")
    assert by_points.detail(sector) == "+1.25%  TOPIX +5.55  ▲21 ▼11  4,634億円"
    assert by_points.detail("nothing") == ""
