import pytest

from tui.errors import UsageError
from tui.secrets import drop_key, keep_key, place_of, read_key, variable


def test_the_environment_comes_before_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZARABA_KEY_JQUANTS", "  abc  ")
    assert read_key("jquants") == "abc"
    assert place_of("jquants") == "environment"


def test_a_key_that_is_nowhere_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("ZARABA_KEY_NOSUCH", raising=False)
    assert read_key("nosuch") is None
    assert place_of("nosuch") == ""


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("jquants", "ZARABA_KEY_JQUANTS"), ("my-desk.2", "ZARABA_KEY_MY_DESK_2")],
)
def test_a_key_has_one_variable(name: str, wanted: str) -> None:
    assert variable(name) == wanted


@pytest.mark.parametrize("name", ["", "JQ", "a b", "../x", "x" * 41])
def test_a_name_that_cannot_be_one_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="lower case"):
        keep_key(name, "abcdef")
    with pytest.raises(UsageError, match="lower case"):
        drop_key(name)
