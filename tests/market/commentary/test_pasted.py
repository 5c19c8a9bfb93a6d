"""Commentaries as they are pasted: everything that a careful reader finds in them is found."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tui.market.documents import Document, Reading, read_document, symbols_as_written
from tui.market.linking.linker import Linker

TEXTS = sorted((Path(__file__).parent / "pasted").glob("*.toml"))
TODAY = date(2026, 11, 22)


def document_of(expected: dict[str, Any], linker: Linker) -> Document:
    text = expected["text"]
    body = text.replace("\n", "\r\n") if expected.get("crlf") else text
    return read_document(
        body.encode(), name="pasted.md", reading=Reading(linker=linker, today=TODAY)
    )


def stated(line: str) -> tuple[str, ...]:
    symbol, *figures = line.split()
    return (symbol, *("-" if each == "-" else plain(Decimal(each)) for each in figures[:3]))


def plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


def matches(wanted: str, found: set[str]) -> bool:
    """Whether the symbols found are those wanted; one with a question mark is open."""
    sure = {each for each in wanted.split() if not each.endswith("?")}
    return sure <= found <= {each.rstrip("?") for each in wanted.split()}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_pasted_commentary_is_read_as_a_careful_reader_reads_it(
    path: Path, linker: Linker
) -> None:
    expected = tomllib.loads(path.read_text(encoding="utf-8"))
    document = document_of(expected, linker)
    wanted = [[part.strip() for part in line.split("|")] for line in expected["catalysts"]]

    assert str(document.session or "") == expected["session"]
    assert [each.headline for each in document.catalysts] == [title for title, *_ in wanted]
    assert [str(each.due or "") for each in document.catalysts] == [due for *_, due in wanted]
    for catalyst, (_, symbols, _) in zip(document.catalysts, wanted, strict=True):
        assert matches(symbols, set(catalyst.symbols)), catalyst.headline
    claims = {
        (claim.symbol, *("-" if figure is None else plain(figure) for figure in claim.figures))
        for _, every in document.claims_by_session
        for claim in every
    }
    assert claims == {stated(line) for line in expected["claims"]}
    named = {place.symbol for place in symbols_as_written(document, linker)}
    assert matches(expected["symbols"], named)
