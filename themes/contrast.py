"""Colours as plain sRGB hex, and how far apart two of them are to the eye (WCAG 2)."""

import re

MINIMUM = 4.5
"""The least contrast ratio for text that carries information (WCAG AA)."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_HEX = re.compile(r"#[0-9a-fA-F]{3}")


def parse_hex(text: str) -> str | None:
    """A colour in the one form used here, ``#rrggbb`` in lower case.

    Args:
        text: ``#rrggbb`` or ``#rgb``, in any case, with or without blanks around it.

    Returns:
        The colour, or None where the text is neither.
    """
    stripped = text.strip()
    if _HEX.fullmatch(stripped):
        return stripped.lower()
    if _SHORT_HEX.fullmatch(stripped):
        return "#" + "".join(digit * 2 for digit in stripped[1:].lower())
    return None


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of a ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance of a ``#rrggbb``, 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb``, 1 to 21, the same whichever comes first."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(ground: str, colour: str, share: float) -> str:
    """The ground with a share (0 to 1) of another colour laid over it, as ``#rrggbb``."""
    blended = (
        round(below + (above - below) * share)
        for below, above in zip(channels(ground), channels(colour), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in blended)


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
