"""The ladder: the names that matter most at both ends, as many as there is room for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from widgets.ladder import Ladder, LadderView
from widgets.ladder_rows import LadderRow

POINTS = (76.1, 59.87, 33.33, 28.94, 21.4, 12.5, 8.1, 2.2, -1.77, -3.9, -21.3)
NAMES = ("Advantest", "東京エレクトロン", "SoftBank Group", "Konami Group")


def row(place: int, value: float) -> LadderRow:
    return LadderRow(
        key=f"k{place}",
        code=f"{6000 + place}",
        name=NAMES[place % len(NAMES)],
        points_text=f"{value:+.2f}".replace("-", "−"),
        value=value,
        tone="up" if value > 0 else "down",
    )


VIEW = LadderView(
    title="Contribution · Nikkei 225",
    reconciliation="+371.06 = ▲ 418.83  ▼ −47.77   resid 0.00",
    rows=[row(place, value) for place, value in enumerate(POINTS)],
    summary="4 names = +198.24 (53% of the move)",
)


def ladder(view: LadderView) -> Ladder:
    made = Ladder()
    made.show(view)
    return made


def test_all_of_it_where_there_is_room(painted: Callable[..., list[str]]) -> None:
    lines = painted(ladder(VIEW), 46, 14)
    assert lines[0].rstrip() == " +371.06 = ▲ 418.83  ▼ −47.77   resid 0.00"
    assert lines[1].startswith("▌6000 Advantest        +76.10 ")
    assert lines[1].endswith("█")
    assert lines[9] == "╌" * 46
    assert "−1.77" in lines[10]
    assert lines[13].rstrip() == " 4 names = +198.24 (53% of the move)"


def test_where_the_sum_has_no_room_its_short_form_stands_whole(
    painted: Callable[..., list[str]],
) -> None:
    short = "+348.84 = ▲397.01 ▼−58.35 resid +10.18"
    view = replace(VIEW, reconciliation="+348.84 = ▲ 397.01  ▼ −58.35  resid +10.18",
                   short_reconciliation=short)  # fmt: skip
    assert painted(ladder(view), 43, 7)[0].rstrip() == f" {view.reconciliation}"
    assert painted(ladder(view), 42, 7)[0].rstrip() == f" {short}"


def test_top_and_bottom_where_there_is_little(painted: Callable[..., list[str]]) -> None:
    text = "\n".join(painted(ladder(VIEW), 46, 7))
    assert "+76.10" in text
    assert "−21.30" in text
    assert "+8.10" not in text


@pytest.mark.parametrize("width", [1, 2, 6, 9, 12, 16, 20, 27, 44, 90])
@pytest.mark.parametrize("height", [1, 2, 3, 4, 5, 9, 30])
def test_every_line_is_exactly_as_wide_as_the_screen(
    painted: Callable[..., list[str]], width: int, height: int
) -> None:
    assert {cell_len(line) for line in painted(ladder(VIEW), width, height)} == {width}


def test_points_outlive_bars_and_names(painted: Callable[..., list[str]]) -> None:
    lines = painted(ladder(VIEW), 14, 14)
    assert "6000" in lines[1]
    assert "+76.10" in lines[1]


def test_bars_are_scaled_to_the_largest(painted: Callable[..., list[str]]) -> None:
    lines = painted(ladder(VIEW), 46, 14)
    lengths = [sum(map(line.count, "█▉▊▋▌▍▎▏")) for line in lines[1:9]]
    assert lengths == sorted(lengths, reverse=True)
    assert cell_len(lines[1].rstrip()) == 46


def test_a_table_that_is_missing_is_named(painted: Callable[..., list[str]]) -> None:
    view = LadderView(title="Contribution", note="no divisor covers 2025-05-26")
    assert painted(ladder(view), 46, 3)[0].rstrip() == " no divisor covers 2025-05-26"


def test_nothing_yet_is_told_in_words(painted: Callable[..., list[str]]) -> None:
    assert painted(Ladder(), 46, 3)[0].rstrip() == " no contributions yet"


def test_the_cursor_stays_on_its_name(on_stage: Callable[..., None]) -> None:
    view = ladder(VIEW)

    async def script(scene: Any) -> None:
        view.focus()
        view.move(2)
        held = view.key
        rows = [replace(each, value=-each.value) for each in reversed(VIEW.rows)]
        view.show(replace(VIEW, rows=rows))
        await scene.settle()
        assert view.key == held
        [marked] = [line for line in scene.lines if line.startswith("▌")]
        assert "6002" in marked

    on_stage(view, script, (46, 14))


def test_moving_tells_and_choosing_tells(
    on_stage: Callable[..., None], sent: Callable[..., list[object]]
) -> None:
    view = ladder(VIEW)

    async def script(scene: Any) -> None:
        view.focus()
        view.move(1)
        view.move_to_end()
        view.move(1)
        view.choose()
        view.move_to_start()
        await scene.settle()
        assert sent(scene, view, "key", Ladder.Highlighted, Ladder.Chosen) == [
            (Ladder.Highlighted, "k1"),
            (Ladder.Highlighted, "k10"),
            (Ladder.Chosen, "k10"),
            (Ladder.Highlighted, "k0"),
        ]

    on_stage(view, script, (46, 14))


def test_a_click_moves_and_a_double_click_chooses(
    on_stage: Callable[..., None], sent: Callable[..., list[object]]
) -> None:
    view = ladder(VIEW)

    async def script(scene: Any) -> None:
        await scene.pilot.click(view, offset=(5, 9))
        await scene.pilot.click(view, offset=(5, 3), times=2)
        await scene.settle()
        assert sent(scene, view, "key", Ladder.Highlighted, Ladder.Chosen) == [
            (Ladder.Highlighted, "k2"),
            (Ladder.Chosen, "k2"),
        ]

    on_stage(view, script, (46, 14))
