"""A report in words before it has a form: paragraphs, lists and tables of plain text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the head.

    Attributes:
        head: The columns' names.
        rows: The cells.
        figures: Which columns hold figures, and stand on the right.
        halves: How many tables of one shape stand side by side in it; a narrow page stacks them.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int]
    halves: int = 1

    def stacked(self) -> "tuple[Table, ...]":
        """Its halves as tables of their own, without the rows that are empty in each."""
        size = len(self.head) // self.halves
        spans = [slice(first, first + size) for first in range(0, len(self.head), size)]
        return tuple(
            Table(
                self.head[span],
                tuple(row[span] for row in self.rows if any(row[span])),
                frozenset(place for place in range(size) if place + span.start in self.figures),
            )
            for span in spans
        )


@dataclass(frozen=True, slots=True)
class Remarks:
    """What has to be said about the figures, apart from the report."""

    text: str


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Remarks


@dataclass(frozen=True, slots=True)
class Document:
    """The report.

    Attributes:
        title: The headline.
        blocks: What follows, in order; none of it is empty.
    """

    title: str
    blocks: tuple[Block, ...]


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    """Those paragraphs of which something is left."""
    return tuple(Paragraph(text) for text in texts if text)


def part(title: str, items: Iterable[str]) -> tuple[Block, ...]:
    """A heading with its list, or nothing where there is nothing to list."""
    kept = tuple(item for item in items if item)
    return (Heading(title), Bullets(kept)) if kept else ()
