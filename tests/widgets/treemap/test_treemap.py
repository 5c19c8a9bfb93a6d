"""The map on a screen: what it paints, what it tells, and the mouse."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from textual.geometry import Region

from widgets.treemap import Treemap, TreemapView

View = Callable[..., TreemapView]


def watch_painting(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Region, ...]]:
    """What is asked to be painted again; an empty entry is everything."""
    asked: list[tuple[Region, ...]] = []
    refresh = Treemap.refresh

    def noted(self: Any, *regions: Region, **how: Any) -> Any:
        asked.append(regions)
        return refresh(self, *regions, **how)

    monkeypatch.setattr(Treemap, "refresh", noted)
    return asked


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (20, 5), (3, 2), (1, 1), (200, 60)])
def test_every_line_is_as_wide_as_the_map(app: Any, view: View, size: tuple[int, int]) -> None:
    async def scenario() -> None:
        async with app.run_test(size=size) as pilot:
            for language in ("en", "ja"):
                app.map.show(view(language=language))
                for _ in range(2):
                    await pilot.pause()
                    strips = app.map.render_lines(app.map.size.region)
                    assert [strip.cell_length for strip in strips] == [size[0]] * size[1]
                    app.map.drill()
                app.map.up()

    asyncio.run(scenario())


def test_the_market_shows_groups_names_and_figures(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            app.map.show(view())
            await pilot.pause()
            lines = app.text()
            assert lines[0].startswith(" Size: weight")
            text = "\n".join(lines)
            for part in ("Electric Appliances", "Name 0", "▲1.55%", "Banks", "▼0.39%"):
                assert part in text
            assert "Electric Appliances" in lines[-1]
            assert "about g0" in lines[-1]
            assert "−3%" in lines[-1]

    asyncio.run(scenario())


def test_the_cursor_is_seen_without_colour(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            app.map.show(view())
            await pilot.pause()
            assert "▌Electric Appliances" in app.text()[1]
            app.map.drill()
            await pilot.pause()
            text = "\n".join(app.text())
            for corner in "▛▜▙▟":
                assert text.count(corner) == 1

    asyncio.run(scenario())


def test_nothing_to_show_is_said(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(40, 10)) as pilot:
            app.map.show(view(sizes=[0.0] * 13))
            await pilot.pause()
            assert "Nothing to show" in "\n".join(app.text())
            assert app.map.key is None

    asyncio.run(scenario())


def test_levels_and_cursor_are_told_in_order(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            app.map.show(view())
            await pilot.pause()
            assert app.told == [("highlighted", "g0")]
            app.told.clear()
            app.map.drill()
            await pilot.pause()
            assert app.told == [("drilled", "g0"), ("highlighted", "1000.T")]
            app.told.clear()
            app.map.drill()
            assert app.map.up()
            await pilot.pause()
            assert app.told == [("chosen", "1000.T"), ("drilled", None), ("highlighted", "g0")]
            assert not app.map.up()

    asyncio.run(scenario())


def test_moving_and_selecting_tell_where_the_cursor_is(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            app.map.show(view())
            await pilot.pause()
            app.map.move(1, 0)
            key = app.map.key
            assert key != "g0"
            assert app.map.select("1009.T")
            assert app.map.level == "g2"
            assert not app.map.select("nowhere")
            await pilot.pause()
            assert app.told[-1] == ("highlighted", "1009.T")

    asyncio.run(scenario())


def test_the_same_figures_paint_nothing(
    app: Any, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            app.map.show(view())
            await pilot.pause()
            asked = watch_painting(monkeypatch)
            app.map.show(view())
            assert asked == []

    asyncio.run(scenario())


def test_another_figure_paints_its_own_line_alone(
    app: Any, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            shown = view()
            app.map.show(shown)
            await pilot.pause()
            asked = watch_painting(monkeypatch)
            values = np.asarray(shown.tiles.values).copy()
            values[0] = 1.61
            app.map.show(replace(shown, tiles=replace(shown.tiles, values=values)))
            (regions,) = asked
            assert len(regions) == 1
            assert "▲1.61%" in app.text()[regions[0].y]

    asyncio.run(scenario())


def test_arrays_changed_in_place_are_noticed(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            shown = view()
            app.map.show(shown)
            await pilot.pause()
            shown.tiles.values[0] = -2.22
            app.map.show(shown)
            assert "▼2.22%" in "\n".join(app.text())

    asyncio.run(scenario())


def test_another_heat_changes_the_ground(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            shown = view()
            app.map.show(shown)
            await pilot.pause()
            row = next(y for y, line in enumerate(app.text()) if "Name 0" in line)

            def ground() -> Any:
                strip = app.map.render_lines(app.map.size.region)[row]
                return next(s.style.bgcolor for s in strip if "Name 0" in s.text)

            before = ground()
            heats = np.asarray(shown.tiles.heats).copy()
            heats[0] = 0
            app.map.show(replace(shown, tiles=replace(shown.tiles, heats=heats)))
            assert ground() != before
            assert ground() == app.map.get_component_rich_style("treemap--heat-0").bgcolor

    asyncio.run(scenario())


def test_what_is_painted_piece_by_piece_is_what_would_be_drawn_anew(app: Any, view: View) -> None:
    rng = np.random.default_rng(7)

    async def scenario() -> None:
        async with app.run_test(size=(90, 26)) as pilot:
            shown = view()
            app.map.show(shown)
            await pilot.pause()
            for _ in range(30):
                values = np.asarray(shown.tiles.values).copy()
                which = rng.integers(0, len(values), 4)
                values[which] = np.round(rng.normal(0, 2, 4), 2)
                heats = np.clip(np.nan_to_num(values) * 1.3 + 4, 0, 8).astype(np.int8)
                shown = replace(shown, tiles=replace(shown.tiles, values=values, heats=heats))
                app.map.show(shown)
                app.map.move(*[(1, 0), (0, 1), (-1, 0), (0, -1)][int(rng.integers(0, 4))])
                kept = app.map.render_lines(app.map.size.region)
                assert kept == app.map.draw(app.map.size)

    asyncio.run(scenario())


def test_clicks_move_open_and_go_back(app: Any, view: View) -> None:
    async def scenario() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            app.map.show(view())
            await pilot.pause()
            await pilot.click(Treemap, offset=(98, 3))
            assert app.map.key != "g0"
            await pilot.click(Treemap, offset=(5, 5), times=2)
            assert app.map.level == "g0"
            await pilot.pause()
            await pilot.click(Treemap, offset=(5, 0))
            assert app.map.level is None

    asyncio.run(scenario())


def test_a_view_whose_columns_do_not_fit_is_refused(view: View) -> None:
    shown = view()
    with pytest.raises(ValueError, match="not of one length"):
        replace(shown.tiles, labels=())
    with pytest.raises(ValueError, match="parents"):
        replace(shown, parents=np.zeros(2, np.intp))
    with pytest.raises(ValueError, match="not among"):
        replace(shown, parents=np.full(13, 9, np.intp))
    with pytest.raises(ValueError, match="legend"):
        replace(shown, legend=("a", "b"))
