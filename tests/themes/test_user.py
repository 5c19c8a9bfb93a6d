"""A user's theme is read, or told about in words."""

from hypothesis import given
from hypothesis import strategies as st

from themes.contrast import MINIMUM
from themes.conventions import CONVENTIONS, pairs
from themes.palette import Palette
from themes.user import OPTIONAL, REQUIRED, user_palette

keys = st.sampled_from((*REQUIRED, *OPTIONAL, "dark", "colour", ""))
colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
values = st.one_of(
    colours, st.text(max_size=12), st.integers(), st.booleans(), st.none(), st.lists(st.integers())
)


def test_two_colours_make_a_theme() -> None:
    palette = user_palette("dusk", {"background": "#101018", "text": "#EEE"})
    assert isinstance(palette, Palette)
    assert palette.dark
    assert palette.text == "#eeeeee"


def test_a_light_ground_makes_a_light_theme() -> None:
    palette = user_palette("chalk", {"background": "#ffffff", "text": "#101010"})
    assert isinstance(palette, Palette)
    assert not palette.dark


def test_a_given_colour_is_kept() -> None:
    table = {"background": "#000000", "text": "#ffffff", "accent": "#00ffff", "dark": True}
    palette = user_palette("mine", table)
    assert isinstance(palette, Palette)
    assert palette.accent == "#00ffff"


def test_a_bad_colour_is_named() -> None:
    problems = user_palette("dusk", {"background": "#101018", "text": "very white"})
    assert problems == ["text is “very white”: give a colour such as #1d2d4e."]


def test_a_missing_key_is_named() -> None:
    problems = user_palette("dusk", {"text": "#ffffff"})
    assert problems == ["background is missing: give a colour such as #1d2d4e."]


def test_an_unknown_key_is_named_with_those_it_takes() -> None:
    problems = user_palette("dusk", {"background": "#000", "text": "#fff", "foreground": "#fff"})
    assert isinstance(problems, list)
    assert len(problems) == 1
    assert "“foreground” is not a key of a theme" in problems[0]
    assert "border_focus" in problems[0]


def test_low_contrast_names_the_pair() -> None:
    problems = user_palette("fog", {"background": "#777777", "text": "#999999"})
    assert isinstance(problems, list)
    assert any("text #999999 on background #777777" in problem for problem in problems)
    assert any("below 4.5" in problem for problem in problems)


def test_the_name_of_a_shipped_theme_is_taken() -> None:
    problems = user_palette("midnight", {"background": "#000", "text": "#fff"})
    assert isinstance(problems, list)
    assert "name of a theme that ships" in problems[0]


def test_control_characters_in_a_value_are_not_repeated() -> None:
    problems = user_palette("x\x1b[2J", {"background": "\x1b[31m", "text": "#fff"})
    assert isinstance(problems, list)
    assert not any("\x1b" in problem for problem in problems)


@given(st.text(max_size=12), st.dictionaries(keys, values, max_size=8))
def test_nothing_raises_and_what_is_accepted_can_be_read(
    name: str, table: dict[str, object]
) -> None:
    outcome = user_palette(name, table)
    if isinstance(outcome, Palette):
        for convention in CONVENTIONS.values():
            assert all(pair.ratio >= MINIMUM for pair in pairs(outcome, convention))
    else:
        assert outcome
