"""J-Quants version 2: its key, its plans, its pages, and its codes."""

import asyncio
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

import msgspec

from tui.errors import BadPayload, ConfigError, NotSupported, RateLimited, Unauthorised
from tui.market.plaintext import plain
from tui.providers.contracts import Host
from tui.providers.web import Answer, WebClient, web_terms

T = TypeVar("T")

NAME: Final = "jquants"
SECTION: Final = "providers.jquants"
BASE_URL: Final = "https://api.jquants.com/v2"
KEY: Final = "jquants"

CALLS_A_MINUTE: Final[Mapping[str, int]] = MappingProxyType(
    {"free": 5, "light": 60, "standard": 120, "premium": 500}
)
"""What each plan allows."""

BLOCKED: Final = 300.0
"""Seconds: a caller that goes on over the limit may be shut out for about five minutes."""

MOST_PAGES: Final = 40
LIMIT: Final = 16 * 1024 * 1024

_CODE = re.compile(r"[0-9][0-9A-Z]{3}[0-9]?")
_SYMBOL = re.compile(r"([0-9][0-9A-Z]{3,4})\.T")


class _Message(msgspec.Struct):
    message: str = ""


class Service:
    """Asks J-Quants; one object for each role, one budget for all.

    Args:
        host: What the program lends.

    Raises:
        ConfigError: A setting cannot be used.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self.plan = _plan(host.settings)
        # One call less than the plan allows, since the service's minutes are not ours.
        calls = max(1, CALLS_A_MINUTE[self.plan] - 1)
        self._client = WebClient(
            NAME,
            web_terms(host.settings, SECTION, BASE_URL),
            clock=host.clock,
            budget=host.budgets.of(NAME, host.clock, calls=calls, seconds=60.0, patience=120.0),
        )
        self._key: str | None = None
        self._welcome = False

    async def close(self) -> None:
        """Release the connections."""
        await self._client.close()

    async def rows(self, path: str, params: Mapping[str, str], row: type[T]) -> list[T]:
        """Every row of an endpoint, page after page.

        Args:
            path: Below the base address.
            params: The query without the page.
            row: The shape of a row; one of another shape is told of and left out.

        Raises:
            Unauthorised: There is no key, or it is refused.
            NotSupported: The plan does not offer the endpoint, or the span.
            ProviderError: It failed.
        """
        found: list[T] = []
        asked = dict(params)
        seen: set[str] = set()
        for _ in range(MOST_PAGES):
            page = (await self._ask(path, asked)).json(_Page)
            for raw in page.data:
                try:
                    found.append(msgspec.convert(raw, row, strict=False))
                except msgspec.ValidationError as error:
                    self._host.remark(f"a row of {path} is left out: {error}")
            key = page.pagination_key
            if not key:
                return found
            if key in seen:
                break
            seen.add(key)
            asked["pagination_key"] = key
        raise BadPayload(
            f"the pages of {path} have no end", subject=NAME, remedy="Ask for a shorter span."
        )

    async def _ask(self, path: str, params: Mapping[str, str]) -> Answer:
        key = await self._secret()
        answer = await self._client.get(
            path,
            params=params,
            headers={"x-api-key": key},
            limit=LIMIT,
            accept=(200, 400, 401, 403, 429),
        )
        if answer.status == 200:
            self._welcome = True
            return answer
        if answer.status == 429:
            self._client.budget.close_for(BLOCKED)
            raise RateLimited(
                "asked too often, after which callers may be shut out for five minutes",
                retry_after=BLOCKED,
                subject=NAME,
                remedy=f"Check [{SECTION}] plan: it says “{self.plan}”.",
            )
        raise self._refusal(path, answer)

    def _refusal(self, path: str, answer: Answer) -> Unauthorised | NotSupported:
        """What a refusal means: the service says 403 for a bad key and for a small plan alike."""
        try:
            words = plain(answer.json(_Message).message, 200)
        except BadPayload:
            words = ""
        told = f" (“{words}”)" if words else ""
        if answer.status == 400 or (answer.status == 403 and self._welcome):
            return NotSupported(
                f"the plan “{self.plan}” does not offer {path}, or not this span{told}",
                subject=NAME,
                remedy="Another plan may; or choose another source for this role.",
            )
        return Unauthorised(
            f"the key was refused, or the plan does not offer {path}{told}",
            subject=NAME,
            remedy="Set the key again with `zaraba keys set jquants`, and check the plan.",
        )

    async def _secret(self) -> str:
        if self._key is None:
            # The keyring may ask the user, and must not hold up the other sources.
            self._key = await asyncio.to_thread(self._host.secret, KEY)
        if self._key is None:
            raise Unauthorised(
                "there is no key",
                subject=NAME,
                remedy="Set it with `zaraba keys set jquants`, or ZARABA_KEY_JQUANTS.",
            )
        return self._key


class _Page(msgspec.Struct):
    data: list[object]
    pagination_key: str | None = None


def symbol_of(code: str) -> str | None:
    """The program's symbol of a code of four or five characters; None where it is no code."""
    if not _CODE.fullmatch(code):
        return None
    return (code[:4] if len(code) == 5 and code.endswith("0") else code) + ".T"


def code_of(symbol: str) -> str:
    """The code of a Tokyo symbol.

    Raises:
        NotSupported: It is no symbol of Tokyo.
    """
    match = _SYMBOL.fullmatch(symbol)
    if match is None:
        raise NotSupported(
            "J-Quants has names of Tokyo and the TOPIX only",
            subject=symbol,
            remedy="Choose another source of history.",
        )
    return match[1]


def _plan(settings: Mapping[str, object]) -> str:
    value = settings.get("plan", "free")
    if isinstance(value, str) and value in CALLS_A_MINUTE:
        return value
    raise ConfigError(
        "“plan” must be the plan you have with J-Quants",
        subject=f"[{SECTION}] plan",
        remedy=f"Write one of: {', '.join(CALLS_A_MINUTE)}.",
    )
