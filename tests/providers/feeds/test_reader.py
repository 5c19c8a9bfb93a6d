"""Feeds as strangers write them, the friendly and the hostile."""

import codecs
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.errors import BadPayload, NotSupported, ProviderError
from tui.market.catalysts import Catalyst
from tui.providers.conformance import check_catalyst
from tui.providers.feeds import read_feed
from tui.providers.feeds import reader as reader_module
from tui.providers.feeds.reader import MOST_BYTES, parse_feed
from tui.providers.feeds.wellformed import MOST_ENTRIES

Rss = Callable[..., bytes]

JAPANESE = "半導体メモリー急伸、東京で反発"

RSS_091 = b"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title>
<item><title>Caf&eacute; opens</title><link>http://example.com/1</link></item></channel></rss>"""

RSS_10 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://example.com/"><title>財務省</title></channel>
<item rdf:about="http://example.com/1"><title>国債の入札</title><link>http://example.com/1</link>
<dc:date>2025-05-26T10:30:00+09:00</dc:date></item></rdf:RDF>""".encode()

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>
<entry><id>tag:example.com,2025:1</id>
<title type="html">A &amp;amp; B &lt;b&gt;merge&lt;/b&gt;</title>
<link href="/story/1"/><updated>2025-05-26T01:30:00Z</updated>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
</entry></feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "items": [
            {
                "id": 7,
                "url": "https://example.com/7",
                "title": "Toyota <7203> lifts outlook",
                "content_html": "<p>Up <script>alert(1)</script>again</p>",
                "date_published": "2025-05-26T10:30:00+09:00",
            },
            "no item",
        ],
    }
).encode()


def only(body: bytes, **how: Any) -> Catalyst:
    (catalyst,) = parse_feed(body, "x", **how).catalysts
    check_catalyst(catalyst)
    return catalyst


def test_a_recorded_search_gives_the_publisher_and_a_bare_headline(google: bytes) -> None:
    catalyst = only(google, source="Google")
    assert catalyst.headline == "半導体メモリー急伸"
    assert catalyst.source == "日本経済新聞"
    assert catalyst.text == ""
    assert catalyst.time == datetime(2026, 9, 6, 12, tzinfo=UTC)
    assert catalyst.link == "https://news.google.com/rss/articles/AAA?oc=5"


def test_a_recorded_item_with_elements_of_its_own(nhk: bytes) -> None:
    reading = parse_feed(nhk, "nhk", source="NHK 経済")
    (catalyst,) = reading.catalysts
    assert (catalyst.headline, catalyst.text) == ("東京で地震", "詳細です")
    assert catalyst.source == "NHK 経済"
    assert catalyst.time == datetime(2026, 7, 19, 3, tzinfo=UTC)
    assert reading.pause == 20 * 60


def test_a_feed_that_does_not_exist_says_so_in_its_title() -> None:
    body = b"<rss><channel><title>Yahoo! Finance: RSS feed not found</title></channel></rss>"
    with pytest.raises(NotSupported, match="not found"):
        read_feed(body)


def test_a_declaration_without_a_body_is_let_go_and_html_characters_are_read() -> None:
    assert only(RSS_091).headline == "Café opens"


def test_rss_of_the_resource_kind() -> None:
    catalyst = only(RSS_10)
    assert (catalyst.headline, catalyst.source) == ("国債の入札", "財務省")
    assert catalyst.time == datetime(2025, 5, 26, 1, 30, tzinfo=UTC)


def test_atom_with_a_relative_link_and_paragraphs() -> None:
    catalyst = only(ATOM, url="https://example.com/feed")
    assert catalyst.headline == "A & B merge"
    assert catalyst.text.split("\n") == ["One.", "", "Two."]
    assert catalyst.link == "https://example.com/story/1"
    assert catalyst.time == datetime(2025, 5, 26, 1, 30, tzinfo=UTC)


def test_a_json_feed_and_one_item_of_another_shape() -> None:
    reading = parse_feed(JSON_FEED, "x")
    (catalyst,) = reading.catalysts
    assert catalyst.headline == "Toyota <7203> lifts outlook"
    assert catalyst.text == "Up again"
    assert catalyst.source == "Wire"
    assert reading.remarks == ("1 entries of another shape are left out",)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "utf-8", "utf-16"])
@pytest.mark.parametrize("declared", ["", "utf-8", "Shift_JIS", "EUC-JP", "iso-2022-jp", "utf-7"])
def test_japanese_is_read_whatever_is_declared(encoding: str, declared: str) -> None:
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = f"{head}<rss><channel><item><title>{JAPANESE}</title></item></channel></rss>"
    assert only(body.encode(encoding)).headline == JAPANESE


def test_a_wrong_declaration_is_told(rss: Rss) -> None:
    title = rss("<title>反発</title>").decode().encode("cp932")
    body = b"<?xml version='1.0' encoding='utf-8'?>" + title
    assert parse_feed(body, "x").remarks == ("says it is utf-8 and is cp932",)


def test_what_begins_as_one_encoding_and_goes_on_as_another_is_refused() -> None:
    with pytest.raises(BadPayload, match="UTF-8"):
        read_feed(codecs.BOM_UTF8 + b"<rss>\xff\xfe\xfa</rss>")


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<rss><channel><item><title>&lol3;</title></item></channel></rss>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&x;</title></item></channel></rss>"""
PARAMETER = b"""<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>
<rss><channel><item><title>a</title></item></channel></rss>"""


