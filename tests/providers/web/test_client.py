import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import pytest

from tui.errors import (
    BadPayload,
    ConfigError,
    NotSupported,
    ProviderError,
    RateLimited,
    Unauthorised,
    Unavailable,
)
from tui.providers.budget import Budget
from tui.providers.conformance import Answer, Fault, LoopbackServer, ManualClock
from tui.providers.web import WebClient, WebTerms, web_terms

PATIENCE = 30.0
"""Real seconds after which a wait has failed."""

T = TypeVar("T")
Play = Callable[[LoopbackServer, WebClient], Awaitable[T]]


def play(work: Play[T], *, timeout: float = 5.0, ca_file: str = "") -> T:
    async def run() -> T:
        clock = ManualClock()
        async with LoopbackServer() as server:
            client = WebClient(
                "desk",
                WebTerms(server.url, timeout, ca_file),
                clock=clock,
                budget=Budget(clock, calls=1000, seconds=1.0),
            )
            try:
                return await work(server, client)
            finally:
                await client.close()

    return asyncio.run(run())


def error_of(answer: Answer, *, timeout: float = 5.0, limit: int = 1 << 20) -> ProviderError:
    async def ask(server: LoopbackServer, client: WebClient) -> ProviderError:
        server.script("/x", answer)
        with pytest.raises(ProviderError) as raised:
            await client.get("/x", limit=limit)
        return raised.value

    return play(ask, timeout=timeout)


def test_an_answer_is_read_whole_with_its_headers() -> None:
    async def ask(server: LoopbackServer, client: WebClient) -> None:
        server.script("/x", Answer(body=b'{"a": "1"}', headers={"ETag": '"7"'}))
        answer = await client.get("/x", params={"q": "ソニー"}, headers={"X-Key": "k"})
        assert answer.json(dict[str, int]) == {"a": 1}
        assert answer.headers["etag"] == '"7"'
        assert server.requests[0].query == "q=%E3%82%BD%E3%83%8B%E3%83%BC"
        assert server.requests[0].headers["x-key"] == "k"
        assert server.requests[0].headers["user-agent"].startswith("zaraba/")

    play(ask)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_body_is_decompressed(encoding: str) -> None:
    plain = b"[1]" * 10_000
    packed = gzip.compress(plain) if encoding == "gzip" else zlib.compress(plain)

    async def ask(server: LoopbackServer, client: WebClient) -> bytes:
        server.script("/x", Answer(body=packed, headers={"Content-Encoding": encoding}))
        return (await client.get("/x")).body

    assert play(ask) == plain


def test_a_compressed_bomb_is_refused_before_it_unfolds() -> None:
    bomb = Answer(body=gzip.compress(bytes(32 * 1024 * 1024)), headers={"Content-Encoding": "gzip"})
    error = error_of(bomb)
    assert isinstance(error, BadPayload)
    assert "more than 1,048,576 bytes" in str(error)


def test_a_compressed_body_that_breaks_off_is_refused() -> None:
    cut = gzip.compress(bytes(range(256)) * 64)[:-20]
    error = error_of(Answer(body=cut, headers={"Content-Encoding": "gzip"}))
    assert isinstance(error, BadPayload)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(status=401), Unauthorised),
        (Answer(status=403), Unauthorised),
        (Answer(status=404), NotSupported),
        (Answer(status=422), NotSupported),
        (Answer(status=429), RateLimited),
        (Answer(status=500), Unavailable),
        (Answer(status=503), Unavailable),
        (Answer(status=418), Unavailable),
        (Answer.huge(4 << 20), BadPayload),
        (Answer(headers={"Content-Encoding": "br"}), BadPayload),
        (Answer(body=b"x" * 100).failing(Fault.TRUNCATE), Unavailable),
        (Answer().failing(Fault.RESET), Unavailable),
        (Answer.redirect("ftp://127.0.0.1/x"), BadPayload),
        (Answer.redirect("/x", status=301), BadPayload),
    ],
)
def test_what_is_no_answer_is_an_error_of_its_kind(
    answer: Answer, kind: type[ProviderError]
) -> None:
    error = error_of(answer)
    assert type(error) is kind
    assert error.subject == "desk"


@pytest.mark.parametrize("fault", [Fault.STALL_BEFORE, Fault.STALL_INSIDE, Fault.DRIP])
def test_an_answer_that_does_not_come_in_time_is_given_up(fault: Fault) -> None:
    slow = Answer(body=b"x" * 5_000, pause=0.01).failing(fault)
    error = error_of(slow, timeout=0.15)
    assert isinstance(error, Unavailable)
    assert "within 0.15 s" in str(error)


def test_a_refused_connection_and_an_unknown_name_are_told_apart() -> None:
    async def ask(server: LoopbackServer, client: WebClient) -> None:
        with pytest.raises(Unavailable, match="refused"):
            await client.get(f"{server.refusing_url}/x")
        with pytest.raises(Unavailable, match="name cannot be found"):
            await client.get("http://no-such-host.invalid/x")

    play(ask)


def test_after_too_many_calls_nothing_is_sent_until_the_pause_is_over() -> None:
    async def run() -> None:
        clock = ManualClock()
        async with LoopbackServer() as server:
            server.script("/x", Answer(status=429, headers={"Retry-After": "30"}), Answer.of([1]))
            budget = Budget(clock, calls=1000, seconds=1.0)
            client = WebClient("desk", WebTerms(server.url), clock=clock, budget=budget)
            for _ in range(3):
                with pytest.raises(RateLimited) as refused:
                    await client.get("/x")
                assert refused.value.retry_after == pytest.approx(30.0)
            assert len(server.requests) == 1
            await clock.advance(30.0)
            assert (await client.get("/x")).json(list[int]) == [1]
            await client.close()

    asyncio.run(run())


