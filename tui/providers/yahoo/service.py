"""The service as its endpoints: each asks, checks the form, and fails in the program's words."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar
from urllib.parse import quote

import msgspec

from tui.errors import BadPayload, NotSupported, Unauthorised, Unavailable
from tui.market.plaintext import plain
from tui.providers.contracts import Host
from tui.providers.web import Answer, WebClient
from tui.providers.yahoo.crumb import Crumb
from tui.providers.yahoo.settings import NAME, Settings
from tui.providers.yahoo.shapes import (
    MOST_ROWS,
    QUOTE_FIELDS,
    Chart,
    ChartAnswer,
    QuoteAnswer,
    QuoteRow,
    SearchAnswer,
    SearchHit,
)

CALLS, SPAN = 120, 60.0
"""So many calls in so many seconds at most, of all roles together; the service publishes no
figure."""
FOR_QUOTES: Final = 40
"""Of those, what charts leave to batched quotes and to searches, for which somebody waits."""
T = TypeVar("T")
_QUOTES_LIMIT: Final = 4 * 1024 * 1024
_TOLD: Final = frozenset({200, 400, 404, 422})
"""Answers with a body that says more than the status."""


class Service:
    """One visit to Yahoo, with its cookies, its crumb and its budget.

    Args:
        host: What the program lends.
        settings: Where and how to ask.
    """

    def __init__(self, host: Host, settings: Settings) -> None:
        self._host = host
        self.settings = settings
        self._client = WebClient(
            NAME,
            settings.web,
            clock=host.clock,
            budget=host.budgets.of(NAME, host.clock, calls=CALLS, seconds=SPAN),
            agent=settings.agent,
        )
        self._crumb = Crumb(self._client, settings, host.remark)
        self._rows = msgspec.json.Decoder(QuoteRow, strict=False)
        self._hits = msgspec.json.Decoder(SearchHit, strict=False)

    async def quotes(self, symbols: Sequence[str]) -> list[QuoteRow]:
        """Quotes of up to a batch of symbols; the unknown ones are absent.

        A crumb that is refused is renewed once.

        Raises:
            Unauthorised: No crumb can be had, or the new one is refused too.
            ProviderError: As `WebClient.get`.
        """
        answer = await self._with_crumb(symbols)
        if answer.status == 401:
            self._crumb.forget()
            answer = await self._with_crumb(symbols)
        if answer.status != 200:
            self._crumb.forget()
            raise Unauthorised(
                f"the crumb was refused ({answer.status})",
                subject=NAME,
                remedy="Charts stand in; it is tried again by itself.",
            )
        return self._each(answer.json(QuoteAnswer).quote_response.result, self._rows, "quote")

    async def chart(self, symbol: str, params: Mapping[str, str]) -> Chart:
        """Bars of one symbol.

        Raises:
            NotSupported: The symbol is unknown, or the span is not offered.
            ProviderError: As `WebClient.get`.
        """
        path = f"/v8/finance/chart/{quote(symbol, safe='')}"
        answer = await self._open(path, params, _TOLD, leave=FOR_QUOTES)
        try:
            found = answer.json(ChartAnswer).chart
        except BadPayload:
            if answer.status == 200:
                raise
            raise _not_supported(symbol, f"({answer.status})") from None
        if answer.status != 200 or not found.result:
            words = found.error.description if found.error is not None else None
            raise _not_supported(symbol, plain(words or f"({answer.status})", 160))
        return found.result[0]

    async def search(self, query: str, count: int) -> list[SearchHit]:
        """Instruments by code or name, best first; none where the service dislikes the query.

        Raises:
            ProviderError: As `WebClient.get`.
        """
        params = {
            "q": query,
            "quotesCount": str(count),
            "newsCount": "0",
            "listsCount": "0",
            "enableFuzzyQuery": "false",
            "quotesQueryId": "tss_match_phrase_query",
        }
        answer = await self._open("/v1/finance/search", params, frozenset({200, 400}))
        if answer.status == 400:
            return []
        return self._each(answer.json(SearchAnswer).quotes, self._hits, "", most=100)

    async def close(self) -> None:
        """Release the connections."""
        await self._client.close()

    async def _open(
        self, path: str, params: Mapping[str, str], accept: frozenset[int], *, leave: int = 0
    ) -> Answer:
        """Ask what needs no crumb; to be refused there is no question of a key."""
        try:
            return await self._client.get(path, params=params, accept=accept, leave=leave)
        except Unauthorised as error:
            raise Unavailable(
                error.what,
                subject=NAME,
                remedy="It may not serve this network; it is asked again by itself.",
            ) from error

    async def _with_crumb(self, symbols: Sequence[str]) -> Answer:
        params = {
            "symbols": ",".join(symbols),
            "fields": QUOTE_FIELDS,
            "crumb": await self._crumb.get(),
        }
        try:
            return await self._client.get(
                "/v7/finance/quote", params=params, limit=_QUOTES_LIMIT, accept=(200, 401, 403)
            )
        except NotSupported as error:
            # An unknown symbol is left out of the answer; the address itself is always there.
            raise Unavailable(
                error.what, subject=NAME, remedy="It is asked again by itself."
            ) from error

    def _each(
        self,
        found: Sequence[msgspec.Raw] | None,
        decoder: "msgspec.json.Decoder[T]",
        what: str,
        *,
        most: int = MOST_ROWS,
    ) -> list[T]:
        """Every row that can be read; a word about those that cannot, where there is one."""
        rows: list[T] = []
        broken = ""
        for raw in (found or ())[:most]:
            try:
                rows.append(decoder.decode(raw))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                broken = str(error)
        if broken and what:
            self._host.remark(f"a {what} was passed over: {plain(broken, 120)}")
        return rows


def _not_supported(symbol: str, words: str) -> NotSupported:
    return NotSupported(
        f"has no such bars of {plain(symbol, 24)}: {words}",
        subject=NAME,
        remedy="Check the symbol, or ask for a shorter or later span.",
    )
