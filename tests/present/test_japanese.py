"""What the program says of itself, in Japanese."""

import re
from typing import Any

import pytest

from tui.commands.registry import COMMANDS
from tui.present import japanese
from tui.present.columns import TEXTS
from tui.present.japanese import label, noticed, said

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
        ("Nothing is known by “x”.", "“x”にあたるものはありません。"),
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
    known = japanese._WORDS | japanese._LABELS
    assert [text for text, told in known.items() if not JAPANESE.search(told)] == ["日本語"]
