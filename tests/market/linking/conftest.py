"""What tests of linking share: one linker over the tables that ship, and the labelled headlines."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tui.market.linking.link import sectors_of, symbols_of
from tui.market.linking.linker import Linker

FOLDER = Path(__file__).parent


class Labelled(NamedTuple):
    language: str
    kind: str
    symbols: frozenset[str]
    headline: str


def read(half: str) -> list[Labelled]:
    labels = []
    for line in (FOLDER / f"{half}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        language, kind, symbols, headline = line.split("\t")
        wanted = frozenset(symbols.split()) - {"-"}
        labels.append(Labelled(language, kind.removeprefix("-"), wanted, headline))
    return labels


@pytest.fixture(scope="session")
def linker() -> Linker:
    return Linker()


@pytest.fixture(scope="session")
def tuning() -> list[Labelled]:
    return read("tuning")


@pytest.fixture(scope="session")
def held_out() -> list[Labelled]:
    return read("held_out")


@pytest.fixture(scope="session")
def named(linker: Linker) -> Callable[[str], set[str]]:
    """What a text names: symbols, sectors and baskets."""

    def find(text: str) -> set[str]:
        links = linker.link(text)
        return {*symbols_of(links), *sectors_of(links)}

    return find
