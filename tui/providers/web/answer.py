"""What a service said, bounded, and how it is decoded."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import msgspec

from tui.errors import BadPayload

T = TypeVar("T")

LONGEST_PAUSE = 3600.0
"""Seconds; a service that asks for a longer pause is asked again after this one."""

_SECONDS = re.compile(r"\d{1,9}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, read whole.

    Attributes:
        status: The status code.
        url: The address that answered in the end.
        headers: Its headers, names in lower case.
        body: The body, decompressed.
        subject: The source, for the words of errors.
    """

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    subject: str = ""

    def json(self, kind: type[T]) -> T:
        """The body as JSON of a type; numbers may stand as text.

        Raises:
            BadPayload: It is no JSON, not UTF-8, nested too deeply, or of another shape.
        """
        try:
            return msgspec.json.decode(self.body, type=kind, strict=False)
        except msgspec.ValidationError as error:
            raise self._bad(f"JSON of another shape: {error}") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            page = self.body.lstrip()[:1] == b"<"
            words = "a web page where JSON was expected" if page else "no readable JSON"
            raise self._bad(words) from error
        except RecursionError as error:
            raise self._bad("JSON nested too deeply") from error

    def text(self) -> str:
        """The body as UTF-8.

        Raises:
            BadPayload: It is not.
        """
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self._bad("text that is not UTF-8") from error

    def _bad(self, what: str) -> BadPayload:
        return BadPayload(
            f"answered with {what}",
            subject=self.subject,
            remedy="It is asked again by itself; if this stays, its form has changed.",
        )


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait that a ``Retry-After`` header asks for; None where it asks for nothing.

    Args:
        value: A number of seconds, or an HTTP date.
        now: The time, aware.
    """
    if value is None:
        return None
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return min(float(value), LONGEST_PAUSE)
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_PAUSE)


class Inflater:
    """Decompresses a body as it comes, never beyond a bound.

    Args:
        encoding: The ``Content-Encoding``.
        limit: Bytes that may come out in all.
        subject: The source, for the words of errors.
    """

    def __init__(self, encoding: str, limit: int, subject: str) -> None:
        self._limit = limit
        self._subject = subject
        self._size = 0
        self._zlib: zlib._Decompress | None = None
        encoding = encoding.strip().lower()
        if encoding in {"gzip", "x-gzip", "deflate"}:
            self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 32)
        elif encoding not in {"", "identity"}:
            raise BadPayload(
                "answered in a compression that was not asked for",
                subject=subject,
                remedy="It is asked again by itself.",
            )

    def feed(self, piece: bytes) -> bytes:
        """The next piece, decompressed.

        Raises:
            BadPayload: More than the limit comes out, or it cannot be decompressed.
        """
        if self._zlib is not None:
            try:
                piece = self._zlib.decompress(piece, self._limit - self._size + 1)
            except zlib.error as error:
                raise BadPayload(
                    "answered with a broken compressed body",
                    subject=self._subject,
                    remedy="It is asked again by itself.",
                ) from error
        self._size += len(piece)
        if self._size > self._limit:
            raise BadPayload(
                f"answered with more than {self._limit:,} bytes",
                subject=self._subject,
                remedy="It is asked again by itself; if this stays, ask for less at once.",
            )
        return piece

    def finish(self) -> None:
        """Nothing more comes.

        Raises:
            BadPayload: The compressed body has no end.
        """
        if self._zlib is not None and self._size and not self._zlib.eof:
            raise BadPayload(
                "answered with a compressed body that breaks off",
                subject=self._subject,
                remedy="It is asked again by itself.",
            )
