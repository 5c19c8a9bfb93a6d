"""Two contribution ladders side by side: who carries either index, and which sectors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest

from rich.cells import cell_len
from rich.style import Style
from textual import events

from widgets.cursor import KeyCursor
from widgets.cursor_view import MARK, CursorView
from widgets.ladder import LadderView
from widgets.ladder_rows import LadderColumns, LadderRow, ladder_line, split_ladder
from widgets.line import Line

BOTH_WIDTH = 76
"""On a narrower screen one ladder stands at a time."""
_GAP = " │ "
_TOTALS_LINES = 18
"""From so many lines on there are totals below the names."""
_TOTALS_SHARE = 0.4
"""How much of the lines they may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderSide:
    """One of the two ladders.

    Attributes:
        ladder: The names.
        totals_title: What the totals are by.
        totals: Sums by sector or another grouping, the most points first. Their keys are not
            names' keys.
    """

    ladder: LadderView = field(default_factory=LadderView)
    totals_title: str = ""
    totals: Sequence[LadderRow] = ()


@dataclass(slots=True)
class _Drawn:
    """The lines of a side, and which entry stands on each: -1 for none."""

    lines: list[Line] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def add(self, line: Line, entry: int = -1) -> None:
        """Append a line."""
        self.lines.append(line)
        self.rows.append(entry)


