"""The search asks the source chosen for it, and what is taken from it stays known."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tui.present.finding import Finder
from tui.providers.conformance import Answer
from tui.providers.conformance.loopback import LoopbackServer
from tui.watchlists.found import read_found

Stage = Callable[..., None]
SEARCH = "/v1/finance/search"
APPLE = {
    "symbol": "AAPL", "quoteType": "EQUITY", "index": "quotes", "score": 1.0,
    "shortname": "Apple", "longname": "Apple\x1b[31m [red]Inc.[/]", "exchange": "NMS",
    "isYahooFinance": True,
}  # fmt: skip


def serve(play: Any, server: LoopbackServer) -> None:
    """Have the search of the program ask a service of ours."""
    monitor = play.monitor
    monitor.choose_source("search", "yahoo")
    settings = {"yahoo": {"base_url": server.url}}

    def config() -> Any:
        return msgspec.structs.replace(monitor.config, providers=settings)

    path = monitor.home.found_file if monitor.home is not None else None
    monitor.__dict__["finder"] = Finder(monitor.market.universe, monitor.feed, config, path)


async def typed(play: Any, text: str) -> None:
    await play.press("a", "ctrl+a", "ctrl+k")
    await play.write(text)


def test_a_name_that_no_table_has_is_asked_for_and_known_from_then_on(
    stage: Stage, tmp_path: Path
) -> None:
    async def check(play: Any) -> None:
        async with LoopbackServer() as server:
            server.script(SEARCH, Answer.of({"quotes": [APPLE]}))
            serve(play, server)
            await typed(play, "apple")
            await play.until(lambda: "Yahoo Finance" in play.text, "the answer")
            assert "AAPL  Apple [red]Inc.[/]  NMS · Yahoo Finance" in play.text
            assert "asking" not in play.text
            assert len(server.requests) == 1, "asked once it has stood for a moment"
            await play.press("up", "enter")
            assert play.monitor.lists.symbols("Mine") == ("AAPL",)
            assert play.monitor.market.universe.search("apple")[0].symbol == "AAPL"
            play.monitor.finder.close()

    stage(check)
    (kept,) = read_found(tmp_path / "instruments.json")
    assert (kept.symbol, kept.name, kept.currency) == ("AAPL", "Apple [red]Inc.[/]", "USD")


def test_what_the_tables_have_stays_where_the_source_fails(stage: Stage) -> None:
    async def check(play: Any) -> None:
        async with LoopbackServer() as server:
            server.script(SEARCH, Answer(status=500))
            serve(play, server)
            await typed(play, "toyota")
            await play.until(lambda: "server error" in play.text, "what went wrong")
            assert "7203" in play.text
            assert "asking" not in play.text
            await play.press("enter")
            assert play.monitor.lists.symbols("Mine") == ("7203.T",)
            play.monitor.finder.close()

    stage(check)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "asking yahoo…"), ("ja", "yahoo に照会中…")]
)
def test_until_the_source_has_answered_it_is_said_that_it_is_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setattr("tui.screens.search._PAUSE", 3_600.0)

    async def check(play: Any) -> None:
        play.monitor.choose_source("search", "yahoo")
        await typed(play, "toyota")
        assert words in play.text
        await play.write("x" * 3)
        assert play.text.count(words) == 1
        await play.press("ctrl+u", "z")
        assert words not in play.text, "a single character is no question"

    stage(check, config=f'language = "{language}"\n')
