"""The catalysts: what may have moved the market, and what falls due."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from widgets.catalyst_views import Catalysts, DueView, ReadyCatalysts, UnexplainedView
from widgets.cells import cut
from widgets.cursor_view import CursorView
from widgets.line import Line
from widgets.wrap import wrap

_SHAPES = ((3, 2), (2, 2), (2, 1), (1, 1))
"""Lines of a headline and of its detail, at most, by how much room there is."""
_INDENT = 2
_DUE_LEAST = 12
"""Cells of a dated headline that are worth more than the countdown behind it."""
_FOOT_SHARE = 4
"""A fourth of the lines is kept for moves without news and dates, where not all fit."""
_NAME = "\0"
"""Before the key of a name among the cursor's; no catalyst's begins so."""
_MARKED = "•"
"""Stands before a catalyst that concerns what is selected, so that it is seen without colour."""


class CatalystPane(CursorView):
    """Catalysts of two lines each, more where a headline is long and there is room for it."""

    DEFAULT_CSS = """
    CatalystPane { height: 1fr; }
    """

    BORDER_TITLE = "Catalysts"

    _entries: Catalysts = ReadyCatalysts()
    _count = 0
    _due: Sequence[DueView] = ()
    _unexplained: Sequence[UnexplainedView] = ()
    _top = 0
    _follow = True
    _subtitle = ""
    empty_text = "no catalysts for this session"

    def show(
        self,
        entries: Catalysts,
        due: Sequence[DueView] = (),
        unexplained: Sequence[UnexplainedView] = (),
    ) -> None:
        """Show other catalysts; the cursor stays on its own, and the scroll where it can.

        Args:
            entries: The catalysts, in order.
            due: What falls due, below them.
            unexplained: Names that moved without a catalyst, between the two.
        """
        foot = tuple(due), tuple(unexplained)
        if foot == (self._due, self._unexplained) and entries.same_as(self._entries):
            return
        keys = entries.keys
        came_first = bool(keys) and not self._count and not self.has_focus
        self._entries, self._count = entries, len(keys)
        self._due, self._unexplained = foot
        # A source may call a catalyst what an instrument is called; the cursor tells them apart.
        self._cursor.update([*keys, *(_NAME + each.key for each in unexplained)])
        if came_first:
            self._cursor.move_to(0)
        self.rebuild()

    @property
    def key(self) -> str | None:
        """The key of the catalyst under the cursor; None while there is none."""
        held = self._cursor.key
        return None if held is None or held.startswith(_NAME) else held

    @property
    def unexplained_key(self) -> str | None:
        """The key of the name under the cursor that moved without a catalyst; None for none."""
        held = self._cursor.key
        return held.removeprefix(_NAME) if held is not None and held.startswith(_NAME) else None

    def build(self, width: int, height: int) -> list[Line]:
        """The lines in view: as much of each headline as lets all of them be seen."""
        if not (self._count or self._due or self._unexplained):
            self._rows = []
            self._mark_place(0, height)
            return [Line(width).add(f" {self.empty_text}", self.tone("muted"))]
        unexplained = [
            self._unexplained_line(index, each, width)
            for index, each in enumerate(self._unexplained, self._count)
        ]
        due = self._due_block(width)
        below = unexplained + due
        # Dates further off than the foot holds are not worth a headline that is cut.
        kept = min(len(below), max(height // _FOOT_SHARE, 1))
        if self._count + kept > height:
            # Hundreds of them cannot all be seen: only those that are, are made.
            lines, rows = None, self._shortest_rows()
        else:
            lines, rows = self._entry_block(width, *_SHAPES[0])
            for shape in _SHAPES[1:]:
                if len(lines) + kept <= height:
                    break
                lines, rows = self._entry_block(width, *shape)
        entries = len(rows)
        total = entries + len(below)
        numbers = list(range(self._count, self._count + len(unexplained)))
        rows = rows + numbers + [-1] * len(due)
        foot, shown = _foot(unexplained, due, height) if total > height else ([], 0)
        on_names = self.has_focus and self._cursor.index >= self._count
        self._scroll(rows, total, height if on_names else height - len(foot), height)
        self._mark_place(total, height)
        top, stop = self._top, self._top + height - len(foot)
        if stop < entries and not on_names:
            seen = self._seen(rows, top, stop, width) if lines is None else lines[top:stop]
            self._rows = rows[top:stop] + numbers[:shown] + [-1] * (len(foot) - shown)
            return seen + foot
        stop = min(top + height, entries)
        seen = self._seen(rows, top, stop, width) if lines is None else lines[top:stop]
        self._rows = rows[top : top + height]
        return seen + below[max(top - entries, 0) : max(top + height - entries, 0)]

    def scroll_lines(self, step: int) -> None:
        """Scroll by lines without moving the cursor; the view stays there until it moves."""
        self._top = max(self._top + step, 0)
        self._follow = False
        self.rebuild()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self.scroll_lines(2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self.scroll_lines(-2)

    def _entry_block(self, width: int, most: int, details: int) -> tuple[list[Line], list[int]]:
        lines: list[Line] = []
        rows: list[int] = []
        for index in range(self._count):
            own = self._entry_lines(index, width, most, details)
            lines += own
            rows += [index] * len(own)
        return lines, rows

    def _shortest_rows(self) -> list[int]:
        """The entry of each line, where each has as few as there are."""
        return [index for index in range(self._count) for _ in range(self._entries.lines(index))]

    def _seen(self, rows: Sequence[int], top: int, stop: int, width: int) -> list[Line]:
        """The lines from one to another, where each entry has as few as there are."""
        if top >= stop:
            return []
        first, last = rows[top], rows[stop - 1]
        before = top - rows.index(first)
        made = [
            line
            for index in range(first, last + 1)
            for line in self._entry_lines(index, width, *_SHAPES[-1])
        ]
        return made[before : before + stop - top]

    def _unexplained_line(self, index: int, view: UnexplainedView, width: int) -> Line:
        line = Line(width).add(self.mark(index), self.row_style(index, "accent"))
        line.add(f"{view.label} ", self.row_style(index, "warn"))
        name = cut(view.name, max(line.room - cell_len(view.move) - 1, 0))
        line.add(name, self.row_style(index, "title"))
        line.add(f" {view.move}", self.row_style(index, view.tone))
        if line.room >= cell_len(view.note) + 2:
            line.add(f"  {view.note}", self.row_style(index, "muted"))
        return line.skip_to(width, self.row_style(index))

    def _due_block(self, width: int) -> list[Line]:
        days = max((cell_len(each.when) for each in self._due), default=0)
        return [line for each in self._due for line in self._due_lines(each, width, days)]

    def _due_lines(self, due: DueView, width: int, days: int) -> list[Line]:
        plain, muted = self.tone(""), self.tone("muted")
        label = self.tone("muted" if due.passed else "warn")
        words = due.label or ("was" if due.passed else "due")
        line = Line(width).add(f" {words} ", label)
        line.add_fit(due.when, days, self.tone("title"), right=True).add(" ", plain)
        headline = " ".join(due.headline.split())
        tail = self._countdown(due, cell_len(headline), line.room)
        line.add(cut(headline, max(line.room - cell_len(tail) - bool(tail), 0)), plain)
        if tail:
            line.skip_to(width - cell_len(tail), plain).add(tail, muted)
        if not due.outcome:
            return [line]
        return [line, Line(width).add("   ", plain).add(cut(due.outcome, max(width - 3, 0)), muted)]

    @staticmethod
    def _countdown(due: DueView, headline: int, room: int) -> str:
        """As many words of the countdown as leave the headline whole, or long enough."""
        for words in (due.left, due.brief):
            if words and headline + 1 + cell_len(words) <= room:
                return words
        words = due.brief or due.left
        return words if room - cell_len(words) - 1 >= _DUE_LEAST else ""

    def _entry_lines(self, index: int, width: int, most: int, details: int) -> list[Line]:
        entry = self._entries.view(index)
        plain, muted = self.row_style(index), self.row_style(index, "muted")
        mark, edge = self.mark(index), self.row_style(index, "accent")
        if entry.marked and not mark.strip():
            mark = _MARKED
        # A detail tells the names by itself.
        named = 0 if entry.detail else entry.symbols_count
        count = f" {named} name{'s' * (named > 1)}" if named else ""
        first = Line(width).add(mark, edge)
        for text, style in ((entry.when, muted), (entry.kind, self.row_style(index, "accent"))):
            if text and first.room > cell_len(text) + 10:
                first.add(f"{text} ", style)
        tail = count if first.room - cell_len(count) >= 16 and most == 1 else ""
        room = first.room - cell_len(tail)
        headline = " ".join(entry.headline.split())
        title = self.row_style(index, "accent" if entry.marked else "title", bold=entry.marked)
        head = wrap(headline, room, 2)[:1] if most > 1 else [cut(headline, room)]
        first.add(head[0] if head else "", title)
        first.skip_to(width - cell_len(tail), plain).add(tail, muted)
        lines = [first]
        rest = headline[len(head[0]) :] if head and most > 1 else ""
        more = [(text, title) for text in wrap(rest, width - _INDENT, most - 1)]
        if entry.detail:
            told = self.row_style(index, entry.tone)
            more += [(text, told) for text in detail_lines(entry.detail, width - _INDENT, details)]
        if entry.warning:
            more.append((cut(entry.warning, width - _INDENT), self.row_style(index, "warn")))
        lines += [
            Line(width).add(mark, edge).add(" ", plain).add(text, style) for text, style in more
        ]
        return [line.skip_to(width, plain) for line in lines]

    def _scroll(self, rows: Sequence[int], total: int, height: int, whole: int) -> None:
        """Keep the cursor's entry in view, unless the wheel has moved the view since.

        Args:
            rows: The entry of each line.
            total: Lines that there are.
            height: Lines that entries have while something stands below them.
            whole: Lines that there is room for.
        """
        index = self._cursor.index
        if self._follow and index >= 0 and self.has_focus:
            start = rows.index(index)
            stop = start + rows.count(index)
            if index == len(self._cursor.keys) - 1:
                # What falls due has no cursor; it comes into view with the last entry.
                stop, height = max(stop, min(total, start + whole)), whole
            self._top = min(max(self._top, stop - height), start)
        self._top = max(min(self._top, total - whole), 0)

    def _mark_place(self, total: int, height: int) -> None:
        """Tell on the lower edge how much there is beyond what is seen."""
        below = max(total - self._top - height, 0)
        arrows = ("▲" if self._top else "") + ("▼" if below else "")
        if arrows != self._subtitle:
            self._subtitle = arrows
            # Lines may be made in the midst of painting, when the edge is painted already.
            self.call_later(self._set_edge)

    def _set_edge(self) -> None:
        self.border_subtitle = Content(self._subtitle) if self._subtitle else None

    def _moved(self, moved: bool) -> None:
        astray, self._follow = not self._follow, True
        super()._moved(moved)
        if astray and not moved:
            self.rebuild()


def _foot(unexplained: Sequence[Line], due: Sequence[Line], height: int) -> tuple[list[Line], int]:
    """What stays in view below catalysts that do not all fit, and how many of it are moves.

    They are the first moves and the next dates.
    """
    room = height // _FOOT_SHARE
    dates = list(due[: max(room - len(unexplained), -(-room // 2))])
    moves = list(unexplained[: room - len(dates)])
    return [*moves, *dates], len(moves)


def detail_lines(detail: str, width: int, most: int) -> list[str]:
    """A detail as it is where it fits, else over so many lines, broken between its parts.

    Args:
        detail: Parts with two blanks or more between them; a part is never broken.
        width: Cells of a line.
        most: At most so many lines; the last leaves out the parts that do not fit.
    """
    line = detail.replace("\n", " ")
    if cell_len(line) <= width:
        return [line]
    lines: list[str] = []
    for part in (part for part in line.split("  ") if part.strip()):
        joined = f"{lines[-1]}  {part.strip()}" if lines else ""
        if lines and (cell_len(joined) <= width or len(lines) == most):
            lines[-1] = joined
        else:
            lines.append(part.strip())
    return [_whole_parts(each, width) for each in lines]


def _whole_parts(line: str, width: int) -> str:
    """So many parts of a line as fit whole: half a figure is worse than none."""
    parts = line.split("  ")
    if cell_len(line) <= width or len(parts) == 1:
        return cut(line, width)
    while len(parts) > 1 and cell_len("  ".join(parts)) > width:
        parts.pop()
    return cut("  ".join(parts), width)
