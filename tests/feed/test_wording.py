from hypothesis import given
from hypothesis import strategies as st

from tui.errors import Unavailable
from tui.feed.wording import LONGEST, Secrets, error_words, plain


@given(st.text())
def test_foreign_words_become_one_short_printable_line(text: str) -> None:
    line = plain(text)
    assert line.isprintable()
    assert len(line) <= LONGEST


def test_escapes_and_direction_overrides_are_taken_out() -> None:
    assert plain("\x1b[31mred\u202e tide\r\n") == "[31mred tide"


def test_what_has_no_words_is_named_by_its_type() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no words")

    assert "Mute" in error_words(Mute())
    assert error_words(KeyError()) == "KeyError"
    assert error_words(ValueError("bad")) == "ValueError: bad"


def test_our_own_errors_speak_for_themselves() -> None:
    error = Unavailable("The server is away", subject="stooq", remedy="Try again later")
    assert error_words(error) == "stooq: The server is away. Try again later"


def test_a_key_that_was_handed_out_is_never_said_again() -> None:
    secrets = Secrets({"api": "s3cret-key"}.get)
    assert secrets("api") == "s3cret-key"
    assert secrets("other") is None
    error = ValueError("GET /q?key=s3cret-key")
    assert error_words(error, secrets.hide) == "ValueError: GET /q?key=•••"
