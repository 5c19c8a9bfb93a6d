"""The Textual themes carry every variable, as plain colours."""

import pytest
from textual.app import App

from themes.build import VARIABLES, textual_theme, theme_name
from themes.builtin import BUILTIN, MIDNIGHT
from themes.contrast import parse_hex
from themes.conventions import CONVENTIONS, SAFE, TOKYO, Convention, directions
from themes.palette import Palette


@pytest.mark.parametrize("palette", BUILTIN.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=lambda worn: worn.name)
def test_every_variable_is_a_colour(palette: Palette, convention: Convention) -> None:
    theme = textual_theme(palette, convention)
    assert theme.name == f"{palette.name}-{convention.name}"
    assert {name for name in theme.variables if name.startswith("zaraba-")} == set(VARIABLES)
    assert all(parse_hex(theme.variables[name]) for name in VARIABLES)


def test_textual_accepts_a_theme_and_keeps_its_colours() -> None:
    app: App[None] = App()
    app.register_theme(textual_theme(MIDNIGHT, TOKYO))
    app.theme = theme_name("midnight", "tokyo")
    generated = app.get_css_variables()
    assert generated["background"].lower() == MIDNIGHT.background
    assert generated["zaraba-up"] == directions(MIDNIGHT, TOKYO).up
    assert generated["text-muted"] == MIDNIGHT.muted


def test_the_convention_decides_what_up_looks_like() -> None:
    tokyo, safe = textual_theme(MIDNIGHT, TOKYO), textual_theme(MIDNIGHT, SAFE)
    assert tokyo.variables["zaraba-up"] != safe.variables["zaraba-up"]
    assert tokyo.variables["zaraba-text"] == safe.variables["zaraba-text"]


def test_no_variable_is_listed_twice() -> None:
    assert len(VARIABLES) == len(set(VARIABLES))
    assert theme_name("paper", "safe") == "paper-safe"
