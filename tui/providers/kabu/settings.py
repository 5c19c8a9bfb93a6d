"""What a user may set under ``[providers.kabu]``."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui.errors import ConfigError
from tui.providers.web import WebTerms, web_terms

NAME: Final = "kabu"
SECTION: Final = f"providers.{NAME}"
BASE_URL: Final = "http://localhost:18080/kabusapi"
"""The real port; 18081 is that of the test environment, whose figures are fixed."""
MOST_CALLS: Final = 10
"""Calls a second for information that the application lets through, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where and how the application is asked.

    Attributes:
        web: Its address, the timeout and the certificates.
        calls: Calls a second that are never exceeded.
        poll: Seconds between the beginnings of two rounds over the names without a push, while
            Tokyo is busy. A round takes as long as `calls` makes it take.
        poll_closed: The same for when it is not.
    """

    web: WebTerms
    calls: int
    poll: float
    poll_closed: float

    @property
    def stream_url(self) -> str:
        """The address of the push, on the same port."""
        return "ws" + self.web.base_url.removeprefix("http") + "/websocket"

    @classmethod
    def read(cls, table: Mapping[str, object]) -> "Settings":
        """Check the table.

        Raises:
            ConfigError: A value cannot be used.
        """
        poll = _number(table, "poll", 15.0, 1.0, 3600.0)
        return cls(
            web=web_terms(table, SECTION, BASE_URL),
            calls=int(_number(table, "calls", float(MOST_CALLS), 1.0, MOST_CALLS)),
            poll=poll,
            poll_closed=max(poll, _number(table, "poll_closed", 300.0, 1.0, 86_400.0)),
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
