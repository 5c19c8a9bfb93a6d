"""The themes that ship."""

from themes.palette import Palette

MIDNIGHT = Palette(
    name="midnight",
    dark=True,
    background="#0a0f1c",
    surface="#101829",
    panel="#162036",
    header="#131d33",
    cursor="#1d2d4e",
    text="#dbe4f5",
    muted="#93a3c0",
    flat="#a9b6cf",
    accent="#7db8ff",
    warn="#f5c451",
    border="#2a3a5c",
    border_focus="#5b8fd9",
)
"""Deep blue-black; the default."""

PAPER = Palette(
    name="paper",
    dark=False,
    background="#fbf9f4",
    surface="#f5f2ea",
    panel="#efeae0",
    header="#ece7db",
    cursor="#dfe6f2",
    text="#1d2330",
    muted="#535b6a",
    flat="#474e5c",
    accent="#1b4f9c",
    warn="#7c4700",
    border="#c9c2b2",
    border_focus="#3a6db8",
)
"""Ink on warm white, for a bright room."""

AMBER = Palette(
    name="amber",
    dark=True,
    background="#0b0700",
    surface="#140d02",
    panel="#1c1304",
    header="#201605",
    cursor="#33230a",
    text="#ffb938",
    muted="#c4893a",
    flat="#d9a04a",
    accent="#ffe0a3",
    warn="#fff06b",
    border="#5a3e12",
    border_focus="#d98f1f",
)
"""Amber on black, as the terminals of a dealing room had it."""

CONTRAST = Palette(
    name="contrast",
    dark=True,
    background="#000000",
    surface="#000000",
    panel="#0d0d0d",
    header="#1a1a1a",
    cursor="#23315c",
    text="#ffffff",
    muted="#d0d0d0",
    flat="#e6e6e6",
    accent="#6fe7ff",
    warn="#ffe14d",
    border="#8c8c8c",
    border_focus="#ffffff",
)
"""Nothing fainter than it must be, for tired eyes and poor screens."""

BUILTIN: dict[str, Palette] = {theme.name: theme for theme in (MIDNIGHT, PAPER, AMBER, CONTRAST)}
"""The themes that ship, by name, in the order in which a key goes through them."""

DEFAULT = MIDNIGHT.name
