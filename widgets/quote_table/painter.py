"""The lines on screen, kept until what they show changes."""

from collections.abc import Collection, Iterator, Sequence
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
from widgets.quote_table.palette import CURSOR, EVEN, STALE, Palette

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
    out[stale] |= STALE << _SHADE_BIT
    if zebra:
        out[(top + 1) % 2 :: 2] |= EVEN << _SHADE_BIT
    if 0 <= cursor - top < len(out):
        out[cursor - top] |= CURSOR << _SHADE_BIT
    if thumb:
        out[thumb.start : thumb.stop] |= _THUMB
    return out


@dataclass(slots=True)
class _Kept:
    """A row as it was last formatted and drawn; no strip where it must be drawn anew."""

    revision: int
    cells: Sequence[Cell]
    look: int = 0
    strip: Strip | None = None


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
        self._blank = Strip([])
        self._kept: dict[int, _Kept] = {}
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
        flashing: Collection[str],
        size: Size,
        palette: Palette,
    ) -> None:
        """Start all lines anew; `header` and `paint` then draw them.

        Args:
            columns: The columns wanted.
            flashing: The keys of those that flash.
            size: Cells of a line, and lines, the header's included.
            palette: The styles.
        """
        width, height = size
        self._width = width
        self._palette = palette
        self.slots = arrange(columns, width - 1, flashing)
        keys = tuple(slot.column.key for slot in self.slots)
        if keys != self._keys:
            self._keys = keys
            self._kept.clear()
        for kept in self._kept.values():
            kept.strip = None
        self._blank = Strip.blank(width, palette.blank)
        self.lines = [self._blank] * height
        self._forget_lines(max(0, height - 1))

    def column_at(self, x: int) -> Column | None:
        """The column whose text, or the gap before it, holds a cell."""
        for slot in self.slots:
            if slot.x - len(slot.gap) <= x < slot.end:
                return slot.column
        return None

    def header(self, sort: str | None, *, reverse: bool) -> None:
        """Draw the header."""
        if self.lines and self._palette is not None:
            self.lines[0] = header_strip(
                self.slots, self._width, self._palette, sort, reverse=reverse
            )

    def notice(self, text: str) -> None:
        """Draw a text in the middle of an empty table."""
        if self._height > 0 and self._palette is not None:
            line = 1 + (self._height - 1) // 2
            self.lines[line] = notice_strip(text, self._width, self._palette)

    def paint(self, data: TableData, rows: RowNumbers, wanted: Looks) -> list[Region]:
        """Draw the lines that differ from what they show.

        Args:
            data: The data.
            rows: The row numbers on screen, from the top.
            wanted: The look of each.

        Returns:
            What has changed, as regions of the table: whole lines. Textual writes a line from
            its start anyway, and cutting it costs more than the rest of it.
        """
        palette = self._palette
        if palette is None:
            return []
        count = len(rows)
        revisions: npt.NDArray[np.int64] = data.row_revision[rows]
        before = min(count, len(self._rows))
        same = np.zeros(count, dtype=np.bool_)
        same[:before] = (
            (rows[:before] == self._rows[:before])
            & (revisions[:before] == self._revisions[:before])
            & (wanted[:before] == self._looks[:before])
        )
        changed = np.flatnonzero(~same)
        drawn = [
            line
            for line, row, revision, look in zip(
                (changed + 1).tolist(),
                rows[changed].tolist(),
                revisions[changed].tolist(),
                wanted[changed].tolist(),
                strict=True,
            )
            if self._draw(data, palette, line, row, revision, look)
        ]
        for line in range(count + 1, len(self._rows) + 1):
            self.lines[line] = self._blank
            drawn.append(line)
        self._rows, self._revisions, self._looks = rows.copy(), revisions, wanted
        if len(self._kept) > 4 * self._height + 64:
            seen = set(rows.tolist())
            self._kept = {row: kept for row, kept in self._kept.items() if row in seen}
        return [Region(0, y, self._width, height) for y, height in _runs(drawn)]

    def _draw(
        self, data: TableData, palette: Palette, line: int, row: int, revision: int, look: int
    ) -> bool:
        """Put a row on a line; tells whether the line is another now."""
        kept = self._kept.get(row)
        if kept is None:
            kept = self._kept[row] = _Kept(revision, data.cells(row, self._keys))
        elif kept.revision != revision:
            cells = data.cells(row, self._keys)
            if cells != kept.cells:
                kept.cells, kept.strip = cells, None
            kept.revision = revision
        strip = kept.strip
        if strip is None or kept.look != look:
            strip = row_strip(
                kept.cells,
                self.slots,
                self._width,
                palette,
                (look >> _SHADE_BIT) & 0b111,
                (look & _FLASH) - STAGES,
                thumb=bool(look & _THUMB),
            )
            kept.strip, kept.look = strip, look
        elif strip is self.lines[line]:
            return False
        self.lines[line] = strip
        return True


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    """Ascending line numbers as runs: the first of each, and how many follow one another."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at] != lines[at - 1] + 1:
            yield lines[start], at - start
            start = at
