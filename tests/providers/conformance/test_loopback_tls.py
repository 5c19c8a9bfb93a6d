import asyncio
import ssl
import sys
from pathlib import Path

import httpx
import pytest

from tui.errors import NotSupported
from tui.providers.conformance import Answer, Certificate, Fault, LoopbackServer
from tui.providers.conformance.loopback import trust


def test_a_client_with_the_trust_is_answered_and_one_without_refuses() -> None:
    async def run() -> str:
        async with LoopbackServer(tls=True) as server:
            server.script("/q", Answer.of([1]))
            assert server.url.startswith("https://127.0.0.1:")
            bundle = ssl.create_default_context(cafile=server.trust.ca_file)
            for verify in (server.trust.context, bundle):
                async with httpx.AsyncClient(verify=verify) as client:
                    assert (await client.get(f"{server.url}/q")).json() == [1]
            async with httpx.AsyncClient() as client:
                with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
                    await client.get(f"{server.url}/q")
            assert len(server.requests) == 2
            return server.trust.ca_file

    assert not Path(asyncio.run(run())).exists()


@pytest.mark.parametrize(
    ("certificate", "words"),
    [(Certificate.EXPIRED, "expired"), (Certificate.OF_ANOTHER, "mismatch")],
)
def test_a_bad_certificate_is_refused_with_all_trust(certificate: Certificate, words: str) -> None:
    async def run() -> None:
        async with (
            LoopbackServer(tls=True, certificate=certificate) as server,
            httpx.AsyncClient(verify=server.trust.context) as client,
        ):
            with pytest.raises(httpx.ConnectError, match=words):
                await client.get(server.url)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.RESET, httpx.ReadError),
        (Fault.RESET_INSIDE, httpx.ReadError),
        (Fault.TRUNCATE, httpx.RemoteProtocolError),
        (Fault.STALL_BEFORE, httpx.ReadTimeout),
        (Fault.STALL_INSIDE, httpx.ReadTimeout),
    ],
)
def test_the_faults_are_the_same_under_tls(fault: Fault, error: type[httpx.HTTPError]) -> None:
    async def run() -> None:
        async with LoopbackServer(tls=True, keep_alive=True) as server:
            server.script("/q", Answer.of([1, 2, 3]), Answer.of([1, 2, 3]).failing(fault))
            async with httpx.AsyncClient(verify=server.trust.context) as client:
                assert (await client.get(f"{server.url}/q")).json() == [1, 2, 3]
                patience = httpx.Timeout(20, read=0.1 if error is httpx.ReadTimeout else 20)
                with pytest.raises(error):
                    await client.get(f"{server.url}/q", timeout=patience)
            assert server.connections == 1

    asyncio.run(run())


def test_a_redirect_may_lead_away_from_tls() -> None:
    async def run() -> None:
        async with LoopbackServer(tls=True) as secure, LoopbackServer() as plain:
            secure.script("/q", Answer.redirect(f"{plain.url}/q"))
            plain.script("/q", Answer.of("in the open"))
            async with httpx.AsyncClient(
                verify=secure.trust.context, follow_redirects=True
            ) as client:
                answer = await client.get(f"{secure.url}/q")
            assert (answer.url.scheme, answer.json()) == ("http", "in the open")

    asyncio.run(run())


def test_who_speaks_the_other_language_is_not_understood() -> None:
    async def run() -> None:
        async with (
            LoopbackServer(tls=True) as secure,
            LoopbackServer() as plain,
            httpx.AsyncClient(verify=secure.trust.context) as client,
        ):
            with pytest.raises(httpx.ConnectError):
                await client.get(plain.url.replace("http:", "https:"))
            with pytest.raises(httpx.RemoteProtocolError):
                await client.get(secure.url.replace("https:", "http:"))
            with pytest.raises(httpx.ConnectTimeout):
                await client.get(secure.mute_url, timeout=0.1)
            with pytest.raises(httpx.ConnectError):
                await client.get(secure.refusing_url)

    asyncio.run(run())


def test_one_trust_holds_for_every_server_of_the_process() -> None:
    async def run() -> None:
        async with LoopbackServer(tls=True) as one, LoopbackServer(tls=True) as other:
            other.script("/q", Answer.of([1]))
            async with httpx.AsyncClient(verify=one.trust.context) as client:
                assert (await client.get(f"{other.url}/q")).json() == [1]

    asyncio.run(run())


def test_a_server_without_tls_has_no_trust_to_give() -> None:
    with pytest.raises(RuntimeError, match="tls=True"):
        _ = LoopbackServer().trust


def test_without_trustme_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    trust._authority.cache_clear()

    async def run() -> None:
        async with LoopbackServer(tls=True):
            pass

    with pytest.raises(NotSupported, match=r"zaraba\[conformance\]"):
        asyncio.run(run())
