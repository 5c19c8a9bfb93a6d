import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.data.aliases import Aliases, shipped_aliases
from tui.data.reader import shipped
from tui.market.linking.link import sectors_of, symbols_of
from tui.market.linking.linker import LONGEST_TEXT, Linker

Named = Callable[[str], set[str]]

LINKER = Linker()
FORMS = sorted(form for form, meaning in shipped_aliases().names.items() if meaning)
WORDS = st.sampled_from(
    [
        *FORMS[::7],
        "(7203)",
        "【6758】",
        "$TM",
        "$7203.T",
        "円安",
        "の",
        "が",
        " ",
        "、",
        "ｿﾆｰ",
        "Corp.",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map("".join))


@given(TEXTS)
@example("ﾄﾖﾀがｿﾆｰと")
@example("ト\u3099ヨタ")
@example("İ" * 30 + "トヨタ")
def test_links_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    last = 0
    for link in LINKER.link(text):
        assert last <= link.start < link.end <= len(text) or link.how == "currency"
        assert text[link.start : link.end] == link.as_written
        assert bool(link.symbol) != bool(link.sector)
        assert (link.how == "sector") == bool(link.sector)
        if link.how != "currency":
            last = link.end


@given(TEXTS)
def test_compatible_writings_name_the_same(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text)
    ours, theirs = LINKER.link(text), LINKER.link(folded)
    assert symbols_of(ours) == symbols_of(theirs)
    assert sectors_of(ours) == sectors_of(theirs)


@given(st.integers(0, 10**6), st.sampled_from(["$", "¥", "€", "US$", "No. ", "#", "", "03-", "第"]))
def test_a_number_alone_is_never_a_link(number: int, before: str) -> None:
    assert LINKER.link(f"{before}{number:,}") == ()
    assert LINKER.link(f"{before}{number}") == ()


@settings(max_examples=200)
@given(st.sampled_from([row for row in shipped().listed.rows if row.kind == "equity"]))
def test_every_listed_code_is_known_in_brackets_whatever_its_name(row: object) -> None:
    code, name = row.code, row.name_ja  # type: ignore[attr-defined]
    assert f"{code}.T" in symbols_of(LINKER.link(f"{name}({code})、新製品を発表"))
    assert symbols_of(LINKER.link(f"【{code}】新製品を発表")) == (f"{code}.T",)


@pytest.mark.parametrize(
    "text",
    [
        "新工場を建設へ (7203)",
        "新工場を建設へ（7203）",
        "新工場を建設へ（７２０３）",
        "【7203】新工場を建設へ",
        "<7203> 新工場を建設へ",
        "＜7203＞新工場を建設へ",
        "〈7203〉新工場を建設へ",
        "[7203] new plant",
        "(7203.T) new plant",
        "(7203:JP) new plant",
        "(7203 JP) new plant",
        "7203.T rises",
        "7203.t rises",
        "7203 JP rises",
        "7203 JP Equity rises",
        "東証:7203 が上昇",
        "東証：7203が上昇",
        "東証プライム：7203が上昇",
        "TYO:7203 rises",
        "TYO: 7203 rises",
        "TSE:7203 rises",
        "(TSE: 7203) rises",
        "証券コード7203が上昇",
        "コード番号 7203",
        "$7203.T rises",
        "$TM rises",
        "(NYSE:TM) rises",
        "NYSE: TM rises",
    ],
)
def test_a_code_in_every_usual_writing(named: Named, text: str) -> None:
    assert named(text) == {"7203.T"}


@pytest.mark.parametrize(
    "text",
    ["(285A)", "【285A】", "＜２８５Ａ＞", "285A.T", "285A JP", "東証:285A", "$285A.T", "(285a)"],
)
def test_codes_with_letters(named: Named, text: str) -> None:
    assert named(text) == {"285A.T"}


@pytest.mark.parametrize(
    ("tag", "symbol"),
    [
        ("$NTT", "9432.T"), ("$KDDI", "9433.T"), ("$USDJPY", "JPY=X"), ("$NKD", "NKD=F"),
        ("$NKY", "^N225"), ("$TPX", "^TOPX"), ("$SPX", "^GSPC"),
    ],
)  # fmt: skip
def test_a_tag_that_is_a_name_or_another_house_s_leads_to_the_same(tag: str, symbol: str) -> None:
    assert symbols_of(LINKER.link(f"Watch ({tag}).")) == (symbol,)


@pytest.mark.parametrize("tag", ["$X", "$ZZZZ", "$65", "$1.2 billion"])
def test_a_tag_that_no_table_knows_is_no_link(tag: str) -> None:
    assert LINKER.link(f"Watch {tag}.") == ()


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("$SONY and $^N225 rise", ["6758.T", "^N225"]),
        ("OTCMKTS:NTDOY rises", ["7974.T"]),
        ("$JPY=X and $VIX or $^VIX", ["JPY=X", "^VIX"]),
    ],
)
def test_receipts_lead_to_tokyo_and_other_tags_stay(text: str, symbols: list[str]) -> None:
    assert list(symbols_of(LINKER.link(text))) == symbols


