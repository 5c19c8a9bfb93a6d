"""The line above the map, and the one below it."""

from rich.cells import cell_len
from textual.strip import Strip

from widgets.line import Line
from widgets.treemap.contracts import TreemapView
from widgets.treemap.palette import Palette
from widgets.treemap.plan import Plan

_SWATCH = 2
"""Cells of a class in the short form of the legend."""
_DETAIL_LEAST = 24
"""Cells that the legend leaves to what the cursor is on."""


def head_line(view: TreemapView, plan: Plan, palette: Palette, width: int) -> Strip:
    """What is shown: the market, or a group with its figure."""
    line = Line(width).add(" ", palette.title)
    count = len(plan.places)
    if plan.level is None:
        line.add(view.title, palette.title)
        tail = ""
    else:
        group = plan.level
        value = float(view.groups.values[group])
        line.add("‹ ", palette.muted).add(view.groups.titles[group], palette.title)
        told = view.figure(value, line.room - 1)
        if told:
            line.add(" ", palette.title)
            line.add(told, palette.signs[(value > 0) - (value < 0)])
        tail = f"{count} names"
        if plan.folded:
            tail += f" and {plan.folded} smaller"
        for text in (f"{tail}  {view.title}", tail):
            if cell_len(text) + 3 <= line.room:
                tail = text
                break
        else:
            tail = ""
    if tail:
        line.skip_to(width - cell_len(tail) - 1, palette.blank).add(tail, palette.muted)
    return line.strip(palette.blank)


def foot_line(
    view: TreemapView, plan: Plan, cursor: int | None, palette: Palette, width: int
) -> Strip:
    """What the cursor is on, in full, and what the colours stand for."""
    line = Line(width).add(" ", palette.blank)
    legend = _legend(view, palette, width - _DETAIL_LEAST)
    room = width - legend.used - 2
    if cursor is not None:
        tiles = view.groups if plan.level is None else view.tiles
        value = float(tiles.values[cursor])
        label, title = tiles.labels[cursor], tiles.titles[cursor]
        told = view.figure(value, 12)
        parts = [(title, palette.title)]
        if plan.level is not None and label != title:
            parts.insert(0, (label, palette.muted))
        parts.append((told, palette.signs[(value > 0) - (value < 0)]))
        parts.append((view.detail(tiles.keys[cursor]), palette.muted))
        for text, style in parts:
            if text and line.used + cell_len(text) <= room:
                line.add(text, style).add("  ", palette.blank)
    line.skip_to(width - legend.used, palette.blank)
    line.segments += legend.segments
    line.used += legend.used
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
