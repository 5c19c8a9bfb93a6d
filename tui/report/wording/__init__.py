"""The wrap in words: sentences in English and Japanese, and the forms they are written in."""

from tui.report.wording import en, ja
from tui.report.wording.document import Document
from tui.report.wording.markdown import to_markdown
from tui.report.wording.plain import Part, to_lines, to_plain
from tui.report.wrap import Wrap

__all__ = ["Document", "Part", "to_lines", "to_markdown", "to_plain", "worded"]


def worded(wrap: Wrap, language: str = "en") -> Document:
    """The wrap in words, not yet in a form.

    Args:
        wrap: The figures.
        language: ``en`` or ``ja``.
    """
    return ja.document(wrap) if language == "ja" else en.document(wrap)
