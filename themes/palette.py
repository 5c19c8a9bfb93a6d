"""What a theme is made of: the colours that have nothing to do with up and down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The neutral colours of one theme, each ``#rrggbb`` in lower case.

    Colours of direction are not here: they come from a `Convention`, so that any theme can be
    worn with any convention.

    Attributes:
        name: Lower case, no spaces; the first half of the Textual theme's name.
        dark: Whether light text stands on a dark ground.
        background: The ground of the screen and of the panes on it.
        surface: The ground of stock widgets: inputs, lists, dialogs.
        panel: The ground of what stands out from the surface: tabs, footers, tooltips.
        header: The ground of the header line and of the table's header row.
        cursor: The ground of the row under the cursor; text keeps its own colour on it.
        text: Ordinary text.
        muted: Text of less weight: labels, units, what is old.
        flat: Prices that have not moved.
        accent: Keys, active tabs, focus.
        warn: Warnings: a stale feed, a modelled path, a price limit.
        border: Lines round panes and between things; carries no information.
        border_focus: The line round the pane that has the focus.
    """

    name: str
    dark: bool
    background: str
    surface: str
    panel: str
    header: str
    cursor: str
    text: str
    muted: str
    flat: str
    accent: str
    warn: str
    border: str
    border_focus: str

    @property
    def grounds(self) -> dict[str, str]:
        """Every ground on which ordinary text stands, by name."""
        return {
            "background": self.background,
            "surface": self.surface,
            "panel": self.panel,
            "header": self.header,
            "cursor": self.cursor,
        }

    @property
    def inks(self) -> dict[str, str]:
        """Every colour in which text of no direction is written, by name."""
        return {
            "text": self.text,
            "muted": self.muted,
            "flat": self.flat,
            "accent": self.accent,
            "warn": self.warn,
        }
