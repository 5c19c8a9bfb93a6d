"""What a user may set under ``[providers.yahoo]``."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tui.errors import ConfigError
from tui.providers.web import WebTerms, web_terms

NAME: Final = "yahoo"
SECTION: Final = f"providers.{NAME}"
STREAM_URL: Final = "wss://streamer.finance.yahoo.com/?version=2"
AGENT: Final = "Mozilla/5.0 (compatible; zaraba)"
"""The service turns away clients whose name does not begin as a browser's does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where and how the service is asked.

    Attributes:
        web: The address of quotes, charts and search, the timeout and the certificates.
        cookie_url: What hands out the cookie that a crumb belongs to.
        consent_url: The site that asks visitors from Europe for consent; ``/consent`` and
            ``/copyConsent`` are below it.
        collect_url: The site that the consent form is sent to.
        consent: Whether the form is answered with yes, which is for the user to say; where not,
            quotes come from charts.
        stream: Whether the WebSocket stream is listened to besides.
        stream_url: Its address.
        poll: Seconds between two rounds of quotes of what is being traded.
        poll_closed: The same for what is not.
        batch: Symbols asked for in one request.
        agent: The ``User-Agent``.
    """

    web: WebTerms
    cookie_url: str
    consent_url: str
    collect_url: str
    consent: bool
    stream: bool
    stream_url: str
    poll: float
    poll_closed: float
    batch: int
    agent: str

    @classmethod
    def read(cls, table: Mapping[str, object]) -> "Settings":
        """Check the table.

        Raises:
            ConfigError: A value cannot be used.
        """

        def address(key: str, usual: str) -> str:
            return web_terms(table, SECTION, usual, key=key).base_url

        poll = _number(table, "poll", 10.0, 1.0, 3600.0)
        return cls(
            web=web_terms(table, SECTION, "https://query1.finance.yahoo.com"),
            cookie_url=address("cookie_url", "https://fc.yahoo.com"),
            consent_url=address("consent_url", "https://guce.yahoo.com"),
            collect_url=address("collect_url", "https://consent.yahoo.com"),
            consent=_flag(table, "consent", usual=False),
            stream=_flag(table, "stream"),
            stream_url=_stream_url(table),
            poll=poll,
            poll_closed=max(poll, _number(table, "poll_closed", 60.0, 1.0, 86_400.0)),
            batch=int(_number(table, "batch", 200.0, 1.0, 500.0)),
            agent=_agent(table),
        )


def _number(
    table: Mapping[str, object], key: str, usual: float, least: float, most: float
) -> float:
    value = table.get(key, usual)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not least <= value <= most
    ):
        raise ConfigError(
            f"“{key}” must be a number from {least:g} to {most:g}",
            subject=f"[{SECTION}] {key}",
            remedy=f"Take the line out for {usual:g}.",
        )
    return float(value)


def _flag(table: Mapping[str, object], key: str, *, usual: bool = True) -> bool:
    value = table.get(key, usual)
    if not isinstance(value, bool):
        raise ConfigError(
            f"“{key}” must be true or false",
            subject=f"[{SECTION}] {key}",
            remedy=f"Take the line out for {str(usual).lower()}.",
        )
    return value


def _agent(table: Mapping[str, object]) -> str:
    value = table.get("agent", AGENT)
    if not isinstance(value, str) or not 0 < len(value) <= 200 or not _header_text(value):
        raise ConfigError(
            "“agent” must be a line of up to 200 plain characters",
            subject=f"[{SECTION}] agent",
            remedy="Take the line out for the usual one.",
        )
    return value


def _header_text(value: str) -> bool:
    return value.isascii() and value.isprintable() and value == value.strip()


def _stream_url(table: Mapping[str, object]) -> str:
    value = table.get("stream_url", STREAM_URL)
    if isinstance(value, str) and value.isprintable() and " " not in value:
        try:
            parts = urlsplit(value)
            fits = parts.scheme in {"ws", "wss"} and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            fits = False
        if fits:
            return value
    raise ConfigError(
        "“stream_url” must be a ws or wss address",
        subject=f"[{SECTION}] stream_url",
        remedy="Take the line out to use the service's own address.",
    )
