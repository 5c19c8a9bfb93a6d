import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.plaintext import plain

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b[]m;\x07\x9b\x90\x9d\x9c\u202e\u2066\u200b\ufeff\u0301\u3099\r\n\t#"),
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("foreign", "safe"),
    [
        ("plain text", "plain text"),
        ("\x1b[31mred\x1b[0m alert", "red alert"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bcreset", "reset"),
        ("a\x00b\x7fc", "abc"),
        ("abc\u202edef\u2066ghi", "abcdefghi"),
        ("z\u200b\u200b\u2060\ufeff\u00adw", "zw"),
        ("half\ud800way", "halfway"),
        ("one\r\ntwo\u2028three\tfour", "one two three four"),
        ("非\u00a0常\u3000口", "非 常\u3000口"),
        ("[bold]markup[/bold] stays", "[bold]markup[/bold] stays"),
        ("か\u3099", "か\u3099"),
        ("Z" + "\u0335" * 50 + "algo", "Z\u0335\u0335algo"),
        ("\u3164\u115fx", "x"),
    ],
)
def test_only_what_can_be_shown_is_kept(foreign: str, safe: str) -> None:
    assert plain(foreign, 100) == safe


def test_what_is_cut_ends_in_an_ellipsis_within_the_limit() -> None:
    assert plain("abcdefgh", 5) == "abcd…"
    assert plain("abcde", 5) == "abcde"
    assert plain("abc", 0) == ""


def test_line_breaks_are_kept_on_request_with_one_empty_line_at_most() -> None:
    assert plain("a\r\n\n\n\n b  c\n", 50, lines=True) == "a\n\nb c"


@given(HOSTILE, st.integers(1, 200), st.booleans())
def test_no_text_brings_a_control_character_or_grows(text: str, limit: int, lines: bool) -> None:
    safe = plain(text, limit, lines=lines)
    assert len(safe) <= limit
    safe.encode("utf-8")
    for character in safe:
        if not (lines and character == "\n"):
            assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(HOSTILE, st.booleans())
def test_safe_text_stays_as_it_is(text: str, lines: bool) -> None:
    safe = plain(text, 300, lines=lines)
    assert plain(safe, 300, lines=lines) == safe
