"""Every theme under every convention can be read."""

import pytest

from themes.builtin import AMBER, BUILTIN, MIDNIGHT
from themes.contrast import MINIMUM, channels, ratio
from themes.conventions import (
    CONVENTIONS,
    FLASH_STAGES,
    HEAT_CLASSES,
    SAFE,
    TOKYO,
    WESTERN,
    Convention,
    directions,
    low_contrast,
    pairs,
)
from themes.palette import Palette

THEMES = pytest.mark.parametrize("palette", BUILTIN.values(), ids=lambda theme: theme.name)
WORN = pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=lambda worn: worn.name)


@THEMES
@WORN
def test_every_pair_that_carries_information_passes(
    palette: Palette, convention: Convention
) -> None:
    assert [str(pair) for pair in pairs(palette, convention) if pair.ratio < MINIMUM] == []


def test_the_pairs_cover_every_ink_on_every_ground() -> None:
    named = {(pair.text, pair.ground) for pair in pairs(MIDNIGHT, TOKYO)}
    inks = ("text", "muted", "flat", "accent", "warn", "up", "down")
    grounds = ["background", "surface", "panel", "header", "cursor"]
    grounds += [f"flash-{way}-{stage}" for way in ("up", "down") for stage in (1, 2, 3)]
    assert {(ink, ground) for ink in inks for ground in grounds} <= named
    assert {(f"heat-text-{level}", f"heat-{level}") for level in range(9)} <= named


@THEMES
@WORN
def test_flashes_are_seen_and_fade(palette: Palette, convention: Convention) -> None:
    fitted = directions(palette, convention)
    for stages in (fitted.flash_up, fitted.flash_down):
        assert len(stages) == FLASH_STAGES
        away = [_distance(stage, palette.background) for stage in stages]
        assert away == sorted(away, reverse=True)
        assert away[0] >= 30
        assert away[-1] >= 6


@THEMES
@WORN
def test_heat_has_nine_distinct_classes(palette: Palette, convention: Convention) -> None:
    heat = directions(palette, convention).heat
    assert len(set(heat)) == HEAT_CLASSES
    for stronger, weaker in ((0, 1), (1, 2), (2, 3), (8, 7), (7, 6), (6, 5)):
        assert _distance(heat[stronger], palette.background) > _distance(
            heat[weaker], palette.background
        )


@THEMES
def test_western_is_tokyo_turned_round(palette: Palette) -> None:
    tokyo, western = directions(palette, TOKYO), directions(palette, WESTERN)
    assert (tokyo.up, tokyo.down) == (western.down, western.up)
    assert tokyo.heat == western.heat[::-1]


@THEMES
def test_safe_is_blue_up_and_orange_down(palette: Palette) -> None:
    fitted = directions(palette, SAFE)
    red, _, blue = channels(fitted.up)
    assert blue > red
    red, _, blue = channels(fitted.down)
    assert red > blue


def test_tones_are_lifted_where_a_ground_asks_for_it() -> None:
    grey = _with_ground(AMBER, "#3b4252")
    assert ratio(TOKYO.up_dark, grey.background) < MINIMUM
    assert ratio(directions(grey, TOKYO).up, grey.background) >= MINIMUM


def test_a_hopeless_palette_is_told_pair_by_pair() -> None:
    hopeless = _with_ground(MIDNIGHT, MIDNIGHT.muted)
    low = low_contrast(hopeless, [TOKYO])
    assert ("muted", "background") in {(pair.text, pair.ground) for pair in low}
    assert all(pair.ratio < MINIMUM for pair in low)


def _with_ground(palette: Palette, ground: str) -> Palette:
    return Palette(
        name="test",
        dark=palette.dark,
        background=ground,
        surface=ground,
        panel=ground,
        header=ground,
        cursor=ground,
        text=palette.text,
        muted=palette.muted,
        flat=palette.flat,
        accent=palette.accent,
        warn=palette.warn,
        border=palette.border,
        border_focus=palette.border_focus,
    )


def _distance(one: str, other: str) -> int:
    return sum(abs(a - b) for a, b in zip(channels(one), channels(other), strict=True))
