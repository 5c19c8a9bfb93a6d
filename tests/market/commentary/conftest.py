"""Commentaries of many layouts, and what reads them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tui.market.commentary import Commentary, parse_commentary
from tui.market.linking.linker import Linker

TEXTS = Path(__file__).parent / "texts"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def linker() -> Linker:
    return Linker()


@pytest.fixture
def read() -> Callable[..., Commentary]:
    """Read one of the texts, by default with cash-tags alone."""

    def reading(name: str, **how: object) -> Commentary:
        text = (TEXTS / name).read_text(encoding="utf-8")
        return parse_commentary(text, name=name, today=TODAY, **how)  # type: ignore[arg-type]

    return reading