def test_a_redirect_is_followed_without_the_key_when_it_leaves_the_origin() -> None:
    async def ask(server: LoopbackServer, client: WebClient) -> None:
        async with LoopbackServer() as other:
            server.script("/a", Answer.redirect("/b"))
            server.script("/b", Answer.redirect(f"{other.url}/c"))
            other.script("/c", Answer.of([2]))
            answer = await client.get("/a", headers={"X-Key": "geheim"})
            assert answer.json(list[int]) == [2]
            assert [("x-key" in request.headers) for request in server.requests] == [True, True]
            assert "x-key" not in other.requests[0].headers

    play(ask)


def test_a_cookie_is_kept_and_can_be_forgotten() -> None:
    async def ask(server: LoopbackServer, client: WebClient) -> None:
        server.script("/in", Answer(headers={"Set-Cookie": "A3=abc; Path=/"}))
        server.script("/x", Answer.of([]))
        await client.get("/in")
        await client.get("/x")
        client.forget_cookies()
        await client.get("/x")
        assert [request.headers.get("cookie") for request in server.requests] == [
            None,
            "A3=abc",
            None,
        ]

    play(ask)


class Row(msgspec.Struct):
    last: float


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (Answer(body=b"<html>sign in</html>", content_type="text/html"), Row, "a web page"),
        (Answer.deep(), object, "nested too deeply"),
        (Answer.invalid_utf8(), object, "no readable JSON"),
        (Answer(body=b""), Row, "no readable JSON"),
        (Answer.of({"last": []}), Row, "another shape"),
    ],
)
def test_a_body_that_is_no_such_json_is_told_in_words(
    answer: Answer, kind: type, words: str
) -> None:
    async def ask(server: LoopbackServer, client: WebClient) -> str:
        server.script("/x", answer)
        got = await client.get("/x")
        with pytest.raises(BadPayload) as raised:
            got.json(kind)
        return str(raised.value)

    assert words in play(ask)


def test_a_file_of_certificates_that_cannot_be_read_is_named() -> None:
    async def ask(_: LoopbackServer, client: WebClient) -> None:
        with pytest.raises(ConfigError, match="ca_file"):
            await client.get("/x")

    play(ask, ca_file="/nowhere/ca.pem")


@pytest.mark.parametrize(
    "settings",
    [
        {"timeout": 0},
        {"timeout": True},
        {"timeout": float("nan")},
        {"base_url": "desk"},
        {"base_url": "file:///etc/passwd"},
        {"base_url": "http://desk:99999999"},
        {"base_url": "http://a b"},
        {"ca_file": 7},
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=next(iter(settings))):
        web_terms(settings, "providers.desk", "https://desk.example")


def test_settings_left_out_are_the_services_own() -> None:
    assert web_terms({}, "providers.desk", "https://desk.example/") == WebTerms(
        "https://desk.example"
    )


@pytest.mark.parametrize("turns", range(0, 24, 3))
def test_a_request_that_is_cancelled_leaves_no_connection_and_keeps_the_visit(turns: int) -> None:
    async def ask(server: LoopbackServer, client: WebClient) -> None:
        server.script("/x", Answer(headers={"Set-Cookie": "visit=1; Path=/"}))
        await client.get("/x")
        before = asyncio.all_tasks()
        for _ in range(10):  # more than the pool holds
            asking = asyncio.ensure_future(client.get("/x"))
            for _ in range(turns):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        # The server hears of it in its own time, and ends its side.
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(each for each in asyncio.all_tasks() if each not in before))
        await client.get("/x")
        assert server.requests[-1].headers["cookie"] == "visit=1"

    play(ask)


def test_a_service_on_this_pc_is_reached_past_every_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        clock = ManualClock()
        async with LoopbackServer() as server:
            monkeypatch.setenv("HTTP_PROXY", server.refusing_url)
            monkeypatch.delenv("NO_PROXY", raising=False)
            monkeypatch.delenv("no_proxy", raising=False)
            server.script("/x", Answer.of({}))
            for direct in (True, False):
                client = WebClient(
                    "desk",
                    WebTerms(server.url),
                    clock=clock,
                    budget=Budget(clock, calls=10, seconds=1.0),
                    direct=direct,
                )
                if direct:
                    assert (await client.get("/x")).status == 200
                else:
                    with pytest.raises(Unavailable, match="proxy that the environment names"):
                        await client.get("/x")
                await client.close()

    asyncio.run(run())


def test_no_redirect_is_followed_where_none_may_be() -> None:
    async def run() -> None:
        clock = ManualClock()
        async with LoopbackServer() as server, LoopbackServer() as other:
            server.script("/x", Answer.redirect(f"{other.url}/x", 307))
            client = WebClient(
                "desk",
                WebTerms(server.url),
                clock=clock,
                budget=Budget(clock, calls=10, seconds=1.0),
                redirects=0,
            )
            with pytest.raises(BadPayload):
                await client.request("POST", "/x", json={"password": "geheim"})
            assert other.requests == []
            await client.close()

    asyncio.run(run())
