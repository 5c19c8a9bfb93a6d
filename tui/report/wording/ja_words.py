"""Small words of the Japanese wrap: dates, sums, directions, as Tokyo's reports have them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Final

from tui.market.myriads import MYRIAD, full_myriads
from tui.market.pricing import format_percent
from tui.market.streak import streak_words
from tui.market.times import JST
from tui.report.indices import IndexReport
from tui.report.wrap_names import Mover

_WEEKDAYS: Final = "月火水木金土日"


def sentences(*texts: str) -> str:
    """Those sentences of which something is left, as one paragraph."""
    return "".join(texts)


def day(when: date) -> str:
    """``2025年5月26日（月）``."""
    return f"{when.year}年{when.month}月{when.day}日（{_WEEKDAYS[when.weekday()]}）"


def short_day(when: date, beside: date) -> str:
    """``7月9日``, with its year where that differs from the year beside it."""
    year = f"{when.year}年" if when.year != beside.year else ""
    return f"{year}{when.month}月{when.day}日"


def clock(moment: datetime) -> str:
    """``午前10時30分``, ``午後0時``."""
    local = moment.astimezone(JST)
    half, hour = ("午後", local.hour - 12) if local.hour >= 12 else ("午前", local.hour)
    minutes = f"{local.minute}分" if local.minute else ""
    return f"{half}{hour}時{minutes}"


def listed(parts: Sequence[str]) -> str:
    """``a、b、c``."""
    return "、".join(parts)


def yen_points(value: float) -> str:
    """Points of the Nikkei 225 as the yen that it is quoted in: ``3万7531円53銭``."""
    sen = round(abs(value) * 100)
    whole, sen = divmod(sen, 100)
    man, rest = divmod(whole, MYRIAD)
    told = f"{man}万" if man else ""
    told += f"{rest}円" if rest or not man else "円"
    if not whole and sen:
        return f"{sen}銭"
    return f"{told}{sen:02d}銭" if sen else told


def money(amount: float) -> str:
    """A sum of yen: ``2兆5614億円``, ``856億円``; below a hundred million in 万円."""
    return f"{full_myriads(amount)}円"


def unsigned(percent: float) -> str:
    """A percentage without its sign: ``1.00%``."""
    return format_percent(abs(percent)).removeprefix("+")


def high_or_low(percent: float) -> str:
    """``1.55%高``, ``0.85%安``, 変わらず."""
    told = unsigned(percent)
    if told == "0.00%":
        return "変わらず"
    return f"{told}{'高' if percent > 0 else '安'}"


def streak(index: IndexReport) -> str:
    """続伸, 3日続落; empty where it is unknown, or does not agree with the index's own move."""
    count = index.streak or 0
    return streak_words(count, "ja") if isfinite(index.change) and count * index.change > 0 else ""


def moves(movers: Iterable[Mover]) -> list[str]:
    """``日本製鉄 +2.13%`` of each whose move is known."""
    return [
        f"{mover.name_ja} {format_percent(mover.percent)}"
        for mover in movers
        if isfinite(mover.percent)
    ]
