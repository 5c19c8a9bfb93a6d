"""A palette and a convention made into a Textual theme."""

from textual.theme import Theme

from themes.contrast import mix
from themes.conventions import Convention, directions
from themes.palette import Palette

VARIABLES: tuple[str, ...] = (
    # Text: directions, and words beside them.
    "zaraba-text",
    "zaraba-up",
    "zaraba-down",
    "zaraba-flat",
    "zaraba-muted",
    "zaraba-accent",
    "zaraba-warn",
    "zaraba-stale",
    # Grounds of a change: stage 1 is the freshest and strongest, stage 3 the last before none.
    "zaraba-flash-up-1",
    "zaraba-flash-up-2",
    "zaraba-flash-up-3",
    "zaraba-flash-down-1",
    "zaraba-flash-down-2",
    "zaraba-flash-down-3",
    # Grounds of rows and lines.
    "zaraba-cursor",
    "zaraba-header",
    # Heat tiles and the text on them: 0 the deepest fall, 4 unchanged, 8 the strongest rise.
    *(f"zaraba-heat-{level}" for level in range(9)),
    *(f"zaraba-heat-text-{level}" for level in range(9)),
    # Lines.
    "zaraba-border",
    "zaraba-border-focus",
)
"""Every CSS variable that a theme defines beside Textual's own; all are plain colours."""


def theme_name(palette: str, convention: str) -> str:
    """The Textual name of a theme worn with a convention: ``midnight-tokyo``."""
    return f"{palette}-{convention}"


def textual_theme(palette: Palette, convention: Convention) -> Theme:
    """The theme that Textual registers.

    Stock widgets (inputs, lists, the command palette) take their colours from Textual's own
    variables, which are set from the palette too, so that they look like the rest.
    """
    fitted = directions(palette, convention)
    return Theme(
        name=theme_name(palette.name, convention.name),
        primary=palette.border_focus,
        secondary=palette.muted,
        warning=palette.warn,
        error=fitted.down,
        success=fitted.up,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.background,
        surface=palette.surface,
        panel=palette.panel,
        dark=palette.dark,
        variables={**_stock(palette), **_own(palette, convention)},
    )


def _own(palette: Palette, convention: Convention) -> dict[str, str]:
    fitted = directions(palette, convention)
    colours = {
        "text": palette.text,
        "up": fitted.up,
        "down": fitted.down,
        "flat": palette.flat,
        "muted": palette.muted,
        "accent": palette.accent,
        "warn": palette.warn,
        "stale": palette.muted,
        "cursor": palette.cursor,
        "header": palette.header,
        "border": palette.border,
        "border-focus": palette.border_focus,
    }
    for stage, (up, down) in enumerate(zip(fitted.flash_up, fitted.flash_down, strict=True), 1):
        colours[f"flash-up-{stage}"] = up
        colours[f"flash-down-{stage}"] = down
    for level, (ground, text) in enumerate(zip(fitted.heat, fitted.heat_text, strict=True)):
        colours[f"heat-{level}"] = ground
        colours[f"heat-text-{level}"] = text
    return {f"zaraba-{name}": colour for name, colour in colours.items()}


def _stock(palette: Palette) -> dict[str, str]:
    scrollbar = mix(palette.background, palette.border, 0.9)
    return {
        "text-muted": palette.muted,
        "border": palette.border_focus,
        "border-blurred": palette.border,
        "block-cursor-background": palette.cursor,
        "block-cursor-foreground": palette.text,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": palette.panel,
        "block-cursor-blurred-foreground": palette.text,
        "input-cursor-background": palette.accent,
        "input-cursor-foreground": palette.background,
        "input-selection-background": palette.cursor,
        "footer-background": palette.background,
        "footer-key-foreground": palette.accent,
        "footer-description-foreground": palette.muted,
        "scrollbar": scrollbar,
        "scrollbar-hover": palette.border_focus,
        "scrollbar-active": palette.accent,
        "scrollbar-background": palette.background,
        "scrollbar-background-hover": palette.background,
        "scrollbar-background-active": palette.background,
        "scrollbar-corner-color": palette.background,
        "screen-selection-background": palette.cursor,
        "screen-selection-foreground": palette.text,
        "link-color": palette.accent,
    }
