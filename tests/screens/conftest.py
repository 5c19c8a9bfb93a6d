"""Goldens of screens as text that a person can read in a diff."""

from collections.abc import Callable
from string import ascii_letters, digits
from typing import Any

import pytest
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

_LETTERS = ascii_letters + digits
_EXAMPLE = 24


class ScreenFile(SingleFileSnapshotExtension):
    """One text file a golden."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "carries_out(*ids): the commands whose keys a test tries")


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(ScreenFile)


@pytest.fixture
def styled() -> Callable[[Any], str]:
    """The screen with a letter beneath each cell that stands for its style."""
    return _styled


@pytest.fixture
def colours() -> Callable[[Any], str]:
    """Every style of the screen with the first text that wears it."""
    return _colours


def _styled(play: Any) -> str:
    letters: dict[str, str] = {}
    out = []
    for line in play.cells():
        out.append("".join(text for text, _ in line).rstrip())
        marks = "".join(
            _letter(letters, _described(style)) * cell_len(text) for text, style in line
        )
        out.append(marks)
    legend = [f"{letter}  {described}" for described, letter in letters.items()]
    return "\n".join([*out, "", *legend, ""])


def _letter(letters: dict[str, str], described: str) -> str:
    return letters.setdefault(described, _LETTERS[len(letters)])


def _colours(play: Any) -> str:
    examples: dict[str, str] = {}
    for line in play.cells():
        for text, style in line:
            if text.strip():
                examples.setdefault(_described(style), " ".join(text.split())[:_EXAMPLE])
    return "\n".join([*(f"{style:<32}{text}" for style, text in sorted(examples.items())), ""])


def _described(style: Style | None) -> str:
    """``#ffffff on #000000 bold``."""
    if style is None:
        return "plain"
    words = [f"{_hex(style.color)} on {_hex(style.bgcolor)}"]
    words += [
        word
        for word in ("bold", "dim", "italic", "underline", "reverse", "strike")
        if getattr(style, word)
    ]
    return " ".join(words)


def _hex(color: Color | None) -> str:
    if color is None or color.is_default:
        return "default"
    return color.get_truecolor().hex
