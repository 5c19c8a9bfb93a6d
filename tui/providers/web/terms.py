"""What a user may set of a source that speaks HTTP."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tui.errors import ConfigError

USUAL_TIMEOUT = 15.0
SHORTEST_TIMEOUT, LONGEST_TIMEOUT = 0.05, 120.0


@dataclass(frozen=True, slots=True)
class WebTerms:
    """Where and how to ask.

    Attributes:
        base_url: The service's address without a final slash.
        timeout: Seconds that a whole answer may take, its redirects included.
        ca_file: A file of certificates to trust besides the usual ones, or empty.
    """

    base_url: str
    timeout: float = USUAL_TIMEOUT
    ca_file: str = ""


def web_terms(
    settings: Mapping[str, object], section: str, base_url: str, *, key: str = "base_url"
) -> WebTerms:
    """Read ``base_url``, ``timeout`` and ``ca_file`` of a source's settings.

    Args:
        settings: The source's table of the configuration.
        section: Its name there, such as ``providers.yahoo``, for the words of errors.
        base_url: The service's own address.
        key: The setting that holds the address, where a source has several.

    Raises:
        ConfigError: A setting cannot be used.
    """
    timeout = settings.get("timeout", USUAL_TIMEOUT)
    if (
        isinstance(timeout, bool)
        or not isinstance(timeout, int | float)
        or not math.isfinite(timeout)
        or not SHORTEST_TIMEOUT <= timeout <= LONGEST_TIMEOUT
    ):
        raise ConfigError(
            f"“timeout” must be {SHORTEST_TIMEOUT:g} to {LONGEST_TIMEOUT:g} seconds",
            subject=f"[{section}] timeout",
            remedy="Write for example timeout = 15, or take the line out.",
        )
    ca_file = settings.get("ca_file", "")
    if not isinstance(ca_file, str):
        raise ConfigError(
            "“ca_file” must be the path of a file of certificates",
            subject=f"[{section}] ca_file",
            remedy="Write a path in quotation marks, or take the line out.",
        )
    return WebTerms(
        base_url=_address(settings.get(key, base_url), section, key),
        timeout=float(timeout),
        ca_file=ca_file,
    )


def _address(value: object, section: str, key: str) -> str:
    if isinstance(value, str):
        try:
            parts = urlsplit(value)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            fits = False
        if fits and value.isprintable() and not any(char.isspace() for char in value):
            return value.rstrip("/")
    raise ConfigError(
        f"“{key}” must be an http or https address",
        subject=f"[{section}] {key}",
        remedy="Take the line out to use the service's own address.",
    )
