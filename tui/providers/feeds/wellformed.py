"""XML made safe to parse: no DTD, no entities, no depth, bounded, and well formed.

What the parser of feeds is handed has passed through here, so that it never meets a document
that it would have to guess at.
"""

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from tui.errors import BadPayload

MOST_ENTRIES: Final = 500
"""Entries of one feed that are kept, the newest."""

DEEPEST: Final = 100
MOST_INSIDE: Final = 2_000
"""Elements inside one entry; one with more is left out."""
MOST_OUTSIDE: Final = 10_000
"""Elements outside the entries."""
MOST_IN_ALL: Final = 60_000
"""Elements of all entries that are kept."""

_ENTRY: Final = frozenset({"item", "entry"})
_ROOTS: Final = frozenset({"rss", "rdf", "feed", "channel"})
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PROLOGUE: Final = re.compile(r"\s*<\?xml[^<>]{0,400}\?>")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE(?:[^\"'<>\[]|\"[^\"]*\"|'[^']*')*>")
_REFERENCE: Final = re.compile(
    r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?"
)
_PREFIX: Final = re.compile(r"[\s</]([A-Za-z][\w.-]{0,30}):[A-Za-z]")
_ROOT_NAME: Final = re.compile(r"<[A-Za-z][\w.:-]{0,60}")
_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_KNOWN_SPACES: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


@dataclass(frozen=True, slots=True)
class SafeXml:
    """A document that may be parsed.

    Attributes:
        body: UTF-8, well formed, without a DTD.
        remarks: What was left out or mended, in words.
    """

    body: bytes
    remarks: tuple[str, ...] = ()


def safe_xml(text: str) -> SafeXml:
    """Check a feed, mend what is often wrong with one, and cut it to its bounds.

    Stray ampersands, the named characters of HTML, control characters and prefixes that nobody
    has declared are mended. Of a feed that breaks off, the entries before the break are kept; of
    one with too many, as many from its beginning and its end as are wanted, since the newest
    stand at either.

    Args:
        text: The feed, decoded and bounded.

    Raises:
        BadPayload: It has a DTD with a body, declares entities, is nested too deeply, has too
            much besides entries, or is no feed.
    """
    text = _NOT_XML.sub("", text).lstrip()
    text = _PROLOGUE.sub("", text, count=1)
    body = text.encode()
    scan = _scanned(body)
    if scan.fault:
        mended = _declared(_mended(text)).encode()
        second = _scanned(mended)
        if not second.fault or second.count >= scan.count:
            body, scan = mended, second
    if not scan.root or scan.root.lower() not in _ROOTS:
        page = scan.root.lower() == "html"
        raise _bad("a web page, not a feed" if page else "XML that is no feed")
    if scan.fault and not scan.count:
        raise _bad(f"is not well formed: {scan.fault}")
    for start, end in scan.doctypes:
        body = body[:start] + b" " * (end - start) + body[end:]
    remarks = []
    if scan.fault:
        remarks.append(f"is not well formed ({scan.fault}): what stands before that is read")
    if scan.dropped:
        remarks.append(f"{scan.dropped:,} entries that are too large are left out")
    if scan.fault or scan.dropped or scan.count > 2 * MOST_ENTRIES or scan.inside > MOST_IN_ALL:
        body = _cut(body, scan)
    return SafeXml(body, tuple(remarks))


class _Refused(Exception):
    """Raised out of the scan; carries the words."""


class _Range(NamedTuple):
    """Where an entry stands."""

    number: int
    start: int
    end: int
    inside: int


@dataclass(slots=True)
class _Scan:
    """One walk over a document, which is not built."""

    body: bytes
    root: str = ""
    fault: str = ""
    count: int = 0
    dropped: int = 0
    inside: int = 0
    doctypes: list[tuple[int, int]] = field(default_factory=list)
    path: list[str] | None = None
    head: int = 0
    first: list[_Range] = field(default_factory=list)
    last: "deque[_Range]" = field(default_factory=lambda: deque(maxlen=MOST_ENTRIES))
    _stack: list[str] = field(default_factory=list)
    _outside: int = 0
    _entry: int = -1
    _depth: int = 0
    _within: int = 0
    _parser: Any = None

    def run(self) -> None:
        from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

        self._parser = parser = ParserCreate("utf-8", " ")
        parser.namespace_prefixes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(self.body, True)
        except ExpatError as error:
            self.fault = f"{ErrorString(error.code)}, line {error.lineno}"
        finally:
            self._parser = None

    def _doctype(self, _name: str, _system: object, _public: object, subset: int) -> None:
        # The parser stands at its end when it tells of it.
        start = self.body.rfind(b"<!DOCTYPE", 0, self._parser.CurrentByteIndex + 1)
        match = _DOCTYPE.match(self.body, max(0, start))
        if subset or match is None:
            raise _Refused("holds a DTD, which may hide entities")
        # The one of RSS 0.91 names a file and has no body: it is blanked, never fetched.
        self.doctypes.append(match.span())

    def _entity(self, *_: object) -> None:
        raise _Refused("declares entities")

    def _start(self, name: str, _attributes: object) -> None:
        parts = name.split(" ")
        local = parts[1] if len(parts) > 1 else name
        stack = self._stack
        if not stack:
            self.root = local
        if self._entry >= 0:
            self._within += 1
        elif local.lower() in _ENTRY and 1 <= len(stack) <= 2:
            self._entry, self._within = self._parser.CurrentByteIndex, 0
            self._depth = len(stack)
            if self.path is None:
                self.path, self.head = list(stack), self._entry
        else:
            self._outside += 1
            if self._outside > MOST_OUTSIDE:
                raise _Refused("holds too much besides entries")
        stack.append(f"{parts[2]}:{local}" if len(parts) > 2 else local)
        if len(stack) > DEEPEST:
            raise _Refused("is nested too deeply")

    def _end(self, _name: str) -> None:
        name = self._stack.pop()
        if self._entry < 0 or len(self._stack) != self._depth:
            return
        start, self._entry = self._entry, -1
        index = self._parser.CurrentByteIndex
        self.count += 1
        # After a tag that is empty in itself the parser stands behind it already.
        if not self.body.startswith(f"</{name}".encode(), index) or self._stack != self.path:
            return  # empty, or elsewhere than the others
        if self._within > MOST_INSIDE:
            self.dropped += 1
            return
        self.inside += self._within
        found = _Range(self.count, start, self.body.index(b">", index) + 1, self._within)
        if len(self.first) < MOST_ENTRIES:
            self.first.append(found)
        else:
            self.last.append(found)


def _scanned(body: bytes) -> _Scan:
    scan = _Scan(body)
    try:
        scan.run()
    except _Refused as refused:
        raise _bad(str(refused)) from None
    return scan


def _cut(body: bytes, scan: _Scan) -> bytes:
    """The head, the entries that are kept, and the ends of what is open there."""
    ranges = [*scan.first, *scan.last]
    if not ranges or scan.path is None:
        raise _bad("has no entries that can be read")
    kept, inside = [body[: scan.head]], 0
    for each in ranges:
        inside += each.inside
        if inside > MOST_IN_ALL:
            break
        kept.append(body[each.start : each.end])
    kept += [f"</{name}>".encode() for name in reversed(scan.path)]
    return b"".join(kept)


def _mended(text: str) -> str:
    """The text with every reference one that XML knows, outside of what is quoted whole."""
    pieces, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        pieces += [_REFERENCE.sub(_reference, text[at:start]), text[start : end + 3]]
        at = end + 3
    pieces.append(_REFERENCE.sub(_reference, text[at:]))
    return "".join(pieces)


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _OWN:
        return match[0]
    character = html.unescape(match[0])
    if character == match[0]:
        return f"&amp;{name};"
    return html.escape(_NOT_XML.sub("", character))


def _declared(text: str) -> str:
    """The text with a declaration of every prefix that has none."""
    missing = [each for each in _prefixes(text) if f"xmlns:{each}" not in text]
    root = _ROOT_NAME.search(text)
    if not missing or root is None:
        return text
    spaces = "".join(
        f' xmlns:{each}="{_KNOWN_SPACES.get(each, f"urn:undeclared:{each}")}"' for each in missing
    )
    return text[: root.end()] + spaces + text[root.end() :]


def _prefixes(text: str) -> Iterator[str]:
    seen = {"xml", "xmlns"}
    for match in _PREFIX.finditer(text):
        if match[1] not in seen and len(seen) < 50:
            seen.add(match[1])
            yield match[1]


def _bad(what: str) -> BadPayload:
    return BadPayload(what, remedy="Check its address; other feeds go on.")
