"""Dated things in order, under headings: what has passed, today, and what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual import events

from widgets.cells import cut, fit
from widgets.cursor_view import CursorView
from widgets.line import Line

SOURCE_FROM = 112
"""Cells from which on each entry tells its source."""
_OWN = "•"
"""Stands before what concerns the user's lists, so that it is seen without colour."""
_WIDE, _ROOMY = 66, 96
"""Cells from which on the kind, and the words of the countdown, have room."""
_DAY, _LEFT, _BRIEF = 10, 12, 5
_KIND = {_WIDE: 9, _ROOMY: 13}
_NAMES = ((64, 7), (88, 10), (100, 18), (150, 30))
_SOURCE = ((SOURCE_FROM, 18),)
"""Cells of the list, and the most cells of the names, and of the source, from there on."""
_ABOVE = 3
"""A third of the view stands before the row on which it begins."""

Figures = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHeading:
    """A line above entries.

    Attributes:
        text: What is below it.
        today: Whether it marks today.
    """

    text: str
    today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """Something dated; every text is ready to print.

    Attributes:
        key: Its identity.
        day: Its date; empty where the entry above has the same.
        left: How far off it is: ``in 18 days``.
        brief: The same where there is little room: ``18d``.
        kind: What kind of thing it is; may be empty.
        title: What it is.
        names: Whom it concerns, the fullest form first; may be empty.
        source: Who says so.
        figures: What happened on that day, each with a tone; on a line of its own.
        own: Whether it concerns the user's lists.
        passed: Whether it is over.
        indent: Whether it belongs to the entry above it.
        sign: What stands before the title; may be empty.
    """

    key: str
    day: str = ""
    left: str = ""
    brief: str = ""
    kind: str = ""
    title: str
    names: Sequence[str] = ()
    source: str = ""
    figures: Figures = ()
    own: bool = False
    passed: bool = False
    indent: bool = False
    sign: str = ""


