import unicodedata
from datetime import UTC, date, datetime
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.catalysts import Catalyst
from tui.market.linking.tags import cash_tags
from tui.market.notes import HEADLINE, MOST_CHARACTERS, TEXT, Notes, parse_notes

DAY = date(2025, 5, 26)


def parse(text: str, session: date | None = DAY) -> Notes:
    return parse_notes(dedent(text), name="test.md", session=session)


def one(text: str, session: date | None = DAY) -> Catalyst:
    notes = parse(text, session)
    assert notes.problems == ()
    assert len(notes.catalysts) == 1
    return notes.catalysts[0]


def test_an_entry_has_time_headline_text_symbols_and_fields() -> None:
    entry = one("""\
        # Monday
        ## 14:05 Steel deal backed

        Washington supports $5401.T and
        its partner.

        Due: 2025-07-09
        KIND: Deal
        link: https://example.com/a?b=c
        source: The desk
        """)
    assert entry.headline == "Steel deal backed"
    assert entry.time == datetime(2025, 5, 26, 5, 5, tzinfo=UTC)
    assert entry.session == DAY
    assert entry.text == "Washington supports $5401.T and its partner."
    assert entry.symbols == ("5401.T",)
    assert entry.due == date(2025, 7, 9)
    assert (entry.kind, entry.link, entry.source) == (
        "deal",
        "https://example.com/a?b=c",
        "The desk",
    )


def test_without_a_time_of_day_there_is_none() -> None:
    entry = one("## Exporters rise\n$7203.T")
    assert entry.time is None
    assert entry.session == DAY


@pytest.mark.parametrize(
    ("heading", "moment", "headline"),
    [
        ("9:05 Open", datetime(2025, 5, 26, 0, 5, tzinfo=UTC), "Open"),
        ("09:05 JST Open", datetime(2025, 5, 26, 0, 5, tzinfo=UTC), "Open"),
        ("2025-05-27T14:05 Later", datetime(2025, 5, 27, 5, 5, tzinfo=UTC), "Later"),
        ("2025-05-27 14:05 Later", datetime(2025, 5, 27, 5, 5, tzinfo=UTC), "Later"),
        ("2025-05-26T20:30:00Z Fed", datetime(2025, 5, 26, 20, 30, tzinfo=UTC), "Fed"),
        ("2025-05-26T16:30-04:00 Fed", datetime(2025, 5, 26, 20, 30, tzinfo=UTC), "Fed"),
    ],
)
def test_times_are_read_in_jst_unless_they_say_otherwise(
    heading: str, moment: datetime, headline: str
) -> None:
    entry = one(f"### {heading} ###\n")
    assert (entry.time, entry.headline) == (moment, headline)


def test_an_instant_late_in_utc_belongs_to_tokyo_s_next_date() -> None:
    assert one("## 2025-05-26T20:30:00Z Fed").session == date(2025, 5, 27)


def test_a_date_alone_sets_the_session_and_no_time() -> None:
    entry = one("## 2025-05-23 Friday's news")
    assert (entry.session, entry.time, entry.headline) == (date(2025, 5, 23), None, "Friday's news")


def test_the_head_of_the_file_speaks_for_every_entry() -> None:
    notes = parse("date: 2025-05-23\nsource: Desk\nIntroduction.\n## A\n## B\nsource: Me\n")
    assert [(each.session, each.source) for each in notes.catalysts] == [
        (date(2025, 5, 23), "Desk"),
        (date(2025, 5, 23), "Me"),
    ]


def test_lines_of_a_paragraph_are_joined_and_lists_are_not() -> None:
    entry = one("## T\nfirst\nsecond\n\n- one\n- two\n  more\n$7203.T, $6758.T\n円安で\n輸出株高\n")
    assert entry.text == "first second\n\n- one\n- two more\n円安で輸出株高"
    assert entry.symbols == ("7203.T", "6758.T")


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("$6501.T, $^N225; $SONY.", ("6501.T", "^N225", "SONY")),
        ("$285A.T $JPY=X $NKD=F $BRK-B", ("285A.T", "JPY=X", "NKD=F", "BRK-B")),
        ("$6501.T and $6501.T", ("6501.T",)),
        ("US$100 $5.50 $100bn $6501 cost$SONY $$SONY $sony", ()),
        ("（$7203.T）と$9984.T。", ("7203.T", "9984.T")),
    ],
)
def test_cash_tags_are_symbols_and_amounts_of_money_are_not(
    text: str, symbols: tuple[str, ...]
) -> None:
    assert cash_tags(text) == symbols


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## 25:00 T", 1, "25:00"),
        ("## T\ndue: tomorrow", 2, "tomorrow"),
        ("## T\nkind: two words", 2, "one word"),
        ("## T\nlink: javascript:alert(1)", 2, "http"),
        ("## T\nlink: https://user@host/", 2, "http"),
        ("##  \n## \n", 1, "headline"),
        ("## 2025-02-30 T", 1, "2025-02-30"),
        ("## T\n" + "long words\n" * 900, 729, "characters"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, words: str) -> None:
    notes = parse(text)
    assert notes.problems[0].line == line
    assert words in str(notes.problems[0])


def test_a_bad_field_leaves_the_rest_of_its_entry() -> None:
    notes = parse("## T\ndue: never\nkind: deal\nbody")
    assert (notes.catalysts[0].due, notes.catalysts[0].kind) == (None, "deal")
    assert notes.catalysts[0].text == "body"


def test_a_time_of_day_without_any_date_is_told_and_left_out() -> None:
    notes = parse("## 10:00 T", session=None)
    assert notes.catalysts[0].time is None
    assert "date:" in notes.problems[0].text


def test_keys_stay_when_text_changes_or_entries_are_put_before() -> None:
    before = parse("## 10:00 A\nold\n## B").catalysts
    after = parse("## New\n## 10:00 A\nnew\n## B").catalysts
    assert [each.key for each in after[1:]] == [each.key for each in before]


def test_entries_that_are_alike_have_keys_of_their_own() -> None:
    keys = [each.key for each in parse("## A\n## A\n## A").catalysts]
    assert len(set(keys)) == 3


def test_oversized_notes_are_cut_and_told() -> None:
    notes = parse("## T\n" + "x\n" * MOST_CHARACTERS)
    assert "characters" in notes.problems[0].text
    assert len(notes.catalysts[0].text) <= TEXT
    assert len(one("## " + "x" * 5000).headline) <= HEADLINE


PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "## ", "\n", "# ", "14:05 ", "25:99 ", "2025-05-26T", "due: ", "kind:", "link: ",
            "source: ", "date: 0001-01-01\n", "$6501.T ", "$^N225", "\x1b[2J", "\u202e", "\x9d",
            "0001-01-01T00:00+14:00 ", "9999-12-31T23:59-12:00 ", "00:00 ", "- ", "\r", "\ufeff",
        ]
    ),
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([None, DAY, date.min]))
def test_no_text_makes_the_parser_fail_or_brings_a_control_character(
    text: str, session: date | None
) -> None:
    notes = parse_notes(text, name=text[:20], session=session)
    assert len({each.key for each in notes.catalysts}) == len(notes.catalysts)
    for each in notes.catalysts:
        assert each.headline
        shown = [each.headline, each.source, each.link, each.kind, *each.symbols, each.key]
        shown += each.text.split("\n")
        shown += [problem.text for problem in notes.problems]
        for character in "".join(shown):
            assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert each.time is None or each.time.tzinfo is UTC
