"""More names than places: the pace of the calls, turns, and the first round."""

from dataclasses import replace
from typing import Any

from tui.market.instruments import Instrument
from tui.market.quotes import Field
from tui.providers.conformance import FewInstruments
from tui.providers.kabu import KabuQuotes
from tui.providers.kabu.poller import pushed

MANY = tuple(f"{code}.T" for code in range(2001, 2100))


def test_calls_stay_within_the_limit_of_a_second(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        times: list[float] = []
        answer = desk.station.answer

        def timed(request: Any) -> Any:
            times.append(desk.clock.monotonic())
            return answer(request)

        desk.server.script("/kabusapi/*", timed)
        desk.station.boards |= {name[:4]: kabu.board(name[:4]) for name in MANY}
        source = desk.source(calls=5)
        stream = source.stream(MANY[:30])
        await desk.until(stream, lambda batch: "2030.T" in kabu.figures(batch, Field.LAST))
        assert len(times) > 30
        # What is told on arrival lags a little behind what was spent.
        for start in times:
            assert sum(start <= each < start + 0.5 for each in times) <= 5
        assert times[-1] >= (len(times) - 6) / 5
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_who_gets_the_push() -> None:
    assert pushed(["7203.T", "^N225", "6758.T"]) == ["^N225", "7203.T", "6758.T"]
    assert len(pushed(MANY[:50])) == 50
    assert pushed([*MANY, "^TOPX"]) == ["^TOPX", *MANY[:39]]


def test_more_names_than_places_take_turns(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.station.boards |= {name[:4]: kabu.board(name[:4]) for name in MANY}
        source = desk.source(poll=60)
        stream = source.stream((*MANY, "^N225"))
        seen: set[str] = set()
        while len(seen) < 100:
            seen |= set(kabu.figures(await desk.read(stream, 0.2), Field.LAST))
        # News of a name that takes turns comes with its next turn.
        new = kabu.board("2099", 2600.0, CurrentPriceTime=kabu.at(10, 1))
        desk.station.boards["2099"] = new
        await desk.until(
            stream, lambda batch: kabu.figures(batch, Field.LAST).get("2099.T") == 2600.0, 0.2
        )
        assert desk.station.most <= 50
        assert "101" in desk.station.registered
        assert {name[:4] for name in MANY[:39]} <= set(desk.station.registered)
        assert {status for _, _, status in desk.station.calls} == {200}
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_a_name_that_cannot_be_registered_does_not_spoil_the_others(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.station.boards |= {name[:4]: kabu.board(name[:4]) for name in MANY[:20]}
        source = desk.source()
        wanted = (*MANY[:7], "9998.T", *MANY[7:20])
        stream = source.stream(wanted)
        batch = await desk.until(stream, lambda found: "2020.T" in kabu.figures(found, Field.LAST))
        assert batch.symbols == wanted
        assert set(desk.station.registered) == {name[:4] for name in MANY[:20]}
        assert desk.remarks == ["unknown to kabu STATION: 9998.T"]
        # Once known, it is not asked for again.
        assert desk.station.asked("/board/9998@1") == 0
        await stream.aclose()
        await source.close()

    kabu.play(steps)


class Listed(FewInstruments):
    """Reference tables that know the size of every name: the last ones are the largest."""

    def get(self, symbol: str) -> Instrument | None:
        size = "TOPIX Core30" if symbol > "2089.T" else "TOPIX Mid400"
        return Instrument(symbol=symbol, name=symbol, name_ja=symbol, size_class=size)


def test_the_first_round_takes_few_calls_and_tells_how_far_it_is(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.station.boards |= {name[:4]: kabu.board(name[:4]) for name in MANY}
        source = KabuQuotes(replace(desk.host(), instruments=Listed()))
        stream = source.stream(MANY)
        told: list[Any] = []
        seen: dict[str, None] = {}
        while len(seen) < len(MANY):
            batch = await desk.read(stream)
            seen |= dict.fromkeys(kabu.figures(batch, Field.LAST))
            told.append(source.snapshot_progress())
        # 99 boards, two calls to begin, and one to free the places of every ten beyond forty.
        assert len(desk.station.calls) <= 99 + 2 + 6
        assert told[0] == (10, 99)
        assert told == [*sorted(told[:-1]), None]
        assert set(list(seen)[:10]) == {name for name in MANY if name > "2089.T"}
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_what_the_push_has_told_is_not_asked_for_at_first(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.push(kabu.saying(kabu.board("7203", 2501.0)))
        source = desk.source(calls=1)
        stream = source.stream(("6758.T", "7203.T"))
        batch = await desk.until(
            stream, lambda each: kabu.figures(each, Field.LAST).get("7203.T") == 2501.0
        )
        assert batch
        while source.snapshot_progress() is not None:
            await desk.read(stream)
        assert desk.station.asked("/board/7203@1") == 0
        assert desk.station.asked("/board/6758@1") == 1
        await stream.aclose()
        await source.close()

    kabu.play(steps)
