"""Tokens, registrations and refusals, against the played application."""

from typing import Any

import pytest

from tui.errors import (
    BadPayload,
    ConfigError,
    ProviderError,
    RateLimited,
    Unauthorised,
    Unavailable,
)
from tui.market.quotes import Delay, DelayKind, Field, QuoteState
from tui.providers.conformance import Answer, Fault
from tui.providers.contracts import Role
from tui.providers.kabu import KabuQuotes
from tui.providers.registry import load

MANY = tuple(f"{code}.T" for code in range(2001, 2100))


def test_it_is_found_by_its_name() -> None:
    assert load(Role.QUOTES, "kabu") is KabuQuotes
    assert KabuQuotes.about.keys == ("kabu",)


def test_a_snapshot_is_real_time_and_complete(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T", "^N225", "JPY=X", "9999.T"))
        batch = await desk.read(stream)
        assert kabu.figures(batch, Field.LAST) == {"7203.T": 2500.5, "^N225": 37531.53}
        assert kabu.figures(batch, Field.BID) == pytest.approx(
            {"7203.T": 2500.0, "^N225": float("nan")}, nan_ok=True
        )
        assert batch.delay == Delay(DelayKind.REALTIME)
        assert batch.session == source.session() == kabu.morning.date()
        assert any("JPY=X" in remark for remark in desk.remarks)
        assert any("9999.T" in remark for remark in desk.remarks)
        assert set(desk.station.registered) == {"7203", "101"}
        await stream.aclose()
        # What is known to be elsewhere is not told again when the stream begins anew.
        told = len([remark for remark in desk.remarks if "JPY=X" in remark])
        stream = source.stream(("7203.T", "^N225", "JPY=X", "EURJPY=X"))
        await desk.read(stream)
        assert len([remark for remark in desk.remarks if "JPY=X" in remark]) == told + 1
        assert desk.remarks[-1].endswith(": EURJPY=X")
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_the_password_goes_to_the_token_alone_and_is_told_nobody(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        sent = [request for request in desk.server.requests if kabu.password in str(request)]
        assert [request.path for request in sent] == ["/kabusapi/token"]
        assert desk.station.tokens == 1
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_no_proxy_of_the_environment_sees_anything(
    kabu: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(desk: Any) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, desk.server.refusing_url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        assert len(desk.server.lines) == 1
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_a_redirect_does_not_carry_the_password_away(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.server.script("/kabusapi/token", Answer.redirect("/elsewhere", 307))
        source = desk.source()
        error = await failed(desk, source)
        assert isinstance(error, BadPayload)
        assert "/elsewhere" not in [request.path for request in desk.server.requests]
        assert kabu.password not in str(error)

    kabu.play(steps)


async def failed(desk: Any, source: KabuQuotes, symbols: tuple[str, ...] = ("7203.T",)) -> Any:
    """What ends a stream."""
    stream = source.stream(symbols)
    try:
        while True:
            await desk.read(stream, 0.5)
    except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
        return error
    finally:
        await stream.aclose()
        await source.close()


def test_without_a_password_nothing_is_asked(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        host = desk.host()
        object.__setattr__(host, "secret", lambda _: None)
        error = await failed(desk, KabuQuotes(host))
        assert isinstance(error, Unauthorised)
        assert "zaraba keys set kabu" in error.remedy
        assert not [each for each in desk.server.requests if each.method != "GET"]

    kabu.play(steps)


def test_a_wrong_password_is_the_users_to_mend(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        host = desk.host()
        object.__setattr__(host, "secret", lambda _: "another")
        error = await failed(desk, KabuQuotes(host))
        assert isinstance(error, Unauthorised)
        assert "another" not in str(error)

    kabu.play(steps)


def test_nobody_logged_in_is_waited_for(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.station.logged_in = False
        source = desk.source()
        stream = source.stream(("7203.T",))
        with pytest.raises(Unavailable, match=r"nobody is logged in.*Log in to kabu STATION"):
            await desk.read(stream)
        desk.station.logged_in = True
        stream = source.stream(("7203.T",))
        assert len(await desk.read(stream)) == 1
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_a_token_that_is_refused_is_replaced_once(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        await stream.aclose()
        desk.station.token = "somebody-else-took-one"  # noqa: S105 - no secret
        stream = source.stream(("7203.T",))
        assert len(await desk.read(stream)) == 1
        assert desk.station.tokens == 2
        await stream.aclose()
        desk.station.troubles["/unregister/all"] = [kabu.refused(4001009, 401)] * 2
        error = await failed(desk, source)
        assert isinstance(error, Unavailable)
        assert "token" in error.what
        assert desk.station.tokens == 3

    kabu.play(steps)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(status=500), Unavailable),
        (Answer(status=503), Unavailable),
        (Answer(status=404), Unavailable),
        (Answer(body=b"<html>", content_type="text/html"), BadPayload),
        (Answer.deep(), BadPayload),
        (Answer.huge(1_000_000), BadPayload),
        (Answer.invalid_utf8(), BadPayload),
        (Answer.of({"Symbol": "6758"}), BadPayload),
        (Answer.of({"Code": 4001001, "Message": "\x1b[31m内部エラー"}, 500), Unavailable),
        (Answer.of({"Code": 4001005, "Message": None}, 403), Unauthorised),
        (Answer.of({}).failing(Fault.RESET), Unavailable),
    ],
)
def test_a_failing_board_ends_the_stream_with_words(
    kabu: Any, answer: Answer, kind: type[ProviderError]
) -> None:
    async def steps(desk: Any) -> None:
        desk.station.troubles["/board/7203@1"] = [answer]
        error = await failed(desk, desk.source())
        assert isinstance(error, kind)
        assert error.what
        assert error.remedy
        assert "\x1b" not in str(error)

    kabu.play(steps)


def test_too_many_calls_are_followed_by_rests_that_grow(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.station.troubles["/board/7203@1"] = [
            kabu.refused(4001006),
            Answer.too_many(),
            Answer.too_many(2),
        ]
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        assert desk.clock.monotonic() >= 1.0 + 2.0 + 4.0
        await stream.aclose()
        desk.station.troubles["/board/7203@1"] = [Answer.too_many()] * 9
        error = await failed(desk, source)
        assert isinstance(error, RateLimited)
        assert error.retry_after
        # Four tries in a row, and not one more.
        assert len(desk.station.troubles["/board/7203@1"]) == 5

    kabu.play(steps)


def test_places_taken_by_another_program_are_taken_anew(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.station.boards |= {name[:4]: kabu.board(name[:4]) for name in MANY}
        source = desk.source()
        stream = source.stream(MANY)
        await desk.read(stream)
        desk.station.registered += [f"x{place}" for place in range(20)]
        await desk.until(stream, lambda batch: "2099.T" in kabu.figures(batch, Field.LAST), 0.2)
        assert any("taken anew" in remark for remark in desk.remarks)
        assert "x1" not in desk.station.registered
        await stream.aclose()
        desk.station.troubles["/register"] = [kabu.refused(4001018)] * 2
        error = await failed(desk, source)
        assert isinstance(error, Unavailable)
        assert "places" in error.what

    kabu.play(steps)


def test_a_name_just_registered_without_figures_is_asked_for_again(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.station.troubles["/board/7203@1"] = [Answer.of({"Symbol": "7203", "Exchange": 1})]
        source = desk.source()
        stream = source.stream(("7203.T",))
        batch = await desk.read(stream)
        assert kabu.figures(batch, Field.LAST) == {"7203.T": 2500.5}
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_the_session_turns_when_orders_begin(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T", "^N225"))
        first = await desk.read(stream)
        assert first.session == kabu.tokyo(12).date()
        assert set(kabu.states(first).values()) == {QuoteState.CLOSED}
        fresh = {"PreviousClose": 2500.5, "PreviousCloseTime": kabu.at(0)}
        book = {"BidTime": kabu.at(8, day=27), "AskTime": kabu.at(8, day=27)}
        gone = dict.fromkeys(("CurrentPriceTime", "TradingVolumeTime", "OpeningPrice"))
        sides = {"BidPrice": 2505.0, "AskPrice": 2505.0, "BidSign": "0107", "AskSign": "0107"}
        desk.station.boards["7203"] = kabu.board(
            last=None, **gone, **fresh, **book, **sides, TradingVolume=None
        )
        after = await desk.until(
            stream, lambda each: Field.INDICATIVE in each.fields and each.epoch == 2, 1.0
        )
        assert after.session == kabu.tokyo(12, day=27).date()
        later = await desk.until(
            stream, lambda each: kabu.figures(each, Field.INDICATIVE).get("7203.T") == 2505.0, 0.2
        )
        assert kabu.figures(later, Field.BASE)["7203.T"] == 2500.5
        assert kabu.states(later)["7203.T"] == QuoteState.PRE_OPEN
        assert source.session() == after.session
        await stream.aclose()
        await source.close()

    kabu.play(steps, kabu.tokyo(7, 59, 30, day=27))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("calls", 11), ("calls", 0), ("calls", True), ("calls", "8"), ("poll", 0.5),
        ("poll", float("nan")), ("poll_closed", 1e9), ("base_url", "localhost"), ("timeout", 0),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(kabu: Any, key: str, value: object) -> None:
    async def steps(desk: Any) -> None:
        with pytest.raises(ConfigError, match=key):
            desk.source(**{key: value})

    kabu.play(steps)


def test_several_calls_whose_token_is_refused_fetch_one_anew(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T", "285A.T", "6758.T"))
        desk.station.troubles |= {
            f"/board/{code}@1": [kabu.refused(4001009, 401)] for code in ("7203", "285A", "6758")
        }
        batch = await desk.until(stream, lambda each: len(each) == 3)
        assert set(kabu.figures(batch, Field.LAST)) == {"7203.T", "285A.T", "6758.T"}
        assert desk.station.tokens <= 4
        assert {status for _, _, status in desk.station.calls[-2:]} == {200}
        await stream.aclose()
        await source.close()

    kabu.play(steps)
