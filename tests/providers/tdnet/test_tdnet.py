"""Disclosures as the service is known to send them, quirks included."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.data.kind_rules import shipped_kind_rules
from tui.errors import BadPayload, ConfigError, ProviderError, RateLimited, Unavailable
from tui.market.kinds import Kinds
from tui.market.text_rules import TextRules
from tui.providers.conformance import Answer, FewInstruments, ManualClock, check_catalyst
from tui.providers.contracts import Host
from tui.providers.tdnet import TdnetProvider
from tui.providers.tdnet.document_types import document_type
from tui.providers.tdnet.rows import document_link, read_disclosures, symbol_of
from tui.providers.web import Answer as WebAnswer

Play = Callable[..., None]
Listing = Callable[..., bytes]

CLASSIFY = Kinds(shipped_kind_rules().disclosures).classify
NOW = datetime(2026, 8, 5, 7, tzinfo=UTC)


def test_rows_become_catalysts_oldest_first(
    play: Play, listing: Listing, results: dict[str, Any], plan: dict[str, Any]
) -> None:
    async def script(at: Any) -> None:
        old, new = await at.next()
        for each in (old, new):
            check_catalyst(each)
        assert new.headline == "武蔵精密：2027年３月期 第１四半期決算短信【日本基準】(連結)"
        assert new.time == datetime(2026, 8, 5, 6, 50, tzinfo=UTC)
        assert new.symbols == ("7220.T",)
        assert (new.kind, new.rule) == ("earnings", "TDnet earnings")
        assert new.link == "https://www.release.tdnet.info/inbs/140120260805509240.pdf"
        assert new.text == "TDnet: earnings · PDF · XBRL"
        assert new.source == "TDnet"
        assert (old.key, old.symbols, old.kind) == ("tdnet/1228305", ("4012.T",), "disclosure")
        assert old.text == "TDnet: business plan · PDF · 東"
        assert at.remarks == []

    play(script, listing(results, plan))


def test_rows_without_their_wrapper_are_read_too(
    play: Play, listing: Listing, results: dict[str, Any], plan: dict[str, Any]
) -> None:
    async def script(at: Any) -> None:
        assert [each.symbols for each in await at.next()] == [("4012.T",), ("7220.T",)]

    play(script, listing(results, plan, wrap=False))


def test_fewer_are_asked_for_where_the_service_finds_them_too_many(
    play: Play, listing: Listing, results: dict[str, Any]
) -> None:
    async def script(at: Any) -> None:
        assert len(await at.next()) == 1
        assert [each.params["limit"] for each in at.server.requests] == ["200", "100", "50"]
        assert at.clock.monotonic() >= 6.0  # three seconds between two calls
        assert len(at.remarks) == 2

    play(script, listing(total=1), listing(total="1"), listing(results))


def test_a_service_that_never_sends_rows_is_told(play: Play, listing: Listing) -> None:
    async def script(at: Any) -> None:
        with pytest.raises(Unavailable, match="no rows"):
            await at.next()
        assert len(at.server.requests) == 5

    play(script, listing(total=1))


def test_only_what_is_new_or_changed_comes_again(
    play: Play, listing: Listing, results: dict[str, Any], plan: dict[str, Any]
) -> None:
    changed = {**plan, "title": "（訂正）中期経営計画"}

    async def script(at: Any) -> None:
        assert len(await at.next()) == 1
        assert [each.symbols for each in await at.next()] == [("7220.T",)]
        assert [each.headline for each in await at.next()] == ["アクシス：（訂正）中期経営計画"]
        assert at.remarks == []
        await at.stream.aclose()
        again = at.source.stream()
        assert len(await at.clock.until(anext(again))) == 2
        await again.aclose()

    play(script, listing(plan), listing(results, plan), listing(results, changed))


def test_a_gap_between_two_looks_is_told(
    play: Play, listing: Listing, results: dict[str, Any], plan: dict[str, Any]
) -> None:
    async def script(at: Any) -> None:
        await at.next()
        await at.next()
        assert at.remarks == ["more was disclosed than one answer holds; some may be missing"]

    play(script, listing(plan), listing(results))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"pubdate": None}, {"time": None}),
        ({"pubdate": "soon"}, {"time": None}),
        ({"pubdate": "2026-13-45 99:99:99"}, {"time": None}),
        ({"pubdate": "2030-01-01 00:00:00"}, {"time": None}),
        ({"company_code": 72030}, {"symbols": ("7203.T",)}),
        ({"company_code": "285A0"}, {"symbols": ("285A.T",)}),
        ({"company_code": "25935"}, {"symbols": ("25935.T",)}),
        ({"company_code": "Toyota"}, {"symbols": ()}),
        ({"company_code": None}, {"symbols": ()}),
        ({"document_url": "javascript:alert(1)"}, {"link": ""}),
        ({"document_url": None}, {"link": ""}),
        ({"company_name": None}, {"headline": "2027年３月期 第１四半期決算短信【日本基準】(連結)"}),
        ({"title": "\x1b[31m\u202e期末配当\u200b\u0301\u0301\u0301\u0301 [b]"}, {"kind": "payout"}),
    ],
)
def test_what_a_row_lacks_is_blank(
    play: Play,
    listing: Listing,
    results: dict[str, Any],
    change: dict[str, Any],
    told: dict[str, Any],
) -> None:
    async def script(at: Any) -> None:
        (only,) = await at.next()
        check_catalyst(only)
        assert {name: getattr(only, name) for name in told} == told

    play(script, listing({**results, **change}))


def test_rows_that_make_no_sense_are_counted(
    play: Play, listing: Listing, results: dict[str, Any]
) -> None:
    async def script(at: Any) -> None:
        assert len(await at.next()) == 1
        assert at.remarks == ["4 rows make no sense and are left out"]

    play(script, listing(results, 5, None, {"id": "1"}, {"title": "x"}))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(body=b"<html>"), BadPayload),
        (Answer(body=b"[]"), BadPayload),
        (Answer(body=b'{"total_count": 3}'), BadPayload),
        (Answer.deep(), BadPayload),
        (Answer.huge(5 << 20), BadPayload),
        (Answer.invalid_utf8(), BadPayload),
        (Answer(status=500), Unavailable),
        (Answer.too_many(60), RateLimited),
    ],
)
def test_failures_are_of_the_tree(play: Play, answer: Answer, error: type[ProviderError]) -> None:
    async def script(at: Any) -> None:
        with pytest.raises(error) as caught:
            await at.next()
        assert caught.value.remedy

    play(script, answer)


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        ("2026年３月期 決算短信〔日本基準〕（連結）", "earnings", "earnings"),
        ("（訂正・数値データ訂正）2026年3月期 決算短信の一部訂正について", "earnings", "earnings"),
        ("2026年3月期 決算説明資料", "earnings material", "earnings"),
        ("通期業績予想の修正に関するお知らせ", "forecast revision", "guidance"),
        ("業績予想及び配当予想の修正（増配）に関するお知らせ", "forecast revision", "guidance"),
        ("連結業績予想値と実績値との差異に関するお知らせ", "forecast revision", "guidance"),
        ("剰余金の配当に関するお知らせ", "dividend", "payout"),
        ("配当予想の修正（増配）に関するお知らせ", "dividend", "payout"),
        ("株主優待制度の新設に関するお知らせ", "dividend", "payout"),
        ("自己株式の取得状況に関するお知らせ", "buyback", "payout"),
        ("ＴｏＳＴＮｅＴ－３による自己株式の買付けのお知らせ", "buyback, off-hours", "payout"),
        ("自己株式の公開買付けの結果に関するお知らせ", "buyback", "payout"),
        ("当社株券等に対する公開買付けに関する意見表明のお知らせ", "tender offer", "deal"),
        ("ＭＢＯの実施及び応募の推奨に関するお知らせ", "tender offer", "deal"),
        ("簡易株式交換による完全子会社化に関するお知らせ", "merger or reorganisation", "deal"),
        ("株式会社Ｙの株式の取得（子会社化）に関するお知らせ", "acquisition or sale", "deal"),
        ("株式分割及び定款の一部変更に関するお知らせ", "share split", "payout"),
        ("譲渡制限付株式報酬としての自己株式の処分に関するお知らせ", "share issue", "disclosure"),
        ("2026年７月度 月次売上高に関するお知らせ", "monthly figures", "earnings"),
        ("代表取締役の異動に関するお知らせ", "people", "disclosure"),
        ("上場維持基準への適合に向けた計画について", "listing", "disclosure"),
        ("本社移転に関するお知らせ", "disclosure", "disclosure"),
        ("", "disclosure", "disclosure"),
        ("Consolidated Financial Results for the Three Months Ended June 30, 2026 [IFRS]",
         "earnings", "earnings"),
        ("Financial Results Presentation for FY2026", "earnings material", "earnings"),
        ("Notice Regarding Revisions to Full-Year Earnings Forecasts", "forecast revision",
         "guidance"),
        ("Notice Concerning Revision of Dividend Forecast", "dividend", "payout"),
        ("Notice Regarding Acquisition of Own Shares", "buyback", "payout"),
        ("Notice of Results of Tender Offer for Own Shares", "buyback", "payout"),
        ("Announcement of Opinion on Tender Offer for the Company’s Shares", "tender offer",
         "deal"),
        ("Notice of Acquisition of All Shares of Y (Making It a Subsidiary)",
         "acquisition or sale", "deal"),
        ("Notice of Merger with a Subsidiary", "merger or reorganisation", "deal"),
        ("Notice Regarding Stock Split", "share split", "payout"),
        ("Notice of Disposal of Treasury Shares as Restricted Stock", "share issue",
         "disclosure"),
        ("Monthly Sales for July 2026", "monthly figures", "earnings"),
        ("Change in Representative Director", "people", "disclosure"),
        ("Notice Regarding Relocation of Head Office", "disclosure", "disclosure"),
    ],
)  # fmt: skip
def test_a_title_tells_the_type(title: str, name: str, kind: str) -> None:
    rule = "" if name == "disclosure" else f"TDnet {name}"
    assert document_type(title, CLASSIFY) == (name, kind, rule)


def test_every_rule_that_ships_can_be_the_one_that_holds() -> None:
    for rule in shipped_kind_rules().disclosures:
        assert any(CLASSIFY(phrase.replace("*", "")) == (rule.kind, rule.name)
                   for phrase in rule.any), rule.name  # fmt: skip
        assert any(phrase.isascii() for phrase in rule.any)


def test_the_user_s_rules_come_first_and_are_named(
    play: Play, listing: Listing, results: dict[str, Any], plan: dict[str, Any], tmp_path: Path
) -> None:
    own = tmp_path / "kinds.toml"
    own.write_text(
        '[[disclosure]]\nname = "plans"\nkind = "plan"\nany = ["中期経営計画"]\n'
        '[[disclosure]]\nname = "TDnet earnings"\nkind = ""\n'
        '[[rule]]\nname = "for headlines"\nkind = "other"\nany = ["決算短信"]\n',
        encoding="utf-8",
    )

    async def script(at: Any) -> None:
        old, new = await at.next()
        assert (old.kind, old.rule) == ("plan", "plans")
        assert old.text == "TDnet: plans · PDF · 東"
        assert (new.kind, new.rule) == ("disclosure", "")

    play(script, listing(results, plan), rules=TextRules(kinds=own))


@pytest.mark.parametrize(
    ("given_", "link"),
    [
        ("https://a.jp/rd.php?https://b.jp/x.pdf", "https://b.jp/x.pdf"),
        ("https://a.jp/rd.php?https%3A%2F%2Fb.jp%2Fx.pdf", "https://b.jp/x.pdf"),
        ("https://b.jp/x.pdf", "https://b.jp/x.pdf"),
        ("https://a.jp/rd.php?", ""),
        ("https://a.jp/rd.php?file:///x", ""),
        ("https://[", ""),
        ("https://b.jp/" + "x" * 600, ""),
    ],
)
def test_the_link_is_the_documents_own(given_: str, link: str) -> None:
    assert document_link(given_) == link


def test_a_code_in_wide_letters_is_one() -> None:
    assert symbol_of("７２０３０") == "7203.T"


@pytest.mark.parametrize(
    ("key", "value"), [("interval", 5), ("interval", True), ("limit", 5000), ("timeout", "x")]
)
def test_settings_that_cannot_be_used_name_themselves(key: str, value: object) -> None:
    host = Host(clock=ManualClock(), instruments=FewInstruments(), settings={key: value})
    with pytest.raises(ConfigError, match=key):
        TdnetProvider(host)


@settings(max_examples=150)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["Tdnet", "id", "title", "pubdate", "company_code", "document_url"]
                ),
                inner,
            )
        ),
        max_leaves=15,
    )
)
def test_any_items_are_read_or_refused(items: object) -> None:
    import json

    body = json.dumps({"total_count": 1, "items": items}).encode()
    try:
        found = read_disclosures(WebAnswer(status=200, url="", body=body), NOW, CLASSIFY)
    except ProviderError:
        return
    for each in found.catalysts:
        check_catalyst(each)


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_in_words(body: bytes) -> None:
    try:
        read_disclosures(WebAnswer(status=200, url="", body=body), NOW, CLASSIFY)
    except ProviderError as error:
        told = error
    else:
        raise AssertionError("bytes at random are no list")
    assert told.remedy
