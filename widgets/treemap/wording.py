"""What a tile says in the cells it has: name and figure, code and figure, or a direction."""

from collections.abc import Sequence

from rich.cells import cell_len

from widgets.cells import cut, fit
from widgets.treemap.contracts import Figure
from widgets.treemap.figures import mark
from widgets.wrap import wrap

_TITLE_LEAST, _ONLY_LEAST = 7, 5
"""A title is not cut to fewer cells; nor is one that has no code to stand for it."""
_ROOMY = 3
"""Lines from which on a tile may say its name in more than one."""


def names(label: str, title: str, width: int, height: int, *, coded: bool = True) -> Sequence[str]:
    """The lines of a tile's name: they leave one of its lines, if it has several, for the figure.

    Args:
        label: The code.
        title: The name in full.
        width: Cells of a line, at least 1.
        height: Lines, at least 1.
        coded: Whether the label is a code, which a name that is cut is put below, and no name.

    Returns:
        Lines of at most `width` cells; none where no name fits. A tile of one line has the name
        beside the figure, and may choose between the two given.
    """
    if height == 1:
        return (title, label)
    name = _name(label, title, width)
    if not name:
        return ()
    if height < _ROOMY or name == title:
        return (name,)
    lines = wrap(title, width, height - 1)
    if width >= _TITLE_LEAST and _whole(lines, title):
        return lines
    if coded and name == label and width >= _TITLE_LEAST:
        return (label, cut(title, width))
    return (name,)


def words(
    named: Sequence[str], value: float, figure: Figure, width: int, height: int
) -> Sequence[str]:
    """All the lines of a tile, the figure last; the direction is told in whatever room there is.

    Args:
        named: What `names` made for that width and height.
        value: What the figure tells.
        figure: Writes it.
        width: Cells of a line.
        height: Lines.
    """
    if height == 1:
        title, label = named
        return (_one_line(label, title, value, figure, width),)
    if not named:
        return (mark(value),)
    return (*named, figure(value, width) or mark(value))


def _one_line(label: str, title: str, value: float, figure: Figure, width: int) -> str:
    for name in (title, label):
        room = width - cell_len(name) - 1
        told = figure(value, room) if room > 1 else ""
        if len(told) > 1:
            return f"{name} {told}"
    direction = mark(value)
    for name in (title, label):
        if name and cell_len(name) < width:
            return direction + name
    if width > _least(label, title):
        return direction + cut(title, width - 1)
    return direction


def _name(label: str, title: str, width: int) -> str:
    for name in (title, label):
        if cell_len(name) <= width:
            return name
    return cut(title, width) if width >= _least(label, title) else ""


def _least(label: str, title: str) -> int:
    return _ONLY_LEAST if label == title else _TITLE_LEAST


def _whole(lines: Sequence[str], title: str) -> bool:
    """Whether the lines are the title, broken between words only."""
    return " ".join(lines) == " ".join(title.split())


def centred(text: str, width: int) -> str:
    """Text in the middle of exactly so many cells."""
    length = len(text) if text.isascii() else cell_len(text)
    if length >= width:
        return fit(text, width)
    before = (width - length) // 2
    return f"{' ' * before}{text}{' ' * (width - length - before)}"
