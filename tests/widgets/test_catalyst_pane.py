"""The catalysts: headlines as whole as room allows, and a cursor that stays on its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.catalyst_pane import CatalystPane, detail_lines
from widgets.catalyst_views import CatalystView, DueView, ReadyCatalysts, UnexplainedView

TARIFFS = CatalystView(
    key="tariffs",
    when="pre-open",
    kind="policy",
    headline="Washington puts off higher tariffs on EU goods to 9 July",
    detail="exporters +1.4%   vs index +0.4   +88.20 pts",
    tone="up",
    symbols_count=14,
)
DEAL = CatalystView(
    key="deal",
    when="pre-open",
    kind="deal",
    headline="日本製鉄によるUSスチール買収をトランプ大統領が公に支持",
    detail="5401 +2.1%   vs index +1.1   +0.20 pts",
    tone="up",
    symbols_count=1,
)
TALKS = CatalystView(key="talks", when="09:14", headline="Negotiator aims to settle in June")
DUE = [DueView(when="9 Jul", headline="EU tariff deadline")]
ALL = [TARIFFS, DEAL, TALKS]


def pane(entries: list[CatalystView], due: list[DueView]) -> CatalystPane:
    made = CatalystPane()
    made.show(ReadyCatalysts(entries), due)
    return made


def test_headlines_are_whole_where_there_is_room(painted: Callable[..., list[str]]) -> None:
    lines = painted(pane(ALL, DUE), 44, 12)
    assert [line.rstrip() for line in lines[:4]] == [
        "▌pre-open policy Washington puts off higher",
        "▌ tariffs on EU goods to 9 July",
        "▌ exporters +1.4%  vs index +0.4  +88.20 pts",
        " pre-open deal 日本製鉄によるUSスチール買収",
    ]
    assert "due 9 Jul EU tariff deadline" in "\n".join(lines)


@given(
    st.lists(st.sampled_from(["6758 +1.55%", "9984 −0.1%", "vs 日経 +0.4"]), max_size=8),
    st.integers(12, 60),
    st.integers(1, 3),
)
def test_a_code_is_never_parted_from_its_figure(parts: list[str], width: int, most: int) -> None:
    lines = detail_lines("  ".join(parts), width, most)
    assert 1 <= len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)
    told = [part for line in lines for part in line.split("  ") if part]
    whole = [part for part in told if "…" not in part]
    # Only a part that is wider than its line is cut, and a part left out leaves no trace.
    assert all(cell_len(part) > width for part, cut in zip(parts, told, strict=False) if "…" in cut)
    assert all(part in parts for part in whole)


def test_what_does_not_fit_is_left_out_whole() -> None:
    detail = "2 names −0.3%  vs index −1.2  −1.55 pts  6902 −0.7%"
    assert detail_lines(detail, 40, 1) == ["2 names −0.3%  vs index −1.2  −1.55 pts"]
    assert detail_lines(detail, 38, 1) == ["2 names −0.3%  vs index −1.2"]


def test_headlines_are_cut_where_there_is_little(painted: Callable[..., list[str]]) -> None:
    lines = painted(pane(ALL, DUE), 44, 6)
    assert lines[0].rstrip() == "▌pre-open policy Washington puts off higher…"
    assert lines[5].rstrip() == " due 9 Jul EU tariff deadline"


@pytest.mark.parametrize("width", [1, 2, 4, 9, 20, 33, 44, 120])
@pytest.mark.parametrize("height", [1, 2, 5, 30])
def test_every_line_is_exactly_as_wide_as_the_screen(
    painted: Callable[..., list[str]], width: int, height: int
) -> None:
    assert {cell_len(line) for line in painted(pane(ALL, DUE), width, height)} == {width}


def test_a_quiet_session_is_told_in_words(painted: Callable[..., list[str]]) -> None:
    assert painted(CatalystPane(), 44, 3)[0].rstrip() == " no catalysts for this session"


def test_line_breaks_in_foreign_text_do_not_break_the_line(
    painted: Callable[..., list[str]],
) -> None:
    torn = CatalystView(key="x", headline="one\ntwo\tthree", detail="four\nfive")
    lines = painted(pane([torn], []), 44, 3)
    assert [line.rstrip() for line in lines[:2]] == ["▌one two three", "▌ four five"]


def test_markup_is_read_as_text(painted: Callable[..., list[str]]) -> None:
    marked = CatalystView(key="x", headline="[bold]7203[/bold] [@click=quit]up[/]")
    assert "[bold]7203[/bold] [@click=quit]up[/]" in painted(pane([marked], []), 60, 2)[0]


def test_the_selection_survives_news(on_stage: Callable[..., None]) -> None:
    view = pane(ALL, DUE)

    async def script(scene: Any) -> None:
        view.focus()
        view.move(1)
        view.show(ReadyCatalysts([replace(TALKS, key="new"), *ALL]), DUE)
        await scene.settle()
        assert view.key == "deal"

    on_stage(view, script, (44, 6))


def test_the_cursor_brings_its_entry_into_view_and_the_last_what_falls_due(
    on_stage: Callable[..., None],
) -> None:
    view = pane(ALL, DUE)

    async def script(scene: Any) -> None:
        view.focus()
        await scene.settle()
        assert scene.lines[0].startswith("▌pre-open")
        view.move_to_end()
        await scene.settle()
        text = "\n".join(scene.lines)
        assert "▌09:14" in text
        assert "due 9 Jul" in text
        view.move_to_start()
        await scene.settle()
        assert scene.lines[0].startswith("▌pre-open")

    on_stage(view, script, (44, 3))


def test_the_wheel_scrolls_and_news_keeps_the_place(on_stage: Callable[..., None]) -> None:
    view = pane(ALL, DUE)

    async def script(scene: Any) -> None:
        view.scroll_lines(2)
        await scene.settle()
        before = scene.lines
        assert "日本製鉄" in before[0]
        view.show(ReadyCatalysts([TARIFFS, DEAL, replace(TALKS, detail="settled")]), DUE)
        await scene.settle()
        assert scene.lines[0] == before[0]
        view.scroll_lines(-99)
        await scene.settle()
        assert "Washington" in scene.lines[0]

    on_stage(view, script, (44, 3))


def test_the_wheel_keeps_its_place_while_the_pane_has_the_focus(
    on_stage: Callable[..., None],
) -> None:
    view = pane(ALL, DUE)

    async def script(scene: Any) -> None:
        view.focus()
        view.scroll_lines(2)
        await scene.settle()
        before = scene.lines
        view.show(ReadyCatalysts([TARIFFS, DEAL, replace(TALKS, detail="settled")]), DUE)
        await scene.settle()
        assert scene.lines[0] == before[0]
        view.move_to_start()
        await scene.settle()
        assert scene.lines[0].startswith("▌pre-open")

    on_stage(view, script, (44, 3))


def test_more_beyond_the_edge_is_hinted_at(on_stage: Callable[..., None]) -> None:
    view = pane(ALL, DUE)

    async def script(scene: Any) -> None:
        await scene.settle()
        assert "▼" in scene.lines[-1]
        assert "▲" not in scene.lines[-1]
        view.scroll_lines(99)
        await scene.settle()
        await scene.settle()
        assert "▲" in scene.lines[-1]
        assert "▼" not in scene.lines[-1]

    on_stage(view, script, (44, 5), "#view { border: round red; }")


def test_a_click_on_either_line_tells_the_entry(
    on_stage: Callable[..., None], sent: Callable[..., list[object]]
) -> None:
    view = pane(ALL, DUE)

    async def script(scene: Any) -> None:
        await scene.pilot.click(view, offset=(5, 3))
        await scene.pilot.click(view, offset=(5, 5))
        await scene.settle()
        kinds = (CatalystPane.Highlighted, CatalystPane.Chosen)
        assert sent(scene, view, "key", *kinds) == [(CatalystPane.Highlighted, "deal")]

    on_stage(view, script, (44, 6))


MANY = [replace(TALKS, key=f"k{n}", detail="7203 +1.0%  vs index +0.1") for n in range(20)]
DATES = [DueView(when=f"{n} Jul", headline="A date", left=f"in {n} days") for n in range(1, 9)]
MOVES = [
    UnexplainedView(key=f"{n}.T", name=f"{n} Name", move="+5.2%", tone="up") for n in range(1, 5)
]


def test_moves_without_news_and_dates_stand_below(painted: Callable[..., list[str]]) -> None:
    made = CatalystPane()
    outcome = DueView(when="23 May", headline="Vote", outcome="TOPIX +0.68%", passed=True)
    made.show(ReadyCatalysts([TALKS]), [*DATES[:1], outcome], MOVES[:1])
    text = [line.rstrip() for line in painted(made, 44, 10)]
    assert text[1:5] == [
        " no news 1 Name +5.2%",
        " due  1 Jul A date                 in 1 days",
        " was 23 May Vote",
        "   TOPIX +0.68%",
    ]


def test_some_of_both_stay_in_view_below_many_catalysts(
    painted: Callable[..., list[str]],
) -> None:
    made = CatalystPane()
    made.show(ReadyCatalysts(MANY), DATES, MOVES)
    lines = painted(made, 44, 16)
    assert [line.split()[0] for line in lines[-4:]] == ["no", "no", "due", "due"]
    scrolled = CatalystPane()
    scrolled.show(ReadyCatalysts(MANY), DATES, MOVES)
    scrolled.scroll_lines(99)
    assert "8 Jul" in painted(scrolled, 44, 16)[-1]


def test_of_hundreds_only_those_in_view_are_made(on_stage: Callable[..., None]) -> None:
    hundreds = [
        replace(TARIFFS if number % 3 else TALKS, key=str(number), headline=f"Story {number:03}")
        for number in range(500)
    ]
    made: list[int] = []

    class Counting(CatalystPane):
        def _entry_lines(self, index: int, *given: Any) -> Any:
            made.append(index)
            return super()._entry_lines(index, *given)

    view = Counting()
    view.show(ReadyCatalysts(hundreds), DUE)
    height = 7

    async def script(scene: Any) -> None:
        view.focus()
        for key in (0, 1, 2, 250, 251, 252, 498, 499):
            view.move(key - int(view.key or 0))
            made.clear()
            view.rebuild()
            await scene.settle()
            assert 0 < len(made) <= 2 * height
            (cursor,) = {
                line.split()[-1] for line in scene.lines if line.startswith("▌") and "Story" in line
            }
            assert cursor == f"{key:03}"
        assert "due 9 Jul" in scene.lines[-1]
        view.scroll_lines(-300)
        await scene.settle()
        told = [line.split()[-1] for line in scene.lines if "Story" in line]
        assert told == sorted(told)
        assert len(told) >= height // 2 - 1

    on_stage(view, script, (44, height))


def test_a_catalyst_of_the_selected_name_is_marked(painted: Callable[..., list[str]]) -> None:
    lines = painted(pane([TALKS, replace(DEAL, marked=True)], []), 60, 8)
    assert [line[0] for line in lines[1:3]] == ["•", "•"]


def test_headlines_have_the_lines_that_dates_far_off_would_take(
    painted: Callable[..., list[str]],
) -> None:
    made = CatalystPane()
    made.show(ReadyCatalysts([TARIFFS, replace(TARIFFS, key="other")]), DATES, MOVES[:1])
    lines = [line.strip() for line in painted(made, 42, 12)]
    assert sum("tariffs on EU goods to 9 July" in line for line in lines) == 2
    assert not any("…" in line for line in lines)
    assert lines[-1].startswith("due")


def test_a_countdown_is_short_where_its_date_needs_the_room(
    painted: Callable[..., list[str]],
) -> None:
    near = DueView(when="21 Jul", headline="Tokyo closed", left="in 56 days", brief="56d")
    far = replace(near, headline="Tokyo closed: Marine Day, 2025")
    lines = painted(pane([], [near, far]), 48, 4)
    assert lines[0].rstrip() == " due 21 Jul Tokyo closed              in 56 days"
    assert lines[1].rstrip() == " due 21 Jul Tokyo closed: Marine Day, 2025   56d"


def test_the_cursor_goes_on_to_the_names_that_moved_without_news(
    on_stage: Callable[..., None],
) -> None:
    made = CatalystPane()
    made.show(ReadyCatalysts(), DATES, MOVES)
    made.show(ReadyCatalysts(MANY[:2]), DATES, MOVES)

    async def script(scene: Any) -> None:
        made.focus()
        await scene.settle()
        assert (made.key, made.unexplained_key) == ("k0", None)
        for step, key in ((2, "1.T"), (2, "3.T"), (1, "4.T")):
            made.move(step)
            await scene.settle()
            assert (made.key, made.unexplained_key) == (None, key)
            assert any(line.startswith(f"▌no news {key[0]} Name") for line in scene.lines)

    on_stage(made, script, (44, 6))


def test_a_catalyst_may_be_called_what_a_name_is(on_stage: Callable[..., None]) -> None:
    made = CatalystPane()
    made.show(ReadyCatalysts([replace(TALKS, key="1.T")]), [], MOVES[:1])

    async def script(scene: Any) -> None:
        made.focus()
        await scene.settle()
        assert (made.key, made.unexplained_key) == ("1.T", None)
        made.move(1)
        assert (made.key, made.unexplained_key) == (None, "1.T")

    on_stage(made, script, (44, 6))
