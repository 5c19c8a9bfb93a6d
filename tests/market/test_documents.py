import contextlib
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import DataError
from tui.market.cash_tags import CashTags
from tui.market.catalysts import Catalyst
from tui.market.documents import (
    MOST_BYTES,
    Reading,
    SymbolAsWritten,
    read_document,
    symbols_as_written,
)

DAY = date(2025, 5, 26)
NOTES = """date: 2025-05-26

## 14:05 Steel deal backed
Washington supports it. The Nikkei rose 1.00%.
$5401.T $SONY
kind: deal
"""
COMMENTARY = "26 May 2025\n\nThe Nikkei rose 1.00%.\n\nCatalysts\n- Delay. $TM\n"


def read(body: str | bytes, reading: Reading | None = None) -> object:
    raw = body if isinstance(body, bytes) else body.encode()
    return read_document(raw, name="x.md", reading=reading or Reading())


def test_notes_keep_their_grammar_and_gain_claims_and_tokyo_lines() -> None:
    document = read_document(NOTES.encode(), name="x.md", reading=Reading())
    (entry,) = document.catalysts
    assert (document.form, document.session, document.overview) == ("notes", DAY, None)
    assert (entry.headline, entry.kind, entry.rule) == ("Steel deal backed", "deal", "")
    assert entry.symbols == ("5401.T", "6758.T")
    assert [claim.symbol for claim in entry.claims] == ["^N225"]
    assert symbols_as_written(document, CashTags()) == (
        SymbolAsWritten("^N225", "Nikkei"),
        SymbolAsWritten("5401.T", "$5401.T"),
        SymbolAsWritten("6758.T", "$6758.T"),
    )


def test_a_commentary_is_delivered_with_the_whole_before_its_items() -> None:
    document = read_document(COMMENTARY.encode(), name="x.md", reading=Reading())
    assert document.form == "commentary"
    assert [each.headline for each in document.every] == ["26 May 2025", "Delay"]
    ((session, claims),) = [pair for pair in document.claims_by_session if pair[1]]
    assert (session, len(claims)) == (DAY, 1)


def test_a_classifier_does_not_overrule_what_a_note_says() -> None:
    reading = Reading(classify=lambda *_: ("flow", "mine"))
    told = read_document(NOTES.encode(), name="x", reading=reading).catalysts[0]
    assert (told.kind, told.rule) == ("deal", "")
    bare = read_document(b"## 9:00 A\n", name="x", reading=reading).catalysts[0]
    assert (bare.kind, bare.rule) == ("flow", "mine")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    body = "2025年5月26日\n\n注目材料\n・関税延期。7月9日まで\n".encode(encoding)
    document = read_document(body, name="x", reading=Reading())
    assert [each.headline for each in document.catalysts] == ["関税延期"]


FEEDS = (
    b"<?xml version='1.0'?><rss></rss>",
    b"\xef\xbb\xbf  <rss version='2.0'>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'>",
    b"<rdf:RDF>",
    b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    "<?xml version='1.0'?>".encode("utf-16"),
)


@pytest.mark.parametrize("body", FEEDS)
def test_a_feed_goes_to_its_reader_and_is_refused_without_one(body: bytes) -> None:
    with pytest.raises(DataError, match="feed"):
        read(body)
    seen: list[bytes] = []

    def feeds(body: bytes, name: str) -> Sequence[Catalyst]:
        assert name == "x"
        seen.append(body)
        return [Catalyst(key="1", headline="Sony ($SONY) gained 1.55%.", session=DAY)]

    document = read_document(body, name="x", reading=Reading(feeds=feeds))
    assert seen == [body]
    assert document.form == "feed"
    assert document.catalysts[0].symbols == ("6758.T",)
    assert len(document.catalysts[0].claims) == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [(b"\x89PNG\r\n\x1a\n\0\0", "not text"), (b"a\0b", "not text"),
     (b"\xff\xfe\x00", "not text"), (b"x" * (MOST_BYTES + 1), "larger")],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_its_name(body: bytes, told: str) -> None:
    with pytest.raises(DataError, match=told) as caught:
        read(body)
    assert caught.value.subject == "x.md"
    assert caught.value.remedy


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(DataError):
        read(body)


def test_a_json_feed_is_known_wherever_its_version_stands() -> None:
    taken: list[bytes] = []

    def feeds(body: bytes, name: str) -> list[Catalyst]:
        assert name == "x"
        taken.append(body)
        return []

    escaped = rb'"version":"https:\/\/jsonfeed.org\/version\/1"'
    bodies = (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b' {"items": [{"id": "1"}], "authors": [{}], ' + escaped + b"}",
    )
    for body in bodies:
        assert read_document(body, name="x", reading=Reading(feeds=feeds)).form == "feed"
    assert taken == list(bodies)


@pytest.mark.parametrize(
    "body", [b"<!DOCTYPE html><p>x", b"\xef\xbb\xbf <html lang='ja'>", b"<!-- a --> <HTML>"]
)
def test_a_web_page_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(DataError, match="web page"):
        read_document(body, name="x", reading=Reading())
