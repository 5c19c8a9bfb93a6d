"""Headlines by the thousand, invented and always the same."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from benchmarks.market import symbols
from tui.market.catalysts import Catalyst
from tui.market.times import JST

TYPED: Final = ("s", "st", "ste", "stee", "steel", "上", "上方", "上方修", "上方修正", "a", "a b")
"""Texts as they grow under the keys; one of a single character begins anew."""
_WORDS: Final = (
    "steel", "tariff", "profit", "forecast", "raises", "cuts", "dividend", "buyback", "growth",
    "chips", "orders", "bank", "yen", "dollar", "exports", "deal", "鉄鋼", "業績予想", "上方修正",
    "下方修正", "自社株買い", "関税", "半導体", "円安", "増配", "提携",
)  # fmt: skip
_KINDS: Final = ("policy", "deal", "earnings", "forecast", "flow", "macro", "")
_SOURCES: Final = tuple(f"Wire {letter}" for letter in "ABCDEFGH")


def catalysts(count: int, session: date) -> list[Catalyst]:
    """So many catalysts that came one after another up to the open of a session.

    No two are one story: each has a number of its own and an address of its own.
    """
    pick = random.Random(20250526)
    known = symbols()
    end = datetime.combine(session, time(9), JST).astimezone(UTC)
    return [
        Catalyst(
            key=f"made/{number}",
            headline=f"{' '.join(pick.choices(_WORDS, k=8))} {number}",
            text="Invented.",
            time=end - timedelta(seconds=41 * number),
            kind=pick.choice(_KINDS),
            symbols=tuple(pick.sample(known, pick.randrange(3))),
            source=pick.choice(_SOURCES),
            link=f"https://example.com/{number}",
        )
        for number in range(count)
    ]
