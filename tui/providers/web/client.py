"""A client for one service: bounded, budgeted, and failing in the program's own words."""

import asyncio
import contextlib
import ssl
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from tui import __version__
from tui.errors import (
    BadPayload,
    ConfigError,
    NotSupported,
    RateLimited,
    Unauthorised,
    Unavailable,
)
from tui.market.times import Clock, under_way
from tui.providers.budget import Budget
from tui.providers.web.answer import Answer, Inflater, retry_after
from tui.providers.web.failures import failure_words
from tui.providers.web.terms import WebTerms

if TYPE_CHECKING:
    import httpx

USUAL_LIMIT: Final = 8 * 1024 * 1024
"""Bytes of a body, decompressed, unless a caller says otherwise."""

REDIRECTS: Final = 5
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_KEPT_METHOD: Final = frozenset({307, 308})
_PAUSE: Final = 60.0
"""Seconds of rest after a refusal for too many calls that does not say how long."""


class WebClient:
    """Asks one service over HTTP.

    Requests go through the budget, one turn each, redirects included. A body is read to a bound,
    decompressed to a bound, and the whole answer must come within the timeout however slowly it
    drips. TLS is verified. A redirect never leads from https to http, and a header given for a
    request, which may hold a key, never goes to another origin than the one it was meant for.
    Proxies and certificates of the environment count (``HTTPS_PROXY``, ``NO_PROXY``,
    ``SSL_CERT_FILE``). Cookies are kept for the life of the client.

    Args:
        source: The source's name, for the words of errors.
        terms: Where and how to ask.
        clock: The time.
        budget: How often the service may be asked.
        agent: The ``User-Agent``; the program's own unless given.
        direct: Whether proxies of the environment are passed by, for a service on this very PC.
        redirects: How many are followed; none for a service whose calls carry a password.
    """

    def __init__(
        self,
        source: str,
        terms: WebTerms,
        *,
        clock: Clock,
        budget: Budget,
        agent: str = f"zaraba/{__version__}",
        direct: bool = False,
        redirects: int = REDIRECTS,
    ) -> None:
        self.terms = terms
        self.budget = budget
        self._source = source
        self._clock = clock
        self._agent = agent
        self._direct = direct
        self._redirects = redirects
        self._client: httpx.AsyncClient | None = None
        self._cookies: httpx.Cookies | None = None
        self._context: ssl.SSLContext | None = None
        self._busy = 0

    async def get(
        self,
        target: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        limit: int = USUAL_LIMIT,
        accept: Collection[int] = (200,),
        leave: int = 0,
    ) -> Answer:
        """Ask for a document.

        Args:
            target: A path below the base address, or a whole address.
            params: The query.
            headers: For the origin of `target` only.
            limit: Bytes of the body, decompressed.
            accept: Status codes that are answers; every other one is raised.
            leave: Calls of the budget that are left for others, by questions that can wait.

        Raises:
            Unavailable: Not reachable, too slow, cut off, or a server error.
            RateLimited: Asked too often; nothing more is sent until the pause is over.
            Unauthorised: 401 or 403.
            NotSupported: 404, 410 or 422.
            BadPayload: Too large, badly compressed, or redirected astray.
        """
        return await self.request(
            "GET", target, params=params, headers=headers, limit=limit, accept=accept, leave=leave
        )

    async def request(
        self,
        method: str,
        target: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, str] | None = None,
        limit: int = USUAL_LIMIT,
        accept: Collection[int] = (200,),
        leave: int = 0,
    ) -> Answer:
        """Send a request.

        Args:
            method: ``GET``, ``POST`` or ``PUT``.
            target: As for `get`, as are the errors.
            params: The query.
            headers: For the origin of `target` only.
            json: A body to be sent as JSON, or None.
            form: A body to be sent as a form, or None.
            limit: Bytes of the answer's body, decompressed.
            accept: Status codes that are answers; every other one is raised.
            leave: As for `get`.
        """
        import httpx

        url = target if "://" in target else f"{self.terms.base_url}/{target.lstrip('/')}"
        body: dict[str, Any] = {}
        if json is not None:
            body = {"json": json}
        elif form is not None:
            body = {"data": dict(form)}
        try:
            answer = await self._followed(method, url, params, headers or {}, body, limit, leave)
        except TimeoutError as error:
            raise self._gone(f"no whole answer within {self.terms.timeout:g} s") from error
        except httpx.TimeoutException as error:
            raise self._gone(f"no answer within {self.terms.timeout:g} s") from error
        except httpx.ConnectError as error:
            raise self._gone(self._why_not_reached(error, url)) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict) as error:
            raise self._gone(failure_words(error)) from error
        self._judge(answer, accept)
        return answer

    async def close(self) -> None:
        """Release the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()
            # Sockets are let go of in the loop's next turn, which may be its last.
            await asyncio.sleep(0)

    def forget_cookies(self) -> None:
        """Begin a new visit."""
        self._cookies = None
        if self._client is not None:
            self._client.cookies.clear()

    async def _renew(self) -> None:
        """Drop the connections and keep the visit."""
        if self._client is not None:
            self._cookies = self._client.cookies
            await self.close()

    async def _followed(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: Mapping[str, Any],
        limit: int,
        leave: int,
    ) -> Answer:
        origin, loop, left = _origin(url), asyncio.get_running_loop(), self.terms.timeout
        for _ in range(self._redirects + 1):
            # Waiting for a turn is no slowness of the service's.
            await self.budget.spend(self._source, leave=leave)
            kept = headers if _origin(url) == origin else {}
            began = loop.time()
            async with asyncio.timeout(left):
                answer = await self._once(method, url, params, kept, body, limit)
            left -= loop.time() - began
            location = answer.headers.get("location", "")
            if answer.status not in _MOVED or not location:
                return answer
            onward = urljoin(answer.url, location)
            self._check_redirect(answer.url, onward)
            if answer.status not in _KEPT_METHOD:
                method, body = "GET", {}
            url, params = onward, None
        raise BadPayload(
            f"redirected more than {self._redirects} times",
            subject=self._source,
            remedy="Check its base_url, or the network's sign-in page.",
        )

    async def _once(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: Mapping[str, Any],
        limit: int,
    ) -> Answer:
        client = self._opened()
        self._busy += 1
        try:
            with under_way(self._clock):
                return await self._sent(client, method, url, params, headers, body, limit)
        except asyncio.CancelledError:
            # The pool forgets a connection that was just made when its request is cancelled: it
            # stays open and counts for ever. Another pool is the way to be rid of it.
            if self._busy == 1:
                await self._renew()
            raise
        finally:
            self._busy -= 1

    async def _sent(
        self,
        client: "httpx.AsyncClient",
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: Mapping[str, Any],
        limit: int,
    ) -> Answer:
        async with client.stream(
            method, url, params=params, headers=dict(headers), **body
        ) as response:
            inflater = Inflater(response.headers.get("content-encoding", ""), limit, self._source)
            pieces = [inflater.feed(piece) async for piece in response.aiter_raw()]
            inflater.finish()
            return Answer(
                status=response.status_code,
                url=str(response.url),
                headers={name.lower(): value for name, value in response.headers.items()},
                body=b"".join(pieces),
                subject=self._source,
            )

    def _opened(self) -> "httpx.AsyncClient":
        if self._client is None:
            import httpx

            if self._context is None:
                self._context = self._trust()
            try:
                self._client = httpx.AsyncClient(
                    timeout=self.terms.timeout,
                    verify=self._context,
                    headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"},
                    cookies=self._cookies,
                    trust_env=not self._direct,
                    limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
                )
            except (ValueError, ImportError, httpx.InvalidURL) as error:
                raise self._gone("the environment names a proxy that cannot be used") from error
        return self._client

    def _trust(self) -> ssl.SSLContext:
        import httpx

        context = httpx.create_ssl_context()
        if self.terms.ca_file:
            try:
                context.load_verify_locations(self.terms.ca_file)
            except (OSError, ValueError) as error:
                raise ConfigError(
                    "“ca_file” holds no certificates that can be read",
                    subject=f"[providers.{self._source}] ca_file",
                    remedy="Name a file of certificates in PEM form, or take the line out.",
                ) from error
        return context

    def _check_redirect(self, old: str, new: str) -> None:
        scheme = ""
        with contextlib.suppress(ValueError):
            scheme = urlsplit(new).scheme
        if scheme not in {"http", "https"} or (scheme == "http" and old.startswith("https:")):
            raise BadPayload(
                "redirected away from a secure address",
                subject=self._source,
                remedy="Check its base_url, or the network's sign-in page.",
            )

    def _judge(self, answer: Answer, accept: Collection[int]) -> None:
        """Raise what a status that is no answer means."""
        status, source = answer.status, self._source
        if status in accept:
            return
        pause = retry_after(answer.headers.get("retry-after"), self._clock.now())
        if status == 429 or (status == 503 and pause is not None):
            wait = _PAUSE if pause is None else pause
            self.budget.close_for(wait)
            raise RateLimited(
                f"asked too often ({status})",
                retry_after=wait,
                subject=source,
                remedy=f"It is asked again in {wait:.0f} s.",
            )
        if status in {401, 403}:
            raise Unauthorised(
                f"refused the request ({status})", subject=source, remedy="Check its key and plan."
            )
        if status in {404, 410, 422}:
            raise NotSupported(
                f"does not have what was asked ({status})",
                subject=source,
                remedy="Check the symbol, or choose another source.",
            )
        if status >= 500:
            raise self._gone(f"a server error ({status})")
        raise self._gone(f"an unexpected answer ({status})")

    def _why_not_reached(self, error: BaseException, url: str) -> str:
        why = failure_words(error)
        if self._direct or not _by_proxy(url):
            return why
        return f"by way of the proxy that the environment names: {why}"

    def _gone(self, what: str) -> Unavailable:
        return Unavailable(what, subject=self._source, remedy="It is asked again by itself.")


def _by_proxy(url: str) -> bool:
    """Whether the environment sends a request for an address by way of a proxy."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    named = getproxies().keys() & {parts.scheme, "all"}
    return bool(named) and not proxy_bypass(parts.hostname or "")


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
