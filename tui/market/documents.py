"""A file that tells of catalysts, whatever it is: notes, a commentary, or a saved feed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Protocol

from tui.errors import DataError
from tui.market.cash_tags import CashTags, Linker, named_symbols, tagged_symbol
from tui.market.catalysts import Catalyst
from tui.market.claims import Claim
from tui.market.commentary import is_commentary, parse_commentary
from tui.market.commentary.commentary import Classify
from tui.market.commentary.remnants import without_tags
from tui.market.commentary.sentences import claims_of
from tui.market.notes import MOST_CHARACTERS, Problem, parse_notes

MOST_BYTES: Final = 1024 * 1024
"""Of notes and commentaries; a reader of feeds has a bound of its own."""
MOST_FEED_BYTES: Final = 16 * 1024 * 1024

_FEED: Final = re.compile(
    r"\s*(?:<\?xml\b|<!--|<!DOCTYPE\s+(?:rss|rdf)|<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>])",
    re.IGNORECASE,
)
_JSON_FEED: Final = re.compile(rb"\"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version")
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!DOCTYPE\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)


class FeedReader(Protocol):
    """Reads a saved feed: RSS, Atom or JSON feed."""

    def __call__(self, body: bytes, name: str) -> Sequence[Catalyst]:
        """The feed's entries as catalysts.

        Raises:
            ZarabaError: The body is no feed that can be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class SymbolAsWritten:
    """An instrument, and one writing of it in the text."""

    symbol: str
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file holds.

    Attributes:
        form: ``notes``, ``commentary`` or ``feed``.
        title: The commentary's title; else empty.
        session: The date in Tokyo that all of it is about; None where there is none, or several.
        overview: The commentary itself, which carries the claims of its body.
        catalysts: In the order of the file.
        problems: What could not be read.
    """

    form: str
    title: str = ""
    session: date | None = None
    overview: Catalyst | None = None
    catalysts: tuple[Catalyst, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def every(self) -> tuple[Catalyst, ...]:
        """The overview, if any, and the catalysts: what a source of news delivers."""
        return ((self.overview,) if self.overview else ()) + self.catalysts

    @property
    def claims_by_session(self) -> tuple[tuple[date | None, tuple[Claim, ...]], ...]:
        """Everything stated in figures, by the session that it is stated of, each claim once."""
        found: dict[date | None, dict[tuple[str, ...], Claim]] = {}
        for each in self.every:
            held = found.setdefault(each.session, {})
            for claim in each.claims:
                held.setdefault((claim.symbol, *map(str, claim.figures)), claim)
        return tuple((session, tuple(held.values())) for session, held in found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are read.

    Attributes:
        linker: Finds the instruments that a text names.
        classify: Gives a catalyst without a kind its kind, and the rule; None leaves it blank.
        feeds: Reads saved feeds; None where none can be read.
        today: By which a date with a weekday and no year is understood.
    """

    linker: Linker = field(default_factory=CashTags)
    classify: Classify | None = None
    feeds: FeedReader | None = None
    today: date | None = None


def read_document(
    body: bytes, *, name: str, reading: Reading, session: date | None = None
) -> Document:
    """Read a file, which is recognised by its content.

    Args:
        body: The file.
        name: What the catalysts' keys begin with.
        reading: How it is read.
        session: The session where the file names none.

    Raises:
        DataError: It is too large, is not text, is a web page, or is a feed and there is no
            reader of those.
        ZarabaError: The reader of feeds refuses it.
    """
    if _PAGE.match(_head(body)):
        raise DataError(
            "this is a web page, not a feed or a text",
            subject=name,
            remedy="Save the feed that the page links to, or paste the text into a file.",
        )
    if _is_feed(body):
        if reading.feeds is None:
            raise DataError(
                "this is a feed, and only notes and commentaries can be read from a file",
                subject=name,
                remedy="Name a Markdown or plain-text file.",
            )
        return _fed(reading.feeds(body, name), reading)
    return read_text(decoded(body, name), name=name, reading=reading, session=session)


def read_text(text: str, *, name: str, reading: Reading, session: date | None = None) -> Document:
    """Read notes or a commentary; nothing in it makes this fail.

    Args:
        text: The file's text.
        name: What the catalysts' keys begin with.
        reading: How it is read.
        session: The session where the text names none.
    """
    text = without_tags(text[: MOST_CHARACTERS + 1])
    if not is_commentary(text):
        notes = parse_notes(text, name=name, session=session)
        catalysts = tuple(_completed(each, reading) for each in notes.catalysts)
        sessions = {each.session for each in catalysts}
        return Document(
            form="notes",
            session=sessions.pop() if len(sessions) == 1 else None,
            catalysts=catalysts,
            problems=notes.problems,
        )
    found = parse_commentary(
        text,
        name=name,
        session=session,
        today=reading.today,
        linker=reading.linker,
        classify=reading.classify,
    )
    return Document(
        form="commentary",
        title=found.title,
        session=found.session,
        overview=found.overview,
        catalysts=found.catalysts,
        problems=found.problems,
    )


def decoded(body: bytes, name: str) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or Shift_JIS.

    Raises:
        DataError: It is too large, or not text.
    """
    if len(body) > MOST_BYTES:
        raise DataError(
            f"larger than {MOST_BYTES:,} bytes", subject=name, remedy="Split it, or take a part."
        )
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp932"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise DataError("this is not text", subject=name, remedy="Save it as plain text in UTF-8.")


def _is_feed(body: bytes) -> bool:
    head = _head(body)
    if head.lstrip().startswith("{"):
        # The members of an object have no order, so its version may stand at the end.
        return _JSON_FEED.search(body) is not None
    return _FEED.match(head) is not None


def _head(body: bytes) -> str:
    head = body[:8_192].removeprefix(b"\xef\xbb\xbf")
    return head.replace(b"\0", b"").decode("latin-1").lstrip("ÿþ")


def _fed(catalysts: Sequence[Catalyst], reading: Reading) -> Document:
    return Document(form="feed", catalysts=tuple(_completed(each, reading) for each in catalysts))


def _completed(catalyst: Catalyst, reading: Reading) -> Catalyst:
    """A catalyst with its claims, a kind, and the symbols that its text names where it has none."""
    text = f"{catalyst.headline}\n{catalyst.text}"
    symbols = tuple(dict.fromkeys(tagged_symbol(symbol) for symbol in catalyst.symbols))
    if not symbols:
        symbols = named_symbols(text, reading.linker)
    kind, rule = catalyst.kind, catalyst.rule
    if not kind and reading.classify is not None:
        kind, rule = reading.classify(catalyst.headline, catalyst.text)
    return replace(
        catalyst,
        symbols=symbols,
        kind=kind,
        rule=rule,
        claims=claims_of(text, reading.linker, catalyst.session),
    )


def symbols_as_written(document: Document, linker: Linker) -> tuple[SymbolAsWritten, ...]:
    """Every instrument that a document names, once for each way of writing it."""
    found: dict[SymbolAsWritten, None] = {}
    for each in document.every:
        links = linker.link(f"{each.headline}\n{each.text}")
        written = [SymbolAsWritten(link.symbol, link.as_written) for link in links if link.symbol]
        written += [SymbolAsWritten(claim.symbol, claim.as_written) for claim in each.claims]
        found |= dict.fromkeys(written)
        # Lines of nothing but cash-tags are no part of a note's text.
        known = {one.symbol for one in written}
        found |= {
            SymbolAsWritten(symbol, f"${symbol}"): None
            for symbol in each.symbols
            if symbol not in known
        }
    return tuple(found)