class DateList(CursorView):
    """Entries by date that can be gone through; a click on the one under the cursor chooses it."""

    DEFAULT_CSS = """
    DateList { height: 1fr; }
    """

    _shown: Sequence[DateHeading | DateView] = ()
    _entries: Sequence[DateView] = ()
    _top = 0
    _begins = False
    _empty: Sequence[str] = ()
    _columns: tuple[int, int, int] | None = None

    def show(
        self, shown: Sequence[DateHeading | DateView], first: str = "", empty: Sequence[str] = ()
    ) -> None:
        """Show other entries; the cursor stays on its own.

        Args:
            shown: Entries with the headings above them, in order.
            first: The key of the entry to begin on, with some of what is before it in view.
            empty: What is said where there are no entries, a line each.
        """
        if shown == self._shown and empty == self._empty:
            return
        begins = not self._entries
        self._shown, self._empty = shown, empty
        self._entries = [each for each in shown if isinstance(each, DateView)]
        self._cursor.update([each.key for each in self._entries])
        self._columns = None
        if begins and self._entries:
            self._cursor.select(first)
            self._begins = True
        self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:
        """The lines in view."""
        if not self._entries:
            self._rows = []
            lines = [each for each in self._shown if isinstance(each, DateHeading)]
            muted = self.tone("muted")
            told = [Line(width).add(f" {cut(text, width - 1)}", muted) for text in self._empty]
            return [*(self._heading(each, width) for each in lines), *told]
        places = self._places()
        self._scroll(places, height)
        seen = places[self._top : self._top + height]
        self._rows = [-1 if isinstance(each, DateHeading) else row for each, row, _ in seen]
        return [self._row_line(*place, width) for place in seen]

    def _places(self) -> list[tuple[DateHeading | DateView, int, bool]]:
        """What each line shows: a heading or an entry, its number, whether it is its second."""
        places: list[tuple[DateHeading | DateView, int, bool]] = []
        row = -1
        for each in self._shown:
            if isinstance(each, DateView):
                row += 1
            places.append((each, row, False))
            if isinstance(each, DateView) and each.figures:
                places.append((each, row, True))
        return places

    def _scroll(self, places: Sequence[tuple[object, int, bool]], height: int) -> None:
        """Keep the cursor's entry in view, with the heading above it."""
        index = self._cursor.index
        lines = [
            line
            for line, (each, row, _) in enumerate(places)
            if row == index and isinstance(each, DateView)
        ]
        start, stop = lines[0], lines[-1] + 1
        if start and isinstance(places[start - 1][0], DateHeading):
            start -= 1
        if self._begins:
            self._begins, self._top = False, start - height // _ABOVE
        self._top = min(max(self._top, stop - height), start)
        self._top = max(min(self._top, len(places) - height), 0)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on by a few."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back by a few."""
        event.stop()
        self.move(-3)

    def on_click(self, event: events.Click) -> None:
        """Move to the entry that was clicked; where the cursor is on it already, choose it."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= offset.y < len(self._rows) or self._rows[offset.y] < 0:
            return
        if self._rows[offset.y] == self._cursor.index:
            self.choose()
        else:
            self._moved(self._cursor.move_to(self._rows[offset.y]))

    # --- lines ----------------------------------------------------------------------------

    def _row_line(self, each: DateHeading | DateView, row: int, second: bool, width: int) -> Line:
        if isinstance(each, DateHeading):
            return self._heading(each, width)
        line = self._figures(row, each, width) if second else self._entry(row, each, width)
        return line.skip_to(width, self.row_style(row))

    def _heading(self, heading: DateHeading, width: int) -> Line:
        word = "accent" if heading.today else "muted"
        line = Line(width).add(f" {heading.text} ", self.tone(word, bold=heading.today))
        return line.add("─" * max(line.room - 1, 0), self.tone("rule"))

    def _entry(self, row: int, view: DateView, width: int) -> Line:
        muted, accent = self.row_style(row, "muted"), self.row_style(row, "accent")
        line = Line(width).add(self.mark(row), accent).add(_OWN if view.own else " ", accent)
        line.add_fit(view.day, _DAY + 1, muted if view.passed else self.row_style(row))
        left = view.left if width >= _ROOMY else view.brief
        room = _LEFT if width >= _ROOMY else _BRIEF
        line.add(fit(left, room) + " ", muted if view.passed else self.row_style(row))
        if width >= _WIDE:
            cells = _KIND[_ROOMY if width >= _ROOMY else _WIDE]
            line.add(fit(cut(view.kind, cells), cells + 1), accent)
        tail = self._tail(row, view, width)
        room = line.room - sum(cell_len(text) for text, _ in tail)
        before = ("  " if view.indent else "") + (f"{view.sign} " if view.sign else "")
        style = self.row_style(row, "muted" if view.passed else "", bold=view.own)
        line.add(before, accent).add_fit(
            " ".join(view.title.split()), room - cell_len(before), style
        )
        return line.add_all(tail)

    def _tail(self, row: int, view: DateView, width: int) -> list[tuple[str, Style]]:
        """What stands behind the title, of fixed widths so that it lies in columns."""
        cells, source = self._widths(width)
        tail = []
        if cells:
            names = _form(view.names, _cells(_NAMES, width))
            tail.append((" " + fit(names, cells), self.row_style(row, "muted")))
        if source:
            tail.append((" " + fit(view.source, source), self.row_style(row, "muted")))
        return tail

    def _widths(self, width: int) -> tuple[int, int]:
        """The cells of the names and of the source: what the longest needs, as far as it may."""
        if self._columns is None or self._columns[0] != width:
            most, source = _cells(_NAMES, width), _cells(_SOURCE, width)
            named = max((cell_len(_form(each.names, most)) for each in self._entries), default=0)
            told = max((cell_len(each.source) for each in self._entries), default=0)
            self._columns = width, min(named, most), min(told, source)
        return self._columns[1:]

    def _figures(self, row: int, view: DateView, width: int) -> Line:
        line = Line(width).add(self.mark(row), self.row_style(row, "accent"))
        line.skip_to(min(_DAY + 3, width), self.row_style(row))
        for text, tone in view.figures:
            if cell_len(text) <= line.room:
                line.add(text, self.row_style(row, tone)).add("  ", self.row_style(row))
        return line


def _form(names: Sequence[str], cells: int) -> str:
    """The fullest form of some names that fits; else the last."""
    return next((form for form in names if cell_len(form) <= cells), names[-1] if names else "")


def _cells(shapes: Sequence[tuple[int, int]], width: int) -> int:
    return max((room for least, room in shapes if width >= least), default=0)
