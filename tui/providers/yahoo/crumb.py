"""The crumb: a short text that goes with a cookie, without which there are no batched quotes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from tui.errors import BadPayload, RateLimited, Unauthorised, Unavailable
from tui.providers.web import Answer, WebClient
from tui.providers.yahoo.settings import NAME, Settings

_PATH: Final = "/v1/test/getcrumb"
_CRUMB: Final = re.compile(r"[!-~]{1,64}")
_PAGE_LIMIT: Final = 2 * 1024 * 1024
_ANY: Final = frozenset(range(200, 600)) - {429}
"""The site that hands out the cookie answers with an error and hands it out all the same."""
_PAUSE: Final = 60.0
_WORD: Final = re.compile(r"[A-Za-z0-9_.~=-]{1,256}")


class Crumb:
    """Holds the crumb, and gets another when it has been forgotten.

    Args:
        client: Keeps the cookie.
        settings: Where to ask.
        remark: Told when a consent form is answered.
    """

    def __init__(
        self, client: WebClient, settings: Settings, remark: Callable[[str], None]
    ) -> None:
        self._client = client
        self._settings = settings
        self._remark = remark
        self._held = ""
        self._agreed = False

    async def get(self) -> str:
        """The crumb.

        Raises:
            RateLimited: The service has had enough questions.
            Unauthorised: It gives none.
            ProviderError: As `WebClient.get`.
        """
        if not self._held:
            self._held = await self._fetched()
        return self._held

    def forget(self) -> None:
        """Drop the crumb and the cookie that it belongs to."""
        self._held = ""
        self._client.forget_cookies()

    async def _fetched(self) -> str:
        form = await self._form_at(f"{self._settings.cookie_url}/")
        if form is None:
            crumb, form = await self._asked()
            if crumb:
                return crumb
        if form is None:
            # Without a cookie there is no crumb, and in Europe no cookie without consent.
            form = await self._form_at(f"{self._settings.consent_url}/consent")
        if form is None:
            raise _refused("gives no crumb")
        await self._consent(form)
        crumb, _ = await self._asked()
        if not crumb:
            raise _refused("gives no crumb after consent")
        return crumb

    async def _form_at(self, url: str) -> "_Form | None":
        """The consent form that a page holds, if any; the cookies that it sets are kept.

        Lists of trackers block these pages, so one that cannot be reached is no failure yet.
        """
        try:
            return _Form.of(await self._client.get(url, accept=_ANY, limit=_PAGE_LIMIT))
        except (Unavailable, BadPayload):
            return None

    async def _asked(self) -> "tuple[str, _Form | None]":
        """The crumb, or nothing and perhaps the consent form that came in its place."""
        answer = await self._client.get(_PATH, accept=_ANY, limit=_PAGE_LIMIT)
        text = answer.body[:_PAGE_LIMIT].decode("utf-8", "replace").strip()
        if "too many requests" in text[:200].lower():
            self._client.budget.close_for(_PAUSE)
            raise RateLimited(
                "asked too often",
                retry_after=_PAUSE,
                subject=NAME,
                remedy=f"It is asked again in {_PAUSE:.0f} s.",
            )
        if answer.status == 200 and _CRUMB.fullmatch(text) and "<" not in text:
            return text, None
        return "", _Form.of(answer)

    async def _consent(self, form: "_Form") -> None:
        if not self._settings.consent:
            raise _refused(
                "asks for consent to its cookies; consent = true in its settings gives it"
            )
        if not self._agreed:
            self._agreed = True
            self._remark("Yahoo's consent form was answered with yes; consent = false declines")
        await self._client.request(
            "POST",
            f"{self._settings.collect_url}/v2/collectConsent",
            params={"sessionId": form.session},
            form={
                "agree": "agree",
                "csrfToken": form.token,
                "sessionId": form.session,
                "originalDoneUrl": form.done or "https://finance.yahoo.com/",
                "namespace": NAME,
            },
            accept=_ANY,
            limit=_PAGE_LIMIT,
        )
        await self._client.get(
            f"{self._settings.consent_url}/copyConsent",
            params={"sessionId": form.session},
            accept=_ANY,
            limit=_PAGE_LIMIT,
        )


@dataclass(frozen=True, slots=True)
class _Form:
    """What the consent form has to be sent back with."""

    token: str
    session: str
    done: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "_Form | None":
        """The form on a page; None where there is none."""
        if b"csrfToken" not in answer.body:
            return None
        inputs = _Inputs()
        inputs.feed(answer.body.decode("utf-8", "replace"))
        token, session = inputs.values.get("csrfToken", ""), inputs.values.get("sessionId", "")
        if not (_WORD.fullmatch(token) and _WORD.fullmatch(session)):
            return None
        done = inputs.values.get("originalDoneUrl", "")
        return cls(token, session, done if done.startswith("https://") else "")


class _Inputs(HTMLParser):
    """The input fields of a page by name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "input" or len(self.values) > 100:
            return
        found = dict(attrs)
        self.values.setdefault(found.get("name") or "", found.get("value") or "")


def _refused(what: str) -> Unauthorised:
    return Unauthorised(
        what, subject=NAME, remedy="Charts stand in, slower; it is tried again by itself."
    )
