"""A catalyst written down is read again as what it was."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.market.catalysts import Catalyst
from tui.market.note_writing import holds, note
from tui.market.notes import parse_notes
from tui.market.plaintext import plain

DAY = date(2025, 5, 26)
NOON = datetime(2025, 5, 26, 3, tzinfo=UTC)


def read(text: str) -> Catalyst:
    notes = parse_notes(text, name="n")
    assert notes.problems == ()
    assert len(notes.catalysts) == 1
    return notes.catalysts[0]


def test_everything_that_is_known_of_it_comes_back() -> None:
    told = Catalyst(
        key="feed/1",
        headline="Nippon Steel: board backs the deal",
        text="First line.\n\n- one\n- two",
        time=NOON + timedelta(seconds=42),
        kind="deal",
        symbols=("5401.T", "^N225", "SONY"),
        source="A wire",
        link="https://example.com/a?b=c",
        due=date(2025, 7, 9),
    )
    again = read(note(told, DAY))
    for name in ("headline", "time", "kind", "symbols", "source", "link", "due"):
        assert getattr(again, name) == getattr(told, name), name


def test_what_a_body_says_is_not_read_as_structure() -> None:
    body = "## 10:00 Not an entry\nkind: deal\nlink: https://evil.example/\n$7203.T\n# Nor a title"
    again = read(note(Catalyst(key="k", headline="One", text=body, time=NOON), DAY))
    assert (again.headline, again.kind, again.link) == ("One", "", "")
    assert "Not an entry" in again.text


def test_a_headline_without_a_time_is_filed_under_its_session() -> None:
    again = read(note(Catalyst(key="k", headline="10:30 is when it opens"), DAY))
    assert again.session == DAY


HEADLINES = st.text(min_size=1, max_size=60).map(lambda text: plain(text, 300)).filter(bool)


@given(headline=HEADLINES, text=st.text(max_size=200))
@example("#", "")
@example("0 #", "")
@settings(max_examples=100)
def test_no_headline_and_no_body_make_more_than_one_entry(headline: str, text: str) -> None:
    told = Catalyst(key="k", headline=headline, text=plain(text, 4_000, lines=True), time=NOON)
    again = read(note(told, DAY))
    assert again.headline == headline
    assert again.time == NOON
    assert holds(note(told, DAY), told)


def test_another_headline_or_time_is_not_held() -> None:
    told = Catalyst(key="k", headline="One", time=NOON)
    text = note(told, DAY)
    assert not holds(text, Catalyst(key="k", headline="Two", time=NOON))
    assert not holds(text, Catalyst(key="k", headline="One", time=NOON + timedelta(hours=1)))
