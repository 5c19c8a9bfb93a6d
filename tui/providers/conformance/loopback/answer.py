"""What the server is asked, and what it says or does wrong in return."""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import Enum
from typing import Any, Final, Self
from urllib.parse import parse_qsl

_BLOCK: Final = 1 << 20


class Fault(Enum):
    """A way in which a service fails below the level of an answer."""

    NONE = "none"
    RESET = "reset"
    """The connection is reset once the request has been read."""
    RESET_INSIDE = "reset inside"
    """The connection is reset after the head and half the body."""
    STALL_BEFORE = "stall before"
    """The request is read and nothing is ever said."""
    STALL_HEAD = "stall in the head"
    """Half the head arrives, then nothing more."""
    STALL_INSIDE = "stall inside"
    """The head and half the body arrive, then nothing more."""
    DRIP = "drip"
    """The body comes byte by byte, `Answer.pause` seconds apart."""
    TRUNCATE = "truncate"
    """The connection closes with half of the announced body sent."""
    GARBAGE = "garbage"
    """Bytes that are no HTTP come in place of the answer."""
    HANG_UP = "hang up"
    """The answer is whole, but a connection said to be kept is closed after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server says to one request.

    Attributes:
        status: The status code.
        body: The body as it goes over the wire.
        content_type: Its declared type, true or not.
        headers: More headers; a ``Content-Length`` here replaces the true one.
        cookies: Values of ``Set-Cookie``, a header each.
        chunk: Bytes a chunk, for a body sent in chunks; 0 sends it whole with its length.
        fault: What goes wrong on the way.
        pause: Seconds between two bytes of a drip.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    chunk: int = 0
    fault: Fault = Fault.NONE
    pause: float = 0.001

    @classmethod
    def of(cls, value: object, status: int = 200) -> Self:
        """A JSON document."""
        return cls(status=status, body=json.dumps(value).encode())

    @classmethod
    def redirect(cls, location: str, status: int = 302) -> Self:
        """Another address to ask."""
        return cls(status=status, headers={"Location": location})

    @classmethod
    def too_many(cls, retry_after: float | datetime | str | None = None, status: int = 429) -> Self:
        """A refusal for too many requests.

        Args:
            retry_after: When to come back: seconds, an aware instant, which is sent as an HTTP
                date, or the header's very text; None says nothing.
            status: 429, or 503 as some services have it.
        """
        if retry_after is None:
            return cls(status=status)
        if isinstance(retry_after, datetime):
            retry_after = format_datetime(retry_after.astimezone(UTC), usegmt=True)
        text = retry_after if isinstance(retry_after, str) else f"{retry_after:g}"
        return cls(status=status, headers={"Retry-After": text})

    @classmethod
    def deep(cls, depth: int = 100_000) -> Self:
        """JSON arrays nested that deep."""
        return cls(body=b"[" * depth + b"]" * depth)

    @classmethod
    def huge(cls, size: int = 64 * 1024 * 1024) -> Self:
        """A JSON string of that many bytes."""
        return cls(body=b'"' + b"x" * max(0, size - 2) + b'"')

    @classmethod
    def invalid_utf8(cls) -> Self:
        """JSON in form, with a string that is no UTF-8."""
        return cls(body=b'{"name": "\xff\xfe\x80"}')

    @classmethod
    def bomb(cls, size: int = 256 * 1024 * 1024, encoding: str = "gzip") -> Self:
        """A small body that unfolds to blanks of about that many bytes and an empty JSON list.

        It is well-formed, and is made without ever being held unfolded. The size is rounded up
        to whole MiB.
        """
        return cls(body=_bomb(-(-size // _BLOCK), encoding), headers={"Content-Encoding": encoding})

    def compressed(self, encoding: str = "gzip") -> Self:
        """The same with its body compressed, by ``gzip`` or ``deflate``; may be done repeatedly."""
        body = _COMPRESSORS[encoding](self.body) if encoding in _COMPRESSORS else None
        if body is None:
            raise ValueError(f"no such compression here: {encoding}")
        before = self.headers.get("Content-Encoding")
        coded = f"{before}, {encoding}" if before else encoding
        return replace(self, body=body, headers={**self.headers, "Content-Encoding": coded})

    def chunked(self, size: int = 1024) -> Self:
        """The same in the chunked transfer encoding, so many bytes a chunk."""
        return replace(self, chunk=size)

    def with_headers(self, **headers: str) -> Self:
        """The same with more headers; an underscore in a name stands for a hyphen."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **more})

    def failing(self, fault: Fault) -> Self:
        """The same with a fault on the way."""
        return replace(self, fault=fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it arrived.

    Attributes:
        method: ``GET`` and so on.
        path: Without the query, as sent: nothing is unquoted.
        query: What follows the question mark, as sent.
        headers: By name in lower case; of headers that repeat, the last.
        body: At most 8 MiB.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def params(self) -> dict[str, str]:
        """The query unquoted; of parameters that repeat, the last."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("latin-1"), keep_blank_values=True))

    def json(self) -> Any:
        """The body as a JSON document.

        Raises:
            ValueError: It is none.
        """
        return json.loads(self.body)


_COMPRESSORS: Final = {
    # A fixed time makes the same body give the same bytes.
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "deflate": zlib.compress,
}


def _bomb(blocks: int, encoding: str) -> bytes:
    """Blocks of blanks, then ``[]``, as one compressed stream."""
    blanks = b" " * _BLOCK
    raw = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    raw.compress(blanks)
    raw.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing refers back, so that every block has the same bytes.
    block = raw.compress(blanks) + raw.flush(zlib.Z_FULL_FLUSH)
    stream = block * blocks + raw.compress(b"[]") + raw.flush()
    if encoding == "gzip":
        check = _running(zlib.crc32, 0, blanks, blocks)
        size = blocks * _BLOCK + 2
        head = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
        return head + stream + check.to_bytes(4, "little") + (size % 2**32).to_bytes(4, "little")
    if encoding == "deflate":
        check = _running(zlib.adler32, 1, blanks, blocks)
        return b"\x78\xda" + stream + check.to_bytes(4, "big")
    raise ValueError(f"no such compression here: {encoding}")


def _running(check: Any, start: int, block: bytes, blocks: int) -> int:
    value = start
    for _ in range(blocks):
        value = check(block, value)
    return int(check(b"[]", value))
