"""A user's own theme, from plain data to a palette or to words about what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import fields

from themes.builtin import BUILTIN
from themes.contrast import MINIMUM, luminance, mix, parse_hex, ratio
from themes.conventions import CONVENTIONS, low_contrast
from themes.palette import Palette

REQUIRED = ("background", "text")
"""Colours that a user theme must give; every other one can be derived from them."""

OPTIONAL = tuple(
    field.name for field in fields(Palette) if field.name not in {*REQUIRED, "name", "dark"}
)
"""Colours that a user theme may give."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


def user_palette(name: str, table: Mapping[str, object]) -> Palette | list[str]:
    """Read one user theme.

    Args:
        name: The theme's name: lower-case letters, digits and ``_``, at most 32, and not the
            name of a theme that ships.
        table: Its keys: `REQUIRED` and any of `OPTIONAL` as ``#rrggbb`` or ``#rgb``, and
            ``dark`` as true or false. What is not given is derived from background and text.

    Returns:
        The palette, or a list of problems, each a sentence that names the key and the remedy.
        Nothing is raised, whatever the table holds.
    """
    problems = _name_problems(name)
    given: dict[str, str] = {}
    for key, value in table.items():
        if key == "dark":
            if not isinstance(value, bool):
                problems.append(f"dark is {_shown(value)}: give true or false.")
        elif key not in REQUIRED and key not in OPTIONAL:
            known = ", ".join((*REQUIRED, "dark", *OPTIONAL))
            problems.append(f"{_shown(key)} is not a key of a theme: it takes {known}.")
        else:
            colour = parse_hex(value) if isinstance(value, str) else None
            if colour is None:
                problems.append(f"{key} is {_shown(value)}: give a colour such as #1d2d4e.")
            else:
                given[key] = colour
    problems += [
        f"{key} is missing: give a colour such as #1d2d4e." for key in REQUIRED if key not in table
    ]
    if problems:
        return problems
    dark = table.get("dark")
    palette = _complete(name, given, dark if isinstance(dark, bool) else None)
    return [
        f"{pair}: choose colours that lie further apart."
        for pair in low_contrast(palette, CONVENTIONS.values())
    ] or palette


def _name_problems(name: str) -> list[str]:
    if not _NAME.fullmatch(name):
        return [
            f"{_shown(name)} cannot name a theme: use a-z, 0-9 and _, at most 32, a letter first."
        ]
    if name in BUILTIN:
        return [f"{name} is the name of a theme that ships: choose another name."]
    return []


def _complete(name: str, given: Mapping[str, str], dark: bool | None) -> Palette:
    background, text = given["background"], given["text"]
    if dark is None:
        dark = luminance(background) < luminance(text)
    lift = "#ffffff" if dark else "#000000"
    muted = given.get("muted", _softened(text, background))
    accent = given.get("accent", text)
    border = given.get("border", mix(background, text, 0.25))
    panel = given.get("panel", mix(background, lift, 0.05))
    return Palette(
        name=name,
        dark=dark,
        background=background,
        surface=given.get("surface", mix(background, lift, 0.03)),
        panel=panel,
        header=given.get("header", panel),
        cursor=given.get("cursor", mix(background, accent, 0.12)),
        text=text,
        muted=muted,
        flat=given.get("flat", muted),
        accent=accent,
        warn=given.get("warn", "#f5c451" if dark else "#7c4700"),
        border=border,
        border_focus=given.get("border_focus", accent),
    )


def _softened(text: str, background: str) -> str:
    """The text brought nearer to the ground while it stays easy to read on every tint of it."""
    for percent in range(35, 0, -5):
        softer = mix(text, background, percent / 100)
        if ratio(softer, background) >= MINIMUM * 1.5:
            return softer
    return text


def _shown(value: object) -> str:
    """A value in quotation marks, cut and free of control characters."""
    text = "".join(c if c.isprintable() else "�" for c in str(value)[:60])
    return f"“{text}”"
