"""The wrap as the screen shows, copies and saves it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tui.report.wording import Document, Part, to_lines, to_markdown


@dataclass(frozen=True, slots=True)
class WrapPage:
    """The report of the day; two of the same words are equal.

    Attributes:
        document: Its words, not yet in a form.
    """

    document: Document

    def lines(self, columns: int) -> Iterator[tuple[Part, str]]:
        """Lines at most so many cells wide, each with what it is part of."""
        return to_lines(self.document, columns)

    def markdown(self) -> str:
        """What is copied and saved."""
        return to_markdown(self.document)
