"""A story to read: what is known of it above, its text below, scrolling as one page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Markdown, Static

from widgets.kept import KeptLines

LONGEST = 20_000
"""Characters of a text that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One story; every text is ready to print.

    Attributes:
        key: Its identity.
        headline: Its title.
        facts: When, what kind, who says so.
        link: Where it stands in full; may be empty.
        notes: Sentences about it, such as what its names did since.
        lines: One line a name or figure, each with a tone.
        text: Its body.
        markdown: Whether the body is Markdown; else it is shown as it stands.
    """

    key: str = ""
    headline: str = ""
    facts: str = ""
    link: str = ""
    notes: Sequence[str] = ()
    lines: Sequence[tuple[str, str]] = field(default=())
    text: str = ""
    markdown: bool = False


class _Text(Static, KeptLines):
    """A text that costs nothing while the headlines beside it run."""


class StoryReader(VerticalScroll, KeptLines):
    """Shows one story at a time. What comes from elsewhere is text and never markup.

    Markdown is rendered of what is told to be Markdown alone; HTML in it is shown as it is
    written, pictures are not fetched, and a link in it is only told of, never opened here.
    """

    DEFAULT_CSS = """
    StoryReader { height: 1fr; }
    StoryReader Static { height: auto; }
    StoryReader Markdown { height: auto; margin: 0; padding: 0; }
    """

    class LinkPressed(Message):
        """A link in the text was pressed.

        Attributes:
            link: Where it goes.
        """

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._page = PageView()
        self._rendered = ""

    @property
    def key(self) -> str:
        """The identity of the story shown; empty for none."""
        return self._page.key

    def compose(self) -> ComposeResult:
        """Head, text, and the same text where it is Markdown."""
        yield _Text(id="reader-head", markup=False)
        yield _Text(id="reader-text", markup=False)
        yield Markdown(id="reader-markdown", open_links=False, parser_factory=_parser)

    def show(self, page: PageView) -> None:
        """Show a story, from its beginning if it is another one."""
        before, self._page = self._page, page
        if page == before:
            return
        self.query_one("#reader-head", Static).update(_head(page))
        text = page.text if len(page.text) <= LONGEST else f"{page.text[:LONGEST]}…"
        plain, rendered = self.query_one("#reader-text", Static), self.query_one(Markdown)
        plain.display, rendered.display = not page.markdown, page.markdown
        if not page.markdown:
            plain.update(Content(text))
        elif text != self._rendered:
            self._rendered = text
            # The page is made of widgets, which only the reader's own turn can put in.
            self.call_later(rendered.update, text)
        if page.key != before.key:
            self.scroll_home(animate=False)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Tell of it; where it goes has to be shown first."""
        event.stop()
        self.post_message(self.LinkPressed(event.href))


def _head(page: PageView) -> Content:
    parts: list[Content | str | tuple[str, str]] = [(page.headline, "bold"), "\n"]
    parts.append((page.facts, "dim"))
    if page.link:
        parts += ["\n", (page.link, "dim")]
    if page.notes or page.lines:
        parts.append("\n")
    for note in page.notes:
        parts += ["\n", (note, "dim")]
    for line, tone in page.lines:
        parts += ["\n", (line, _TONES.get(tone, ""))]
    parts.append("\n")
    return Content.assemble(*parts)


_TONES = {"up": "$success", "down": "$error", "flat": "", "muted": "dim", "warn": "$warning"}
"""Styles of tones; the theme gives rise and fall their colours."""


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
