import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pytest

from tui.errors import BadPayload, ConfigError, NotSupported, RateLimited, Unauthorised
from tui.providers.conformance import Answer, LoopbackServer, ManualClock
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import Host, Provider
from tui.providers.jquants import JQuantsCalendar, JQuantsHistory, JQuantsSearch
from tui.providers.jquants.service import code_of, symbol_of

T = TypeVar("T")
P = TypeVar("P", bound=Provider)
Script = Callable[[LoopbackServer], None]

MAY = (date(2025, 5, 19), date(2025, 5, 26))


def play(
    make: Callable[[Host], P],
    ask: Callable[[P, LoopbackServer, ManualClock], Awaitable[T]],
    script: Script,
    key: str | None,
    **settings: object,
) -> tuple[T, list[str]]:
    async def run() -> tuple[T, list[str]]:
        clock, remarks = ManualClock(), list[str]()
        async with LoopbackServer() as server:
            script(server)
            source = make(
                Host(
                    clock=clock,
                    instruments=FewInstruments(()),
                    settings={"base_url": server.url, **settings},
                    secret=lambda _: key,
                    remark=remarks.append,
                )
            )
            try:
                return await ask(source, server, clock), remarks
            finally:
                await source.close()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("code", "symbol"),
    [
        ("86970", "8697.T"),
        ("8697", "8697.T"),
        ("285A0", "285A.T"),
        ("25935", "25935.T"),
        ("", None),
        ("TOYOTA", None),
        ("7203\n", None),
    ],
)
def test_a_code_of_five_characters_is_the_programs_symbol(code: str, symbol: str | None) -> None:
    assert symbol_of(code) == symbol


def test_what_is_not_of_tokyo_is_not_supported() -> None:
    assert code_of("285A.T") == "285A"
    with pytest.raises(NotSupported):
        code_of("SONY")


def test_bars_are_unadjusted_and_come_page_after_page(scripted: Script, key: str) -> None:
    async def ask(source: JQuantsHistory, server: LoopbackServer, _: ManualClock) -> None:
        bars = await source.daily("7203.T", *MAY)
        assert bars.close.tolist() == [2605.0] * 6
        assert bars.volume.tolist() == [1000.0 * day for day in (19, 20, 21, 22, 23, 26)]
        assert [request.query.split("pagination_key=")[1:] for request in server.requests] == [
            [],
            ["3"],
        ]

    play(JQuantsHistory, ask, scripted, key)


def test_the_topix_has_no_volume(scripted: Script, key: str) -> None:
    async def ask(source: JQuantsHistory, _: LoopbackServer, __: ManualClock) -> None:
        bars = await source.daily("^TOPX", *MAY)
        assert bars.close.tolist() == [2735.52, 2751.91]
        assert np.isnan(bars.volume).all()

    play(JQuantsHistory, ask, scripted, key)


def test_pages_without_end_are_given_up(key: str) -> None:
    def script(server: LoopbackServer) -> None:
        server.script("/equities/bars/daily", Answer.of({"data": [], "pagination_key": "x"}))

    async def ask(source: JQuantsHistory, server: LoopbackServer, _: ManualClock) -> None:
        with pytest.raises(BadPayload, match="no end"):
            await source.daily("7203.T", *MAY)
        assert len(server.requests) == 2

    play(JQuantsHistory, ask, script, key)


def test_minutes_need_the_add_on(scripted: Script, key: str) -> None:
    async def ask(source: JQuantsHistory, server: LoopbackServer, _: ManualClock) -> None:
        assert await source.minutes(["7203.T"], MAY[1]) is None
        assert server.requests == []

    play(JQuantsHistory, ask, scripted, key)


def test_minutes_are_cumulative_and_in_utc(scripted: Script, key: str) -> None:
    async def ask(source: JQuantsHistory, _: LoopbackServer, __: ManualClock) -> Any:
        return await source.minutes(["^N225", "7203.T"], MAY[1])

    batch, _ = play(JQuantsHistory, ask, scripted, key, minutes=True)
    assert batch.rows.tolist() == [1]
    assert [str(at) for at in batch.minutes] == [
        "2025-05-26T00:00",
        "2025-05-26T00:01",
        "2025-05-26T03:30",
    ]
    assert batch.volume.tolist() == [[100.0, 200.0, 300.0]]
    assert batch.last.tolist() == [[2600.0, 2601.0, 2605.0]]


