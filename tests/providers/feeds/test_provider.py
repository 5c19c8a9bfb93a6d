"""Feeds on a real server: politeness, health, and one that fails beside others."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tui.errors import ConfigError, ProviderError
from tui.providers.conformance import Answer, Fault, FewInstruments, ManualClock, check_catalyst
from tui.providers.conformance.loopback import Request
from tui.providers.contracts import Host
from tui.providers.feeds import FeedsProvider
from tui.providers.feeds import visit as visit_module
from tui.providers.feeds.reader import MOST_BYTES, parse_feed

Play = Callable[..., None]
Rss = Callable[..., bytes]


def test_a_feed_that_has_not_changed_is_asked_so_and_says_nothing(
    play: Play, read: Any, nhk: bytes
) -> None:
    def answer(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"v1"':
            assert request.headers["if-modified-since"] == "Sun, 19 Jul 2026 03:00:00 GMT"
            return Answer(status=304)
        return Answer(body=nhk).with_headers(
            ETag='"v1"', Last_Modified="Sun, 19 Jul 2026 03:00:00 GMT"
        )

    async def script(at: Any) -> None:
        stream = at.source.stream()
        (first,) = await read(at.clock, stream)
        check_catalyst(first)
        assert (first.key[:4], first.source) == ("nhk/", "nhk")
        with pytest.raises(TimeoutError):
            await read(at.clock, stream, 2500.0)
        assert len(at.server.requests) == 3  # every 20 minutes, as its ttl asks
        assert "zaraba/" in at.server.requests[0].headers["user-agent"]
        assert at.remarks == []

    play(script, {"nhk": answer})


def test_what_is_new_or_changed_comes_and_a_second_stream_begins_with_all(
    play: Play, read: Any, rss: Rss
) -> None:
    one, two = "<title>One</title><guid>1</guid>", "<title>Two</title><guid>2</guid>"
    other = "<title>One, corrected</title><guid>1</guid>"

    async def script(at: Any) -> None:
        stream = at.source.stream()
        seen = [[each.headline for each in await read(at.clock, stream)] for _ in range(3)]
        assert seen == [["One"], ["Two"], ["One, corrected"]]
        await stream.aclose()
        asked = len(at.server.requests)
        again = at.source.stream()
        assert {each.headline for each in await read(at.clock, again)} == {"Two", "One, corrected"}
        assert len(at.server.requests) == asked
        await again.aclose()
        assert at.remarks == []

    play(script, {"a": (rss(one), rss(two, one), rss(two, one), rss(two, other))})


def test_one_failing_feed_is_told_of_by_name_once_and_the_others_go_on(
    play: Play, read: Any, rss: Rss
) -> None:
    async def script(at: Any) -> None:
        stream = at.source.stream()
        assert [each.headline for each in await read(at.clock, stream)] == ["Good"]
        with pytest.raises(TimeoutError):
            await read(at.clock, stream, 1900.0)
        told = [remark for remark in at.remarks if remark.startswith("bad:")]
        assert len(told) == 1, at.remarks
        assert "server error (500)" in told[0]
        bad = [each for each in at.server.requests if each.path == "/bad"]
        assert 4 <= len(bad) <= 8  # 60, 120, 240, 480 seconds, then its own interval

    play(script, {"bad": Answer(status=500), "good": rss("<title>Good</title>")})


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(status=404), "does not have what was asked"),
        (Answer(status=403), "refused the request"),
        (Answer(body=b"<html>Sign in</html>"), "web page"),
        (Answer(body=b""), "is empty"),
        (Answer.bomb(64 << 20), "more than"),
        (Answer(body=b"x" * (MOST_BYTES + 1)), "more than"),
        (Answer.redirect("ftp://127.0.0.1/"), "redirected"),
        (Answer(body=b"<rss/>").failing(Fault.RESET), "cut by the other side"),
        (Answer(body=b"<rss/>" * 99).failing(Fault.TRUNCATE), "ended before the answer did"),
        (Answer(body=b"<rss/>").failing(Fault.STALL_BEFORE), "answer within"),
        (Answer.deep(), "neither XML nor JSON"),
        (
            Answer(body=b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss>&a;</rss>"),
            "DTD",
        ),
    ],
)
def test_a_source_of_one_feed_that_fails_says_how(
    play: Play, read: Any, answer: Answer, told: str
) -> None:
    async def script(at: Any) -> None:
        with pytest.raises(ProviderError, match=told) as caught:
            await read(at.clock, at.source.stream())
        assert caught.value.remedy
        asked = len(at.server.requests)
        with pytest.raises(ProviderError, match=told):
            await read(at.clock, at.source.stream(), 10.0)
        assert len(at.server.requests) == asked  # started again, it waits for its turn

    play(script, {"a": answer}, {"timeout": 0.5 if answer.fault is Fault.STALL_BEFORE else 20.0})


def test_a_feed_comes_back_by_itself(play: Play, read: Any, rss: Rss) -> None:
    async def script(at: Any) -> None:
        with pytest.raises(ProviderError):
            await read(at.clock, at.source.stream())
        await at.clock.advance(61.0)
        (back,) = await read(at.clock, at.source.stream())
        assert back.headline == "Back"

    play(script, {"a": (Answer(status=503), rss("<title>Back</title>"))})


def test_too_many_calls_are_waited_out(play: Play, read: Any, rss: Rss) -> None:
    async def script(at: Any) -> None:
        stream = at.source.stream()
        began = at.clock.monotonic()
        assert len(await read(at.clock, stream)) == 1
        (later,) = await read(at.clock, stream, 5000.0)
        assert later.headline == "Later"
        assert at.clock.monotonic() - began >= 1800.0

    # The second feed is read first, so that the stream lives.
    play(
        script,
        {"a": (Answer.too_many(1800), rss("<title>Later</title>")), "b": rss("<title>B</title>")},
        {"interval": 3600},
    )


def test_the_same_story_in_ten_feeds_has_ten_keys_that_stay(
    play: Play, read: Any, rss: Rss
) -> None:
    body = rss("<title>Tariffs lifted</title><guid>story-1</guid>")

    async def script(at: Any) -> None:
        stream = at.source.stream()
        found = [(await read(at.clock, stream))[0] for _ in range(10)]
        assert len({each.key for each in found}) == 10
        assert len({each.key.partition("/")[2] for each in found}) == 1
        assert {each.headline for each in found} == {"Tariffs lifted"}
        assert {each.source for each in found} == {f"feed{number}" for number in range(10)}

    play(script, {f"feed{number}": body for number in range(10)})


def test_feeds_are_parsed_off_the_loop(
    play: Play, read: Any, rss: Rss, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def spy(*given: Any, **more: Any) -> Any:
        threads.append(threading.current_thread())
        return parse_feed(*given, **more)

    monkeypatch.setattr(visit_module, "parse_feed", spy)

    async def script(at: Any) -> None:
        await read(at.clock, at.source.stream())
        assert threads
        assert threading.main_thread() not in threads

    play(script, {"a": rss("<title>t</title>")})


def test_what_is_odd_is_said_once_while_it_lasts(play: Play, read: Any, rss: Rss) -> None:
    ahead = "<pubDate>2030-01-01T00:00:00Z</pubDate>"

    async def script(at: Any) -> None:
        stream = at.source.stream()
        assert (await read(at.clock, stream))[0].time is None
        assert len(await read(at.clock, stream)) == 1
        assert len(at.remarks) == 1
        assert at.remarks[0].startswith("a: 1 entries are dated in the future")

    first, second = f"<title>1</title>{ahead}", f"<title>2</title>{ahead}"
    play(script, {"a": (rss(first), rss(second, first))})


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "no feed is chosen"),
        ({"use": "nhk-economy"}, "list of names"),
        ({"use": ["nhk-ecnomy"]}, "Did you mean “nhk-economy”"),
        ({"use": ["nhk-economy"], "interval": 5}, "300 to 86400"),
        ({"use": ["nhk-economy"], "interval": float("nan")}, "300 to 86400"),
        ({"urls": 5}, "addresses by name"),
        ({"urls": {"a": "ftp://example.com/"}}, "http or https"),
        ({"urls": {"a": "https://exa mple.com/"}}, "http or https"),
        ({"urls": {"": "https://example.com/"}}, "name"),
        ({"urls": {"a": {"url": "https://example.com/", "zone": "Mars"}}}, "time zone"),
        ({"urls": {"a": {"url": "https://example.com/", "zones": "x"}}}, "not known"),
        ({"urls": {str(n): "https://example.com/" for n in range(101)}}, "more than 100"),
        ({"use": ["nhk-economy"], "timeout": -1}, "timeout"),
    ],
)
def test_settings_that_cannot_be_used_name_themselves(
    settings: dict[str, object], told: str
) -> None:
    with pytest.raises(ConfigError, match=told) as caught:
        FeedsProvider(Host(clock=ManualClock(), instruments=FewInstruments(), settings=settings))
    assert caught.value.subject.startswith("[providers.feeds]")


def test_presets_can_be_corrected_and_own_feeds_named() -> None:
    from tui.providers.feeds.settings import feed_terms

    found = feed_terms(
        {
            "use": ["nhk-economy", "boj"],
            "urls": {
                "boj": "https://example.com/boj",
                "desk": {
                    "url": "https://example.com/desk",
                    "name": "Desk",
                    "interval": 900,
                    "zone": "Asia/Tokyo",
                },
            },
        }
    )
    assert [(each.key, each.title, each.interval) for each in found] == [
        ("nhk-economy", "NHK 経済", 600.0),
        ("boj", "boj", 600.0),
        ("desk", "Desk", 900.0),
    ]
    assert found[1].url == "https://example.com/boj"
    (listed,) = feed_terms({"urls": ["https://example.com/rss.xml?x=1"]})
    assert listed.title == "example.com/rss.xml"
