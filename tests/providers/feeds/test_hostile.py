"""Hostile feeds beside a sound one, from a real server: nothing comes of them but a remark each."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest

from tui.providers.conformance import Answer, check_catalyst

Play = Callable[..., None]
Rss = Callable[..., bytes]

BOMB = (
    b"<!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
    b"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><rss><channel><item><title>&c;</title></item>"
    b"</channel></rss>"
)
EXTERNAL = (
    b"<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    b"<rss><channel><item><title>&x;</title></item></channel></rss>"
)
MILLION = b"<rss><channel>" + b"<item><title>item</title></item>" * 1_000_000


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (BOMB, "bad: holds a DTD"),
        (EXTERNAL, "bad: holds a DTD"),
        (Answer.huge(100 << 20), "bad: answered with more than"),
        (
            Answer(body=gzip.compress(bytes(100 << 20), 1), headers={"Content-Encoding": "gzip"}),
            "bad: answered with more than",
        ),
        (MILLION, "bad: answered with more than"),
        (b"<html><body>Sign in</body></html>", "bad: "),
    ],
    ids=["bomb", "external", "100 MB", "100 MB packed", "a million", "page"],
)
def test_a_hostile_feed_comes_to_one_remark_and_the_others_go_on(
    play: Play, read: Any, rss: Rss, answer: Any, told: str
) -> None:
    async def script(at: Any) -> None:
        stream = at.source.stream()
        found = await read(at.clock, stream)
        assert [each.headline for each in found] == ["Good"]
        with pytest.raises(TimeoutError):
            await read(at.clock, stream, 1900.0)
        assert [remark[: len(told)] for remark in at.remarks] == [told]

    play(script, {"good": rss("<title>Good</title>"), "bad": answer})


HOSTILE_ITEMS = {
    "escapes": "<title>a\x1b[2J\x9b31mb\x07 &#27;]0;x</title><description>\x1b[41m</description>",
    "bidi": "<title>\u202eab\u202c \u2066c\u2069\u200f</title>",
    "zero width": "<title>a" + "\u200b\u200d" * 5_000 + "b</title>",
    "combining": "<title>a" + "\u0301\u0327" * 5_000 + "b</title>",
    "markup": "<title>[red]a[/] [@click=app.quit]b[/]</title><description>[/]</description>",
    "script": "<title>&lt;script&gt;x()&lt;/script&gt;<script>y()</script>a</title>",
    "link": "<title>a</title><link>javascript:alert(1)</link>",
    "no date": "<title>a</title>",
    "future": "<title>a</title><pubDate>Mon, 26 May 2031 10:00:00 +0900</pubDate>",
}


@pytest.mark.parametrize("item", HOSTILE_ITEMS.values(), ids=list(HOSTILE_ITEMS))
def test_a_hostile_entry_comes_out_plain(play: Play, read: Any, rss: Rss, item: str) -> None:
    async def script(at: Any) -> None:
        (only,) = await read(at.clock, at.source.stream())
        check_catalyst(only)
        whole = only.headline + only.text
        assert all(character.isprintable() or character == "\n" for character in whole)
        assert "()" not in whole
        assert len(only.headline) <= 300
        assert (only.link, only.time) == ("", None)

    play(script, {"bad": rss(item)})


@pytest.mark.parametrize("declared", ["UTF-8", "Shift_JIS", "no such encoding"])
def test_shift_jis_is_read_whatever_it_says_it_is(play: Play, read: Any, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    body = f"{head}<rss><channel><item><title>トヨタ、増配を発表</title></item></channel></rss>"

    async def script(at: Any) -> None:
        (only,) = await read(at.clock, at.source.stream())
        assert only.headline == "トヨタ、増配を発表"

    play(script, {"sjis": body.encode("cp932")})
