"""Colours of direction: which colour means up.

Three conventions, each with a hue for dark and one for light themes. A hue is lifted towards
white, or pressed towards black, just as far as the grounds of a theme ask for legible text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from themes.contrast import MINIMUM, mix, ratio
from themes.palette import Palette

FLASH_STAGES = 3
HEAT_CLASSES = 9

_FLASH_SHARES = (0.40, 0.26, 0.13)
"""How much of the direction's colour is laid over the ground, freshest stage first."""
_HEAT_SHARES = (0.80, 0.56, 0.36, 0.18)
"""The same for a heat tile, strongest move first."""
_COMFORT = 6.0
"""Contrast that a tone of direction keeps on the plain ground, so that flashes have room."""
_STEP = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """Which colour means up and which down.

    Attributes:
        name: Lower case; the second half of the Textual theme's name.
        title: For people.
        up_dark, down_dark: The hues on a dark ground, ``#rrggbb``.
        up_light, down_light: The hues on a light ground.
    """

    name: str
    title: str
    up_dark: str
    down_dark: str
    up_light: str
    down_light: str


TOKYO = Convention(
    name="tokyo",
    title="red up, green down (Tokyo)",
    up_dark="#ff6b72",
    down_dark="#3fd08d",
    up_light="#b3152a",
    down_light="#0b6b43",
)
WESTERN = Convention(
    name="western",
    title="green up, red down",
    up_dark=TOKYO.down_dark,
    down_dark=TOKYO.up_dark,
    up_light=TOKYO.down_light,
    down_light=TOKYO.up_light,
)
SAFE = Convention(
    name="safe",
    title="blue up, orange down (safe for colour-blind eyes)",
    up_dark="#5cb0ff",
    down_dark="#ff8a3a",
    up_light="#0a4fa6",
    down_light="#8c3d00",
)

CONVENTIONS: dict[str, Convention] = {
    convention.name: convention for convention in (TOKYO, WESTERN, SAFE)
}
"""By name, in the order in which a key goes through them."""

DEFAULT = TOKYO.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Directions:
    """The colours of direction of one theme under one convention, each ``#rrggbb``.

    Attributes:
        up, down: Text of prices that rose or fell.
        flash_up, flash_down: Grounds of a change, three stages, the freshest and strongest first.
        heat: Grounds of nine classes, 0 the deepest fall, 4 unchanged, 8 the strongest rise.
        heat_text: The text on each of the nine.
    """

    up: str
    down: str
    flash_up: tuple[str, ...]
    flash_down: tuple[str, ...]
    heat: tuple[str, ...]
    heat_text: tuple[str, ...]


def directions(palette: Palette, convention: Convention) -> Directions:
    """Fit a convention to a palette.

    Tones of direction and the text on heat tiles come out legible wherever that is possible at
    all. Flashes take as much colour as every kind of text on them can bear, but never so little
    that they could not be seen; `low_contrast` tells of what is left.
    """
    up = _legible(convention.up_dark if palette.dark else convention.up_light, palette)
    down = _legible(convention.down_dark if palette.dark else convention.down_light, palette)
    inks = (*palette.inks.values(), up, down)
    heat = _heat(palette, up, down)
    return Directions(
        up=up,
        down=down,
        flash_up=_flash(palette.background, up, inks),
        flash_down=_flash(palette.background, down, inks),
        heat=heat,
        heat_text=tuple(_heat_text(palette, ground) for ground in heat),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A text colour on a ground, by name and by value, and their contrast ratio."""

    text: str
    text_colour: str
    ground: str
    ground_colour: str
    ratio: float

    def __str__(self) -> str:
        return (
            f"{self.text} {self.text_colour} on {self.ground} {self.ground_colour} "
            f"has a contrast of {self.ratio:.1f}, below {MINIMUM}"
        )


def pairs(palette: Palette, convention: Convention) -> list[Pair]:
    """Every pair of text and ground that carries information in a theme."""
    fitted = directions(palette, convention)
    inks = {**palette.inks, "up": fitted.up, "down": fitted.down}
    grounds = dict(palette.grounds)
    for stage in range(FLASH_STAGES):
        grounds[f"flash-up-{stage + 1}"] = fitted.flash_up[stage]
        grounds[f"flash-down-{stage + 1}"] = fitted.flash_down[stage]
    found = [
        Pair(ink, ink_colour, ground, colour, ratio(ink_colour, colour))
        for ground, colour in grounds.items()
        for ink, ink_colour in inks.items()
    ]
    # A badge is written in the colour of the ground on the colour of the text.
    found += [
        Pair("background", palette.background, name, inks[name], ratio(inks[name], ground))
        for name, ground in (("warn", palette.background), ("accent", palette.background))
    ]
    found += [
        Pair(f"heat-text-{level}", text, f"heat-{level}", ground, ratio(text, ground))
        for level, (ground, text) in enumerate(zip(fitted.heat, fitted.heat_text, strict=True))
    ]
    return found


def low_contrast(palette: Palette, conventions: Iterable[Convention]) -> list[Pair]:
    """The pairs that are harder to read than `MINIMUM` allows, each once."""
    low: dict[tuple[str, str], Pair] = {}
    for convention in conventions:
        for pair in pairs(palette, convention):
            if pair.ratio < MINIMUM:
                low.setdefault((pair.text, pair.ground), pair)
    return list(low.values())


def _legible(hue: str, palette: Palette) -> str:
    """The hue, moved towards white or black until it can be read on every ground."""
    target = "#ffffff" if palette.dark else "#000000"
    for step in range(round(1 / _STEP) + 1):
        tone = mix(hue, target, step * _STEP)
        if ratio(tone, palette.background) >= _COMFORT and all(
            ratio(tone, ground) >= MINIMUM for ground in palette.grounds.values()
        ):
            return tone
    return target


def _flash(ground: str, colour: str, inks: tuple[str, ...]) -> tuple[str, ...]:
    """Three grounds that fade from the direction's colour, legible under every ink."""
    share = _FLASH_SHARES[0]
    while share > _FLASH_SHARES[-1]:
        if all(ratio(ink, mix(ground, colour, share)) >= MINIMUM for ink in inks):
            break
        share -= 0.01
    scale = share / _FLASH_SHARES[0]
    return tuple(mix(ground, colour, part * scale) for part in _FLASH_SHARES)


def _heat(palette: Palette, up: str, down: str) -> tuple[str, ...]:
    ground = palette.background
    falls = [mix(ground, down, share) for share in _HEAT_SHARES]
    rises = [mix(ground, up, share) for share in reversed(_HEAT_SHARES)]
    return (*falls, palette.panel, *rises)


def _heat_text(palette: Palette, ground: str) -> str:
    """The theme's own text or ground where it can be read on the tile, else black or white."""
    own = max((palette.text, palette.background), key=lambda ink: ratio(ink, ground))
    if ratio(own, ground) >= MINIMUM:
        return own
    return max(("#000000", "#ffffff"), key=lambda ink: ratio(ink, ground))
