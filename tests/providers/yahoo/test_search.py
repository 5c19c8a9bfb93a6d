from collections.abc import Sequence
from typing import Any

import pytest

from tui.errors import BadPayload, Unavailable
from tui.market.instruments import Instrument, InstrumentKind
from tui.providers.conformance import Answer
from tui.providers.yahoo import YahooSearch


def hit(symbol: str, kind: str = "EQUITY", **more: Any) -> dict[str, Any]:
    told = {"symbol": symbol, "quoteType": kind, "index": "quotes", "score": 20_000.0}
    return told | {"shortname": f"{symbol} Inc.", "exchange": "NYQ", "isYahooFinance": True} | more


def found(yahoo: Any, answer: Answer, query: str = "sony", limit: int = 10) -> Sequence[Instrument]:
    seen: list[Sequence[Instrument]] = []

    async def steps(desk: Any) -> None:
        desk.server.script(yahoo.find, answer)
        source = YahooSearch(desk.host())
        try:
            seen.append(await desk.clock.until(source.search(query, limit)))
        finally:
            await source.close()

    yahoo.play(steps)
    return seen[0]


def test_hits_become_instruments_and_options_do_not(yahoo: Any) -> None:
    answer = Answer.of(
        {
            "quotes": [
                hit("AAPL", longname="Apple Inc."),
                hit("AAPL251219C00120000", "OPTION"),
                {"index": "x", "name": "AAPlasma", "isYahooFinance": False},
                hit("4751.T", shortname="CYBERAGENT INC", exchange="JPX"),
                hit("BTC-USD", "CRYPTOCURRENCY", exchange="CCC"),
                hit("^GSPC", "INDEX", exchange="SNP"),
                hit("^TOPX", "INDEX"),
                hit("bad symbol"),
                hit("AAPL"),
            ]
        }
    )
    hits = {each.symbol: each for each in found(yahoo, answer)}
    assert list(hits) == ["AAPL", "4751.T", "BTC-USD", "^GSPC"]
    assert hits["AAPL"].name == "Apple Inc."
    assert (hits["AAPL"].currency, hits["AAPL"].exchange) == ("USD", "NYQ")
    tokyo = hits["4751.T"]
    assert (tokyo.code, tokyo.currency, tokyo.exchange) == ("4751", "JPY", "TSE")
    assert hits["BTC-USD"].kind is InstrumentKind.OTHER
    assert (hits["^GSPC"].kind, hits["^GSPC"].currency) == (InstrumentKind.INDEX, "")


def test_what_the_tables_know_is_taken_from_them(yahoo: Any) -> None:
    (known,) = found(yahoo, Answer.of({"quotes": [hit("7203.T", shortname="TOYOTA MOTOR CORP")]}))
    assert known is yahoo.instruments[0]


def test_a_hostile_name_is_made_plain(yahoo: Any) -> None:
    evil = hit("EVIL", longname="\x1b[31mRed\u202e [b]bold[/b]" + "x" * 5000)
    (made,) = found(yahoo, Answer.of({"quotes": [evil]}))
    assert made.name.startswith("Red [b]bold[/b]")
    assert made.name.isprintable()
    assert len(made.name) <= 80


@pytest.mark.parametrize("query", ["", "   ", "\x00\x1b[2J"])
def test_nothing_is_asked_for_where_nothing_is_meant(yahoo: Any, query: str) -> None:
    assert found(yahoo, Answer(status=500), query) == ()


def test_a_query_that_the_service_dislikes_finds_nothing(yahoo: Any) -> None:
    refused = Answer.of({"finance": {"result": None, "error": {"code": "Bad Request"}}}, 400)
    assert found(yahoo, refused, "日経") == ()


def test_an_answer_without_hits_finds_nothing(yahoo: Any) -> None:
    assert found(yahoo, Answer.of({"quotes": None, "count": 0})) == ()
    assert found(yahoo, Answer.of({})) == ()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(status=503), Unavailable),
        (Answer(status=401), Unavailable),
        (Answer(body=b"<html>"), BadPayload),
        (Answer.of({"quotes": 5}), BadPayload),
        (Answer.deep(), BadPayload),
    ],
)
def test_a_failure_is_an_error_of_the_tree(
    yahoo: Any, answer: Answer, error: type[Exception]
) -> None:
    with pytest.raises(error):
        found(yahoo, answer)


def test_the_query_goes_as_it_is(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.server.script(yahoo.find, Answer.of({"quotes": []}))
        source = YahooSearch(desk.host())
        await desk.clock.until(source.search("S&P 500 ＆ x=y", 5))
        await source.close()
        assert desk.server.requests[0].params["q"] == "S&P 500 ＆ x=y"

    yahoo.play(steps)
