"""The line above the map, and the one below it."""

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from widgets.line import Line
from widgets.treemap.contracts import TreemapView
from widgets.treemap.palette import Palette
from widgets.treemap.plan import Plan

_SWATCH = 2
"""Cells of a class in the short form of the legend."""
_FIGURE_MOST = 12
_DETAIL_LEAST = 44
"""Cells that the legend leaves to what the cursor is on."""


class Edges:
    """The two lines, in a set of styles and as wide as the map.

    Args:
        view: Gives the legend.
        palette: The styles.
        width: Cells of a line.
    """

    def __init__(self, view: TreemapView, palette: Palette, width: int) -> None:
        self._palette = palette
        self._width = width
        self._legend = _legend(view, palette, width - _DETAIL_LEAST)
        self._ends = _ends(view, palette, width - _DETAIL_LEAST)

    def head(self, view: TreemapView, plan: Plan) -> Strip:
        """What is shown: the market, or a group with its figure."""
        palette = self._palette
        line = Line(self._width).add(" ", palette.title)
        if plan.level is None:
            fits = cell_len(view.title) <= line.room or not view.short_title
            text = view.title if fits else view.short_title
            return line.add(text, palette.title).strip(palette.blank)
        value = float(view.groups.values[plan.level])
        line.add("‹ ", palette.muted).add(view.groups.titles[plan.level], palette.title)
        told = view.figure(value, line.room - 1)
        if told:
            line.add(" ", palette.title).add(told, palette.sign(value))
        counted = view.counted(len(plan.places), plan.folded)
        for text in (f"{counted}  {view.title}", f"{counted}  {view.short_title}", counted):
            if cell_len(text) + 3 <= line.room:
                line.skip_to(self._width - cell_len(text) - 1, palette.blank)
                line.add(text, palette.muted)
                break
        return line.strip(palette.blank)

    def foot(self, view: TreemapView, plan: Plan, cursor: int | None) -> Strip:
        """What the cursor is on, in full, and what the colours stand for."""
        palette, legend = self._palette, self._legend
        parts: list[tuple[str, Style]] = []
        line = Line(self._width).add(" ", palette.blank)
        if cursor is not None:
            tiles = view.groups if plan.level is None else view.tiles
            value = float(tiles.values[cursor])
            label, title = tiles.labels[cursor], tiles.titles[cursor]
            coded = plan.level is not None and label != title
            parts = [
                (label if coded else "", palette.muted),
                (title, palette.title),
                (view.figure(value, _FIGURE_MOST), palette.sign(value)),
                *((text, palette.muted) for text in view.detail(tiles.keys[cursor]).split("  ")),
            ]
        parts = [(text, style) for text, style in parts if text]
        wanted = 1 + sum(cell_len(text) + 2 for text, _ in parts)
        if plan.level is not None and wanted + legend.used > self._width:
            # Of a name there is more to say than its tile has room for.
            legend = self._ends
        for text, style in parts:
            if line.used + cell_len(text) + legend.used + 2 > self._width:
                break
            line.add(text, style).add("  ", palette.blank)
        line.skip_to(self._width - legend.used, palette.blank)
        for segment in legend.segments:
            line.add(segment.text, segment.style or palette.blank)
        return line.strip(palette.blank)


def _legend(view: TreemapView, palette: Palette, room: int) -> Line:
    """The classes with their texts, or only the two at the ends; nothing where neither fits."""
    if not view.legend:
        return Line(0)
    widest = max(cell_len(text) for text in view.legend) + 2
    full = Line(widest * len(view.legend))
    if full.width <= room:
        for ground, text in zip(palette.heats, view.legend, strict=True):
            full.add(text.center(widest), ground.text)
        return full
    return _ends(view, palette, room)


def _ends(view: TreemapView, palette: Palette, room: int) -> Line:
    """The classes with the two texts at the ends; nothing where that does not fit."""
    if not view.legend:
        return Line(0)
    low, high = f"{view.legend[0]} ", f" {view.legend[-1]} "
    short = Line(cell_len(low) + cell_len(high) + _SWATCH * len(view.legend))
    if short.width > room:
        return Line(0)
    short.add(low, palette.muted)
    for ground in palette.heats:
        short.add(" " * _SWATCH, ground.text)
    return short.add(high, palette.muted)


def notice(text: str, palette: Palette, width: int) -> Strip:
    """A line that says why there is no map."""
    line = Line(width).skip_to((width - cell_len(text)) // 2, palette.blank)
    return line.add(text, palette.muted).strip(palette.blank)
