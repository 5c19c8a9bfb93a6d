"""One row, the header and the notice of an empty table as strips of exactly the right width."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.cells import cut, fit
from widgets.quote_table.contracts import Cell
from widgets.quote_table.layout import MARGIN, Slot
from widgets.quote_table.palette import Palette, Shade

STALE_MARK = "·"
THUMB = "▐"
ASCENDING, DESCENDING = "▲", "▼"


class _Line:
    """Segments joined where neighbours have the same style."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._texts: list[str] = []
        self._style: Style | None = None

    def add(self, text: str, style: Style) -> None:
        if style is not self._style:
            self.flush()
            self._style = style
        self._texts.append(text)

    def flush(self) -> None:
        text = "".join(self._texts)
        self._texts.clear()
        if text:
            self.segments.append(Segment(text, self._style))

    def strip(self, width: int) -> Strip:
        self.flush()
        return Strip(self.segments, width)


def row_strip(
    cells: Iterable[Cell],
    slots: Sequence[Slot],
    flashing: frozenset[str],
    width: int,
    palette: Palette,
    shade: Shade,
    flash: int,
    *,
    thumb: bool,
) -> Strip:
    """A row of the table.

    Args:
        cells: One for each slot.
        slots: The columns in their places; they end left of the last cell.
        flashing: The keys of the columns that flash.
        width: Cells of the line, at least 1; the last is the position mark's.
        palette: The styles.
        shade: What lies over the row.
        flash: The row's flash code, 0 for none.
        thumb: Whether the position mark stands on this line.
    """
    styles = palette.tones(shade)
    plain = styles[""]
    line = _Line()
    add = line.add
    end = 0
    if slots:
        if shade & Shade.STALE:
            add(STALE_MARK, styles["mark"])
        else:
            add(" " * MARGIN, plain)
        end = slots[-1].end
    for slot, (text, tone) in zip(slots, cells, strict=True):
        column = slot.column
        shown = fit(text, slot.width, right=column.align == "right")
        style = styles.get(tone, plain)
        if flash and column.key in flashing and not shown.isspace():
            body = shown.strip()
            before = shown.index(body)
            add(" " * (slot.gap + before), plain)
            add(body, palette.flash(shade, tone, flash))
            add(shown[before + len(body) :], plain)
        else:
            if slot.gap:
                add(" " * slot.gap, style)
            add(shown, style)
    add(" " * (width - 1 - end), plain)
    if thumb:
        add(THUMB, palette.thumb)
    else:
        add(" ", plain)
    return line.strip(width)


def header_strip(
    slots: Sequence[Slot], width: int, palette: Palette, sort: str | None, *, reverse: bool
) -> Strip:
    """The header row: titles, and the direction beside that of the sorted column.

    The direction stands in the gap before the title where the title fills its column.
    """
    line = _Line()
    end = 0
    for slot in slots:
        column = slot.column
        lead = " " * (slot.x - end)
        style = palette.header
        title = column.title
        if column.key == sort:
            style = palette.header_sorted
            mark = DESCENDING if reverse else ASCENDING
            marked = title + mark
            if cut(marked, slot.width) == marked:
                title = marked
            else:
                line.add(lead[:-1], palette.header)
                lead = ""
                line.add(mark, style)
        line.add(lead, palette.header)
        line.add(fit(title, slot.width, right=column.align == "right"), style)
        end = slot.end
    line.add(" " * (width - end), palette.header)
    return line.strip(width)


def notice_strip(text: str, width: int, palette: Palette) -> Strip:
    """A line with a text in its middle."""
    shown = cut(text, width)
    left = " " * ((width - cell_len(shown)) // 2)
    return Strip([Segment(fit(left + shown, width), palette.empty)], width)
