"""What the program says of itself, in Japanese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tui import present
from tui.commands.japanese import about
from tui.commands.registry import COMMANDS
from tui.present.columns import TEXTS
from tui.present.japanese import either, label, noticed, said
from tui.present.japanese_notices import NOTICES
from tui.present.japanese_words import LABELS, WORDS

ROOT = Path(present.__file__).parents[1]
JAPANESE = re.compile(r"[ぁ-んァ-ン一-龠]")


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.footer], ids=lambda c: c.id)
def test_every_label_at_the_foot_is_known(command: Any) -> None:
    assert label(command.footer, "en") == command.footer
    told = label(command.footer, "ja")
    assert JAPANESE.search(told) or told == "English"


@pytest.mark.parametrize("text", [t for t in TEXTS if t.about], ids=lambda t: t.key)
def test_every_column_is_explained(text: Any) -> None:
    assert JAPANESE.search(said(text.about, "ja"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("REPLAY · path modelled", "再生 · 値動きはモデル"),
        ("DELAYED 20 m", "20分遅れ"),
        ("CLOSED · DELAYED 20 m", "時間外 · 20分遅れ"),
        ("kabu 50 · yahoo 175 DELAYED 20 m", "kabu 50 · yahoo 175 20分遅れ"),
        ("RETRYING in 12 s", "再試行まで12秒"),
        ("RETRYING in 4 s · 21 m old", "再試行まで4秒 · 21分前の値"),
        ("STALE 3 h", "更新停止 3時間"),
        ("Nikkei 225 divisors: none for 2 Nov 2026", "日経平均の除数: 2026-11-02の表なし"),
        ("kabu 1 RETRYING in 3 s · yahoo 245", "kabu 1 再試行まで3秒 · yahoo 245"),
        ("path modelled, suspect", "値動きはモデル, 要確認"),
        ("225 names, built in", "225銘柄、標準"),
    ],
)
def test_states_and_notices_are_told(text: str, told: str) -> None:
    assert said(text, "ja") == told
    assert said(text, "en") == text


def test_what_is_not_the_program_s_own_stands_as_it_is() -> None:
    headline = "Toyota raises its forecast; shares rise, a lot · again"
    assert said(headline, "ja") == headline
    assert said("", "ja") == ""
    assert noticed("one, name, failed", "ja") == "one, name, failed"
    assert noticed("No gap is known now.", "ja") == said("No gap is known now.", "ja")


def test_no_two_ways_of_saying_it_are_left_in_english() -> None:
    known = WORDS | LABELS
    assert [text for text, told in known.items() if not JAPANESE.search(told)] == ["日本語"]


def test_a_heading_in_both_languages_keeps_one() -> None:
    assert either("Kind · 種別", "ja") == "種別"
    assert either("Kind · 種別", "en") == "Kind · 種別"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.id)
def test_every_command_is_explained(command: Any) -> None:
    if command.id.removeprefix("list.") not in set("23456789"):
        assert JAPANESE.search(about(command, "ja"))
    assert about(command, "en") == command.tooltip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nothing is known by “x”.", "“x”にあたるものはありません。"),
        ("7203 added to Mine.", "7203をMineに追加しました。"),
        ("Undone: add 7203 to Mine.", "元に戻しました: Mineへの7203の追加。"),
        ("Live quotes from kabu, then yahoo.", "ライブの株価: kabu、yahoo。"),
        (
            "yahoo: the connection was refused. Press p for the sources.",
            "yahoo: 接続を拒否されました。 pでデータ源を表示します。",
        ),
        (
            "Live quotes from yahoo. L goes back to the recorded session.",
            "ライブの株価: yahoo。Lで収録した立会に戻ります。",
        ),
        (
            "a {quote} in “braces” added to {0}.",
            "a {quote} in “braces”を{0}に追加しました。",
        ),
    ],
)
def test_notices_are_told_with_what_they_quote(text: str, told: str) -> None:
    assert noticed(text, "ja") == told
    assert noticed(text, "en") == text


GAPS = ("7203", "kabu", "12", "x.toml")
"""What stands in the gaps of a text that the source code holds."""


def _forms(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, with something in each gap; none that is all gaps."""
    if isinstance(node, ast.IfExp):
        yield from _forms(node.body)
        yield from _forms(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for each in node.values:
            yield from _forms(each)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        gaps = iter(GAPS)
        told = ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                told += str(part.value)
            elif not told.endswith("."):  # else it is a further sentence, which may be empty
                told += next(gaps)
        words = "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
        if re.search("[a-z]{3}", words):
            yield told


def _spoken() -> list[str]:
    """Every text that the screens and the desk of news hand to a notice."""
    texts: list[str] = []
    for path in [ROOT / "app.py", *sorted((ROOT / "screens").glob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"notify", "say", "_change"}
                and len(node.args) == 1
            ):
                texts += _forms(node.args[0])
    desk = ROOT / "present" / "news_desk.py"
    for node in ast.walk(ast.parse(desk.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and node.value.elts:
            texts += list(_forms(node.value.elts[1]))
    return texts


@pytest.mark.parametrize("text", _spoken())
def test_every_notice_in_the_source_code_is_known(text: str) -> None:
    assert JAPANESE.search(noticed(text, "ja"))


def test_enough_notices_are_found_for_that_to_mean_something() -> None:
    assert len(_spoken()) > 30


def test_the_gaps_of_a_notice_are_those_of_its_japanese() -> None:
    for english, told in NOTICES.items():
        gaps = len(re.findall(r"\{[~,]?\}", english))
        used = sorted({int(number) for number in re.findall(r"\{(\d)\}", told)})
        assert used == list(range(gaps)), english
