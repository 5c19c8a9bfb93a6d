"""Keys by name: as Textual calls them, as a person writes them, as help and footer print them."""

import string
import unicodedata

RESERVED = {
    "ctrl+c": "it copies what is selected",
    "ctrl+p": "it opens the command palette",
    "ctrl+q": "it quits, whatever else happens",
    "ctrl+z": "it suspends the program",
}
"""Keys that cannot be given to a command, and why."""

_SHOWN = {
    "enter": "⏎", "escape": "Esc", "space": "Space", "tab": "Tab", "shift+tab": "⇧Tab", "up": "↑",
    "down": "↓", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home",
    "end": "End", "insert": "Ins", "delete": "Del", "backspace": "⌫",
}  # fmt: skip

_NAMED = {
    "up", "down", "left", "right", "home", "end", "insert", "delete", "pageup", "pagedown",
    "escape", "enter", "tab", "space", "backspace", *(f"f{number}" for number in range(1, 25)),
}  # fmt: skip
"""Keys that type no character."""

_ALSO = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "ins": "insert", "del": "delete",
    "dot": "full_stop", "period": "full_stop",
    **{sign: key for key, sign in _SHOWN.items() if len(sign) == 1},
}  # fmt: skip
"""Other names that people give to keys."""

_SHORTENED = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""Where Textual departs from Unicode's name of a character."""

_SAME = {
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape",
    "ctrl+h": "backspace",
}  # fmt: skip
"""Combinations that a terminal cannot tell from another key."""

_MODIFIERS = {"alt", "ctrl", "hyper", "meta", "shift", "super"}


def _character_name(character: str) -> str | None:
    if character.isalnum():
        return character
    try:
        name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        return None
    return _SHORTENED.get(name, name)


_PUNCTUATION = {_character_name(character): character for character in string.punctuation}


def shown_key(key: str) -> str:
    """A key as it is printed in help and footer."""
    if key.startswith("ctrl+"):
        return "^" + shown_key(key.removeprefix("ctrl+"))
    if key in _SHOWN:
        return _SHOWN[key]
    if len(key) == 1:
        return key
    if key in _NAMED:
        return key.upper()
    return _character(key) or key


def key_name(written: str) -> str | None:
    """Textual's name of a key that a person wrote.

    ``?``, ``question_mark``, ``Ctrl+X``, ``^x``, ``F2``, ``PgDn``, ``Esc``, ``S`` and ``shift+s``
    are all understood, and so is whatever `shown_key` prints.

    Returns:
        The name; None where no key is called so.
    """
    text = written.strip()
    if text.startswith("^") and len(text) > 1:
        text = "ctrl+" + text[1:]
    if text.startswith("⇧") and len(text) > 1:
        text = "shift+" + text[1:]
    if text == "+" or text.endswith("++"):
        text = text[:-1] + "plus"
    *modifiers, base = text.split("+")
    held = {modifier.strip().casefold() for modifier in modifiers}
    key = _base(base.strip())
    if key is None or not held <= _MODIFIERS or len(held) < len(modifiers):
        return None
    if len(key) == 1 and key.isalpha() and held:
        key = key.lower()
        if held == {"shift"}:
            held, key = set(), key.upper()
    name = "+".join((*sorted(held), key))
    return _SAME.get(name, name)


def key_names(written: str) -> tuple[list[str], list[str]]:
    """Read several keys parted by commas; a comma alone is the key itself.

    Returns:
        Textual's names, without repetition, and what is not a key.
    """
    parts = [","] if written.strip() == "," else [part.strip() for part in written.split(",")]
    names = [key_name(part) for part in parts]
    bad = [part for part, name in zip(parts, names, strict=True) if name is None]
    return list(dict.fromkeys(name for name in names if name is not None)), bad


def _base(written: str) -> str | None:
    folded = _ALSO.get(written.casefold(), written.casefold())
    if folded in _NAMED:
        return folded
    if len(written) == 1:
        return _character_name(written) if written.isprintable() else None
    return folded if len(folded) > 1 and _character(folded) else None


def _character(name: str) -> str:
    """The character that a key types, by Textual's name for it; empty where there is none."""
    if name in _PUNCTUATION:
        return _PUNCTUATION[name]
    try:
        character = unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return ""
    return character if character.isprintable() and _character_name(character) == name else ""
