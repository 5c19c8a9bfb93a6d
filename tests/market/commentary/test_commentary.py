"""A commentary of any layout yields its catalysts, its symbols and its claims."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.commentary import Commentary, is_commentary, parse_commentary
from tui.market.commentary.headings import is_section
from tui.market.linking.linker import Linker

DAY = date(2025, 5, 26)
DUE = date(2025, 7, 9)
Read = Callable[..., Commentary]
NIKKEI = ("^N225", "37531.53", "371.06", "1.00")
TOPIX = ("^TOPX", "2751.91", "16.39", "0.60")


def stated(commentary: Commentary) -> list[tuple[str, ...]]:
    every = (commentary.overview, *commentary.catalysts)
    return [
        (claim.symbol, *("" if figure is None else f"{figure:f}" for figure in claim.figures))
        for each in every
        if each is not None
        for claim in each.claims
    ]


@pytest.mark.parametrize(
    ("name", "titles", "symbols", "claims"),
    [
        (
            "headings.md",
            ["EU tariff delay", "Nippon Steel–U.S. Steel", "Trade negotiations"],
            [("7203.T", "6758.T"), ("5401.T",), ()],
            [
                NIKKEI,
                ("^TOPX", "2751.91", "", "0.6"),
                ("6758.T", "", "", "1.55"),
                ("6501.T", "", "", "1.5"),
                ("5401.T", "", "", "2.1"),
                ("6857.T", "", "", "4.2"),
            ],
        ),
        (
            "numbered.txt",
            ["Tariff reprieve", "Steel deal", "Chips"],
            [(), ("5401.T",), ("6857.T", "8035.T")],
            [
                ("^N225", "37531.53", "", "1"),
                ("^TOPX", "2751.91", "16.39", ""),
                ("9984.T", "7631", "", "2.2"),
                ("9766.T", "", "", "4.5"),
                ("JPY=X", "142.30", "", ""),
                ("6857.T", "", "", "4.2"),
                ("8035.T", "", "", "2.6"),
            ],
        ),
        (
            "japanese.txt",
            ["対EU関税の発動延期", "日鉄のUSスチール買収", "日米関税交渉"],
            [("7203.T", "7267.T"), ("5401.T",), ()],
            [
                NIKKEI,
                TOPIX,
                ("6857.T", "", "", "4.20"),
                ("8035.T", "", "", "2.64"),
                ("7203.T", "", "", "-0.6"),
                ("5401.T", "", "", "2.1"),
            ],
        ),
        (
            "table.md",
            ["Tariff delay", "Steel support"],
            [("7203.T", "7267.T"), ("5401.T",)],
            [
                NIKKEI,
                TOPIX,
                ("6758.T", "", "", "1.55"),
                ("6501.T", "", "", "1.47"),
                ("5401.T", "", "", "-2.13"),
            ],
        ),
        (
            "plain.txt",
            [
                "EU tariffs pushed back",
                "Nippon Steel ($5401.T) wins backing",
                "Akazawa on trade talks",
            ],
            [("6758.T", "7203.T"), ("5401.T",), ()],
            [("^N225", "37531.53", "371.06", ""), ("^TOPX", "2751.91", "", "0.60")],
        ),
        (
            "terse.txt",
            ["U.S. extends EU tariff deadline to July 9", "Nippon Steel/U.S. Steel", "BOJ"],
            [("7203.T", "7267.T"), ("5401.T",), ()],
            [
                NIKKEI,
                TOPIX,
                ("^N225", "37000.00", "", "-1.2"),
                ("5401.T", "", "", "2.13"),
            ],
        ),
    ],
)
def test_every_layout_is_read(
    read: Read,
    name: str,
    titles: list[str],
    symbols: list[tuple[str, ...]],
    claims: list[tuple[str, ...]],
) -> None:
    found = read(name)
    assert found.session == DAY
    assert [each.headline for each in found.catalysts] == titles
    assert [each.symbols for each in found.catalysts] == symbols
    assert found.catalysts[0].due == DUE
    assert [each.due for each in found.catalysts[1:]] == [None] * (len(titles) - 1)
    assert stated(found) == claims
    assert found.problems == ()
    assert len({each.key for each in found.catalysts}) == len(titles)


def test_an_explanation_stands_without_title_stop_and_marks(read: Read) -> None:
    found = read("headings.md")
    assert found.title == "Tokyo Market Wrap — Monday, May 26, 2025"
    assert found.catalysts[0].text.startswith("President Trump said he would hold off until July 9")
    assert found.catalysts[1].text.startswith("Trump voiced support")
    assert all("*" not in each.text for each in found.catalysts)
    assert "Tokyo CPI" not in found.catalysts[-1].text
    assert found.overview is not None
    assert "Tokyo CPI on Friday." in found.overview.text


def test_a_receipt_is_its_tokyo_line_and_stays_as_written(read: Read) -> None:
    claim = read("headings.md").overview.claims[2]  # type: ignore[union-attr]
    assert (claim.symbol, claim.as_written) == ("6758.T", "$SONY")
    assert claim.text.startswith("Among large caps, Sony ($SONY) gained 1.55%")


def test_with_a_linker_that_knows_names_shares_without_tags_are_read(
    read: Read, linker: Linker
) -> None:
    assert ("7203.T", "", "", "-0.4") in stated(read("numbered.txt", linker=linker))
    assert ("7203.T", "", "", "-0.4") not in stated(read("numbered.txt"))


def test_a_classifier_gives_kind_and_rule(read: Read) -> None:
    found = read(
        "terse.txt", classify=lambda headline, text: (headline[:3].lower(), "by " + text[:5])
    )
    assert [(each.kind, each.rule) for each in found.catalysts[2:]] == [("boj", "by Gover")]


def test_the_time_of_writing_is_that_of_the_whole(read: Read) -> None:
    overview = read("numbered.txt").overview
    assert overview is not None
    assert overview.time == datetime(2025, 5, 26, 6, 45, tzinfo=UTC)
    assert [each.time for each in read("numbered.txt").catalysts] == [None] * 3


def test_an_item_may_begin_with_its_time_and_hold_a_link() -> None:
    entry = "- 08:50 GDP revised: [Cabinet Office](https://example.com/x) says"
    text = f"26 May 2025\n\nCatalysts\n{entry}"
    (item,) = parse_commentary(text, name="x").catalysts
    assert item.time == datetime(2025, 5, 25, 23, 50, tzinfo=UTC)
    assert (item.headline, item.text) == ("GDP revised", "Cabinet Office says")
    assert item.link == "https://example.com/x"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Key catalysts", True), ("## Key Catalysts:", True), ("**Catalysts**", True),
        ("【注目材料】", True), ("■主な材料", True), ("3. Main catalysts today", True),
        ("What moved the market", True), ("Key drivers", True), ("材料", True),
        ("Catalysts were few today.", False), ("Movers", False), ("Key levels", False),
        ("材料出尽くしで売られた。", False), ("", False),
    ],
)  # fmt: skip
def test_a_section_of_catalysts_is_known_by_its_heading(line: str, expected: bool) -> None:
    assert is_section(line) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\ndate: 2025-05-26\n## A\ntext\nkind: deal\n", False),
        ("## 14:05 A\n## Key catalysts\n- B. c\n", False),
        ("## A\n## B\n", False),
        ("## Wrap\ntext\n## Key catalysts\n- A. b\n", True),
        ("Stocks rose.\n\nKey catalysts\n\nA. b\n", True),
        ("The Nikkei rose 1%.", True),
        ("", True),
    ],
)
def test_notes_in_their_own_grammar_stay_notes(text: str, expected: bool) -> None:
    assert is_commentary(text) is expected


@pytest.mark.parametrize(
    ("head", "session"),
    [
        ("Monday, May 26", DAY), ("5月26日(月)", DAY), ("26th May 2025", DAY), ("2025/05/26", DAY),
        ("May 26", None), ("by 9 July 2025", None), ("31 February 2025", None), ("", None),
        ("date: 2025-05-26", DAY),
    ],
)  # fmt: skip
def test_the_session_is_told_by_a_whole_date_or_a_weekday(head: str, session: date | None) -> None:
    text = f"Close\n\n{head}\n\nCatalysts\n- A. b\n"
    found = parse_commentary(text, name="x", today=date(2026, 11, 22))
    assert found.session == session
    assert parse_commentary("x", name="x", session=DAY).session == DAY


PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        """Key catalysts
注目材料
The Nikkei rose
TOPIX
1.00%
371.06 points
to 37,531.53
371円06銭高の
3万7531円53銭
by July 9
7月9日まで
99月99日まで
9999年12月末まで
2025-05-26
26 May 9999
0001-01-01
by Friday
until end of December
respectively""".splitlines()
    ),
    st.sampled_from(
        ["- ", "1. ", "**", "# ", "### ", "\n", "\n\n", "。", ". ", "$SONY ", "$^N225 "]
    ),
    st.sampled_from(
        ["\x1b[31m", "\u202e", "[red]x[/]", "|", "(", ")", " and ", "−", "▲", "%", ","]
    ),
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([None, DAY, date.min, date.max]))
@settings(max_examples=150)
def test_no_text_makes_it_fail_or_brings_a_control_character(
    text: str, session: date | None
) -> None:
    is_commentary(text)
    found = parse_commentary(text, name=text[:20], session=session, today=DAY)
    every: list[Any] = [*found.catalysts, *([found.overview] if found.overview else [])]
    assert len({each.key for each in every}) == len(every)
    for each in every:
        assert each.headline
        shown = [each.headline, each.source, each.link, *each.symbols, each.key]
        shown += each.text.split("\n")
        shown += [part for claim in each.claims for part in (claim.text, claim.as_written)]
        for character in "".join(shown):
            assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        for claim in each.claims:
            assert any(figure is not None for figure in claim.figures)
            assert all(figure is None or figure.is_finite() for figure in claim.figures)


@pytest.mark.parametrize(
    "text",
    [
        "Nikkei " * 150_000,
        "The Nikkei rose " + "1.00% " * 150_000,
        "Key catalysts\n" + "- a. b\n" * 150_000,
        "(" * 1_000_000,
        "日経平均は、" * 150_000,
        "$SONY, " * 150_000,
        "1,1," * 250_000,
        "**a" * 300_000,
        "The Nikkei " + "1.00%, or " * 100_000,
        "a\n" * 500_000,
        "[" * 500_000 + "](" * 200_000,
    ],
    ids=range(11),
)
def test_a_megabyte_of_nonsense_is_bounded(text: str) -> None:
    found = parse_commentary(text, name="x", session=DAY)
    assert len(found.catalysts) <= 200
    assert sum(len(each.claims) for each in found.catalysts) < 2_000
    assert found.overview is None or len(found.overview.claims) <= 200


def test_escapes_and_markup_of_a_pasted_text_are_inert() -> None:
    text = "26 May 2025\n\nCatalysts\n- \x1b[31mRed\u202e alert\x07. [bold]x[/bold] \u200b$SONY\n"
    (item,) = parse_commentary(text, name="x").catalysts
    assert (item.headline, item.text) == ("Red alert", "[bold]x[/bold] $SONY")
    assert item.symbols == ("6758.T",)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("**Japan wrap, 26 May 2025**\n\nTokyo rose.\n", "Japan wrap, 26 May 2025"),
        ("# Japan wrap\n\n**Overview**\n\nTokyo rose.\n", "Japan wrap"),
        ("Tokyo rose.\n\n**Later**\n\nIt went on.\n", ""),
    ],
)
def test_a_bold_line_above_everything_is_the_title(text: str, title: str) -> None:
    assert parse_commentary(text, name="x").title == title