TRAPS = {
    "price": [
        "$5 billion",
        "as low as $X a day",
        "US$7,203 million",
        "$6.5bn fund",
        "$7203",
        "A$AP",
    ],
    "unknown cash-tag or ticker": ["$ZZZZ soars", "NYSE:ZZZZ", "$9999.T", "(9998)", "東証:0001"],
    "year": ["Founded (1925)", "開業(1801)以来", "the 2024 budget", "1801年に建立", "since 2002"],
    "amount": ["参加費7203円", "6758人が参加", "8035件", "応募(7203)人", "7,203 tonnes"],
    "phone": ["03-7203-6758", "03(7203)6758", "(6758) 7203-1234", "電話 0120-6501-8306"],
    "postal code": ["〒100-8306", "Tokyo 100-6758", "〒7203-001"],
    "product number": ["型番6501", "model 7203", "AB-7203-X", "v7.203", "EPSON LX-6758B"],
    "address": ["https://example.com/7203", "www.example.com/6758.T.html", "mail@7203.Tokyo"],
    "common word": [
        "Sharp rise in wages",
        "Sharp falls in bond prices rattle investors",
        "A sharp drop in exports",
        "Canon of law",
        "Canon law and business ethics",
        "Fast fashion stocks fall",
        "Firms recruit more staff as profits rise",
        "Recruits join the army",
        "The aeon of cheap capital",
        "Screen time falls",
        "Disco nights lift bar sales",
        "Lions and tigers",
        "シャープな値動き、投資家は慎重",
        "イオン濃度の測定事業",
        "リチウムイオン電池の生産拡大",
        "マイナスイオン製品の販売",
        "合同リクルート活動の市場",
        "ライオン2頭を公開、入園料の値上げも",
        "サイバー攻撃で工場停止",
        "デジタル事業の投資拡大",
        "サポート事業の売上高",
    ],
    "place": [
        "Komatsu city raises bonds",
        "Hitachi City builds a plant",
        "Subaru telescope contract",
        "Mount Olympus tourism revenue",
        "豊田市の工場",
        "トヨタ市民の投資",
        "日立市の工場、受注増",
        "日立駅前の再開発事業",
        "川崎市の事業",
        "コマツ駅前の開発",
        "東京海上空港の建設事業",
        "みずほ橋の建設受注",
    ],
    "person": [
        "Daisuke Suzuki buys a vineyard",
        "Suzuki, 34, wins the race",
        "Nomura Mansai sells out",
        "武田さんの投資術",
        "クボタ氏が社長に",
        "鈴木社長の会見",
        "本田選手が契約",
    ],
    "sport and stage": [
        "SoftBank Hawks raise ticket prices",
        "Rakuten Eagles sign pitcher to a record deal",
        "Orix beat Lions to the pennant",
        "ソフトバンク連勝、柳田が本塁打",
        "オリックス投手と契約更改",
        "楽天イーグルスが新球場を開発",
        "Panasonic Stadium sells naming rights",
    ],
    "relative with a name of its own": [
        "ソニー生命の契約増",
        "ソニー銀行が金利上げ",
        "Sony Life sells policies",
        "第一生命経済研究所の予想",
        "みずほ証券の予想",
        "トヨタホームの販売",
        "NTTドコモの契約数",
        "NTT法の見直し",
        "Dow Chemical cuts jobs",
        "Nikkei Asia launches edition",
        "日経新聞の調査",
        "東急ハンズの販売",
        "日立金属の元社員",
    ],
    "shared name": [
        "Mitsubishi to invest",
        "Sumitomo group",
        "Mitsui family",
        "三菱の歴史",
        "三井グループ",
    ],
    "part of a longer word": [
        "ハリコーナー",
        "NECESSARY",
        "KAOS",
        "JTB",
        "プリコード",
        "マイソニーズ",
        "IHIC",
    ],
    "yen as money": [
        "50 billion yen falls short",
        "a 500 yen rise",
        "3億円高で落札",
        "100円安の弁当",
    ],
    "foreign sector": [
        "World Bank lends",
        "central banks meet",
        "United Airlines cuts",
        "US airlines",
    ],
    "newspaper": [
        "Toshiba bids due, Nikkei reports",
        "Plan shelved - Nikkei",
        "According to the Nikkei report",
    ],
}