@pytest.mark.parametrize("body", [BOMB, EXTERNAL, PARAMETER, BOMB.decode().encode("utf-16")])
def test_entities_are_refused_unread(body: bytes) -> None:
    with pytest.raises(BadPayload, match="DTD"):
        read_feed(body, "x")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "is empty"),
        (b"hello", "neither XML nor JSON"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (b"<!DOCTYPE html><html><body>Sign in<br></body></html>", "web page"),
        (b"<opml/>", "no feed"),
        (b"<rss>" + b"<a>" * 5_000, "nested"),
        (b"<rss><channel>" + b"<a/>" * 20_000, "too much"),
        (b'{"items": []}', "no feed"),
        (b'{"version": "2", "items": []}', "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 50_000, "no feed"),
        (b" " * (MOST_BYTES + 1), "larger"),
        (b"<rss><channel><item><title>cut off", "not well formed"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body: bytes, told: str) -> None:
    with pytest.raises(BadPayload, match=told):
        read_feed(body, "x")


def test_what_stands_before_a_break_is_kept(rss: Rss) -> None:
    body = rss("<title>Whole</title>", "<title>Next</title>")
    reading = parse_feed(body[: body.index(b"Next")], "x")
    assert [each.headline for each in reading.catalysts] == ["Whole"]
    assert "not well formed" in reading.remarks[0]


def test_stray_ampersands_and_prefixes_nobody_declared_are_mended(rss: Rss) -> None:
    body = rss(
        "<title>M&A: AT&T &nbsp;&hearts; &unknown; x</title>"
        "<dc:date>2025-05-26T10:30+09:00</dc:date>"
    )
    catalyst = only(body)
    assert catalyst.headline == "M&A: AT&T ♥ &unknown; x"
    assert catalyst.time == datetime(2025, 5, 26, 1, 30, tzinfo=UTC)


def test_a_million_entries_come_to_the_newest_few() -> None:
    many = b"".join(
        b"<item><title>%d</title><pubDate>2025-05-26T%02d:%02d:00Z</pubDate></item>"
        % (number, number // 60 % 24, number % 60)
        for number in range(1440)
    )
    head, tail = b"<rss><channel>", b"</channel></rss>"
    oldest_first = parse_feed(head + many + tail, "x").catalysts
    assert len(oldest_first) == MOST_ENTRIES
    assert oldest_first[-1].headline == "1439"
    assert oldest_first[0].headline == str(1440 - MOST_ENTRIES)
    with pytest.raises(BadPayload):
        read_feed(head + b"<item/>" * 200_000 + tail, "x")


def test_an_entry_too_large_is_left_out_alone(rss: Rss) -> None:
    reading = parse_feed(rss("<title>Fine</title>", "<title>Big</title>" + "<b/>" * 3_000), "x")
    assert [each.headline for each in reading.catalysts] == ["Fine"]
    assert reading.remarks == ("1 entries that are too large are left out",)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;Toyota &lt;b&gt;up&lt;/b&gt;", "Toyota up"),
        ("<script>alert(1)</script>Toyota", "Toyota"),
        ("[red]not markup[/] [link=x]y[/link]", "[red]not markup[/] [link=x]y[/link]"),
        ("\u202eoyota\u202c T\u2066x\u2069", "oyota Tx"),
        ("a\u200bb\u200c\u200d\ufeffc", "abc"),
        ("Z" + "\u0301" * 500, "Z\u0301\u0301"),
        ("&#27;[31mred&#7; bell", "[31mred bell"),
        ("\x1b[31mred\x1b]0;title\x07", "[31mred]0;title"),
        ("株価 &lt;7203&gt; &lt;トヨタ&gt; a &lt; b", "株価 <7203> <トヨタ> a < b"),
        ("&amp;amp;lt;b&amp;amp;gt;", "&lt;b&gt;"),
        ("line\none\ttwo", "line one two"),
    ],
)
def test_titles_come_out_as_one_plain_line(rss: Rss, title: str, headline: str) -> None:
    assert only(rss(f"<title>{title}</title>")).headline == headline


def test_a_long_title_is_cut_and_a_missing_one_is_made_of_the_text(rss: Rss) -> None:
    assert len(only(rss(f"<title>{'あ' * 5_000}</title>")).headline) == 300
    assert only(rss("<description>Only a text</description>")).headline == "Only a text"
    reading = parse_feed(rss("<link>https://example.com/</link>"), "x")
    assert reading.catalysts == ()
    assert reading.remarks == ("1 entries without a word are left out",)


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://", ""),
        ("http://[bad", ""),
        ("https://example.com/\u202eexe", ""),
        ("https://example.com/" + "a" * 5_000, ""),
        ("https://example.com/a?b=1", "https://example.com/a?b=1"),
    ],
)
def test_only_web_links_are_kept(rss: Rss, link: str, kept: str) -> None:
    assert only(rss(f"<title>t</title><link>{link}</link>")).link == kept


