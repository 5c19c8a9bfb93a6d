"""Timely disclosures as a source of news."""

import asyncio
import math
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import ClassVar, Final

from tui.errors import ConfigError, Unavailable
from tui.market.catalysts import Catalyst
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import About, Host, NewsProvider
from tui.providers.tdnet.rows import NAME, Disclosures, read_disclosures
from tui.providers.web import Answer, WebClient, web_terms

SECTION: Final = "providers.tdnet"
BASE_URL: Final = "https://webapi.yanoshin.jp/webapi/tdnet"

SHORTEST_INTERVAL, LONGEST_INTERVAL, USUAL_INTERVAL = 60.0, 3600.0, 180.0
SMALLEST_LIMIT, LARGEST_LIMIT, USUAL_LIMIT = 20, 300, 200

GAP: Final = 3.0
"""Seconds between two calls, which the one who runs the service is owed."""

MOST_HELD: Final = 5_000
_BODY: Final = 4 * 1024 * 1024


class TdnetProvider(NewsProvider):
    """What listed companies disclose, looked at every ``interval`` seconds.

    The service is a private person's copy of the exchange's TDnet, free and without a key. It
    answers with no rows where it is asked for too many; then fewer are asked for. Where more has
    come between two looks than fits into one answer, that is told.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name=NAME,
        title="TDnet",
        summary="Timely disclosures of Tokyo's listed companies, by a free private service.",
        delay=Delay(DelayKind.UNKNOWN),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        settings = host.settings
        self._interval = _number(
            settings, "interval", USUAL_INTERVAL, SHORTEST_INTERVAL, LONGEST_INTERVAL
        )
        self._limit = int(_number(settings, "limit", USUAL_LIMIT, SMALLEST_LIMIT, LARGEST_LIMIT))
        self._client = WebClient(
            NAME,
            web_terms(settings, SECTION, BASE_URL),
            clock=host.clock,
            budget=host.budgets.of(NAME, host.clock, calls=1, seconds=GAP),
        )
        self._held: dict[str, Catalyst] = {}
        self._told: frozenset[str] = frozenset()

    async def close(self) -> None:
        """Release the connections."""
        await self._client.close()

    async def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        """Deliver the newest disclosures, then what is new or changed."""
        if self._held:
            yield list(self._held.values())
        while True:
            found = await self._look()
            fresh = [each for each in found.catalysts if self._held.get(each.key) != each]
            if self._held and found.catalysts and len(fresh) == len(found.catalysts):
                self.host.remark("more was disclosed than one answer holds; some may be missing")
            self._hold(fresh)
            if fresh:
                yield fresh
            await self.host.clock.sleep(self._interval)

    async def _look(self) -> Disclosures:
        """Ask for the newest; for fewer of them as long as the service finds them too many."""
        while True:
            answer = await self._client.get(
                "/list/recent.json", params={"limit": str(self._limit)}, limit=_BODY
            )
            # The first title costs tenths of a second, for which the other sources do not wait.
            found = await asyncio.to_thread(self._read, answer)
            if not found.too_many:
                self._remark_on(found)
                return found
            if self._limit <= SMALLEST_LIMIT:
                raise Unavailable(
                    "sends no rows, however few are asked for",
                    subject=NAME,
                    remedy="It is asked again by itself.",
                )
            self._limit = max(SMALLEST_LIMIT, self._limit // 2)
            self.host.remark(f"too many rows for the service; {self._limit} are asked for now")

    def _read(self, answer: Answer) -> Disclosures:
        classify = self.host.rules.disclosures.classify
        return read_disclosures(answer, self.host.clock.now(), classify)

    def _hold(self, fresh: Sequence[Catalyst]) -> None:
        for each in fresh:
            self._held.pop(each.key, None)
            self._held[each.key] = each
        for key in list(self._held)[: max(0, len(self._held) - MOST_HELD)]:
            del self._held[key]

    def _remark_on(self, found: Disclosures) -> None:
        """Say each thing once for as long as it lasts."""
        for remark in found.remarks:
            if remark not in self._told:
                self.host.remark(remark)
        self._told = frozenset(found.remarks)


def _number(
    settings: Mapping[str, object], key: str, usual: float, least: float, most: float
) -> float:
    value = settings.get(key, usual)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not least <= value <= most
    ):
        raise ConfigError(
            f"“{key}” must be {least:g} to {most:g}",
            subject=f"[{SECTION}] {key}",
            remedy=f"Write for example {key} = {usual:g}, or take the line out.",
        )
    return float(value)
