"""Folding: every usual writing of a name compares alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("トヨタ", "とよた"),
        ("とよた", "とよた"),
        ("ﾄﾖﾀ", "とよた"),
        ("ﾊﾟﾅｿﾆｯｸ", "ぱなそにっく"),
        ("ｳﾞｨ", "ゔぃ"),
        ("ソニー", "そにー"),
        ("ＫＤＤＩ", "kddi"),
        ("７２０３", "7203"),
        ("Seven & i", "seven & i"),
        ("Ｓ＆Ｐ５００", "s&p500"),
        ("  ジーエス・ユアサ　コーポレーション ", "じーえす・ゆあさ こーぽれーしょん"),
        ("SHIN‐ETSU", "shin-etsu"),
        ("", ""),
    ],
)
def test_width_case_and_kana_fold_together(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=[chr(code) for code in range(ord("ァ"), ord("ヶ") + 1)]))
def test_katakana_and_hiragana_fold_alike(katakana: str) -> None:
    hiragana = "".join(chr(ord(letter) - 0x60) for letter in katakana)
    assert fold(katakana) == fold(hiragana)
