"""Where a link goes, told before it is opened."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Destination:
    """A link that may be opened.

    Attributes:
        url: The whole address.
        host: The host that answers, in the letters that the network uses; with a port if it has
            one.
    """

    url: str
    host: str


def destination(link: str) -> Destination | None:
    """Where a link goes; None where it is no web address that may be opened.

    Only http and https are. An address with a name before the host is refused, as it is made to
    look like another's.
    """
    if not link or len(link) > _LONGEST or not link.isprintable() or " " in link:
        return None
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    if "\\" in link or any(ord(character) < 0x21 for character in link):
        return None
    return Destination(link, f"{host}:{port}" if port else host)