def test_without_a_key_nothing_is_sent(scripted: Script) -> None:
    async def ask(source: JQuantsHistory, server: LoopbackServer, _: ManualClock) -> None:
        with pytest.raises(Unauthorised, match="zaraba keys set jquants"):
            await source.daily("7203.T", *MAY)
        assert server.requests == []

    play(JQuantsHistory, ask, scripted, None)


def test_a_wrong_key_is_told_and_not_repeated(scripted: Script) -> None:
    async def ask(source: JQuantsHistory, _: LoopbackServer, __: ManualClock) -> None:
        with pytest.raises(Unauthorised) as refused:
            await source.daily("7203.T", *MAY)
        assert "falsch-0815" not in str(refused.value)

    play(JQuantsHistory, ask, scripted, "falsch-0815")


def test_a_plan_that_lacks_an_endpoint_is_named(jquants: Any, scripted: Script, key: str) -> None:
    jquants.forbidden.add("/indices/bars/daily/topix")

    async def ask(source: JQuantsHistory, _: LoopbackServer, __: ManualClock) -> None:
        await source.daily("7203.T", *MAY)
        with pytest.raises(NotSupported, match="“light” does not offer /indices/bars/daily/topix"):
            await source.daily("^TOPX", *MAY)

    play(JQuantsHistory, ask, scripted, key, plan="light")


def test_the_calls_of_a_minute_are_kept_to_the_plan(scripted: Script, key: str) -> None:
    async def ask(source: JQuantsHistory, server: LoopbackServer, clock: ManualClock) -> None:
        async def three() -> None:
            for _ in range(3):
                await source.daily("7203.T", *MAY)

        await clock.until(three(), limit=600.0)
        assert len(server.requests) == 6
        assert clock.monotonic() >= 60.0

    play(JQuantsHistory, ask, scripted, key, plan="free")


def test_after_too_many_calls_it_rests_for_five_minutes_and_then_goes_on(
    jquants: Any, key: str
) -> None:
    def script(server: LoopbackServer) -> None:
        server.script(
            "/equities/bars/daily",
            Answer.of({"message": "Too Many Requests"}, status=429),
            jquants.answer,
        )

    async def ask(source: JQuantsHistory, server: LoopbackServer, clock: ManualClock) -> None:
        with pytest.raises(RateLimited) as refused:
            await source.daily("7203.T", *MAY)
        assert refused.value.retry_after == pytest.approx(300.0)
        await clock.advance(200.0)
        with pytest.raises(RateLimited) as refused:
            await source.daily("7203.T", *MAY)
        assert refused.value.retry_after == pytest.approx(100.0)
        assert len(server.requests) == 1
        await clock.advance(100.0)
        assert len((await source.daily("7203.T", *MAY)).dates) == 6

    play(JQuantsHistory, ask, script, key, plan="premium")


def test_results_are_dated_events_of_plain_text(scripted: Script, key: str) -> None:
    async def ask(source: JQuantsCalendar, _: LoopbackServer, __: ManualClock) -> Any:
        return await source.events(date(2025, 5, 26), date(2025, 5, 30))

    events, remarks = play(JQuantsCalendar, ask, scripted, key)
    assert [(event.symbols, event.title) for event in events] == [
        (("7203.T",), "Results: トヨタ自動車 (第１四半期)"),
        (("9999.T",), "Results: 未知工業"),
    ]
    assert any("left out" in remark for remark in remarks)


def test_an_issue_newer_than_the_shipped_list_is_found(scripted: Script, key: str) -> None:
    async def ask(source: JQuantsSearch, server: LoopbackServer, _: ManualClock) -> Any:
        found = [await source.search(query, 5) for query in ("999A", "ﾄﾖﾀ", "上場工業")]
        assert len(server.requests) == 1
        return found

    (new, toyota, part), _ = play(JQuantsSearch, ask, scripted, key)
    assert [each.symbol for each in new] == ["999A.T"]
    assert (new[0].segment, new[0].sector33, new[0].size_class) == ("Growth", "機械", "")
    assert [each.symbol for each in toyota] == ["7203.T"]
    assert [each.symbol for each in part] == ["999A.T"]


@pytest.mark.parametrize("settings", [{"plan": "gold"}, {"plan": 5}, {"minutes": "yes"}])
def test_a_setting_that_cannot_be_used_is_refused(settings: dict[str, object]) -> None:
    host = Host(clock=ManualClock(), instruments=FewInstruments(()), settings=settings)
    with pytest.raises(ConfigError, match=next(iter(settings))):
        JQuantsHistory(host)
