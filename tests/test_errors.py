import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import errors
from tui.errors import ProviderError, RateLimited, ZarabaError

ALL = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ZarabaError)
]


def test_an_error_says_to_what_what_happened_and_what_to_do() -> None:
    assert str(ZarabaError("it broke")) == "it broke"
    assert str(ZarabaError("it broke", subject="a.toml")) == "a.toml: it broke"
    assert str(ZarabaError("it broke", remedy="Mend it.")) == "it broke. Mend it."
    full = ZarabaError("it broke", subject="a.toml", remedy="Mend it.")
    assert str(full) == "a.toml: it broke. Mend it."


@given(st.text(), st.text(), st.text())
def test_an_error_is_one_printable_line_whatever_it_quotes(a: str, b: str, c: str) -> None:
    assert str(ZarabaError(a, subject=b, remedy=c)).isprintable()


def test_the_tree_in_the_docstring_names_every_error() -> None:
    drawn = errors.__doc__ or ""
    assert all(kind.__name__ in drawn for kind in ALL)
    assert {kind.__base__ for kind in ALL} == {Exception, ZarabaError, ProviderError}


@pytest.mark.parametrize("kind", ALL)
def test_an_error_survives_copying_and_pickling(kind: type[ZarabaError]) -> None:
    error = kind("it broke", subject="a.toml", remedy="Mend it.")
    for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 - our own bytes
        assert type(again) is kind
        assert str(again) == str(error)


def test_a_source_that_was_asked_too_often_says_how_long_to_wait() -> None:
    assert RateLimited("too often", retry_after=2.5).retry_after == 2.5
    assert RateLimited("too often").retry_after is None
