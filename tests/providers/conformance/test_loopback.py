import asyncio
import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tui.providers.conformance import Answer, Fault, LoopbackServer

Ask = Callable[[LoopbackServer, httpx.AsyncClient], Awaitable[None]]


def serve(ask: Ask) -> None:
    async def run() -> None:
        async with LoopbackServer() as server, httpx.AsyncClient(timeout=10) as client:
            await ask(server, client)

    asyncio.run(run())


def test_answers_follow_the_script_and_the_last_goes_on() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", Answer(status=503), Answer.of({"last": 2500}))
        seen = [await client.get(f"{server.url}/q?code=7203") for _ in range(3)]
        assert [each.status_code for each in seen] == [503, 200, 200]
        assert seen[2].json() == {"last": 2500}
        assert [each.query for each in server.requests] == ["code=7203"] * 3
        assert (await client.get(f"{server.url}/else")).status_code == 404

    serve(ask)


def test_a_request_is_kept_as_it_arrived() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", Answer())
        await client.post(f"{server.url}/q", content=b"body", headers={"X-Key": "abc"})
        (request,) = server.requests
        assert (request.method, request.path, request.body) == ("POST", "/q", b"body")
        assert request.headers["x-key"] == "abc"

    serve(ask)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.RESET, httpx.ReadError),
        (Fault.TRUNCATE, httpx.RemoteProtocolError),
        (Fault.STALL_BEFORE, httpx.ReadTimeout),
        (Fault.STALL_INSIDE, httpx.ReadTimeout),
    ],
)
def test_a_fault_is_what_a_client_sees(fault: Fault, error: type[httpx.HTTPError]) -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", Answer.of([1, 2, 3]).failing(fault))
        with pytest.raises(error):
            await client.get(f"{server.url}/q", timeout=httpx.Timeout(10, read=0.2))
        assert len(server.requests) == 1

    serve(ask)


def test_a_refusing_address_refuses() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        with pytest.raises(httpx.ConnectError):
            await client.get(server.refusing_url)

    serve(ask)


def test_a_drip_arrives_whole_in_many_pieces() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", Answer.of([1, 2, 3]).failing(Fault.DRIP))
        async with client.stream("GET", f"{server.url}/q") as answer:
            pieces = [piece async for piece in answer.aiter_raw()]
        assert json.loads(b"".join(pieces)) == [1, 2, 3]
        assert len(pieces) > 1

    serve(ask)


def test_redirects_and_false_contents_are_sent_as_they_are() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", Answer.redirect("/r"))
        server.script("/r", Answer(body=b"<html>", content_type="text/html"))
        server.script("/utf8", Answer.invalid_utf8())
        server.script("/deep", Answer.deep(50_000))
        server.script("/huge", Answer.huge(3_000_000))
        followed = await client.get(f"{server.url}/q", follow_redirects=True)
        assert (followed.content, followed.headers["content-type"]) == (b"<html>", "text/html")
        with pytest.raises(UnicodeDecodeError):
            (await client.get(f"{server.url}/utf8")).content.decode()
        with pytest.raises(RecursionError):
            json.loads((await client.get(f"{server.url}/deep")).content)
        assert len((await client.get(f"{server.url}/huge")).content) == 3_000_000

    serve(ask)


def test_leaving_ends_a_connection_that_stalls() -> None:
    async def run() -> None:
        async with httpx.AsyncClient(timeout=30) as client:
            async with LoopbackServer() as server:
                server.script("/q", Answer(fault=Fault.STALL_BEFORE))
                asking = asyncio.ensure_future(client.get(f"{server.url}/q"))
                await server.asked()
            with pytest.raises(httpx.HTTPError):
                await asking

    asyncio.run(run())
