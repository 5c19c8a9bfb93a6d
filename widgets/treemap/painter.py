"""Spots made into rows of segments, and rows into the lines of the map."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.cells import cut, fit
from widgets.strips import FreshStrip
from widgets.treemap.contracts import TreemapView
from widgets.treemap.palette import Ground, Palette
from widgets.treemap.plan import Kind, Plan, Spot
from widgets.treemap.shown import Shown
from widgets.treemap.squarify import Rect
from widgets.treemap.wording import centred, names, words

Row: TypeAlias = tuple[Segment, ...]

_FIGURE_LEAST = 5
"""A heading's title is cut rather than leave its figure fewer cells."""


class MapPainter:
    """Keeps the rows of every spot, so that a spot that changes costs its own lines alone.

    Attributes:
        cursor: The position that the cursor is on, one of the plan's places; None for none.
    """

    def __init__(self) -> None:
        self.cursor: int | None = None
        self._plan = Plan(None, Rect(0, 0, 0, 0))
        self._names: list[Sequence[str]] = []
        self._rows: list[Sequence[Row]] = []
        self._lines: list[list[tuple[int, int]]] = []
        self._shown: list[Shown] = []

    def draw(self, plan: Plan, view: TreemapView, palette: Palette) -> list[Strip]:
        """Every line of a plan anew."""
        self._plan = plan
        self._names = [_named(spot, view) for spot in plan.spots]
        self._rows = [self._paint(number, view, palette) for number in range(len(plan.spots))]
        self._shown = [Shown(plan, view, of_tiles=which) for which in (False, True)]
        room = plan.room
        lines: list[list[tuple[int, int, int]]] = [[] for _ in range(room.height)]
        for number, spot in enumerate(plan.spots):
            x, y, _, height = spot.rect
            for row in range(height):
                lines[y - room.y + row].append((x, number, row))
        for line in lines:
            line.sort()
        self._lines = [[(number, row) for _, number, row in line] for line in lines]
        return [self._line(y, palette) for y in range(room.height)]

    def update(self, view: TreemapView, palette: Palette) -> dict[int, Strip]:
        """Paint the spots whose heat or figure is another.

        Returns:
            The lines that differ, by their distance from the map's first.
        """
        changed = [number for shown in self._shown for number in shown.take(view)]
        return self._repaint(changed, view, palette)

    def point(self, cursor: int | None, view: TreemapView, palette: Palette) -> dict[int, Strip]:
        """Paint the cursor somewhere else; the lines that differ, as for `update`."""
        before, self.cursor = self.cursor, cursor
        if before == cursor:
            return {}
        either = {before, cursor}
        market = self._plan.level is None
        changed = [
            number
            for number, spot in enumerate(self._plan.spots)
            if (spot.group if market else spot.item) in either
        ]
        return self._repaint(changed, view, palette)

    def _repaint(
        self, numbers: Iterable[int], view: TreemapView, palette: Palette
    ) -> dict[int, Strip]:
        dirty: set[int] = set()
        top = self._plan.room.y
        for number in numbers:
            spot = self._plan.spots[number]
            rows = self._paint(number, view, palette)
            for row, (old, new) in enumerate(zip(self._rows[number], rows, strict=True)):
                if old != new:
                    dirty.add(spot.rect.y - top + row)
            self._rows[number] = rows
        return {y: self._line(y, palette) for y in sorted(dirty)}

    def _line(self, y: int, palette: Palette) -> Strip:
        segments: list[Segment] = []
        rows = self._rows
        for number, row in self._lines[y]:
            segments += rows[number][row]
        width = self._plan.room.width
        if not segments:
            return Strip.blank(width, palette.blank)
        return FreshStrip(segments, width)

    def _paint(self, number: int, view: TreemapView, palette: Palette) -> Sequence[Row]:
        spot = self._plan.spots[number]
        level = self._plan.level
        selected = self.cursor is not None and self.cursor == (
            spot.group if level is None else spot.item
        )
        if spot.kind is Kind.HEADING:
            return (self._heading(spot, view, palette, selected=selected),)
        rail = selected and spot.edge
        if spot.kind is Kind.REST:
            rail = rail and level is None
            text = f"+{spot.folded}"
            if len(text) >= spot.rect.width:
                text = "+"
            return _tile(spot, palette.rest, (text,), plain=True, rail=rail)
        tiles = view.groups if spot.kind is Kind.GROUP else view.tiles
        item, rect = spot.item, spot.rect
        ground = palette.heat(int(tiles.heats[item]))
        value = float(tiles.values[item])
        if selected and (level is not None or spot.kind is Kind.GROUP):
            width, height = _inner(rect)
            texts: Sequence[str] = ()
            if width:
                named = names(
                    tiles.labels[item], tiles.titles[item], width, height, coded=tiles.coded
                )
                texts = words(named, value, view.figure, width, height)
            return _framed(rect, ground, texts, palette.cursor)
        texts = words(self._names[number], value, view.figure, _text_width(rect), rect.height)
        return _tile(spot, ground, texts, rail=rail)

    def _heading(self, spot: Spot, view: TreemapView, palette: Palette, *, selected: bool) -> Row:
        groups, index, width = view.groups, spot.item, spot.rect.width
        value = float(groups.values[index])
        title, lead = groups.titles[index], 1
        short = groups.labels[index] or title
        room = width - lead - 1
        told = view.figure(value, max(room - cell_len(title), _FIGURE_LEAST))
        if cell_len(title) + cell_len(told) > room:
            title = short if cell_len(short) < cell_len(title) else title
            told = view.figure(value, max(room - cell_len(title), 1))
        name = cut(title, width - lead - cell_len(told) - 1)
        gap = " " * (width - lead - cell_len(name) - cell_len(told))
        if selected:
            return (Segment(fit(f"▌{name}{gap}{told}", width), palette.cursor),)
        return (
            Segment(f" {name}{gap}", palette.heading),
            Segment(told, palette.sign(value)),
        )


