"""The table's component classes resolved to Rich styles, once for each change of style."""

from collections.abc import Callable

from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles

from widgets.quote_table.contracts import TONES
from widgets.quote_table.flash import STAGES

PREFIX = "quote-table--"

PARTS = (
    "header",
    "header-sorted",
    "cursor",
    "even",
    "stale",
    "stale-mark",
    "thumb",
    "empty",
    *filter(None, TONES),
    *(f"flash-{way}-{stage}" for way in ("up", "down") for stage in range(1, STAGES + 1)),
)
"""The component classes, without their prefix."""


DEFAULT_CSS = """
QuoteTable {
    width: 1fr;
    height: 1fr;
    overflow: hidden;
    background: $surface;
    color: $foreground;
    & > .quote-table--header { background: $panel; color: $foreground; text-style: bold; }
    & > .quote-table--header-sorted { color: $text-accent; }
    & > .quote-table--cursor { background: $foreground 10%; }
    &:focus > .quote-table--cursor { background: $foreground 18%; text-style: bold; }
    & > .quote-table--up { color: $text-success; }
    & > .quote-table--down { color: $text-error; }
    & > .quote-table--flat { color: $foreground; }
    & > .quote-table--muted { color: $text-muted; }
    & > .quote-table--accent { color: $text-accent; }
    & > .quote-table--warn { color: $text-warning; }
    & > .quote-table--derived { color: $foreground; text-style: italic; }
    & > .quote-table--stale { color: $text-muted; }
    & > .quote-table--stale-mark { color: $text-warning; }
    & > .quote-table--thumb { color: $text-muted; }
    & > .quote-table--empty { color: $text-muted; }
    & > .quote-table--flash-up-1 { background: $success 45%; }
    & > .quote-table--flash-up-2 { background: $success 30%; }
    & > .quote-table--flash-up-3 { background: $success 15%; }
    & > .quote-table--flash-down-1 { background: $error 45%; }
    & > .quote-table--flash-down-2 { background: $error 30%; }
    & > .quote-table--flash-down-3 { background: $error 15%; }
}
"""
"""Built-in variables only: an app's stylesheet gives the component classes its own."""


EVEN, CURSOR, STALE = 1, 2, 4
"""What lies over a whole row: bits of its shade, which is 0 for a plain row."""


class Palette:
    """Styles of the parts of a table, composed on first use.

    Backgrounds lie over one another: the table's, that of an even row, the cursor's, a flash's,
    each blended where it is translucent. A tone gives the text its colour on all of them.

    Args:
        background: The table's background.
        foreground: The table's text.
        component: Gives the styles of a component class by its full name.
        finish: What the app does to every style, such as taking its colours away.
    """

    def __init__(
        self,
        background: Color,
        foreground: Color,
        component: Callable[[str], RenderStyles],
        finish: Callable[[Style], Style],
    ) -> None:
        self._background = background
        self._foreground = foreground
        self._finish = finish
        self._parts = {part: component(PREFIX + part) for part in PARTS}
        self._tones: dict[int, dict[str, Style]] = {}
        self._flashes: dict[tuple[int, str, int], Style] = {}
        self.zebra = self._parts["even"].has_rule("background")
        self.blank = self._style(background)
        self.header = self._style(background, "header")
        self.header_sorted = self._style(background, "header", "header-sorted")
        self.thumb = self._style(background, "thumb")
        self.empty = self._style(background, "empty")

    def tones(self, shade: int) -> dict[str, Style]:
        """The style of each tone on a row; ``"mark"`` is that of the mark of a stale row."""
        styles = self._tones.get(shade)
        if styles is None:
            background = self._row(shade)
            over = self._over(shade)
            styles = {tone: self._style(background, *over, tone) for tone in TONES}
            styles["mark"] = self._style(background, "stale-mark")
            self._tones[shade] = styles
        return styles

    def flash(self, shade: int, tone: str, code: int) -> Style:
        """The style of a tone on a row where a flash lies behind it.

        Args:
            shade: What lies over the row.
            tone: The tone; an unknown one is plain.
            code: A code of `flash_codes` other than 0.
        """
        tone = tone if tone in TONES else ""
        key = (shade, tone, code)
        style = self._flashes.get(key)
        if style is None:
            part = f"flash-{'up' if code > 0 else 'down'}-{abs(code)}"
            background = self._row(shade) + self._parts[part].background
            style = self._style(background, *self._over(shade), tone)
            self._flashes[key] = style
        return style

    def _row(self, shade: int) -> Color:
        background = self._background
        if shade & EVEN:
            background += self._parts["even"].background
        if shade & CURSOR:
            background += self._parts["cursor"].background
        return background

    @staticmethod
    def _over(shade: int) -> tuple[str, ...]:
        return tuple(part for part, bit in (("cursor", CURSOR), ("stale", STALE)) if shade & bit)

    def _style(self, background: Color, *parts: str) -> Style:
        """Text in the colour of the last part that has one; only headings bring a background."""
        color = self._foreground
        automatic = False
        text_style = Style()
        for part in filter(None, parts):
            styles = self._parts[part]
            if part.startswith("header") and styles.has_rule("background"):
                background += styles.background
            if styles.has_rule("auto_color") and styles.auto_color:
                color, automatic = styles.color, True
            elif styles.has_rule("color"):
                color, automatic = styles.color, False
            text_style += styles.text_style
        if automatic:
            color = background.get_contrast_text(color.a)
        colors = Style.from_color((background + color).rich_color, background.rich_color)
        return self._finish(colors + text_style)
