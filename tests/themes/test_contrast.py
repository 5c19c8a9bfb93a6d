"""Contrast: the published figures of WCAG, and its arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.contrast import channels, luminance, mix, parse_hex, ratio

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_black_on_white_is_twenty_one() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21.0)


def test_the_grey_that_just_passes_on_white() -> None:
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_luminance_weighs_green_most() -> None:
    assert luminance("#00ff00") > luminance("#ff0000") > luminance("#0000ff")


@given(colours, colours)
def test_ratio_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    assert ratio(one, other) == ratio(other, one)
    assert 1.0 <= ratio(one, other) <= 21.01


@given(colours, colours, st.floats(0, 1))
def test_a_mix_lies_between_its_parts(one: str, other: str, share: float) -> None:
    for below, above, mixed in zip(
        channels(one), channels(other), channels(mix(one, other, share)), strict=True
    ):
        assert min(below, above) <= mixed <= max(below, above)


@given(colours, colours)
def test_a_mix_begins_and_ends_with_its_parts(one: str, other: str) -> None:
    assert mix(one, other, 0) == one
    assert mix(one, other, 1) == other


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#FFF", "#ffffff"),
        (" #1d2D4e ", "#1d2d4e"),
        ("1d2d4e", None),
        ("#12345", None),
        ("#1234567", None),
        ("red", None),
        ("", None),
        ("#\uff11\uff12\uff13", None),
    ],
)
def test_only_hex_colours_are_read(text: str, colour: str | None) -> None:
    assert parse_hex(text) == colour
