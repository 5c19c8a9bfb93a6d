"""A report as text without markup, fitted to a width by the cells that characters take."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from tui.report.width import fit, width
from tui.report.wording.document import Block, Bullets, Document, Heading, Paragraph, Remarks, Table

Part: TypeAlias = Literal["title", "heading", "head", "text", "remarks"]
"""What a line is part of; ``head`` is the head of a table."""

NARROWEST: Final = 20
_CLOSING: Final = frozenset(
    "、。，．）」』】”’！？：；％・ー…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_OPENING: Final = frozenset("（「『【“‘")
_PARTS: Final[dict[type, Part]] = {Heading: "heading", Remarks: "remarks"}
_GAP: Final = 2
_NAME: Final = 12
"""Cells that a name keeps before a table's halves are stacked instead."""


def to_plain(document: Document, columns: int = 80) -> str:
    """The report; no line is wider than `columns` cells, except one word that is wider itself.

    Args:
        document: The report.
        columns: The width of the page; at least `NARROWEST` is taken.
    """
    columns = max(columns, NARROWEST)
    title = wrapped(document.title, columns)
    rule = "=" * max(map(width, title), default=0)
    parts = ["\n".join([*title, rule])]
    parts += ["\n".join(_block(block, columns)) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def to_lines(document: Document, columns: int = 80) -> Iterator[tuple[Part, str]]:
    """The report as lines for a screen, each with what it is part of.

    Args:
        document: The report.
        columns: The width of the page; at least `NARROWEST` is taken.
    """
    columns = max(columns, NARROWEST)
    yield from (("title", line) for line in wrapped(document.title, columns))
    under_heading = False
    for block in document.blocks:
        if not under_heading:
            yield "text", ""
        under_heading = isinstance(block, Heading)
        lines = _block(block, columns)
        if isinstance(block, Table):
            heads = {lines[0], *(line for above, line in pairwise(lines) if not above)}
            yield from (("head" if line in heads else "text", line) for line in lines)
        else:
            part = _PARTS.get(type(block), "text")
            yield from ((part, line) for line in lines)


def wrapped(text: str, columns: int) -> list[str]:
    """Text broken into lines: between words, and between wide characters.

    A closing mark never begins a line and an opening one never ends it.
    """
    lines: list[str] = []
    line, cells = "", 0
    for piece in _pieces(text):
        if line and cells + width(piece.rstrip(" ")) > columns:
            lines.append(line.rstrip(" "))
            line, cells = "", 0
        line += piece
        cells += width(piece)
    return [*lines, line.rstrip(" ")] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    """What must stay together: a word with its blank, a wide character with marks about it."""
    piece = ""
    for character in text:
        if piece and _parts(piece, character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _parts(piece: str, character: str) -> bool:
    """Whether a line may end between a piece and the character behind it."""
    if character == " " or character in _CLOSING or piece[-1] in _OPENING:
        return False
    return piece[-1] == " " or width(piece[-1]) > 1 or width(character) > 1


def _block(block: Block, columns: int) -> list[str]:
    match block:
        case Heading(text):
            return wrapped(text, columns)
        case Paragraph(text):
            return wrapped(text, columns)
        case Bullets(items):
            return [line for item in items for line in _hanging(item, columns)]
        case Remarks(text):
            return ["-" * min(columns, 20), *wrapped(text, columns)]
        case Table():
            return _table(block, columns)


def _hanging(item: str, columns: int) -> list[str]:
    first, *others = wrapped(item, columns - _GAP)
    return [f"- {first}", *(f"  {line}" for line in others)]


def _table(table: Table, columns: int) -> list[str]:
    """Columns side by side; where they do not fit, halves are stacked and names are cut."""
    lines = [table.head, *table.rows]
    widths = [max(width(cell) for cell in column) for column in zip(*lines, strict=True)]
    over = sum(widths) + _GAP * (len(widths) - 1) - columns
    names = [place for place in range(len(widths)) if place not in table.figures]
    if table.halves > 1 and over > sum(max(0, widths[place] - _NAME) for place in names):
        return [line for half in table.stacked() for line in ("", *_table(half, columns))][1:]
    while over > 0:
        widest = max(names, key=lambda place: widths[place])
        if widths[widest] <= 1:
            break
        widths[widest] -= 1
        over -= 1
    return [
        (" " * _GAP)
        .join(
            " " * (cells - width(cell)) + cell if place in table.figures else fit(cell, cells)
            for place, (cell, cells) in enumerate(zip(line, widths, strict=True))
        )
        .rstrip()
        for line in lines
    ]
