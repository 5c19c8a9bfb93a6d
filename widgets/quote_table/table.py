"""The live table's widget."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from textual import events
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.quote_table.contracts import Column, TableData
from widgets.quote_table.flash import next_edge
from widgets.quote_table.messages import KeyMessage, TableMessage
from widgets.quote_table.ordering import RowNumbers
from widgets.quote_table.painter import LinePainter, looks
from widgets.quote_table.palette import DEFAULT_CSS, PARTS, PREFIX, Palette
from widgets.quote_table.rows import LiveRows
from widgets.quote_table.surface import LineSurface

WHEEL_LINES = 3


class QuoteTable(LineSurface, can_focus=True):
    """Rows of a `TableData`, with a cursor that stays on its symbol.

    The table paints nothing by itself: call `refresh_data` on each tick of painting. It then
    draws the rows on screen that have changed, and nothing else. Scroll position, cursor and
    filter survive every change of the data and of the order.

    The cursor rests on the head of the order until it is moved; from then on it follows its
    symbol. A symbol that a filter hides, or that leaves the data, has the cursor again when it
    comes back, unless the cursor was moved meanwhile.

    Give a border to a container around the table rather than to the table: see `LineSurface`.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {PREFIX + part for part in PARTS}
    DEFAULT_CSS = DEFAULT_CSS

    class Highlighted(KeyMessage):
        """The cursor has come to stand on another symbol."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of several in a row matters."""
            return isinstance(message, QuoteTable.Highlighted) and message.table is self.table

    class Chosen(KeyMessage):
        """A row was double-clicked, or `choose` was called."""

    class Sorted(TableMessage):
        """A heading was clicked, and the table sorted by it.

        Attributes:
            key: The column, or None for the order of the list.
            reverse: Whether from the greatest down.
        """

        def __init__(self, table: Widget, key: str | None, *, reverse: bool) -> None:
            super().__init__(table)
            self.key = key
            self.reverse = reverse

    empty_text: reactive[str] = reactive("No rows")
    """What an empty table says."""
    no_match_text: reactive[str] = reactive("Nothing matches")
    """What it says where the filter hides every row."""
    reduced_motion: reactive[bool] = reactive(False)
    """Whether nothing flashes."""
    flash_columns: reactive[tuple[str, ...]] = reactive(())
    """The keys of the columns whose text flashes when the price moves."""

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        flash_columns: Iterable[str] = (),
        reduced_motion: bool = False,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the name that every Textual widget uses
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.set_reactive(QuoteTable.flash_columns, tuple(flash_columns))
        self.set_reactive(QuoteTable.reduced_motion, reduced_motion)
        self._columns = tuple(columns)
        self._rows = LiveRows()
        self._painter = LinePainter()
        self._palette: Palette | None = None
        self._palette_origin: tuple[Color, Color, tuple[LineFilter, ...]] | None = None
        self._now = 0.0
        self._painted_revision: int | None = None
        self._flash_due: float | None = None
        self._told: str | None = None
        self._clicked: str | None = None
        self._dragging = False

    # What it shows

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns wanted, whether or not all fit."""
        return self._columns

    @property
    def order(self) -> RowNumbers:
        """The row numbers shown, in order; not to be changed."""
        return self._rows.order.rows

    @property
    def visible_keys(self) -> list[str]:
        """The symbols on screen, from the top."""
        keys = self._rows.order.keys
        return [keys[row] for row in self._rows.on_screen.tolist()]

    @property
    def cursor_key(self) -> str | None:
        """The symbol that the cursor is on; None where no rows are shown."""
        return self._rows.cursor_key

    @property
    def sort(self) -> tuple[str | None, bool]:
        """The column sorted by, None for the order of the list, and whether it is reversed."""
        return self._rows.sort, self._rows.reverse

    @property
    def frozen(self) -> bool:
        """Whether rows keep their places while their figures run."""
        return self._rows.frozen

    def show(self, data: TableData) -> None:
        """Show other data.

        The cursor stays on its symbol where the data has it, else on its position. A frozen
        order is kept for the symbols that stay.
        """
        self._rows.show(data)
        self._painter.forget_cells()
        self._tell()
        self.refresh()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the sort stays as it is."""
        self._columns = tuple(columns)
        self.refresh()

    def sort_by(self, key: str | None, reverse: bool = False) -> None:
        """Sort by a column at once, a frozen order too.

        Args:
            key: The column, None for the order of the list.
            reverse: Whether from the greatest down; what is unknown stays last.
        """
        self._rows.sort_by(key, reverse=reverse)
        self._tell()
        self.refresh()

    def reverse(self) -> None:
        """Turn the order around."""
        self.sort_by(self._rows.sort, not self._rows.reverse)

    def freeze(self, on: bool) -> None:
        """Keep the rows in their places while their figures run, or sort them again."""
        self._rows.freeze(on)

    def filter(self, text: str) -> None:
        """Show only the rows that match; with an empty text, all."""
        self._rows.narrow(text)
        self._tell()
        self.refresh()

    def only(self, symbols: Iterable[str] | None) -> None:
        """Show only the rows of some symbols; with None, all. A filter works besides."""
        self._rows.only(symbols)
        self._tell()
        self.refresh()

    # The tick

    def refresh_data(self, now: float) -> None:
        """Paint what has changed on screen; before that, sort where it is due.

        Args:
            now: Monotonic seconds, on the clock of `TableData.moved_at`.
        """
        self._now = now
        top, order = self._rows.view.top, self._rows.order.rows
        if self._rows.tick(now):
            self._painter.forget_cells()
            self._tell()
            self.refresh()
            return
        data = self._rows.data
        if (
            (data is not None and data.revision != self._painted_revision)
            or (self._flash_due is not None and now >= self._flash_due)
            or top != self._rows.view.top
            or order is not self._rows.order.rows
        ):
            self._tell()
            self._repaint()

    def next_change(self, now: float) -> float | None:
        """When to call `refresh_data` again though no data arrives.

        Returns:
            Monotonic seconds at which a flash fades or a sort falls due, not before `now`; None
            where nothing will change by itself, so that the caller may sleep.
        """
        flash_due = self._flash_due if self.drawn else next_edge(*self._flashes(now))
        due = [when for when in (flash_due, self._rows.sort_due()) if when is not None]
        return max(now, min(due)) if due else None

    # The cursor

    def move(self, delta: int) -> None:
        """Move the cursor by rows."""
        self._rows.place(self._rows.view.cursor + delta)
        self._moved()

    def page(self, pages: int) -> None:
        """Move cursor and window by screens."""
        self._rows.leap(pages * max(1, self._rows.view.height))
        self._moved()

    def half_page(self, halves: int) -> None:
        """Move cursor and window by half screens."""
        self._rows.leap(halves * max(1, self._rows.view.height // 2))
        self._moved()

    def home(self) -> None:
        """Move the cursor to the first row."""
        self._rows.place(0)
        self._moved()

    def end(self) -> None:
        """Move the cursor to the last row."""
        self._rows.place(self._rows.view.count - 1)
        self._moved()

    def select(self, key: str) -> bool:
        """Move the cursor to a symbol.

        Returns:
            Whether it is shown. One that is not gets the cursor as soon as it is.
        """
        shown = self._rows.select(key)
        self._moved()
        return shown

    def choose(self) -> None:
        """Choose the row that the cursor is on, as a double click does."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Chosen(self, key))

    def _moved(self) -> None:
        self._tell()
        self._repaint()

    def _tell(self) -> None:
        key = self.cursor_key
        if self.is_running and key != self._told:
            self._told = key
            if key is not None:
                self.post_message(self.Highlighted(self, key))

    def on_mount(self) -> None:
        """Tell of a cursor placed before there was anyone to tell."""
        self._tell()

    # Painting

    def draw(self, size: Size) -> list[Strip]:
        """Draw every line anew."""
        origin = (self.background_colors[1], self.colors[3], self.line_filters)
        if self._palette is None or origin != self._palette_origin:
            self._palette = Palette(*origin[:2], self.get_component_styles, self.finish)
            self._palette_origin = origin
        rows = self._rows
        rows.view.resize(size.height - 1)
        painter = self._painter
        painter.reset(self._columns, self.flash_columns, size, self._palette)
        painter.header(rows.sort, reverse=rows.reverse)
        if not rows.view.count:
            painter.notice(self.no_match_text if rows.narrowed else self.empty_text)
        self._draw_rows()
        return painter.lines

    def notify_style_update(self) -> None:
        """Resolve the component classes anew."""
        self._palette = None
        super().notify_style_update()

    def _repaint(self) -> None:
        if self.drawn:
            regions = self._draw_rows()
            if regions:
                self.refresh(*regions)

    def _draw_rows(self) -> list[Region]:
        data = self._rows.data
        if data is None:
            return []
        self._painted_revision = data.revision
        view, rows = self._rows.view, self._rows.on_screen
        codes, moved_at = self._flashes(self._now)
        self._flash_due = next_edge(codes, moved_at)
        wanted = looks(
            codes, data.stale[rows], view.top, view.cursor, view.thumb(), zebra=self._painter.zebra
        )
        return self._painter.paint(data, rows, wanted)

    def _flashes(self, now: float) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
        codes, moved_at = self._rows.flashes(now)
        if self.reduced_motion or not self.flash_columns:
            codes = np.zeros_like(codes)
        return codes, moved_at

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll; the cursor stays on its symbol."""
        self._scroll(event, self._rows.view.top + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll; the cursor stays on its symbol."""
        self._scroll(event, self._rows.view.top - WHEEL_LINES)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the position mark."""
        offset = event.get_content_offset(self)
        if offset is not None and self._on_track(offset):
            self._dragging = True
            self.capture_mouse()
            self._scroll(event, self._rows.view.top_for_thumb(offset.y - 1))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the position mark."""
        if self._dragging:
            line = event.get_content_offset_capture(self).y - 1
            self._scroll(event, self._rows.view.top_for_thumb(line))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the position mark."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Sort by a heading, select a row, or choose one with a double click."""
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1 or self._on_track(offset):
            return
        event.stop()
        if offset.y == 0:
            self._click_heading(offset.x)
            return
        position = self._rows.view.top + offset.y - 1
        if position < self._rows.view.count:
            self._rows.place(position)
            self._moved()
            # Rows may have changed places between the two clicks.
            again = event.chain == 2 and self._clicked == self.cursor_key
            self._clicked = self.cursor_key
            if again:
                self.choose()

    def _on_track(self, offset: Offset) -> bool:
        on_edge = offset.x == self.size.width - 1 and offset.y > 0
        return on_edge and bool(self._rows.view.thumb())

    def _scroll(self, event: events.MouseEvent, top: int) -> None:
        event.stop()
        self._rows.view.scroll_to(top)
        self._repaint()

    def _click_heading(self, x: int) -> None:
        """The first click sorts, the second turns the order around, the third is as the list."""
        column = self._painter.column_at(x)
        if column is None or not column.sortable:
            return
        falls = column.align == "right"
        key: str | None = column.key
        if self.sort == (key, falls):
            falls = not falls
        elif self.sort == (key, not falls):
            key, falls = None, False
        self.sort_by(key, falls)
        self.post_message(self.Sorted(self, key, reverse=falls))
