"""One row, the header and the notice of an empty table as strips of exactly the right width."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment

from widgets.cells import cut, fit
from widgets.quote_table.contracts import Cell
from widgets.quote_table.layout import MARGIN, Slot
from widgets.quote_table.palette import STALE, Palette
from widgets.strips import FreshStrip

STALE_MARK = "·"
THUMB = "▐"
ASCENDING, DESCENDING = "▲", "▼"


def row_strip(
    cells: Iterable[Cell],
    slots: Sequence[Slot],
    width: int,
    palette: Palette,
    shade: int,
    flash: int,
    *,
    thumb: bool,
) -> FreshStrip:
    """A row of the table.

    Args:
        cells: One for each slot.
        slots: The columns in their places; they end left of the last cell.
        width: Cells of the line, at least 1; the last is the position mark's.
        palette: The styles.
        shade: What lies over the row.
        flash: The row's flash code, 0 for none.
        thumb: Whether the position mark stands on this line.
    """
    styles = palette.tones(shade)
    plain = styles[""]
    segments: list[Segment] = []
    style = plain
    run = ""
    end = 0
    if slots:
        end = slots[-1].end
        run = " " * MARGIN
        if shade & STALE:
            segments.append(Segment(STALE_MARK, styles["mark"]))
            run = ""
    for slot, (text, tone) in zip(slots, cells, strict=True):
        shown = slot.gap + fit(text, slot.width, right=slot.right)
        wanted = styles.get(tone, plain)
        if flash and slot.flashes and text:
            body = shown.strip()
            before = shown.index(body)
            if run or before:
                segments.append(Segment(run + shown[:before], style))
            segments.append(Segment(body, palette.flash(shade, tone, flash)))
            run, style = shown[before + len(body) :], plain
        elif wanted is style or not text:
            run += shown
        else:
            if run:
                segments.append(Segment(run, style))
            run, style = shown, wanted
    run += " " * (width - 1 - end)
    if not thumb:
        run += " "
    if run:
        segments.append(Segment(run, style))
    if thumb:
        segments.append(Segment(THUMB, palette.thumb))
    return FreshStrip(segments, width)


def header_strip(
    slots: Sequence[Slot], width: int, palette: Palette, sort: str | None, *, reverse: bool
) -> FreshStrip:
    """The header row: titles, and the direction beside that of the sorted column.

    The direction stands in the gap before the title where the title fills its column.
    """
    segments: list[Segment] = []
    end = 0
    for slot in slots:
        lead, title, style = " " * (slot.x - end), slot.column.title, palette.header
        if slot.column.key == sort:
            style = palette.header_sorted
            mark = DESCENDING if reverse else ASCENDING
            if cell_len(title + mark) <= slot.width:
                title += mark
            else:
                segments += Segment(lead[:-1], palette.header), Segment(mark, style)
                lead = ""
        segments += (
            Segment(lead, palette.header),
            Segment(fit(title, slot.width, right=slot.right), style),
        )
        end = slot.end
    segments.append(Segment(" " * (width - end), palette.header))
    return FreshStrip((segment for segment in segments if segment.text), width)


def notice_strip(text: str, width: int, palette: Palette) -> FreshStrip:
    """A line with a text in its middle."""
    shown = cut(text, width)
    left = " " * ((width - cell_len(shown)) // 2)
    return FreshStrip([Segment(fit(left + shown, width), palette.empty)], width)
