import asyncio
import gzip
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from tui.providers.conformance import Answer, Fault, LoopbackServer, Request

Ask = Callable[[LoopbackServer, httpx.AsyncClient], Awaitable[None]]


def serve(ask: Ask) -> None:
    async def run() -> None:
        async with LoopbackServer() as server, httpx.AsyncClient(timeout=30) as client:
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
        (Fault.RESET_INSIDE, httpx.ReadError),
        (Fault.TRUNCATE, httpx.RemoteProtocolError),
        (Fault.GARBAGE, httpx.RemoteProtocolError),
        (Fault.STALL_BEFORE, httpx.ReadTimeout),
        (Fault.STALL_HEAD, httpx.ReadTimeout),
        (Fault.STALL_INSIDE, httpx.ReadTimeout),
    ],
)
@pytest.mark.parametrize("chunk", [0, 4])
def test_a_fault_is_what_a_client_sees(
    fault: Fault, error: type[httpx.HTTPError], chunk: int
) -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", Answer.of([1, 2, 3]).chunked(chunk).failing(fault))
        patience = httpx.Timeout(20, read=0.2 if error is httpx.ReadTimeout else 20)
        with pytest.raises(error):
            await client.get(f"{server.url}/q", timeout=patience)
        assert len(server.requests) == 1

    serve(ask)


def test_a_refusing_address_refuses() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        with pytest.raises(httpx.ConnectError):
            await client.get(server.refusing_url)

    serve(ask)


def test_a_drip_arrives_whole_in_many_pieces() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", replace(Answer.of([1]), fault=Fault.DRIP, pause=0.1))
        async with client.stream("GET", f"{server.url}/q") as answer:
            pieces = [piece async for piece in answer.aiter_raw()]
        assert json.loads(b"".join(pieces)) == [1]
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


def test_an_address_that_is_mute_takes_the_connection_and_says_nothing() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(server.mute_url, timeout=httpx.Timeout(10, read=0.1))

    serve(ask)


def test_a_connection_is_kept_where_it_may_be() -> None:
    async def run(keep: bool) -> int:
        async with LoopbackServer(keep_alive=keep) as server, httpx.AsyncClient() as client:
            server.script("/q", Answer.of([1]).chunked(2))
            server.script("/drip", Answer.of([1]).failing(Fault.DRIP))
            for path in ("/q", "/drip", "/none"):
                await client.head(f"{server.url}{path}")
                await client.get(f"{server.url}{path}")
            assert len(server.requests) == 6
            return server.connections

    assert asyncio.run(run(keep=True)) == 1
    assert asyncio.run(run(keep=False)) == 6


@pytest.mark.parametrize(
    "last", [Answer.of([1]).failing(Fault.HANG_UP), Answer.of([1]).with_headers(Connection="close")]
)
def test_a_kept_connection_can_be_closed_after_an_answer(last: Answer) -> None:
    async def run() -> None:
        async with LoopbackServer(keep_alive=True) as server, httpx.AsyncClient() as client:
            server.script("/q", last)
            for _ in range(3):
                assert (await client.get(f"{server.url}/q")).json() == [1]
            assert server.connections == 3

    asyncio.run(run())


@pytest.mark.parametrize("encodings", [["gzip"], ["deflate"], ["gzip", "deflate"]])
@pytest.mark.parametrize("chunk", [0, 100])
def test_a_compressed_body_is_understood_and_is_small(encodings: list[str], chunk: int) -> None:
    answer = Answer.of(["7203.T"] * 1_000).chunked(chunk)
    for encoding in encodings:
        answer = answer.compressed(encoding)
    assert len(answer.body) < 200

    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", answer)
        got = await client.get(f"{server.url}/q")
        assert got.json() == ["7203.T"] * 1_000
        assert got.headers["content-encoding"] == ", ".join(encodings)

    serve(ask)


