"""The characters of a feed, whatever it says of its own encoding."""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from tui.errors import BadPayload

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""In this order, since one of UTF-32 begins as one of UTF-16 does."""

_DECLARED: Final = re.compile(
    rb"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']"
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)

_MEANT: Final = {
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "windows-31j": "cp932", "ms932": "cp932", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "x-euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp_ext",
}  # fmt: skip
"""What a name stands for in practice: the wider relative of what was named."""

_HALF_WIDTH: Final = re.compile("[\uff61-\uff9f]")

_TEXTUAL: Final = re.compile(
    r"utf[-_]?(8|16|32)([-_]?[lb]e)?|cp\d{3,4}|windows[-_]\d{3,4}|iso[-_]8859[-_]\d{1,2}"
    r"|iso2022_jp_ext|euc[-_](jp|kr)|gb18030|big5(hkscs)?|koi8[-_][ru]|mac[-_]?roman"
)
"""Encodings that are no more than that; others of Python's are programs in disguise."""


def feed_text(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Decode a feed.

    Valid UTF-8 is taken for UTF-8 whatever is declared, since nothing else looks like it. Then
    counts what the document says, then the header, and then Japanese encodings are tried.

    Args:
        body: The feed.
        content_type: The header of that name, or empty.

    Returns:
        The text, and a remark where it is not in the encoding it declares; else empty.

    Raises:
        BadPayload: It is not text.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _strict(body, encoding), ""
    declared = list(_declared(body, content_type))
    for encoding in _candidates(body, declared):
        try:
            text = body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        said = next(iter(declared), encoding)
        wrong = not text.isascii() and not _same(said, encoding)
        return text, f"says it is {said} and is {encoding}" if wrong else ""
    return body.decode("utf-8", "replace"), "has characters that cannot be read"


def _strict(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise BadPayload(
            f"begins as {encoding.upper()} and is not",
            remedy="It is asked again by itself; if this stays, its form has changed.",
        ) from None


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    if match := _DECLARED.search(body[:400]):
        yield _known(match[1].decode("ascii"))
    if found := _CHARSET.search(content_type[:200]):
        yield _known(found[1])


def _known(name: str) -> str:
    name = name.lower()
    name = _MEANT.get(name, name)
    return name if _TEXTUAL.fullmatch(name) else "utf-8"


def _candidates(body: bytes, declared: list[str]) -> Iterator[str]:
    if body[:4].startswith(b"<\0"):
        yield "utf-16-le"
    if body[:4].startswith(b"\0<"):
        yield "utf-16-be"
    # An escape never stands in a feed of another encoding, and seven bits look like UTF-8.
    if b"\x1b$" in body or b"\x1b(" in body:
        yield "iso2022_jp_ext"
    yield "utf-8"
    yield from (each for each in declared if not each.startswith("cp125"))
    yield from _japanese(body)
    yield from declared


def _japanese(body: bytes) -> tuple[str, str]:
    """The two in the likelier order: one read as the other is full of half-width kana."""
    head = body[:20_000].decode("cp932", "ignore")
    kana = len(_HALF_WIDTH.findall(head))
    wide = sum(character > "\u2fff" for character in head)
    return ("euc_jp", "cp932") if 4 * kana > wide else ("cp932", "euc_jp")


def _same(one: str, other: str) -> bool:
    try:
        return codecs.lookup(one).name == codecs.lookup(other).name
    except LookupError:
        return False
