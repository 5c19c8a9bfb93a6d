"""The universe: every instrument by symbol, by what people type, and by search."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data.reader import ReferenceTables, shipped
from tui.market.instruments import Instrument, InstrumentKind
from tui.market.universe import Universe
from tui.providers.contracts import InstrumentLookup

UNIVERSE = Universe()


def get(symbol: str) -> Instrument:
    instrument = UNIVERSE.get(symbol)
    assert instrument is not None
    return instrument


def found(query: str, limit: int = 20) -> list[str]:
    return [instrument.symbol for instrument in UNIVERSE.search(query, limit)]


def test_a_share_carries_what_the_exchange_says_of_it() -> None:
    assert get("7203.T") == Instrument(
        symbol="7203.T",
        code="7203",
        name="Toyota Motor",
        name_ja="トヨタ自動車",
        kind=InstrumentKind.EQUITY,
        exchange="TSE",
        currency="JPY",
        lot=100,
        segment="Prime",
        sector33="輸送用機器",
        sector17="自動車・輸送機",
        nikkei_sector="Technology",
        size_class="TOPIX Core30",
    )
    assert get("7203.T").topix500


def test_a_code_with_a_letter_is_a_code_like_any_other() -> None:
    kioxia = get("285A.T")
    assert kioxia.code == "285A"
    assert kioxia.name_ja == "キオクシアホールディングス"
    assert kioxia.name == kioxia.name_ja, "no English name is known, so the Japanese one stands"
    assert found("285a")[0] == found("２８５Ａ")[0] == "285A.T"


def test_every_listed_code_has_a_name() -> None:
    codes = {row.code for row in shipped().listed.rows}
    assert len(codes) == 4409
    for code in codes:
        assert get(f"{code}.T").name_ja


def test_a_name_that_nikkei_has_not_classified_says_so() -> None:
    assert get("9613.T").nikkei_sector == "Unclassified"
    assert get("1301.T").nikkei_sector == ""


def test_funds_and_trusts_are_told_apart_and_have_no_lot_invented() -> None:
    fund, trust, bank = get("1321.T"), get("8951.T"), get("8301.T")
    assert (fund.kind, fund.lot, fund.sector33) == (InstrumentKind.ETF, 0, "")
    assert trust.kind is InstrumentKind.REIT
    assert bank.kind is InstrumentKind.OTHER
    assert fund.name == "NEXT FUNDS Nikkei 225 ETF"


@pytest.mark.parametrize(
    ("symbol", "name", "name_ja", "kind", "currency"),
    [
        ("^N225", "Nikkei 225", "日経平均", InstrumentKind.INDEX, "JPY"),
        ("^TOPX", "TOPIX", "TOPIX", InstrumentKind.INDEX, "JPY"),
        ("JPY=X", "USD/JPY", "ドル/円", InstrumentKind.CURRENCY, "JPY"),
        ("^VIX", "CBOE VIX", "VIX指数", InstrumentKind.INDEX, ""),
        ("^TNX", "US 10-Year Treasury Yield", "米10年債利回り", InstrumentKind.OTHER, ""),
        ("SONY", "Sony Group ADR", "ソニーグループ ADR", InstrumentKind.EQUITY, "USD"),
    ],
)
def test_what_stands_beside_the_listed_issues(
    symbol: str, name: str, name_ja: str, kind: InstrumentKind, currency: str
) -> None:
    instrument = get(symbol)
    assert (instrument.name, instrument.name_ja) == (name, name_ja)
    assert (instrument.kind, instrument.currency) == (kind, currency)
    assert instrument.exchange != "TSE"


@pytest.mark.parametrize("symbol", ["", ".T", "7203", "9999999.T", "^NONE", "7203.t", "0000.T"])
def test_an_unknown_symbol_is_nothing(symbol: str) -> None:
    assert UNIVERSE.get(symbol) is None


def test_an_instrument_is_made_once() -> None:
    assert UNIVERSE.get("6501.T") is UNIVERSE.get("6501.T")


def test_every_symbol_leads_to_its_instrument() -> None:
    symbols = UNIVERSE.symbols()
    assert len(symbols) == len(set(symbols)) > 4409
    assert symbols[:2] == ("^N225", "^TOPX")
    assert all(get(symbol).symbol == symbol for symbol in symbols)


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("7203", "7203.T"),
        ("7203.T", "7203.T"),
        (" 7203.t ", "7203.T"),
        ("７２０３", "7203.T"),
        ("７２０３．Ｔ", "7203.T"),
        ("285A", "285A.T"),
        ("285a", "285A.T"),
        ("２８５ａ", "285A.T"),
        ("285a.t", "285A.T"),
        ("^N225", "^N225"),
        ("n225", "^N225"),
        ("jpy=x", "JPY=X"),
        ("sony", "SONY"),
        ("998405.T", "^TOPX"),
    ],
)
def test_what_people_type_is_resolved(typed: str, symbol: str) -> None:
    resolved = UNIVERSE.resolve(typed)
    assert resolved is not None
    assert resolved.symbol == symbol


@pytest.mark.parametrize("typed", ["", " ", "Toyota Motor", "9999", "285B", "285A.X"])
def test_what_is_no_code_or_symbol_is_not_resolved(typed: str) -> None:
    assert UNIVERSE.resolve(typed) is None


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("7203", "7203.T"),
        ("７２０３", "7203.T"),
        ("7203.T", "7203.T"),
        ("285A", "285A.T"),
        ("トヨタ", "7203.T"),
        ("とよた", "7203.T"),
        ("ﾄﾖﾀ", "7203.T"),
        ("toyota", "7203.T"),
        ("ＴＯＹＯＴＡ", "7203.T"),
        ("アドバンテスト", "6857.T"),
        ("あどばんてすと", "6857.T"),
        ("ｱﾄﾞﾊﾞﾝﾃｽﾄ", "6857.T"),
        ("ファーストリテイリング", "9983.T"),
        ("ﾌｧｰｽﾄﾘﾃｲﾘﾝｸﾞ", "9983.T"),
        ("東京エレク", "8035.T"),
        ("electron", "8035.T"),
        ("mitsubishi fin", "8306.T"),
        ("softbank", "9434.T"),
        ("seven & i", "3382.T"),
        ("sony", "6758.T"),
        ("日経平均", "^N225"),
        ("nikkei", "^N225"),
        ("topix", "^TOPX"),
        ("jpy", "JPY=X"),
        ("keyense", "6861.T"),
        ("advntest", "6857.T"),
        ("nintndo", "7974.T"),
        ("あどばんてぃすと", "6857.T"),
    ],
)
def test_the_best_match_comes_first(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_kana_of_every_width_find_the_same() -> None:
    assert found("ソフトバンク") == found("そふとばんく") == found("ｿﾌﾄﾊﾞﾝｸ")


def test_the_beginning_of_a_code_comes_before_any_name() -> None:
    codes = found("225", limit=100)
    prefixed = [symbol.startswith("225") for symbol in codes]
    assert any(prefixed)
    assert not all(prefixed), "names with 225 in them follow"
    assert prefixed == sorted(prefixed, reverse=True)


def test_the_middle_of_a_code_is_no_match() -> None:
    assert "7203.T" not in found("203", limit=500)


@pytest.mark.parametrize("query", ["", "   ", "　", "qqqqzzzzxx"])
def test_what_matches_nothing_finds_nothing(query: str) -> None:
    assert found(query) == []


@given(st.text(max_size=12), st.integers(min_value=-1, max_value=8))
def test_any_query_keeps_the_limit_and_never_repeats(query: str, limit: int) -> None:
    symbols = found(query, limit)
    assert len(symbols) <= max(limit, 0)
    assert len(symbols) == len(set(symbols))


def test_what_a_source_tells_of_is_known_and_found_unless_a_table_has_it() -> None:
    universe = Universe()
    apple = Instrument(symbol="AAPL", name="Apple Inc.", name_ja="アップル", currency="USD")
    other = Instrument(symbol="7203.T", name="Not Toyota", name_ja="偽")
    for told in (apple, other, apple):
        universe.learn(told)
    assert universe.get("AAPL") is universe.resolve("aapl") is apple
    assert [each.symbol for each in universe.search("ｱｯﾌﾟﾙ")].count("AAPL") == 1
    assert universe.search("apple inc")[0] is apple
    assert universe.get("7203.T") != other
    assert "AAPL" not in universe.symbols(), "what the tables name"


def test_sectors_have_english_names() -> None:
    assert UNIVERSE.sector_en("輸送用機器") == "Transportation Equipment"
    assert UNIVERSE.sector_en("電機・精密") == "Electric Appliances & Precision Instruments"
    assert UNIVERSE.sector_en("なし") == ""
    by_name: dict[str, set[str]] = {}
    for row in shipped().sectors.rows:
        by_name.setdefault(row.name_ja, set()).add(row.name_en)
    assert all(len(names) == 1 for names in by_name.values())


def test_without_tables_there_are_no_instruments_and_no_errors(tmp_path: Path) -> None:
    bare = Universe(ReferenceTables(tmp_path))
    assert bare.get("7203.T") is None
    assert bare.resolve("7203") is None
    assert list(bare.search("toyota")) == []
    assert bare.symbols() == ()


def test_it_is_the_lookup_that_sources_are_lent() -> None:
    lookup: InstrumentLookup = UNIVERSE
    assert lookup.get("7203.T") is not None
