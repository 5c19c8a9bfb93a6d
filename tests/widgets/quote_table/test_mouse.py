"""Clicks, the wheel and the position mark; and what the table tells."""

import asyncio
from typing import Any

from textual import events

from widgets.quote_table import QuoteTable


def told(app: Any, kind: type) -> list[Any]:
    return [message for message in app.told if isinstance(message, kind)]


def test_a_click_on_a_heading_sorts_then_turns_then_restores(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            for expected, first in (
                (("last", True), "1099.T"),
                (("last", False), "1000.T"),
                ((None, False), "1000.T"),
            ):
                await pilot.click(QuoteTable, offset=(42, 0))
                assert app.table.sort == expected
                assert app.table.visible_keys[0] == first
            await pilot.click(QuoteTable, offset=(8, 0))
            assert app.table.sort == ("name", False)
            await pilot.click(QuoteTable, offset=(74, 0))
            assert app.table.sort == ("name", False)
            await pilot.pause()
            sorts = [(each.key, each.reverse) for each in told(app, QuoteTable.Sorted)]
            assert sorts == [("last", True), ("last", False), (None, False), ("name", False)]

    asyncio.run(scenario())


def test_a_click_selects_and_a_double_click_chooses(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            await pilot.click(QuoteTable, offset=(10, 4))
            assert app.table.cursor_key == "1003.T"
            assert told(app, QuoteTable.Chosen) == []
            await pilot.click(QuoteTable, offset=(10, 6), times=2)
            await pilot.pause()
            assert [each.key for each in told(app, QuoteTable.Chosen)] == ["1005.T"]

    asyncio.run(scenario())


def test_a_second_click_on_another_symbol_chooses_nothing(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            await pilot.click(QuoteTable, offset=(10, 4))
            app.table.sort_by("last", reverse=True)
            await pilot.pause()
            app.table.on_click(
                events.Click(app.table, 10, 4, 0, 0, 1, False, False, False, 10, 4, chain=2)
            )
            await pilot.pause()
            assert told(app, QuoteTable.Chosen) == []

    asyncio.run(scenario())


def test_a_click_below_the_rows_does_nothing(app: Any, make_sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(make_sheet(3))
            app.table.select("1001.T")
            await pilot.pause()
            await pilot.click(QuoteTable, offset=(10, 9))
            assert app.table.cursor_key == "1001.T"

    asyncio.run(scenario())


def test_the_wheel_scrolls_and_leaves_the_cursor(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            app.table.select("1001.T")
            await pilot.pause()
            await pilot._post_mouse_events([events.MouseScrollDown], QuoteTable, offset=(10, 5))
            assert app.table.visible_keys[0] == "1003.T"
            assert app.table.cursor_key == "1001.T"
            await pilot._post_mouse_events([events.MouseScrollUp], QuoteTable, offset=(10, 5))
            assert app.table.visible_keys[0] == "1000.T"
            app.table.page(1)
            await pilot.pause()
            assert app.table.visible_keys[0] == "1010.T"
            app.table.home()
            assert app.table.visible_keys[0] == "1000.T"

    asyncio.run(scenario())


def test_the_position_mark_is_dragged(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            await pilot.mouse_down(QuoteTable, offset=(79, 6))
            assert app.table.visible_keys[0] == "1050.T"
            await pilot.hover(QuoteTable, offset=(79, 10))
            assert app.table.visible_keys[-1] == "1099.T"
            await pilot.mouse_up(QuoteTable, offset=(79, 10))
            await pilot.hover(QuoteTable, offset=(79, 2))
            assert app.table.visible_keys[-1] == "1099.T"
            assert app.table.cursor_key == "1000.T"

    asyncio.run(scenario())


def test_the_cursor_tells_where_it_has_come_to(app: Any, sheet: Any) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(80, 11)) as pilot:
            app.table.show(sheet)
            await pilot.pause()
            app.table.select("1005.T")
            await pilot.pause()
            app.table.sort_by("last", reverse=True)
            sheet.set("1005.T", 3000)
            app.table.refresh_data(9.0)
            await pilot.pause()
            keys = [each.key for each in told(app, QuoteTable.Highlighted)]
            assert keys == ["1000.T", "1005.T"]
            app.table.filter("nothing")
            app.table.choose()
            await pilot.pause()
            assert told(app, QuoteTable.Chosen) == []

    asyncio.run(scenario())
