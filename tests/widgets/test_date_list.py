"""Dated things in order: columns fold by the width, and the cursor stays on its entry."""

from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len

from widgets.date_list import DateHeading, DateList, DateView

Perform = Callable[..., None]


def entry(key: str, **what: Any) -> DateView:
    given: dict[str, Any] = {
        "day": "Fri 13 Jun", "left": "in 18 days", "brief": "18d", "kind": "SQ",
        "title": f"Entry {key} [red]先物[/]", "names": ("7203 Toyota Motor +2", "7203 +2"),
        "source": "rule",
    }  # fmt: skip
    return DateView(key=key, **{**given, **what})


ROWS: tuple[DateHeading | DateView, ...] = (
    DateHeading(text="Past week"),
    entry("a", day="Fri 23 May", left="3 days ago", brief="−3d", passed=True,
          figures=(("Nikkei 225 +0.47%", "up"), ("TOPIX +0.68%", "up"))),
    DateHeading(text="Today Mon 26 May", today=True),
    entry("b", own=True),
    entry("c", day="", left="", brief=""),
)  # fmt: skip


@pytest.mark.parametrize(
    "size", [(200, 20), (120, 20), (80, 24), (40, 10), (20, 5), (5, 3), (1, 1)]
)
def test_every_line_keeps_to_its_cells(on_stage: Perform, size: tuple[int, int]) -> None:
    made = DateList()

    async def script(scene: Any) -> None:
        made.show(ROWS, "b")
        await scene.settle()
        assert len(scene.lines) == size[1]
        assert all(cell_len(line) == size[0] for line in scene.lines)

    on_stage(made, script, size)


def test_columns_come_by_the_width(on_stage: Perform) -> None:
    def told(width: int) -> str:
        made = DateList()
        seen: list[str] = []

        async def script(scene: Any) -> None:
            made.show(ROWS, "b")
            await scene.settle()
            seen.extend(line for line in scene.lines if "Entry b" in line)

        on_stage(made, script, (width, 10))
        return seen[0]

    assert "in 18 days" in told(120)
    assert "rule" in told(120)
    assert "7203 Toyota Motor +2" in told(160)
    assert "7203 +2" in told(80)
    assert "18d" in told(80)
    assert "SQ" in told(80)
    assert "rule" not in told(80)
    assert "SQ" not in told(50)


@pytest.mark.parametrize("width", [112, 120, 200])
def test_a_long_source_is_told_whole_and_short_ones_leave_room(
    on_stage: Perform, width: int
) -> None:
    made = DateList()
    long = "A headline that takes all of the room there is, and would take more of it yet"

    async def script(scene: Any) -> None:
        made.show((entry("a", source="exchange-calendars"), entry("b")))
        await scene.settle()
        assert "exchange-calendars" in scene.lines[0]
        made.show((entry("c", title=long, source="rule", names=()),))
        await scene.settle()
        assert "rule" in scene.lines[0]
        assert (long in scene.lines[0]) is (width == 200)
        assert "would take more" in scene.lines[0] or width < 120

    on_stage(made, script, (width, 10))


def test_what_happened_stands_below_and_belongs_to_its_entry(on_stage: Perform) -> None:
    made = DateList()

    async def script(scene: Any) -> None:
        made.show(ROWS, "b")
        await scene.settle()
        line = next(n for n, text in enumerate(scene.lines) if "TOPIX +0.68%" in text)
        assert "Entry a" in scene.lines[line - 1]
        await scene.pilot.click(DateList, offset=(20, line))
        assert made.key == "a"

    on_stage(made, script)


def test_the_cursor_begins_where_it_is_told_and_stays_on_its_entry(on_stage: Perform) -> None:
    made = DateList()
    many: list[DateHeading | DateView] = [
        DateHeading(text="June"),
        *(entry(str(n)) for n in range(100)),
    ]

    async def script(scene: Any) -> None:
        made.show(many, "50")
        await scene.settle()
        assert made.key == "50"
        assert any("Entry 48" in line for line in scene.lines)
        made.show(many[:20] + many[30:], "0")
        await scene.settle()
        assert made.key == "50"
        assert any("Entry 50" in line for line in scene.lines)
        made.move_to_end()
        await scene.settle()
        assert "Entry 99" in scene.lines[-1]
        made.move_to_start()
        await scene.settle()
        assert "June" in scene.lines[0]

    on_stage(made, script)


def test_a_click_on_the_entry_under_the_cursor_chooses_it(on_stage: Perform) -> None:
    made = DateList()

    def chosen(scene: Any) -> set[str]:
        return {each.key for each in scene.messages if isinstance(each, DateList.Chosen)}

    async def script(scene: Any) -> None:
        made.show(ROWS, "b")
        await scene.settle()
        place = next(n for n, text in enumerate(scene.lines) if "Entry c" in text)
        heading = next(n for n, text in enumerate(scene.lines) if "Today" in text)
        await scene.pilot.click(DateList, offset=(10, heading))
        assert made.key == "b"
        await scene.pilot.click(DateList, offset=(10, place))
        assert (made.key, chosen(scene)) == ("c", set())
        await scene.pilot.click(DateList, offset=(10, place))
        await scene.settle()
        assert chosen(scene) == {"c"}

    on_stage(made, script)


def test_nothing_to_show_is_said_below_what_heads_it(on_stage: Perform) -> None:
    made = DateList()

    async def script(scene: Any) -> None:
        made.show([DateHeading(text="Today", today=True)], "", ["nothing falls due.", "e: how"])
        await scene.settle()
        assert scene.lines[0].startswith(" Today")
        assert [line.strip() for line in scene.lines[1:3]] == ["nothing falls due.", "e: how"]
        assert made.key is None

    on_stage(made, script)
