from tui.market.catalysts import Catalyst
from tui.market.enriching import MOST_MEMBERS, enrich
from tui.market.kinds import Kinds
from tui.market.linking.linker import Linker
from tui.market.linking.tags import MOST_SYMBOLS

LINKER, KINDS = Linker(), Kinds()


def enriched(headline: str, **fields: object) -> Catalyst:
    catalyst = Catalyst(key="k", headline=headline, **fields)  # type: ignore[arg-type]
    return enrich(catalyst, LINKER, KINDS)


def test_symbols_and_kind_are_filled_in() -> None:
    made = enriched("トヨタ（7203）とホンダ、業績予想を上方修正")
    assert made.symbols == ("7203.T", "7267.T")
    assert (made.kind, made.rule) == ("guidance", "forecast, Japanese")


def test_what_the_source_gave_stands() -> None:
    given = Catalyst(key="k", headline="Toyota lifts dividend", kind="rumour", symbols=("6758.T",))
    assert enrich(given, LINKER, KINDS) is given
    made = enriched("Toyota lifts dividend", kind="rumour")
    assert (made.symbols, made.kind, made.rule) == (("7203.T",), "rumour", "")
    made = enriched("Toyota lifts dividend", symbols=("6758.T",))
    assert (made.symbols, made.kind) == (("6758.T",), "payout")


def test_a_sector_stands_for_its_largest_members_unless_companies_are_named() -> None:
    banks = enriched("銀行株が上昇").symbols
    assert len(banks) == MOST_MEMBERS
    assert {"8306.T", "8316.T", "8411.T"} <= set(banks)
    assert enriched("銀行株が上昇、三菱UFJは高値").symbols == ("8306.T",)


def test_the_body_is_asked_where_the_headline_names_nothing() -> None:
    made = enriched("Shares drift", text="Sony Group was the exception.")
    assert made.symbols == ("6758.T",)
    assert enriched("Toyota rises", text="Sony Group fell.").symbols == ("7203.T",)


def test_a_list_of_all_codes_is_bounded() -> None:
    codes = " ".join(f"【{row.code}】" for row in LINKER._reference.listed.rows[:200])
    assert len(enriched(codes).symbols) == MOST_SYMBOLS


def test_nothing_to_add_gives_the_same_object() -> None:
    bare = Catalyst(key="k", headline="薄商い")
    assert enrich(bare, LINKER, KINDS) is bare
