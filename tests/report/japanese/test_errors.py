"""Failures in Japanese: with their subject and remedy, and none left out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import report
from tui.report.japanese.errors import error_ja, failure_ja
from tui.report.japanese.failures import FAILURES
from tui.report.japanese.remedies import REMEDIES
from tui.report.japanese.templates import Templates

ROOT = Path(report.__file__).parents[1]
JAPANESE = re.compile(r"[ぁ-んァ-ン一-龠]")
ERRORS = {
    "ConfigError", "WatchlistError", "ProviderError", "Unavailable", "RateLimited",
    "Unauthorised", "NotSupported", "BadPayload",
}  # fmt: skip
SHOWN = ("feed", "providers", "present", "watchlists")
"""The folders whose failures the screen tells; the conformance suite's are for authors."""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mine: 7203.T is in the list already", "Mine: 7203.Tはすでにリストにあります"),
        (
            "yahoo: a server error (503). It is asked again by itself.",
            "yahoo: サーバーエラー（503）。自動で再照会します。",
        ),
        (
            "yahoo: by way of the proxy that the environment names: the connection was refused.",
            "yahoo: 環境変数のプロキシ経由: 接続を拒否されました。",
        ),
        (
            (
                "~/codes.csv: no known code was found. Give one code a line, or a CSV with a "
                "column “code” or “symbol”."
            ),
            (
                "~/codes.csv: 該当するコードがありません。"
                "1行1コードか、「code」「symbol」列のあるCSVにしてください。"
            ),
        ),
        ("“25:99” is not a time. What of it.", "「25:99」は時刻ではありません。What of it."),
        ("no answer for 4 s · there is no key", "4秒間応答がありません · キーがありません"),
    ],
)
def test_a_failure_is_told_with_its_subject_and_its_remedy(text: str, told: str) -> None:
    assert error_ja(text) == told


def test_what_others_say_stands_as_it_is() -> None:
    assert error_ja("Service closed for the holidays. See our page.") is None
    assert failure_ja("jquants: The incoming token is expired") == (
        "jquants: The incoming token is expired"
    )


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_told_or_left_alone(text: str) -> None:
    assert failure_ja(text)


_WORDS = st.text(st.characters(exclude_characters="!", exclude_categories=["Cs"]), min_size=1)


@given(_WORDS.filter(lambda text: " beside " not in text), _WORDS)
def test_what_stands_in_the_gaps_is_carried_over(one: str, other: str) -> None:
    templates = Templates({"{} beside {}!": "{1}の横に{0}"}, str)
    assert templates.find(f"{one} beside {other}!") == f"{other}の横に{one}"


def test_the_gaps_are_those_of_the_japanese() -> None:
    for english, told in (FAILURES | REMEDIES).items():
        gaps = len(re.findall(r"\{[~,]?\}", english))
        used = sorted({int(number) for number in re.findall(r"\{(\d)\}", told)})
        assert used == list(range(gaps)), english
        assert JAPANESE.search(told)


def test_a_remedy_is_a_sentence_and_what_happened_a_clause() -> None:
    assert [text for text in REMEDIES if not text.endswith(".")] == []
    assert [text for text in FAILURES if text.endswith(".")] == []


def _raised() -> Iterator[str]:
    """What errors in the source code say happened and what to do, something in each gap."""
    for folder in SHOWN:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "conformance" not in path.parts:
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                    yield from _told(node)


def _told(node: ast.AST) -> Iterator[str]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return
    if node.func.id in ERRORS:
        remedies = [each.value for each in node.keywords if each.arg == "remedy"]
        for text in map(_text, [*node.args[:1], *remedies]):
            if re.search("[a-z]{3}", text):
                yield text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    told = ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            told += str(part.value)
        elif not told[-1:].isalpha():  # else it is the ending of a plural, which may be empty
            told += "12"
    return told


@pytest.mark.parametrize("text", sorted(set(_raised())))
def test_every_failure_in_the_source_code_is_known(text: str) -> None:
    assert JAPANESE.search(failure_ja(text))


def test_enough_failures_are_found_for_that_to_mean_something() -> None:
    assert len(set(_raised())) > 120
