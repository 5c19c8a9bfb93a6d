import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from datetime import date
from typing import Any

import pytest

from tui.errors import BadPayload, ConfigError, RateLimited
from tui.market.quotes import Field, Quality, QuoteBatch, Update
from tui.providers.conformance import Answer, LoopbackServer, ManualClock
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import Host
from tui.providers.stooq import StooqQuotes
from tui.providers.stooq.quotes import BATCH
from tui.providers.stooq.service import own_symbol

Script = Callable[[LoopbackServer], None]


def first_batches(
    script: Script, symbols: Sequence[str], count: int, remarks: list[str] | None = None
) -> tuple[list[QuoteBatch], list[str]]:
    """The first batches of a stream, and the queries that they took."""

    async def run() -> tuple[list[QuoteBatch], list[str]]:
        clock = ManualClock()
        async with LoopbackServer() as server:
            script(server)
            source = StooqQuotes(
                Host(
                    clock=clock,
                    instruments=FewInstruments(()),
                    settings={"base_url": server.url},
                    remark=(remarks if remarks is not None else []).append,
                )
            )
            stream = source.stream(symbols)
            found = [await clock.until(_next(stream), limit=3600.0) for _ in range(count)]
            await clock.until(_close(stream))
            await source.close()
            return found, [request.query for request in server.requests]

    return asyncio.run(run())


async def _next(stream: AsyncIterator[Update]) -> QuoteBatch:
    update = await anext(stream)
    assert isinstance(update, QuoteBatch)
    return update


async def _close(stream: AsyncIterator[Update]) -> None:
    assert isinstance(stream, AsyncGenerator)
    await stream.aclose()


def figures(batch: QuoteBatch, symbol: str) -> dict[Field, float]:
    row = batch.rows.tolist().index(batch.symbols.index(symbol))
    return {each: float(values[row]) for each, values in batch.fields.items()}


@pytest.mark.parametrize(
    ("symbol", "own"),
    [
        ("7203.T", "7203.JP"),
        ("285A.T", "285A.JP"),
        ("SONY", "SONY.US"),
        ("^N225", "^NKX"),
        ("JPY=X", "USDJPY"),
        ("NIY=F", None),
        ("^VIX", None),
    ],
)
def test_a_symbol_is_asked_for_by_stooqs_own(symbol: str, own: str | None) -> None:
    assert own_symbol(symbol) == own


def test_a_quote_carries_its_instant_and_what_is_unknown_is_nan(scripted: Script) -> None:
    (batch, *_), _ = first_batches(scripted, ["7203.T", "JPY=X"], 1)
    assert figures(batch, "7203.T")[Field.LAST] == 2610
    assert figures(batch, "7203.T")[Field.VOLUME] == 12_000_300
    assert math.isnan(figures(batch, "JPY=X")[Field.VOLUME])
    assert math.isnan(figures(batch, "7203.T")[Field.PREVIOUS_CLOSE])
    assert str(batch.time[0]) == "2025-05-26T06:30:00.000"
    assert batch.session == date(2025, 5, 26)
    assert batch.quality is not None
    assert set(batch.quality.tolist()) == {Quality.BASE_IS_PREVIOUS_CLOSE}


def test_previous_closes_come_from_the_daily_bars(scripted: Script) -> None:
    (_, later), queries = first_batches(scripted, ["7203.T", "6758.T"], 2)
    assert figures(later, "7203.T")[Field.PREVIOUS_CLOSE] == 104
    assert figures(later, "6758.T")[Field.PREVIOUS_CLOSE] == 104
    assert len(queries) == 3


def test_a_close_is_asked_for_once_a_session(scripted: Script) -> None:
    batches, queries = first_batches(scripted, ["7203.T"], 5)
    assert sum("d1=" in query for query in queries) == 1
    assert figures(batches[-1], "7203.T")[Field.PREVIOUS_CLOSE] == 104


def test_a_name_not_traded_today_shows_its_price_as_previous_close_only(scripted: Script) -> None:
    (batch, *_), _ = first_batches(scripted, ["7203.T", "285A.T"], 1)
    held = figures(batch, "285A.T")
    assert held[Field.PREVIOUS_CLOSE] == 2041
    assert all(math.isnan(v) for each, v in held.items() if each is not Field.PREVIOUS_CLOSE)


def test_a_new_session_opens_a_new_epoch(stooq: Any, scripted: Script) -> None:
    def script(server: LoopbackServer) -> None:
        scripted(server)
        tomorrow = dict(stooq.quotes)
        tomorrow["7203.JP"] = "2025-05-27,02:00:00,2600,2640,2600,2630,100"
        answers = iter((dict(stooq.quotes), dict(stooq.quotes), tomorrow))

        def quote(request: Any) -> Answer:
            stooq.quotes = next(answers, tomorrow)
            answer = stooq.quote(request)
            assert isinstance(answer, Answer)
            return answer

        server.script("/q/l/", quote)

    batches, _ = first_batches(script, ["7203.T"], 4)
    epochs = [(batch.epoch, batch.session.day) for batch in batches]
    assert epochs[0] == (1, 26)
    assert epochs[-1] == (2, 27)


def test_a_long_list_is_asked_for_in_parts(scripted: Script) -> None:
    symbols = [f"{code}.T" for code in range(1301, 1301 + BATCH + 5)]
    remarks: list[str] = []
    (batch, *_), queries = first_batches(scripted, [*symbols, "7203.T"], 1, remarks)
    assert len(queries) == 2
    assert len(batch) == 1
    assert len(remarks) == BATCH + 5


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"Exceeded the daily hits limit", RateLimited),
        (b"<html>hello</html>", BadPayload),
        (b"Symbol,Date\n\xff\xfe", BadPayload),
    ],
)
def test_what_is_no_table_is_an_error(body: bytes, error: type[Exception]) -> None:
    def script(server: LoopbackServer) -> None:
        server.script("/q/l/", Answer(body=body, content_type="text/plain"))

    with pytest.raises(error):
        first_batches(script, ["7203.T"], 1)


def test_a_row_that_makes_no_sense_is_told_and_passed_over(stooq: Any, scripted: Script) -> None:
    stooq.quotes["6758.JP"] = "26 May,08:30:00,x,x,x,x,x"
    remarks: list[str] = []
    (batch, *_), _ = first_batches(scripted, ["6758.T", "7203.T"], 1, remarks)
    assert len(batch) == 1
    assert any("makes no sense" in remark for remark in remarks)


@pytest.mark.parametrize("poll", [1, True, "60", 1e9])
def test_a_setting_that_cannot_be_used_is_refused(poll: object) -> None:
    host = Host(clock=ManualClock(), instruments=FewInstruments(()), settings={"poll": poll})
    with pytest.raises(ConfigError, match="poll"):
        StooqQuotes(host)
