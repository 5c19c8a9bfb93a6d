"""What the program says of itself, in Japanese: labels, states, menus and notices.

A text is looked up by its English wording; one that is not listed stands as it is, as do headlines,
names of files, and what a source answers.
"""

import re
from functools import cache, lru_cache
from typing import Final

from tui.present.japanese_words import LABELS, WORDS
from tui.report.japanese.errors import error_ja
from tui.report.japanese.tables import table_ja
from tui.report.japanese.templates import Templates

_SHAPES: Final = tuple(
    (re.compile(shape), words)
    for shape, words in (
        (r"([\d,]+) names", r"\1銘柄"),
        (r"([\d,]+) names, built in", r"\1銘柄、標準"),
        (r"Rename (.+)…", r"\1の名前を変更…"),
        (r"New name of (.+)", r"\1の新しい名前"),
        (r"Remove (.+)", r"\1を削除"),
        (r"Add to (.+)", r"\1に追加"),
        (r"DELAYED (\d+) m", r"\1分遅れ"),
        (r"(\d+) m late", r"\1分遅れ"),
        *(
            (english.replace("#", rf"(\d+) {unit}"), japanese.replace("#", rf"\1{unit_ja}"))
            for unit, unit_ja in (("s", "秒"), ("m", "分"), ("h", "時間"), ("d", "日"))
            for english, japanese in (
                ("RETRYING in #", "再試行まで#"),
                ("STALE #", "更新停止 #"),
                ("NOT ANSWERING #", "応答なし #"),
                ("#", "#"),
                ("# old", "#前の値"),
                ("last came # ago", "#前に受信"),
                ("next try in #", "次の照会まで#"),
            )
        ),
    )
)


def label(text: str, language: str) -> str:
    """What a key does, for the line at the foot."""
    return LABELS.get(text, text) if language == "ja" else text


def either(text: str, language: str) -> str:
    """Of a text in both languages, ``Kind · 種別``, all in English and one half in Japanese."""
    return text.rpartition(" · ")[2] if language == "ja" else text


def noticed(text: str, language: str) -> str:
    """A notice or a failure in a language; what it quotes of others stands as it is."""
    return _noticed(text) if language == "ja" else text


@lru_cache(maxsize=256)
def _noticed(text: str) -> str:
    return _said(text) or _notices().find(text) or error_ja(text) or text


@cache
def _notices() -> Templates:
    # Read when the first notice is told: none is while the program starts.
    from tui.present.japanese_notices import NOTICES

    return Templates(NOTICES, _noticed)


def said(text: str, language: str) -> str:
    """A text of the program's own in a language; parts with `` · `` or ``, `` between them too."""
    if language != "ja" or not text:
        return text
    whole = _said(text)
    if whole is not None:
        return whole
    for between in (" · ", "; ", ", "):
        if between in text:
            parts = text.split(between)
            told = [_said(part) for part in parts]
            if any(told):
                return between.join(new or old for new, old in zip(told, parts, strict=True))
    return text


_SHARE: Final = re.compile(r"(?P<source>\S+ [\d,]+) (?P<state>[A-Z].*)")
"""Of a chain, how many names a source serves, and in which state."""


@lru_cache(maxsize=512)
def _said(text: str) -> str | None:
    if text in WORDS:
        return WORDS[text]
    table = table_ja(text)
    if table is not None:
        return table
    share = _SHARE.fullmatch(text)
    state = _said(share["state"]) if share is not None else None
    if share is not None and state is not None:
        return f"{share['source']} {state}"
    for shape, words in _SHAPES:
        found = shape.fullmatch(text)
        if found is not None:
            return found.expand(words)
    return None
