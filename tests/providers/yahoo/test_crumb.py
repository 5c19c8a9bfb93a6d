"""The way to batched quotes: cookie, consent, crumb; and the way round it."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest

from tui.errors import RateLimited, Unavailable
from tui.market.quotes import Delay, DelayKind, Field, QuoteState
from tui.providers.conformance import Answer, Fault, Request, check_quotes
from tui.providers.yahoo import YahooQuotes

CHART = "/v8/finance/chart/7203.T"
FORM = b"""<html><form method="post"><input type="hidden" name="csrfToken" value="t0k-En">
<input type='hidden' name="sessionId" value="3_cc-session_1">
<input name="originalDoneUrl" value="https://finance.yahoo.com/?guccounter=1">
<button name="agree" value="agree">Yes</button></form></html>"""


def consent_page() -> Answer:
    return Answer(body=FORM, content_type="text/html")


async def snapshot(desk: Any) -> Any:
    source = YahooQuotes(desk.host())
    stream = source.stream(("7203.T",))
    (batch,) = await desk.read(stream)
    await stream.aclose()
    await source.close()
    return batch


def test_the_cookie_and_its_crumb_go_with_every_question(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.quoted(yahoo.row("7203.T")))
        await snapshot(desk)
        assert desk.paths() == ["/", yahoo.crumb, yahoo.quote]
        _, crumb, quote = desk.server.requests
        assert "A3=d=AQABBB&S=xyz" in crumb.headers["cookie"]
        assert quote.params["crumb"] == "Ab1.cD/2eF"
        assert "regularMarketPrice" in quote.params["fields"]
        assert quote.headers["user-agent"].startswith("Mozilla/5.0 (compatible; zaraba")

    yahoo.play(steps)


def test_a_crumb_outlives_a_stream(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.quoted(yahoo.row("7203.T")))
        source = YahooQuotes(desk.host())
        for _ in range(2):
            stream = source.stream(("7203.T",))
            await desk.read(stream)
            await stream.aclose()
        await source.close()
        assert desk.paths().count(yahoo.crumb) == 1

    yahoo.play(steps)


def test_a_refused_crumb_is_renewed_once(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        crumbs = (Answer(body=b"old", content_type="text/plain"), Answer(body=b"new"))
        desk.server.script(yahoo.crumb, *crumbs)
        desk.server.script(
            yahoo.quote,
            lambda request: (
                yahoo.quoted(yahoo.row("7203.T"))
                if request.params["crumb"] == "new"
                else yahoo.unauthorised
            ),
        )
        batch = await snapshot(desk)
        assert yahoo.figures(batch, Field.LAST) == {"7203.T": 2500.5}
        assert desk.paths() == ["/", yahoo.crumb, yahoo.quote] * 2
        assert desk.remarks == []

    yahoo.play(steps)


def test_a_crumb_refused_twice_gives_way_to_charts(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.unauthorised)
        desk.server.script(CHART, yahoo.chart(yahoo.meta("7203.T"), yahoo.intraday))
        batch = await snapshot(desk)
        check_quotes(batch)
        told = {field: yahoo.figures(batch, field)["7203.T"] for field in batch.fields}
        assert told[Field.LAST] == 2505.0
        assert told[Field.BASE] == told[Field.PREVIOUS_CLOSE] == 2480.0
        assert (told[Field.OPEN], told[Field.HIGH], told[Field.LOW]) == (2490.0, 2510.0, 2481.5)
        assert told[Field.VOLUME] == 5000.0
        assert np.isnan([told[Field.BID], told[Field.ASK]]).all()
        assert batch.delay == Delay(DelayKind.DELAYED, 20)
        assert batch.state is not None
        assert batch.state.tolist() == [QuoteState.TRADING]
        assert desk.paths().count(yahoo.quote) == 2
        assert desk.remarks == ["the crumb was refused (401); charts stand in for batched quotes"]

    yahoo.play(steps)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b""),
        Answer(status=401, body=b"no"),
        Answer(body=b"<html><body>Sorry</body></html>", content_type="text/html"),
        Answer(body=b"two words"),
        Answer(body=b"x" * 1000),
        Answer(body=b"\xff\xfe\x00"),
    ],
)
def test_what_is_no_crumb_gives_way_to_charts(yahoo: Any, answer: Answer) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.crumb, answer)
        desk.server.script(CHART, yahoo.chart(yahoo.meta("7203.T"), yahoo.intraday))
        batch = await snapshot(desk)
        assert yahoo.figures(batch, Field.LAST) == {"7203.T": 2505.0}
        assert yahoo.quote not in desk.paths()

    yahoo.play(steps)


def test_after_a_while_the_crumb_is_tried_again(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        refused = [yahoo.unauthorised] * 2
        served = yahoo.row("7203.T", 2510.0, regularMarketTime=yahoo.stamp(13, 50))
        desk.server.script(yahoo.quote, *refused, yahoo.quoted(served))
        old = yahoo.meta("7203.T", regularMarketTime=yahoo.stamp(13, 40))
        desk.server.script(CHART, yahoo.chart(old, []))
        source = YahooQuotes(desk.host())
        stream = source.stream(("7203.T",))
        first, second = await desk.read(stream, 2)
        assert yahoo.figures(first, Field.LAST) == {"7203.T": 2505.0}
        assert yahoo.figures(second, Field.LAST) == {"7203.T": 2510.0}
        assert desk.clock.monotonic() == pytest.approx(600.0)
        assert desk.paths().count(CHART) == 10
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_a_long_list_of_charts_is_told_as_it_comes(yahoo: Any) -> None:
    symbols = [f"{7000 + at}.T" for at in range(45)]

    def chart(request: Request) -> Answer:
        symbol = request.path.rpartition("/")[2]
        if symbol == "7003.T":
            missing: Answer = yahoo.no_chart()
            return missing
        found: Answer = yahoo.chart(yahoo.meta(symbol), [])
        return found

    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.unauthorised)
        desk.server.script("/v8/finance/chart/*", chart)
        source = YahooQuotes(desk.host())
        stream = source.stream(symbols)
        batches = await desk.read(stream, 3)
        assert [len(each) for each in batches] == [19, 20, 5]
        assert "unknown to Yahoo: 7003.T" in desk.remarks
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_a_stream_that_is_ended_among_its_charts_leaves_nothing(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.unauthorised)
        desk.server.script("/v8/finance/chart/*", yahoo.chart(yahoo.meta("x"), []))
        source = YahooQuotes(desk.host())
        stream = source.stream([f"{7000 + at}.T" for at in range(45)])
        before = asyncio.all_tasks()
        await desk.read(stream)
        await stream.aclose()
        asked = len(desk.server.requests)
        await desk.clock.settle()
        assert asyncio.all_tasks() <= before
        assert len(desk.server.requests) == asked
        await source.close()

    yahoo.play(steps)


def test_too_many_questions_for_a_crumb_are_told_as_such(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        for answer in (Answer(status=429), Answer(body=b"Too Many Requests\r\n")):
            desk.greet()
            desk.server.script(yahoo.crumb, answer)
            count = len(desk.server.requests)
            source = YahooQuotes(desk.host())
            for _ in range(3):
                with pytest.raises(RateLimited) as told:
                    await desk.read(source.stream(("7203.T",)))
                assert told.value.retry_after == pytest.approx(60.0)
            assert len(desk.server.requests) == count + 2
            await source.close()

    yahoo.play(steps)


@pytest.mark.parametrize("where", ["/", "/v1/test/getcrumb", "/consent"])
def test_the_consent_form_is_answered_wherever_it_comes_once_the_user_agrees(
    yahoo: Any, where: str
) -> None:
    crumb = Answer(body=b"crumb", content_type="text/plain")
    agreed: dict[str, list[str]] = {}

    async def steps(desk: Any) -> None:
        def collect(request: Request) -> Answer:
            assert request.params == {"sessionId": "3_cc-session_1"}
            agreed.update(parse_qs(request.body.decode()))
            return Answer.redirect("/copied")

        asks = Answer.redirect("/somewhere/consent-page", 307)
        desk.server.script("/", asks if where == "/" else Answer(status=404))
        desk.server.script("/somewhere/consent-page", consent_page())
        first = asks if where == yahoo.crumb else Answer(status=401)
        desk.server.script(yahoo.crumb, *([] if where == "/" else [first]), crumb)
        desk.server.script("/consent", asks)
        desk.server.script("/v2/collectConsent", collect)
        desk.server.script("/copied", Answer(body=b"<html>"))
        desk.server.script("/copyConsent", Answer(headers={"Set-Cookie": "A1=yes; Path=/"}))
        desk.server.script(yahoo.quote, yahoo.quoted(yahoo.row("7203.T")))
        batch = await snapshot(desk)
        assert yahoo.figures(batch, Field.LAST) == {"7203.T": 2500.5}
        assert desk.remarks == [
            "Yahoo's consent form was answered with yes; consent = false declines"
        ]
        assert "A1=yes" in desk.server.requests[-1].headers["cookie"]

    yahoo.play(steps, consent=True)
    assert agreed == {
        "agree": ["agree"],
        "csrfToken": ["t0k-En"],
        "sessionId": ["3_cc-session_1"],
        "originalDoneUrl": ["https://finance.yahoo.com/?guccounter=1"],
        "namespace": ["yahoo"],
    }


def test_consent_that_is_not_given_is_not_sent(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.server.script("/", consent_page())
        desk.server.script(CHART, yahoo.chart(yahoo.meta("7203.T"), yahoo.intraday))
        batch = await snapshot(desk)
        assert yahoo.figures(batch, Field.LAST) == {"7203.T": 2505.0}
        assert desk.paths() == ["/", CHART]
        assert "consent = true" in desk.remarks[0]

    yahoo.play(steps)


@pytest.mark.parametrize("value", ["../../evil?x=", "a b", "", "x" * 1000, "a&b=c"])
def test_a_form_with_a_strange_session_is_not_answered(yahoo: Any, value: str) -> None:
    async def steps(desk: Any) -> None:
        page = FORM.replace(b"3_cc-session_1", value.encode())
        desk.server.script("/", Answer(body=page, content_type="text/html"))
        desk.server.script(CHART, yahoo.chart(yahoo.meta("7203.T"), yahoo.intraday))
        await snapshot(desk)
        assert "/v2/collectConsent" not in desk.paths()

    yahoo.play(steps)


def test_a_cookie_site_that_is_blocked_is_gone_round(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script("/", Answer().failing(Fault.RESET))
        desk.server.script(yahoo.quote, yahoo.quoted(yahoo.row("7203.T")))
        batch = await snapshot(desk)
        assert yahoo.figures(batch, Field.LAST) == {"7203.T": 2500.5}

    yahoo.play(steps)


def test_being_turned_away_from_charts_too_is_no_question_of_a_key(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, Answer(status=403))
        desk.server.script(CHART, Answer(status=403))
        source = YahooQuotes(desk.host())
        with pytest.raises(Unavailable, match="refused"):
            await desk.read(source.stream(("7203.T",)))
        await source.close()

    yahoo.play(steps)
