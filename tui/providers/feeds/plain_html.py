"""HTML down to its words."""

import re
from html.parser import HTMLParser
from typing import Final

from tui.market.plaintext import plain

MOST_MARKUP: Final = 20_000
"""Characters of markup that are looked at."""

_TAG: Final = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z]")
_SILENT: Final = frozenset(
    {"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "head", "title"}
)
_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_OTHERS: Final = frozenset(
    {
        "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "body", "button", "caption",
        "center", "cite", "code", "col", "colgroup", "data", "del", "dfn", "em", "embed",
        "font", "html", "i", "img", "input", "ins", "kbd", "label", "link", "map", "mark",
        "meta", "meter", "nobr", "picture", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp",
        "select", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt",
        "u", "var", "video", "wbr", "option", "param", "track", "textarea", "area", "base",
        "canvas", "details", "summary", "dialog",
    }
)  # fmt: skip


def html_text(markup: str, limit: int, *, lines: bool = False) -> str:
    """The words of a piece of HTML, safe to show.

    Scripts, styles and everything else that is not read are dropped with what they hold. Only
    the tags of HTML are tags: ``<7203>`` and ``<トヨタ>`` are words. What looks like the markup of
    a terminal library, such as ``[red]``, stays as it is.

    Args:
        markup: HTML, or plain text.
        limit: Most characters of the result.
        lines: Whether paragraphs are kept apart, each on a line.
    """
    markup = markup[:MOST_MARKUP]
    if not _TAG.search(markup):
        return plain(markup, limit, lines=lines)
    words = _Words()
    words.feed(markup)
    words.close()
    return plain("".join(words.found), limit, lines=lines)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in _SILENT:
            self._silent += 1
        elif not self._silent:
            self._mark(tag, self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag not in _SILENT and not self._silent:
            self._mark(tag, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent:
            self._mark(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)

    def _mark(self, tag: str, as_written: str) -> None:
        if tag in _BLOCKS:
            self.found.append("\n")
        elif tag not in _OTHERS:
            self.found.append(as_written)