@pytest.mark.parametrize(
    ("trap", "text"), [(trap, text) for trap, texts in TRAPS.items() for text in texts]
)
def test_a_trap_is_no_link(named: Named, trap: str, text: str) -> None:
    assert named(text) == set(), trap


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("トヨタ自動車", {"7203.T"}),
        ("ﾄﾖﾀ自動車", {"7203.T"}),
        ("株式会社日立製作所", {"6501.T"}),
        ("日立建機", {"6305.T"}),
        ("Hitachi Construction Machinery", {"6305.T"}),
        ("ソニーG", {"6758.T"}),
        ("ｿﾆｰｸﾞﾙｰﾌﾟ", {"6758.T"}),
        ("第一生命HD", {"8750.T"}),
        ("第一三共", {"4568.T"}),
        ("東京海上HD", {"8766.T"}),
        ("三井住友FG", {"8316.T"}),
        ("三井住友トラスト", {"8309.T"}),
        ("三井住友海上", {"8725.T"}),
        ("ソフトバンクG", {"9984.T"}),
        ("ソフトバンクグループ", {"9984.T"}),
        ("ソフトバンクの売上高", {"9434.T"}),
        ("SoftBank", {"9984.T"}),
        ("SoftBank Corp.", {"9434.T"}),
        ("Toyota Motor Corp", {"7203.T"}),
        ("TOYOTA MOTOR", {"7203.T"}),
        ("Toyota Industries", {"6201.T"}),
        ("Daiwa House", {"1925.T"}),
        ("大和証券グループ本社", {"8601.T"}),
        ("Mitsui & Co., Ltd.", {"8031.T"}),
        ("Sharp Corp. sets a record", {"6753.T"}),
        ("極洋、今期の純利益を上方修正", set()),
        ("極洋(1301)が上方修正", {"1301.T"}),
        ("アルトナー、今期純利益を上方修正", {"2163.T"}),
        ("日本マクドナルド、値上げ", {"2702.T"}),
        ("大和ハウス(1925)", {"1925.T"}),
        ("ニップン(2001)", {"2001.T"}),
        ("日経平均", {"^N225"}),
        ("日経平均株価とTOPIX", {"^N225", "^TOPX"}),
        ("東証株価指数", {"^TOPX"}),
        ("The Nikkei 225 rose", {"^N225"}),
        ("電気機器株", {"sector:3650"}),
        ("steel stocks", {"sector:3450"}),
        ("Iron & Steel shares", {"sector:3450"}),
        ("総合商社", {"basket:trading-houses"}),
        ("Chipmakers fall", {"basket:semiconductors"}),
        ("ドル円", {"JPY=X"}),
        ("USD/JPY", {"JPY=X"}),
        ("The yen weakens", {"JPY=X"}),
        ("野村証券が増益", {"8604.T"}),
        ("野村証券、トヨタの目標株価を上げ", {"7203.T"}),
    ],
)
def test_usual_names(named: Named, text: str, symbols: set[str]) -> None:
    assert named(text) == symbols


def test_a_link_says_where_and_how(linker: Linker) -> None:
    text = "ﾄﾖﾀ自動車（７２０３）と$SONY、鉄鋼株"
    links = linker.link(text)
    assert [(link.as_written, link.symbol or link.sector, link.how) for link in links] == [
        ("ﾄﾖﾀ自動車", "7203.T", "name"),
        ("（７２０３）", "7203.T", "code"),
        ("$SONY", "6758.T", "adr"),
        ("鉄鋼株", "sector:3450", "sector"),
    ]
    assert [text[link.start : link.end] for link in links] == [link.as_written for link in links]


def test_the_members_of_sectors_and_baskets_are_the_largest_first(linker: Linker) -> None:
    banks = linker.members("sector:7050", 3)
    assert set(banks) == {"8306.T", "8316.T", "8411.T"}
    assert linker.members("basket:autos")[:1] == ("7203.T",)
    assert linker.members("sector:0000") == linker.members("basket:none") == ()
    assert linker.members("") == ()


def test_a_users_form_counts_for_what_the_user_says() -> None:
    aliases = Aliases(names={"Zed": "7203.T", "トヨタ": ""})
    linker = Linker(aliases=aliases)
    assert symbols_of(linker.link("Zed rises")) == ("7203.T",)
    assert linker.link("トヨタが上昇") == ()


def test_a_text_without_end_is_read_up_to_its_bound(linker: Linker) -> None:
    text = "x" * LONGEST_TEXT + " トヨタ"
    assert linker.link(text) == ()


def test_notes_do_not_load_the_linker() -> None:
    code = "import sys, tui.market.notes; sys.exit('tui.market.linking.linker' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)  # noqa: S603 - our own text