class DoubleLadder(CursorView):
    """The names with the most and with the fewest points in two indices, and totals below.

    Where there is no room for both, the side that the cursor is on stands alone. `move` goes up
    and down a side, `move_side` to the other. The messages are those of `CursorView`; `side`
    tells which index they are about.
    """

    DEFAULT_CSS = """
    DoubleLadder { height: 1fr; }
    """

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._sides: tuple[LadderSide, LadderSide] = (LadderSide(), LadderSide())
        self._cursors = (KeyCursor(), KeyCursor())
        self._drawn = (_Drawn(), _Drawn())
        self._side = 0
        self._cursor = self._cursors[0]

    @property
    def side(self) -> int:
        """The side that the cursor is on: 0 the left, 1 the right."""
        return self._side

    def show(self, left: LadderSide, right: LadderSide) -> None:
        """Show other figures; the cursor of either side stays on its name."""
        if (left, right) == self._sides:
            return
        self._sides = (left, right)
        self.rebuild()

    def move_side(self, step: int) -> None:
        """Move the cursor to the other side, to the entry nearest to its line."""
        side = min(max(self._side + step, 0), 1)
        if side == self._side:
            return
        line = self._line_of_cursor()
        self._enter(side)
        drawn = self._drawn[side]
        entries = [(abs(y - line), entry) for y, entry in enumerate(drawn.rows) if entry >= 0]
        if entries and self._both(self.size.width):
            self._cursor.move_to(min(entries)[1])
        self.rebuild()
        if self._cursor.key is not None:
            self.post_message(self.Highlighted(self, self._cursor.key))

    def build(self, width: int, height: int) -> list[Line]:
        """Both sides with a line between them, or the one that the cursor is on."""
        if not self._both(width):
            shown = self._built_side(self._side, width, height)
            other = _Drawn()
            self._drawn = (shown, other) if self._side == 0 else (other, shown)
            self._rows = shown.rows
            return shown.lines
        first = (width - len(_GAP)) // 2
        second = width - len(_GAP) - first
        self._drawn = (
            self._built_side(0, first, height),
            self._built_side(1, second, height),
        )
        self._rows = self._drawn[self._side].rows
        rule, plain = self.tone("rule"), self.tone("")
        lines = []
        pairs = zip_longest(self._drawn[0].lines, self._drawn[1].lines)
        for left, right in pairs:
            line = Line(width)
            if left is not None:
                line.add_all((part.text, part.style or plain) for part in left.segments)
            line.skip_to(first, plain).add(_GAP, rule)
            if right is not None:
                line.add_all((part.text, part.style or plain) for part in right.segments)
            lines.append(line)
        return lines

    def on_click(self, event: events.Click) -> None:
        """Move to the entry that was clicked, on either side, or choose it."""
        offset = event.get_content_offset(self)
        width = self.size.width
        if offset is not None and self._both(width):
            side = int(offset.x > (width - len(_GAP)) // 2)
            rows = self._drawn[side].rows
            if side != self._side and 0 <= offset.y < len(rows) and rows[offset.y] >= 0:
                self._enter(side)
                self._cursor.move_to(rows[offset.y])
                self._moved(moved=True)
                return
        super().on_click(event)

    def _enter(self, side: int) -> None:
        self._side = side
        self._cursor = self._cursors[side]
        self._rows = self._drawn[side].rows

    def _line_of_cursor(self) -> int:
        rows = self._drawn[self._side].rows
        index = self._cursor.index
        return rows.index(index) if index in rows else 0

    @staticmethod
    def _both(width: int) -> bool:
        return width >= BOTH_WIDTH

    def _style(self, side: int, entry: int, word: str = "") -> Style:
        return self.tone(word, cursor=self._on(side, entry))

    def _on(self, side: int, entry: int) -> bool:
        return self.has_focus and side == self._side and entry == self._cursors[side].index

    def _built_side(self, side: int, width: int, height: int) -> _Drawn:
        """Title, reconciliation, note, names, their summary, and totals where there is room."""
        shown = self._sides[side]
        ladder = shown.ladder
        muted = self.tone("muted")
        drawn = _Drawn()
        drawn.add(self._title(side, width))
        if ladder.reconciliation and (height > 3 or not ladder.rows):
            text = _fitting(ladder.reconciliation, ladder.short_reconciliation, width)
            drawn.add(Line(width).add(text, self.tone("")))
        if ladder.note and (height > 5 or not ladder.rows):
            text = _fitting(ladder.note, ladder.short_note, width)
            drawn.add(Line(width).add(text, self.tone("warn")))
        room = height - len(drawn.lines) - bool(ladder.summary and height > 4)
        below = 0
        if shown.totals and height >= _TOTALS_LINES:
            below = min(int(room * _TOTALS_SHARE), len(shown.totals) + 3)
        names = split_ladder(ladder.rows, room - below)
        left = room - below - sum(map(len, names)) - bool(names[0] and names[1])
        totals = split_ladder(shown.totals, below + max(left, 0) - 2) if below else ((), ())
        entries = [row for part in (*names, *totals) for row in part]
        self._cursors[side].update([row.key for row in entries])
        if not ladder.rows and not ladder.note:
            drawn.add(Line(width).add(f" {ladder.empty}", muted))
        columns = LadderColumns.of(entries, width)
        first = self._add_rows(drawn, side, names, 0, columns.scaled([*names[0], *names[1]]))
        if ladder.summary and height > 4:
            text = _fitting(ladder.summary, ladder.short_summary, width)
            drawn.add(Line(width).add(text, muted))
        if below:
            drawn.add(Line(width))
            drawn.add(Line(width).add(f" {shown.totals_title}", self.tone("title")))
            sums = columns.uncoded().scaled([*totals[0], *totals[1]])
            self._add_rows(drawn, side, totals, first, sums)
        return drawn

    def _title(self, side: int, width: int) -> Line:
        """The side's title; where the other side is not seen, its title too."""
        line = Line(width)
        sides = (0, 1) if not self._both(self.size.width) else (side,)
        for each in sides:
            active = each == self._side and self.has_focus
            word = "accent" if active else "title" if each == side else "muted"
            line.add(f" {self._sides[each].ladder.title} ", self.tone(word, bold=each == side))
            if each != sides[-1]:
                line.add("│", self.tone("rule"))
        return line

    def _add_rows(
        self,
        drawn: _Drawn,
        side: int,
        parts: tuple[Sequence[LadderRow], Sequence[LadderRow]],
        first: int,
        columns: LadderColumns,
    ) -> int:
        """Add the top, a thin line and the bottom; the number of the entry after them."""
        top, bottom = parts
        rows = [*top, *bottom]
        width = drawn.lines[0].width
        for place, row in enumerate(rows):
            if place == len(top) and top:
                drawn.add(Line(width).add("╌" * width, self.tone("rule")))
            entry = first + place
            mark = MARK if self._on(side, entry) else " "
            style = partial(self._style, side, entry)
            drawn.add(ladder_line(row, columns, width, mark, style), entry)
        return first + len(rows)


def _fitting(text: str, short: str, width: int) -> str:
    """A text with a blank before it; the short one where there is no room for it."""
    return f" {short if short and cell_len(text) + 1 > width else text}"
