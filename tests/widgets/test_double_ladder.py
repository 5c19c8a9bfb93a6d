"""Two ladders on one screen: what is shown at which width, and a cursor that crosses over."""

import asyncio
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from widgets.cursor_view import CursorView
from widgets.double_ladder import DoubleLadder, LadderSide
from widgets.ladder import LadderRow, LadderView


def row(key: str, value: float, *, code: bool = True) -> LadderRow:
    return LadderRow(
        key=key,
        code=key if code else "",
        name=f"Name {key}",
        points_text=f"{value:+.2f}",
        value=value,
        tone="up" if value > 0 else "down",
        share_text=f"{value:.0f}%",
    )


def side(title: str, names: int, *, totals: int = 0) -> LadderSide:
    half = names / 2
    return LadderSide(
        ladder=LadderView(
            title=title,
            reconciliation=f"+12.00 {title}",
            rows=tuple(row(str(1000 + n), half - n - 0.5) for n in range(names)),
            summary=f"summary of {title}",
        ),
        totals_title="33 sectors",
        totals=tuple(row(f"S{n}", totals / 2 - n - 0.5, code=False) for n in range(totals)),
    )


class LadderApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.ladder = DoubleLadder()
        self.told: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield self.ladder

    def on_cursor_view_highlighted(self, message: CursorView.Highlighted) -> None:
        self.told.append(("highlighted", message.key))

    def on_cursor_view_chosen(self, message: CursorView.Chosen) -> None:
        self.told.append(("chosen", message.key))

    def text(self) -> list[str]:
        size = self.ladder.size
        return [self.ladder.render_line(y).text for y in range(size.height)]


def run(size: tuple[int, int], scenario: Any, *, names: int = 30, totals: int = 8) -> None:
    async def whole() -> None:
        app = LadderApp()
        async with app.run_test(size=size) as pilot:
            app.ladder.focus()
            app.ladder.show(
                side("Nikkei 225", names, totals=totals), side("TOPIX", names, totals=totals)
            )
            await pilot.pause()
            await scenario(app, pilot)

    asyncio.run(whole())


def test_both_stand_side_by_side_with_sums_below() -> None:
    async def scenario(app: LadderApp, _pilot: Any) -> None:
        lines = app.text()
        assert "Nikkei 225" in lines[0]
        assert "TOPIX" in lines[0]
        text = "\n".join(lines)
        assert text.count("33 sectors") == 2
        assert text.count("Name 1000") == 2
        assert text.count("Name 1029") == 2
        assert text.count("Name S0") == 2
        assert text.count("summary of") == 2

    run((120, 40), scenario)


def test_a_low_screen_keeps_the_names_and_leaves_the_sums_out() -> None:
    async def scenario(app: LadderApp, _pilot: Any) -> None:
        text = "\n".join(app.text())
        assert "33 sectors" not in text
        assert "Name 1000" in text

    run((120, 16), scenario)


def test_a_narrow_screen_shows_the_side_of_the_cursor_and_names_the_other() -> None:
    async def scenario(app: LadderApp, pilot: Any) -> None:
        assert "+12.00 Nikkei 225" in app.text()[1]
        assert "TOPIX" in app.text()[0]
        app.ladder.move_side(1)
        await pilot.pause()
        assert "+12.00 TOPIX" in app.text()[1]
        assert app.ladder.side == 1

    run((60, 24), scenario)


@pytest.mark.parametrize("size", [(240, 70), (120, 40), (80, 24), (76, 10), (20, 5), (1, 1)])
def test_no_line_is_wider_or_narrower_than_the_screen(size: tuple[int, int]) -> None:
    async def scenario(app: LadderApp, _pilot: Any) -> None:
        assert {cell_len(line) for line in app.text()} == {size[0]}

    run(size, scenario)


def test_the_cursor_crosses_to_the_entry_on_its_line() -> None:
    async def scenario(app: LadderApp, pilot: Any) -> None:
        app.ladder.move(3)
        app.ladder.move_side(1)
        await pilot.pause()
        assert (app.ladder.side, app.ladder.key) == (1, "1003")
        app.ladder.move(1)
        app.ladder.move_side(1)
        app.ladder.move_side(-1)
        await pilot.pause()
        assert (app.ladder.side, app.ladder.key) == (0, "1004")
        marked = [line for line in app.text() if line.startswith("▌")]
        assert len(marked) == 1
        assert "Name 1004" in marked[0]
        assert app.told[-1] == ("highlighted", "1004")

    run((120, 40), scenario)


def test_the_cursor_goes_on_from_the_names_to_the_sums_and_chooses() -> None:
    async def scenario(app: LadderApp, pilot: Any) -> None:
        app.ladder.move_to_end()
        app.ladder.choose()
        await pilot.pause()
        assert app.told[-1] == ("chosen", "S7")
        app.ladder.move_to_start()
        assert app.ladder.key == "1000"

    run((120, 40), scenario)


def test_the_cursor_stays_on_its_name_when_figures_change() -> None:
    async def scenario(app: LadderApp, pilot: Any) -> None:
        app.ladder.select("1002")
        turned = side("Nikkei 225", 30)
        rows = (turned.ladder.rows[2], *turned.ladder.rows[:2], *turned.ladder.rows[3:])
        view = LadderView(title="Nikkei 225", rows=rows)
        app.ladder.show(LadderSide(ladder=view), side("TOPIX", 30))
        await pilot.pause()
        assert app.ladder.key == "1002"

    run((120, 40), scenario)


def test_a_click_crosses_over_and_a_double_click_chooses() -> None:
    async def scenario(app: LadderApp, pilot: Any) -> None:
        await pilot.click(DoubleLadder, offset=(80, 4))
        assert (app.ladder.side, app.ladder.key) == (1, "1002")
        await pilot.click(DoubleLadder, offset=(80, 4), times=2)
        await pilot.pause()
        assert app.told[-1] == ("chosen", "1002")

    run((120, 40), scenario)


def test_an_index_without_figures_says_so() -> None:
    async def scenario(app: LadderApp, pilot: Any) -> None:
        note = LadderView(title="TOPIX", note="weights are missing")
        app.ladder.show(side("Nikkei 225", 4), LadderSide(ladder=note))
        await pilot.pause()
        text = "\n".join(app.text())
        assert "weights are missing" in text
        app.ladder.move_side(1)
        assert app.ladder.key is None
        app.ladder.show(LadderSide(), LadderSide())
        await pilot.pause()
        assert "\n".join(app.text()).count("no contributions yet") == 2

    run((120, 20), scenario)
