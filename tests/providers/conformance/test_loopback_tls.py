import asyncio
import ssl
from pathlib import Path

import httpx
import pytest

from tui.providers.conformance import Answer, LoopbackServer


def test_a_client_with_the_trust_is_answered_and_one_without_refuses() -> None:
    async def run() -> None:
        async with LoopbackServer(tls=True) as server:
            server.script("/q", Answer.of([1]))
            assert server.url.startswith("https://127.0.0.1:")
            async with httpx.AsyncClient(verify=server.trust.context) as client:
                assert (await client.get(f"{server.url}/q")).json() == [1]
            bundle = ssl.create_default_context(cafile=server.trust.ca_file)
            async with httpx.AsyncClient(verify=bundle) as client:
                assert (await client.get(f"{server.url}/q")).json() == [1]
            async with httpx.AsyncClient() as client:
                with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
                    await client.get(f"{server.url}/q")
            assert len(server.requests) == 2
        assert not Path(server.trust.ca_file).exists()

    asyncio.run(run())
