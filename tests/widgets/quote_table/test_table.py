"""What the table paints, and when."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from rich.style import Style
from textual.geometry import Region

from widgets.quote_table import Column, QuoteTable

Lines = Callable[[QuoteTable], list[str]]
MakeSheet = Callable[..., Any]


def styles_of(table: QuoteTable, line: int) -> dict[str, Style]:
    """The style of each piece of text in a line."""
    strip = table.render_lines(Region(0, line, table.size.width, 1))[0]
    return {
        word: segment.style
        for segment in strip
        for word in segment.text.split()
        if segment.style is not None
    }


@pytest.mark.parametrize("size", [(1, 1), (1, 5), (7, 2), (20, 5), (80, 24), (120, 40), (240, 70)])
def test_every_line_is_as_wide_as_the_table(
    app: Any, sheet: Any, lines: Lines, size: tuple[int, int]
) -> None:
    async def scenario() -> None:
        async with app.run_test(size=size) as pilot:
            lines(app.table)
            app.table.show(sheet)
            app.table.sort_by("last", reverse=True)
            sheet.age("1099.T")
            sheet.set("1098.T", 2000, at=10.0)
            for step in (1, 7, -3, 100, -100):
                app.table.refresh_data(10.0)
                lines(app.table)
                app.table.move(step)
                app.table.page(1)
                await pilot.pause()
                lines(app.table)

    asyncio.run(scenario())


def test_header_and_rows_stand_in_columns(app: Any, sheet: Any, lines: Lines) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(60, 6)):
            app.table.show(sheet)
            app.table.sort_by("change", reverse=True)
            shown = lines(app.table)
            assert shown[0] == " Code  銘柄                Last     Chg▼     Volume  State  "
            assert shown[1] == " 1099  東京エレクト…      1,099      +99    109,900  特買  ▐"

    asyncio.run(scenario())


def test_only_rows_on_screen_that_changed_are_formatted(app: Any, sheet: Any, lines: Lines) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            assert sorted(sheet.formatted) == [f"{1000 + row}.T" for row in range(10)]
            sheet.formatted.clear()
            sheet.set("1002.T", 4321)
            sheet.set("1050.T", 1234)
            app.table.refresh_data(1.0)
            await pilot.pause()
            assert sheet.formatted == ["1002.T"]
            assert "4,321" in lines(app.table)[3]

    asyncio.run(scenario())


def test_a_change_off_screen_paints_nothing(
    app: Any, sheet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            painted: list[tuple[Region, ...]] = []
            monkeypatch.setattr(app.table, "refresh", lambda *regions: painted.append(regions))
            sheet.set("1050.T", 1234)
            app.table.refresh_data(1.0)
            assert painted == []
            sheet.set("1004.T", 1234)
            sheet.set("1005.T", 1234)
            sheet.set("1008.T", 1234)
            app.table.refresh_data(2.0)
            assert painted == [(Region(0, 5, 80, 2), Region(0, 9, 80, 1))]

    asyncio.run(scenario())


def test_scrolling_formats_only_what_comes_into_sight(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            sheet.formatted.clear()
            app.table.move(11)
            assert sheet.formatted == ["1010.T", "1011.T"]
            assert app.table.visible_keys[0] == "1002.T"

    asyncio.run(scenario())


def test_ten_thousand_rows_are_walked_without_formatting_them(
    app: Any, make_sheet: MakeSheet
) -> None:
    async def scenario() -> None:
        big = make_sheet(10_000, 10_000)
        async with app.run_test(size=(80, 21)) as pilot:
            app.table.show(big)
            app.table.end()
            await pilot.pause()
            assert app.table.cursor_key == "19999.T"
            app.table.sort_by("last", reverse=True)
            await pilot.pause()
            assert app.table.cursor_key == "19999.T"
            app.table.half_page(1)
            assert app.table.cursor_key == "19989.T"
            assert len(big.formatted) < 100

    asyncio.run(scenario())


def test_a_flash_lies_behind_the_text_alone_and_fades(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            app.table.end()
            app.table.refresh_data(9.0)
            await pilot.pause()
            assert app.table.next_change(9.0) is None
            rest = styles_of(app.table, 1)
            sheet.set("1090.T", 1200, at=10.0)
            seen = []
            now = 10.0
            while True:
                app.table.refresh_data(now)
                seen.append(styles_of(app.table, 1)["+200"])
                assert styles_of(app.table, 1)["109,000"] == rest["109,000"]
                due = app.table.next_change(now)
                if due is None:
                    break
                assert due > now
                now = due
            assert now == 11.0
            assert len({style.bgcolor for style in seen}) == 4
            assert {style.color for style in seen} == {rest["+90"].color}
            assert seen[-1] == rest["+90"]

    asyncio.run(scenario())


def test_reduced_motion_flashes_nothing(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.reduced_motion = True
            app.table.show(sheet)
            sheet.set("1004.T", 1200, at=10.0)
            app.table.refresh_data(10.0)
            await pilot.pause()
            assert app.table.next_change(10.0) is None
            found = styles_of(app.table, 5)
            assert found["+200"].bgcolor == found["100,400"].bgcolor

    asyncio.run(scenario())


def test_a_hidden_table_still_says_when_its_flashes_end(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.display = False
            await pilot.pause()
            sheet.set("1004.T", 1200, at=10.0)
            app.table.show(sheet)
            app.table.refresh_data(10.0)
            assert app.table.next_change(10.0) == 10.25
            app.table.refresh_data(11.0)
            assert app.table.next_change(11.0) is None
            app.table.display = True
            await pilot.pause()
            assert app.table.visible_keys[0] == "1000.T"

    asyncio.run(scenario())


def test_a_stale_row_has_a_mark(app: Any, sheet: Any, lines: Lines) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)):
            app.table.show(sheet)
            sheet.age("1003.T")
            app.table.refresh_data(1.0)
            shown = lines(app.table)
            assert shown[4].startswith("·1003 ")
            assert shown[5].startswith(" 1004 ")

    asyncio.run(scenario())


def test_the_cursor_keeps_the_colour_of_the_tones(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            app.table.select("1005.T")
            await pilot.pause()
            under, plain = styles_of(app.table, 6), styles_of(app.table, 5)
            assert under["+5"].color == plain["+4"].color
            assert under["+5"].bgcolor != plain["+4"].bgcolor
            assert len({style.bgcolor for style in under.values()}) == 1

    asyncio.run(scenario())


def test_an_empty_table_says_so(app: Any, make_sheet: MakeSheet, lines: Lines) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(40, 6)) as pilot:
            app.table.empty_text = "一覧は空です"
            assert lines(app.table)[3] == f"{'一覧は空です':^34}"
            app.table.show(make_sheet(0))
            assert "一覧は空です" in lines(app.table)[3]
            app.table.show(make_sheet(3))
            assert "一覧は空です" not in "".join(lines(app.table))
            app.table.filter("7203")
            await pilot.pause()
            shown = lines(app.table)
            assert shown[3].strip() == "Nothing matches"
            assert "".join(shown[1:3] + shown[4:]).strip() == ""
            app.table.filter("")
            assert lines(app.table)[1].startswith(" 1000 ")

    asyncio.run(scenario())


def test_rows_that_leave_are_cleared(app: Any, make_sheet: MakeSheet, lines: Lines) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(60, 8)) as pilot:
            app.table.show(make_sheet(5))
            await pilot.pause()
            app.table.only(["1001.T"])
            await pilot.pause()
            shown = lines(app.table)
            assert shown[1].startswith(" 1001 ")
            assert "".join(shown[2:]).strip() == ""

    asyncio.run(scenario())


def test_other_columns(app: Any, sheet: Any, lines: Lines) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(60, 8)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            app.table.set_columns([Column(key="name", title="Name", width=20)])
            await pilot.pause()
            assert lines(app.table)[0].split() == ["Name"]
            assert lines(app.table)[1].split()[:1] == ["アドバンテスト"]

    asyncio.run(scenario())


def test_a_border_of_its_own_is_drawn_around_the_lines(app: Any, sheet: Any, lines: Lines) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(60, 8)) as pilot:
            app.table.show(sheet)
            app.table.styles.border = ("round", "red")
            await pilot.pause()
            sheet.set("1002.T", 4321)
            app.table.refresh_data(1.0)
            await pilot.pause()
            shown = lines(app.table)
            assert shown[0].startswith("╭")
            assert shown[1].startswith("│ Code ")
            assert "4,321" in shown[4]

    asyncio.run(scenario())


def test_a_new_theme_is_seen_at_once(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(60, 8)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            dark = styles_of(app.table, 4)
            app.theme = "textual-light"
            await pilot.pause()
            light = styles_of(app.table, 4)
            assert dark["+3"].color != light["+3"].color
            assert dark["+3"].bgcolor != light["+3"].bgcolor

    asyncio.run(scenario())


def test_no_color_is_honoured(app: Any, sheet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    plain = type(app)(QuoteTable(app.table.columns))

    async def scenario() -> None:
        async with plain.run_test(size=(60, 8)) as pilot:
            plain.table.show(sheet)
            sheet.age("1003.T")
            await pilot.pause()
            for style in styles_of(plain.table, 4).values():
                for color in (style.color, style.bgcolor):
                    assert color is not None
                    assert color.triplet is not None
                    assert len(set(color.triplet)) == 1

    asyncio.run(scenario())


def test_a_resize_keeps_the_cursor_in_sight(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 40)) as pilot:
            app.table.show(sheet)
            app.table.select("1035.T")
            await pilot.pause()
            await pilot.resize_terminal(20, 5)
            assert "1035.T" in app.table.visible_keys
            await pilot.resize_terminal(120, 30)
            assert "1035.T" in app.table.visible_keys
            assert len(app.table.visible_keys) == 29

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("sort", "reverse", "header"),
    [
        (None, False, " Code   Volume   "),
        ("code", False, "▲Code   Volume   "),
        ("code", True, "▼Code   Volume   "),
        ("volume", True, " Code  Volume▼   "),
    ],
)
def test_the_direction_stands_beside_the_title_or_in_the_gap_before_it(
    app: Any, sheet: Any, lines: Lines, sort: str | None, reverse: bool, header: str
) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(17, 5)):
            app.table.set_columns(
                [
                    Column(key="code", title="Code", width=4),
                    Column(key="volume", title="Volume", width=7, align="right"),
                ]
            )
            app.table.show(sheet)
            app.table.sort_by(sort, reverse)
            assert lines(app.table)[0] == header

    asyncio.run(scenario())


def test_a_stylesheet_may_set_off_every_second_row(app: Any, sheet: Any) -> None:
    class Striped(type(app)):  # type: ignore[misc]  # the app's class comes from a fixture
        CSS = "QuoteTable > .quote-table--even { background: #303050; }"

    striped = Striped(QuoteTable(app.table.columns))

    def stripes() -> list[str]:
        found = []
        for line in range(1, 7):
            color = styles_of(striped.table, line)["0"].bgcolor
            assert color is not None
            found.append("*" if color.name == "#303050" else ".")
        return found

    async def scenario() -> None:
        async with striped.run_test(size=(60, 8)) as pilot:
            sheet.last[:] = 1000
            striped.table.set_columns([Column(key="change", title="Chg", width=7, align="right")])
            sheet.cells = lambda row, columns: [("0", "")]  # noqa: ARG005 - a row is one figure
            striped.table.show(sheet)
            striped.table.end()
            await pilot.pause()
            first = stripes()
            assert first in (list(".*.*.*"), list("*.*.*."))
            striped.table.move(-7)
            await pilot.pause()
            assert stripes() == first[::-1]

    asyncio.run(scenario())