@pytest.mark.parametrize(
    ("written", "zone", "read"),
    [
        ("", None, None),
        ("yesterday", None, None),
        ("2025-05-26", None, None),
        ("2025-05-26 10:30:00", None, None),
        ("2025-05-26 10:30:00", ZoneInfo("Asia/Tokyo"), datetime(2025, 5, 26, 1, 30, tzinfo=UTC)),
        ("2025/05/26 10:30:00 JST", None, datetime(2025, 5, 26, 1, 30, tzinfo=UTC)),
        ("Mon, 26 May 2025 10:30:00 JST", None, datetime(2025, 5, 26, 1, 30, tzinfo=UTC)),
        ("Mon, 26 May 2025 01:30:00 GMT", None, datetime(2025, 5, 26, 1, 30, tzinfo=UTC)),
        ("Mon, 26 May 2025 25:99:00 GMT", None, None),
        ("0001-01-01T00:00:00+23:59", None, None),
        ("9999-12-31T23:59:59-23:59", None, None),
        ("2027-01-01T00:00:00Z", None, None),
    ],
)
def test_a_time_is_told_or_unknown_and_never_guessed(
    rss: Rss, now: datetime, written: str, zone: Any, read: datetime | None
) -> None:
    body = rss(f"<title>t</title><pubDate>{written}</pubDate>")
    assert only(body, zone=zone, now=now).time == read


def test_a_date_in_the_future_is_told(rss: Rss, now: datetime) -> None:
    body = rss("<title>t</title><pubDate>2027-01-01T00:00:00Z</pubDate>")
    (remark,) = parse_feed(body, "x", now=now).remarks
    assert "future" in remark


def test_keys_are_of_the_id_then_the_link_and_stay(rss: Rss) -> None:
    one = only(rss("<title>First wording</title><guid>g1</guid><link>https://a.jp/1</link>"))
    two = only(rss("<title>Second wording</title><guid>g1</guid><link>https://a.jp/2</link>"))
    three = only(rss("<title>Second wording</title><link>https://a.jp/2</link>"))
    assert one.key == two.key != three.key
    assert len(parse_feed(rss(*["<title>t</title><guid>g</guid>"] * 3), "x").catalysts) == 1


def test_a_file_is_named_in_what_goes_wrong() -> None:
    with pytest.raises(ProviderError) as caught:
        read_feed(b"<html/>", "saved.xml")
    assert str(caught.value).startswith("saved.xml: ")


def test_a_fault_inside_the_library_is_an_error_of_the_tree(
    rss: Rss, monkeypatch: pytest.MonkeyPatch
) -> None:
    import feedparser

    def broken(*_: object, **__: object) -> None:
        raise AssertionError("deep inside")

    monkeypatch.setattr(feedparser, "parse", broken)
    with pytest.raises(BadPayload, match="AssertionError"):
        reader_module.read_feed(rss("<title>t</title>"), "x")


def _harmless(body: bytes) -> None:
    try:
        catalysts = read_feed(body, "x")
    except ProviderError:
        return
    for each in catalysts:
        check_catalyst(each)
    assert len({each.key for each in catalysts}) == len(catalysts)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_read_or_refused(body: bytes) -> None:
    _harmless(body)
    _harmless(b"<rss><channel><item><title>" + body + b"</title></item></channel></rss>")


PIECES = [
    b"<item>", b"</item>", b"<title>", b"</title>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?x ",
    b"?>", b"&amp;", b"&", b"&#0;", b"&#x1b;", b"<script>", b"<link ", b"href='", b"'/>", b"text",
    b"<pubDate>", b"</pubDate>", b"2025-05-26T00:00:00Z", b"<!DOCTYPE a>", b"<content ", b">",
    b"\xff",     b"type='xhtml'>", b"<dc:date>", b"<media:group>", b"\x00", "反発".encode(),
    "反発".encode("cp932"),
    b"<source>", b"</source>", b"<image>", b"<textarea>", b"xmlns='", b"<entry>", b"</entry>",
]  # fmt: skip


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_pieces_of_feeds_in_any_order_are_read_or_refused(pieces: list[bytes]) -> None:
    _harmless(b"<rss><channel>" + b"".join(pieces) + b"</channel></rss>")


@settings(max_examples=100)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "title", "url", "date_published", "content_html"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_items_are_read_or_refused(items: object) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    _harmless(json.dumps(feed).encode())
