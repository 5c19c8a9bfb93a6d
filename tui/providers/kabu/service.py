"""The application's REST interface: its token, its registrations, its boards, its refusals."""

import asyncio
from collections.abc import Sequence
from typing import Final

from tui.errors import (
    BadPayload,
    NotSupported,
    ProviderError,
    RateLimited,
    Unauthorised,
    Unavailable,
)
from tui.market.plaintext import plain
from tui.providers.contracts import Host
from tui.providers.kabu.settings import NAME, Settings
from tui.providers.kabu.shapes import Board, Complaint, Token
from tui.providers.kabu.symbols import Code
from tui.providers.web import Answer, WebClient
from tui.providers.web.answer import retry_after
from tui.redaction import remember

KEY: Final = "kabu"
"""The name of the key: the password set in the application for its interface."""
PLACES: Final = 50
"""Names that can be registered at a time, by everything that uses the application together."""

_LIMIT: Final = 256 * 1024
_ANY_STATUS: Final = range(100, 600)
_MOST_RESTS: Final = 3
_REST: Final = 1.0
"""Seconds of rest after a first refusal for too many calls; each further rest is twice as long."""
_LONGEST_TOKEN: Final = 512

_TOO_MANY_CALLS: Final = "4001006"
_LOGGED_OUT: Final = frozenset({"4001007", "4001017"})
_WRONG_PASSWORD: Final = "4001013"  # noqa: S105 - the code of a refusal
_NO_PLACE: Final = frozenset({"4001018", "4002006"})
_NO_SYMBOL: Final = frozenset({"4002001", "4001019", "4001011"})
"""Not found; some of several not to be registered; not a symbol that this account may ask for."""


class NoPlace(Unavailable):
    """All places for registered names are taken."""


class Service:
    """Asks the application.

    Args:
        host: What the program lends.
        settings: Where and how.
    """

    def __init__(self, host: Host, settings: Settings) -> None:
        self._host = host
        self._client = WebClient(
            NAME,
            settings.web,
            clock=host.clock,
            budget=host.budgets.of(NAME, host.clock, calls=settings.calls, seconds=1.0),
            # The password and the token are for this desk: no proxy, and nowhere else.
            direct=True,
            redirects=0,
        )
        self._token = ""
        self._signing = asyncio.Lock()

    async def close(self) -> None:
        """Release the connections."""
        await self._client.close()

    async def sign_in(self) -> None:
        """See that there is a token, and fetch one if not.

        Raises:
            Unauthorised: There is no password, or it is wrong.
            Unavailable: The application does not run, or nobody is logged in.
        """
        async with self._signing:
            if not self._token:
                self._token = await self._new_token()

    async def unregister_all(self) -> None:
        """Free every place, those of other programs too."""
        await self._ask("PUT", "/unregister/all")

    async def unregister(self, codes: Sequence[Code]) -> None:
        """Free the places of some names."""
        if codes:
            await self._ask("PUT", "/unregister", {"Symbols": [code.listed() for code in codes]})

    async def register(self, codes: Sequence[Code]) -> set[Code]:
        """Register names for the push.

        A list with a name that cannot be registered is refused as a whole, without saying which, so
        it is halved until the name stands alone.

        Returns:
            The names that cannot be.

        Raises:
            NoPlace: Too many are registered already.
            ProviderError: It failed.
        """
        if not codes:
            return set()
        try:
            await self._ask("PUT", "/register", {"Symbols": [code.listed() for code in codes]})
        except NotSupported:
            if len(codes) == 1:
                return set(codes)
            half = len(codes) // 2
            return await self.register(codes[:half]) | await self.register(codes[half:])
        return set()

    async def board(self, code: Code) -> Board:
        """One name's board; a name that is not registered takes a place by being asked for.

        Raises:
            NotSupported: There is no such name.
            NoPlace: There is no place for it.
            ProviderError: It failed.
        """
        found = (await self._ask("GET", f"/board/{code.path}")).json(Board)
        if str(found.symbol) != code.symbol:
            raise BadPayload(
                f"answered with the board of {plain(str(found.symbol), 12)} for {code.symbol}",
                subject=NAME,
                remedy="It is asked again by itself.",
            )
        return found

    async def _ask(self, method: str, path: str, body: object = None) -> Answer:
        """Send one call, with another token or after a rest where the first try needs it."""
        renewed, rest, rests = False, _REST, 0
        while True:
            await self.sign_in()
            token = self._token
            answer = await self._send(method, path, body, {"X-API-KEY": token})
            if answer.status == 200:
                return answer
            error = _refusal(answer)
            if answer.status == 401:
                if self._token == token:  # of several calls at a time, one fetches another
                    self._token = ""
                if not renewed:
                    renewed = True
                    continue
            elif isinstance(error, RateLimited) and rests < _MOST_RESTS:
                asked = retry_after(answer.headers.get("retry-after"), self._host.clock.now())
                await self._host.clock.sleep(max(rest, asked or 0.0))
                rest, rests = rest * 2.0, rests + 1
                continue
            raise error

    async def _new_token(self) -> str:
        # The keyring may ask the user, and must not hold up the other sources.
        password = await asyncio.to_thread(self._host.secret, KEY)
        if not password:
            raise Unauthorised(
                "there is no API password",
                subject=NAME,
                remedy="Set it with `zaraba keys set kabu`, or ZARABA_KEY_KABU.",
            )
        answer = await self._send("POST", "/token", {"APIPassword": password}, {})
        if answer.status != 200:
            raise _refusal(answer)
        token = answer.json(Token).token
        if not (0 < len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable()):
            raise BadPayload(
                "answered with a token that cannot be one",
                subject=NAME,
                remedy="It is asked again by itself.",
            )
        # It opens what the password opens, so logs and errors must not repeat it either.
        remember(token)
        return token

    async def _send(self, method: str, path: str, body: object, headers: dict[str, str]) -> Answer:
        try:
            return await self._client.request(
                method, path, headers=headers, json=body, limit=_LIMIT, accept=_ANY_STATUS
            )
        except Unavailable as error:
            raise Unavailable(
                error.what,
                subject=NAME,
                remedy="Start kabu STATION and log in; it is asked again by itself.",
            ) from error


