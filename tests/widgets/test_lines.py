"""The base of the views: only what differs is painted again."""

from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Offset, Region
from textual.selection import Selection

from widgets.line import Line
from widgets.lines import TONES, LineView


class Board(LineView):
    """Lines of text, and a record of what was asked to be painted."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.texts = list(texts)
        self.marked: list[Region] = []
        self.built = 0

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - the base's signature
        self.built += 1
        return [
            Line(width).add(text, self.tone("up" if "+" in text else "")) for text in self.texts
        ]

    def refresh(self, *regions: Region, **how: Any) -> "Board":
        if hasattr(self, "marked"):
            self.marked.extend(regions)
        return super().refresh(*regions, **how)

    def say(self, *texts: str) -> list[int]:
        """Show texts; which lines were marked for painting."""
        self.texts = list(texts)
        self.marked.clear()
        self.rebuild()
        return [y for region in self.marked for y in region.line_range]


def style_at(board: Board, y: int, cell: int) -> Style:
    """The style of one cell of what is on the screen."""
    [segment] = board.render_line(y).crop(cell, cell + 1)
    assert segment.style is not None
    return segment.style


def test_only_the_lines_that_differ_are_marked(on_stage: Callable[..., None]) -> None:
    board = Board("one", "two", "three")

    async def script(scene: Any) -> None:
        assert board.say("one", "2", "three") == [1]
        await scene.settle()
        assert [line.rstrip() for line in scene.lines[:3]] == ["one", "2", "three"]

    on_stage(board, script)


def test_nothing_is_marked_where_nothing_differs(on_stage: Callable[..., None]) -> None:
    board = Board("one", "two")

    async def script(_: Any) -> None:
        assert board.say("one", "two") == []

    on_stage(board, script)


def test_lines_that_go_are_wiped(on_stage: Callable[..., None]) -> None:
    board = Board("one", "two", "three")

    async def script(scene: Any) -> None:
        assert board.say("one") == [1, 2]
        await scene.settle()
        assert [line.rstrip() for line in scene.lines[:3]] == ["one", "", ""]

    on_stage(board, script)


def test_a_change_of_style_alone_is_painted(on_stage: Callable[..., None]) -> None:
    board = Board("one")

    async def script(_: Any) -> None:
        board.texts = ["+one"]
        board.rebuild()
        up = board.tone("up")
        assert style_at(board, 0, 0).color == up.color

    on_stage(board, script)


def test_a_theme_reaches_lines_that_were_not_told_anew(on_stage: Callable[..., None]) -> None:
    board = Board("+1.00%")

    async def script(scene: Any) -> None:
        before = style_at(board, 0, 0).color
        scene.stage.theme = "nord"
        await scene.settle()
        after = style_at(board, 0, 0).color
        assert before != after
        assert after == board.get_component_rich_style("view--up").color

    on_stage(board, script)


def test_lines_past_the_style_cache_look_as_those_that_go_through_it(
    on_stage: Callable[..., None],
) -> None:
    texts = ("ザラバ 7203", "+1.00%", "x" * 200)
    looks: list[list[list[tuple[str, object]]]] = []

    async def script(scene: Any) -> None:
        strips = scene.stage.screen._compositor.render_strips()
        looks.append(
            [
                [
                    (character, segment.style.color)
                    for segment in strip
                    for character in segment.text
                ]
                for strip in strips
            ]
        )

    on_stage(Board(*texts), script, (20, 3))
    on_stage(Board(*texts), script, (22, 5), "#view { border: round red; }")
    plain, framed = looks
    assert plain == [line[1:-1] for line in framed[1:-1]]


def test_a_resize_makes_the_lines_anew(on_stage: Callable[..., None]) -> None:
    board = Board("a long line of text")

    async def script(scene: Any) -> None:
        await scene.pilot.resize_terminal(8, 3)
        await scene.settle()
        assert scene.lines[0] == "a long… "
        assert all(cell_len(line) == 8 for line in scene.lines)

    on_stage(board, script)


def test_nothing_is_made_before_there_is_room() -> None:
    board = Board("one")
    board.rebuild()
    assert board.built == 0


def test_selected_text_is_the_text_shown(on_stage: Callable[..., None]) -> None:
    board = Board("ザラバ 7203", "second")

    async def script(scene: Any) -> None:
        chosen = board.get_selection(Selection(Offset(4, 0), Offset(8, 0)))
        assert chosen == ("7203", "\n")
        scene.stage.screen.selections = {board: Selection(Offset(1, 0), Offset(3, 0))}
        await scene.settle()
        assert board.render_line(0).cell_length == 80
        assert board.render_line(0).text.rstrip() == "ザラバ 7203"
        marked = scene.stage.screen.get_component_rich_style("screen--selection").bgcolor
        under = [x for x in range(12) if style_at(board, 0, x).bgcolor == marked]
        assert under == [2, 3, 4, 5]

    on_stage(board, script)


def test_every_tone_has_a_style_and_an_unknown_word_is_plain(
    on_stage: Callable[..., None],
) -> None:
    board = Board("one")

    async def script(_: Any) -> None:
        assert all(f"view--{tone}" in board._get_component_classes() for tone in TONES)
        assert board.tone("nonsense") == board.tone("")
        assert board.tone("up", cursor=True).color == board.tone("up").color
        assert board.tone("up", cursor=True).bgcolor != board.tone("up").bgcolor

    on_stage(board, script)


def test_without_colour_the_text_stays(
    painted: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert painted(Board("▲ +1.00%"), 20, 2)[0].rstrip() == "▲ +1.00%"
