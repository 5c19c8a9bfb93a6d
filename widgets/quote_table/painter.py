"""The lines on screen, kept until what they show changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from textual.geometry import Region, Size
from textual.strip import Strip

from widgets.quote_table.contracts import Cell, Column, TableData
from widgets.quote_table.flash import STAGES
from widgets.quote_table.layout import Slot, arrange
from widgets.quote_table.lines import header_strip, notice_strip, row_strip
from widgets.quote_table.ordering import RowNumbers
from widgets.quote_table.palette import Palette, Shade

Looks = npt.NDArray[np.int16]
"""Per line, everything besides the cells that decides how it is drawn: see `looks`."""

_FLASH = 0b111
_SHADE_BIT = 3
_THUMB = 1 << 6


def looks(
    codes: npt.NDArray[np.int8],
    stale: npt.NDArray[np.bool_],
    top: int,
    cursor: int,
    thumb: range,
    *,
    zebra: bool,
) -> Looks:
    """The look of each line on screen.

    Args:
        codes: Flash codes of the rows on screen.
        stale: Which of them are stale.
        top: The position of the first in the order.
        cursor: The position of the cursor's row.
        thumb: The lines of the position mark.
        zebra: Whether even rows differ from odd ones.
    """
    out: Looks = codes.astype(np.int16)
    out += STAGES
    out[stale] |= Shade.STALE << _SHADE_BIT
    if zebra:
        out[(top + 1) % 2 :: 2] |= Shade.EVEN << _SHADE_BIT
    if 0 <= cursor - top < len(out):
        out[cursor - top] |= Shade.CURSOR << _SHADE_BIT
    if thumb:
        out[thumb.start : thumb.stop] |= _THUMB
    return out


@dataclass(slots=True)
class _Kept:
    """A row as it was last formatted and drawn; no strip where it must be drawn anew."""

    revision: int
    cells: Sequence[Cell]
    look: int
    strip: Strip | None


class LinePainter:
    """Paints the lines of the table and says which regions of it have changed.

    Attributes:
        lines: The header, then one strip for each line of rows.
        slots: The columns in their places.
    """

    def __init__(self) -> None:
        self.lines: list[Strip] = []
        self.slots: tuple[Slot, ...] = ()
        self._keys: tuple[str, ...] = ()
        self._width = 0
        self._palette: Palette | None = None
        self._flashing: frozenset[str] = frozenset()
        self._flash_span = (0, 0)
        self._blank = Strip([])
        self._kept: dict[int, _Kept] = {}
        self._finish: Callable[[Strip], Strip] = _as_it_is
        self._forget_lines(0)

    @property
    def zebra(self) -> bool:
        """Whether even rows differ from odd ones."""
        return self._palette is not None and self._palette.zebra

    def _forget_lines(self, height: int) -> None:
        self._rows: RowNumbers = np.empty(0, dtype=np.intp)
        self._revisions: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._looks: Looks = np.empty(0, dtype=np.int16)
        self._height = height

    def forget_cells(self) -> None:
        """Ask for every row anew: rows have other numbers, or other columns are shown."""
        self._kept.clear()
        self._forget_lines(self._height)

    def reset(
        self,
        columns: Sequence[Column],
        flashing: Sequence[str],
        size: Size,
        palette: Palette,
        finish: Callable[[Strip], Strip],
    ) -> None:
        """Start all lines anew; `header` and `paint` then draw them.

        Args:
            columns: The columns wanted.
            flashing: The keys of those that flash.
            size: Cells of a line, and lines, the header's included.
            palette: The styles.
            finish: Does what remains to be done to each strip.
        """
        width, height = size
        self._width = width
        self._palette = palette
        self._finish = finish
        self.slots = arrange(columns, width - 1)
        keys = tuple(slot.column.key for slot in self.slots)
        if keys != self._keys:
            self._keys = keys
            self._kept.clear()
        for kept in self._kept.values():
            kept.strip = None
        self._flashing = frozenset(flashing)
        moving = [slot for slot in self.slots if slot.column.key in self._flashing]
        self._flash_span = (moving[0].x, moving[-1].end) if moving else (0, 0)
        self._blank = finish(Strip.blank(width, palette.blank))
        self.lines = [self._blank] * height
        self._forget_lines(max(0, height - 1))

    def column_at(self, x: int) -> Column | None:
        """The column whose text, or the gap before it, holds a cell."""
        for slot in self.slots:
            if slot.x - slot.gap <= x < slot.end:
                return slot.column
        return None

    def header(self, sort: str | None, *, reverse: bool) -> None:
        """Draw the header."""
        if self.lines and self._palette is not None:
            self.lines[0] = self._finish(
                header_strip(self.slots, self._width, self._palette, sort, reverse=reverse)
            )

    def notice(self, text: str) -> None:
        """Draw a text in the middle of an empty table."""
        if self._height > 0 and self._palette is not None:
            line = 1 + (self._height - 1) // 2
            self.lines[line] = self._finish(notice_strip(text, self._width, self._palette))

    def paint(self, data: TableData, rows: RowNumbers, wanted: Looks) -> list[Region]:
        """Draw the lines that differ from what they show.

        Args:
            data: The data.
            rows: The row numbers on screen, from the top.
            wanted: The look of each.

        Returns:
            What has changed, as regions of the table: for a row whose cells alone have changed,
            only the part with those cells.
        """
        palette = self._palette
        if palette is None:
            return []
        count = len(rows)
        revisions: npt.NDArray[np.int64] = data.row_revision[rows]
        before = min(count, len(self._rows))
        same_row = np.zeros(count, dtype=np.bool_)
        same_row[:before] = rows[:before] == self._rows[:before]
        same = same_row.copy()
        same[:before] &= (revisions[:before] == self._revisions[:before]) & (
            wanted[:before] == self._looks[:before]
        )
        changed: list[int] = np.flatnonzero(~same).tolist()
        regions: list[tuple[int, int, int]] = []
        for line in changed:
            row, look = int(rows[line]), int(wanted[line])
            was = int(self._looks[line]) if same_row[line] else None
            regions.append(self._draw(data, palette, line + 1, row, look, was))
        for line in range(count, len(self._rows)):
            self.lines[line + 1] = self._blank
            regions.append((line + 1, 0, self._width))
        self._rows, self._revisions, self._looks = rows.copy(), revisions, wanted
        if len(self._kept) > 4 * self._height + 64:
            seen = set(rows.tolist())
            self._kept = {row: kept for row, kept in self._kept.items() if row in seen}
        return list(_joined(regions))

    def _draw(
        self, data: TableData, palette: Palette, line: int, row: int, look: int, was: int | None
    ) -> tuple[int, int, int]:
        """Draw one line; gives it with the first cell changed and the one after the last."""
        revision = int(data.row_revision[row])
        kept = self._kept.get(row)
        if kept is None or kept.revision != revision:
            cells = data.cells(row, self._keys)
        else:
            cells = kept.cells
            if kept.look == look and kept.strip is not None:
                self.lines[line] = kept.strip
                return line, 0, self._width
        strip = self._finish(
            row_strip(
                cells,
                self.slots,
                self._flashing,
                self._width,
                palette,
                Shade((look >> _SHADE_BIT) & 0b111),
                (look & _FLASH) - STAGES,
                thumb=bool(look & _THUMB),
            )
        )
        self.lines[line] = strip
        self._kept[row] = _Kept(revision, cells, look, strip)
        if was is None or kept is None or (was ^ look) & ~_FLASH:
            return line, 0, self._width
        start, stop = self._flash_span if was != look else (0, 0)
        for slot, old, new in zip(self.slots, kept.cells, cells, strict=True):
            if old != new:
                start = min(start, slot.x) if stop else slot.x
                stop = max(stop, slot.end)
        return line, start, stop


def _as_it_is(strip: Strip) -> Strip:
    return strip


def _joined(regions: list[tuple[int, int, int]]) -> Iterator[Region]:
    """Lines that follow one another and have the same extent become one region."""
    at = 0
    while at < len(regions):
        line, start, stop = regions[at]
        after = at + 1
        while after < len(regions) and regions[after] == (line + after - at, start, stop):
            after += 1
        if stop > start:
            yield Region(start, line, stop - start, after - at)
        at = after
