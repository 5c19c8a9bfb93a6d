"""A file of lists laid out by hand, and lists over it that know the shipped instruments."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.market.indices import BuiltinList
from tui.market.universe import Universe
from tui.watchlists.lists import Lists

NASTY = """\
# My lists -- do not reformat
title = "kept"   # a key that Zaraba does not know

# about Mine
[[list]] # header
name = "Mine" # the name
symbols = [ # opening
    "7203.T", # Toyota, since 2019
    # --- banks ---
    "8306.T", "8316.T",  # two on a line

    '285A', # letters
    "9999X"   # unknown # with two signs
    # last words
] # closing
colour = "red"

# about Steel
[[list]]
name = "Steel"
symbols = ["5401.T", "5411", ] # trailing comma

[other]
x = [1, 2] # untouched
"""

Make = Callable[..., Lists]


@pytest.fixture(scope="session")
def universe() -> Universe:
    return Universe()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lists.toml"


@pytest.fixture
def nasty() -> str:
    return NASTY


@pytest.fixture
def make(universe: Universe, file: Path) -> Make:
    def resolve(text: str) -> str | None:
        found = universe.resolve(text)
        return found.symbol if found else None

    def made(text: str | bytes | None = None) -> Lists:
        if text is not None:
            file.write_bytes(text.encode() if isinstance(text, str) else text)
        core = BuiltinList("TOPIX Core30", "TOPIX Core30", ("7203.T", "6758.T"))
        nikkei = BuiltinList("Nikkei 225", "日経225", ("6857.T", "8035.T"))
        return Lists([nikkei, core], file, resolve)

    return made