def _refusal(answer: Answer) -> ProviderError:
    """What a refusal means, by the application's own number first."""
    number, words = "", ""
    try:
        complaint = answer.json(Complaint)
    except BadPayload:
        pass
    else:
        number, words = plain(str(complaint.code or ""), 12), plain(complaint.message or "", 80)
    told = ", ".join(each for each in (str(answer.status), number, words) if each)

    def error(kind: type[ProviderError], what: str, remedy: str) -> ProviderError:
        return kind(f"{what} ({told})", subject=NAME, remedy=remedy)

    if answer.status == 429 or number == _TOO_MANY_CALLS:
        return RateLimited(
            f"was asked too often ({told})",
            retry_after=30.0,
            subject=NAME,
            remedy="Set calls lower if other programs ask it too; it goes on by itself.",
        )
    if number in _LOGGED_OUT:
        return error(Unavailable, "nobody is logged in", "Log in to kabu STATION; it goes on then.")
    if number == _WRONG_PASSWORD:
        return error(
            Unauthorised, "the API password is wrong", "Set it with `zaraba keys set kabu`."
        )
    if answer.status == 401:
        return error(
            Unavailable,
            "its token was refused",
            "Another program may take tokens by turns; close it. It is tried again by itself.",
        )
    if answer.status == 403:
        return error(
            Unauthorised, "does not allow this", "See that its API is switched on for the account."
        )
    if number in _NO_PLACE:
        return error(
            NoPlace,
            f"all {PLACES} places for names are taken",
            "Close the other program that registers names.",
        )
    if number in _NO_SYMBOL:
        return error(NotSupported, "has no such name", "Check the symbol.")
    if answer.status == 404:
        return error(Unavailable, "has no such address", "Check [providers.kabu] base_url.")
    return error(
        Unavailable, "refused a call", "See that kabu STATION runs well; it is asked again."
    )
