"""Bare catalysts are filled in on their way, off the loop, whatever comes of it."""

import asyncio
import random
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from tui.errors import Unavailable
from tui.feed.backoff import Backoff, Pauses
from tui.feed.enriched import Enriched
from tui.feed.health import FeedState
from tui.feed.ledger import Ledger
from tui.feed.outbox import NewsBox
from tui.feed.streams import NewsSupervisor
from tui.feed.supervisor import Surroundings
from tui.market.catalysts import Catalyst
from tui.providers.contracts import Role

BARE = Catalyst(key="1", headline="Toyota lifts outlook")
WHOLE = Catalyst(key="2", headline="x", symbols=("7203.T",), kind="deal")


def fill(catalyst: Catalyst) -> Catalyst:
    return replace(catalyst, kind="guidance", symbols=catalyst.symbols or ("7203.T",))


def through(
    *items: Any, enrich: Callable[[Catalyst], Catalyst] = fill
) -> tuple[list[Any], list[str]]:
    erred: list[str] = []

    async def source() -> AsyncIterator[Sequence[Catalyst]]:
        for item in items:
            yield item

    async def main() -> list[Any]:
        return [item async for item in Enriched(source(), enrich, erred.append)]

    return asyncio.run(main()), erred


def test_what_is_bare_is_filled_in_and_what_is_whole_is_left() -> None:
    taken = replace(BARE, withdrawn=True)
    ((one, two, three),), erred = through([BARE, WHOLE, taken])
    assert (one.symbols, one.kind) == (("7203.T",), "guidance")
    assert two is WHOLE
    assert three is taken
    assert erred == []


def test_it_is_done_off_the_loop_and_only_where_something_is_bare() -> None:
    threads: list[threading.Thread] = []

    def spy(catalyst: Catalyst) -> Catalyst:
        threads.append(threading.current_thread())
        return catalyst

    through([WHOLE], enrich=spy)
    assert threads == []
    through([BARE], enrich=spy)
    assert threads
    assert threads[0] is not threading.main_thread()


def test_what_is_no_delivery_goes_through_to_be_refused() -> None:
    items, erred = through(None, [5], "x")
    assert items == [None, [5], "x"]
    assert erred == []


def test_where_filling_in_fails_the_headline_stays() -> None:
    def broken(_: Catalyst) -> Catalyst:
        raise Unavailable("no tables")

    items, erred = through([BARE], enrich=broken)
    assert items == [[BARE]]
    assert len(erred) == 1
    assert "no tables" in erred[0]


def test_the_supervisor_fills_in_what_any_source_leaves_bare(
    clock: Any, around: Surroundings, sources: SimpleNamespace
) -> None:
    async def main() -> None:
        arrived = asyncio.Event()
        box = NewsBox(wake=arrived.set)
        ledger = Ledger("good", Role.NEWS, clock, lambda: None)
        supervisor = NewsSupervisor(
            sources.News,
            {},
            ledger=ledger,
            backoff=Backoff(Pauses(), random.Random(7)),
            around=around,
            newsbox=box,
            enrich=fill,
        )
        task = asyncio.ensure_future(supervisor.run())
        async with asyncio.timeout(30.0):
            await arrived.wait()
        assert [(each.key, each.symbols) for each in box.drain()] == [("0", ("7203.T",))]
        assert ledger.health.state is FeedState.LIVE
        task.cancel()
        await clock.turn(10.0)

    asyncio.run(main())
