"""A report as Markdown; foreign text is escaped, so that it stays text."""

import re
from itertools import chain
from typing import Final

from tui.report.width import width
from tui.report.wording.document import Block, Bullets, Document, Heading, Paragraph, Remarks, Table

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|~])|&(?=#?\w+;)")
_OPENING: Final = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))")


def to_markdown(document: Document) -> str:
    """The report; it ends with a line break."""
    blocks = (_block(block) for block in document.blocks)
    return "\n\n".join(chain([f"# {_inline(document.title)}"], blocks)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"## {_inline(text)}"
        case Paragraph(text):
            return _escaped(text)
        case Bullets(items):
            return "\n".join(f"- {_escaped(item)}" for item in items)
        case Remarks(text):
            return f"---\n\n{_escaped(text)}"
        case Table():
            return _table(block)


def _inline(text: str) -> str:
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def _escaped(text: str) -> str:
    """Text at the beginning of a line, where more characters mean something."""
    return _OPENING.sub(r"\1\\\2", _inline(text)) if not text[:1].isdigit() else _numbered(text)


def _numbered(text: str) -> str:
    """A line that begins with a number, which a full stop behind it would make a list."""
    return re.sub(r"^(\d+)([.)])(?=\s)", r"\1\\\2", _inline(text))


def _table(table: Table) -> str:
    head, rows = (
        [_inline(cell) for cell in table.head],
        [[_inline(cell) for cell in row] for row in table.rows],
    )
    widths = [max(3, *(width(cell) for cell in column)) for column in zip(head, *rows, strict=True)]

    def line(cells: list[str]) -> str:
        padded = (
            " " * (cells_wide - width(cell)) + cell
            if place in table.figures
            else cell + " " * (cells_wide - width(cell))
            for place, (cell, cells_wide) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = (
        "-" * (cells_wide - 1) + (":" if place in table.figures else "-")
        for place, cells_wide in enumerate(widths)
    )
    return "\n".join([line(head), f"| {' | '.join(rule)} |", *map(line, rows)])