def test_an_unknown_compression_is_refused() -> None:
    for make in (Answer.of([]).compressed, lambda encoding: Answer.bomb(1, encoding)):
        with pytest.raises(ValueError, match="br"):
            make("br")


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("gzip", gzip.decompress), ("deflate", zlib.decompress)]
)
def test_a_bomb_is_small_and_unfolds_to_what_it_says(
    encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    bomb = Answer.bomb(3 << 20, encoding)
    assert len(bomb.body) < 5_000
    assert unpack(bomb.body) == b" " * (3 << 20) + b"[]"

    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", bomb)
        assert (await client.get(f"{server.url}/q")).json() == []

    serve(ask)


def test_a_refusal_says_when_to_come_back_in_either_form() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        moment = datetime(2025, 5, 26, 6, 30, tzinfo=UTC)
        server.script(
            "/q",
            Answer.too_many(),
            Answer.too_many(30),
            Answer.too_many(moment, status=503),
            Answer.too_many("soon"),
        )
        seen = [await client.get(f"{server.url}/q") for _ in range(4)]
        assert [(each.status_code, each.headers.get("retry-after")) for each in seen] == [
            (429, None),
            (429, "30"),
            (503, "Mon, 26 May 2025 06:30:00 GMT"),
            (429, "soon"),
        ]

    serve(ask)


def test_redirects_may_go_in_a_ring() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/a", Answer.redirect("/b", 301))
        server.script("/b", Answer.redirect("/a", 302))
        with pytest.raises(httpx.TooManyRedirects):
            await client.get(f"{server.url}/a", follow_redirects=True)
        assert len(server.requests) == client.max_redirects + 1

    serve(ask)


def test_every_cookie_has_its_own_header() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", Answer(cookies=("A1=x; Path=/", "A3=y; Path=/")))
        await client.get(f"{server.url}/q")
        await client.get(f"{server.url}/q")
        assert server.requests[1].headers["cookie"] == "A1=x; A3=y"

    serve(ask)


def test_a_callable_plays_a_protocol_of_pages_and_a_token() -> None:
    pages = {"": ([1, 2], "p2"), "p2": ([3], None)}

    def bars(request: Request) -> Answer:
        if request.headers.get("authorization") != "Bearer t1":
            return Answer(status=401)
        rows, following = pages[request.params.get("page", "")]
        return Answer.of({"rows": rows, "next": following})

    async def token(request: Request) -> Answer:
        await asyncio.sleep(0)
        given = request.json() if request.method == "PUT" else request.form
        return Answer.of("t1") if given == {"password": "geheim"} else Answer(status=400)

    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/bars", bars)
        server.script("/token", Answer(status=500), token)
        assert (await client.get(f"{server.url}/bars")).status_code == 401
        await client.post(f"{server.url}/token")
        secret = {"password": "geheim"}
        assert (await client.post(f"{server.url}/token", data=secret)).status_code == 200
        key = (await client.put(f"{server.url}/token", json=secret)).json()
        client.headers["Authorization"] = f"Bearer {key}"
        rows: list[int] = []
        page: str | None = ""
        while page is not None:
            got = (await client.get(f"{server.url}/bars", params={"page": page})).json()
            rows += got["rows"]
            page = got["next"]
        assert rows == [1, 2, 3]

    serve(ask)


def test_a_path_that_ends_in_a_star_stands_for_all_that_begin_so() -> None:
    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/v8/*", lambda request: Answer.of(request.path))
        server.script("/v8/chart/*", lambda request: Answer.of(f"chart {request.path[10:]}"))
        server.script("/v8/chart/^N225", Answer.of("the index"))
        said = {
            path: (await client.get(f"{server.url}{path}")).json()
            for path in ("/v8/else", "/v8/chart/7203.T", "/v8/chart/%5EN225")
        }
        assert list(said.values()) == ["/v8/else", "chart 7203.T", "the index"]

    serve(ask)


def test_what_a_callable_raises_is_a_server_error_and_is_raised_on_leaving() -> None:
    def fails(request: Request) -> Answer:
        assert request.params["page"] == "1", "the page is wrong"
        return Answer()

    async def ask(server: LoopbackServer, client: httpx.AsyncClient) -> None:
        server.script("/q", fails)
        assert (await client.get(f"{server.url}/q?page=2")).status_code == 500

    with pytest.raises(AssertionError, match="the page is wrong"):
        serve(ask)


def test_a_request_that_is_cut_short_or_too_long_does_no_harm() -> None:
    async def run() -> None:
        async with LoopbackServer() as server, httpx.AsyncClient() as client:
            port = httpx.URL(server.url).port
            for sent in (b"", b"GET /q", b"POST /q HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(sent)
                writer.close()
                await writer.wait_closed()
            with pytest.raises(httpx.HTTPError):
                await client.get(f"{server.url}/q", headers={"X": "x" * 200_000})
            server.script("/q", Answer.of([1]))
            assert (await client.get(f"{server.url}/q")).json() == [1]
            assert len(server.requests) == 1

    asyncio.run(run())