def _named(spot: Spot, view: TreemapView) -> Sequence[str]:
    """The name of what a spot shows, for a tile that the cursor is not on."""
    if spot.kind in {Kind.HEADING, Kind.REST}:
        return ()
    tiles = view.groups if spot.kind is Kind.GROUP else view.tiles
    label, title = tiles.labels[spot.item], tiles.titles[spot.item]
    return names(label, title, _text_width(spot.rect), spot.rect.height, coded=tiles.coded)


def _text_width(rect: Rect) -> int:
    """Cells for the text of a tile: all but the line on its left."""
    return max(rect.width - 1, 1)


def _tile(
    spot: Spot, ground: Ground, texts: Sequence[str], *, plain: bool = False, rail: bool = False
) -> Sequence[Row]:
    """A tile with its text in the middle and lines that part it from its neighbours."""
    rect = spot.rect
    width = rect.width
    gap = ground.rail if rail else ground.edge if spot.edge else ground.gap
    lead: Row = (gap,) if width > 1 else ()
    inner = width - len(lead)
    first = (rect.height - len(texts) + 1) // 2
    rows: list[Row] = []
    for row in range(rect.height):
        place = row - first
        if 0 <= place < len(texts):
            strong = not plain and place < max(len(texts) - 1, 1)
            style = ground.bold if strong else ground.text
            rows.append((*lead, Segment(centred(texts[place], inner), style)))
        else:
            lid = row == 0 and not spot.top
            rows.append((*lead, ground.lid(inner) if lid else ground.blank(inner)))
    return rows


def _inner(rect: Rect) -> tuple[int, int]:
    """Cells for the text of a tile inside the cursor's frame; none where the tile is too small."""
    if rect.width < 3:
        return 0, 0
    return rect.width - 2, rect.height - 2 if rect.height >= 3 else rect.height


def _framed(rect: Rect, ground: Ground, texts: Sequence[str], cursor: Style) -> Sequence[Row]:
    """A tile in the cursor's frame; a small one between bars, the smallest all in its colour."""
    width, height = rect.width, rect.height
    if width < 3:
        return [(Segment("◆".ljust(width), cursor),)] * height
    inner = width - 2
    bar, end = Segment("▌", ground.frame), Segment("▐", ground.frame)
    boxed = height >= 3
    first = (height - len(texts) + 1) // 2
    rows: list[Row] = []
    for row in range(height):
        if boxed and row == 0:
            rows.append((Segment("▛" + "▀" * inner + "▜", ground.frame),))
        elif boxed and row == height - 1:
            rows.append((Segment("▙" + "▄" * inner + "▟", ground.frame),))
        elif 0 <= row - first < len(texts):
            rows.append((bar, Segment(centred(texts[row - first], inner), ground.bold), end))
        else:
            rows.append((bar, ground.blank(inner), end))
    return rows
