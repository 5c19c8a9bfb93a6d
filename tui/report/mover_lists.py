"""The lists of movers: who is on each, in which order, and what cannot be told."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from tui.market.arrays import Flags, Floats, Ints
from tui.market.history_stats import LEAST_DAYS, RATIO_SESSIONS
from tui.report.movers import MoversReport


class MoverList(Enum):
    """One list; the value is the word for machines."""

    LEADERS = "leaders"
    LAGGARDS = "laggards"
    LIMIT_UP = "limit_up"
    LIMIT_DOWN = "limit_down"
    HIGHS = "highs"
    LOWS = "lows"
    GAPS_UP = "gaps_up"
    GAPS_DOWN = "gaps_down"
    UNUSUAL = "unusual_volume"
    TRADED = "most_traded"

    def words(self, language: str = "en") -> str:
        """For people."""
        return _WORDS[self][language == "ja"]

    def short(self, language: str = "en") -> str:
        """For people where there is little room."""
        return _SHORT[self][language == "ja"]

    def empty(self, language: str = "en") -> str:
        """What is said where it holds nobody."""
        return _EMPTY[self][language == "ja"]


_WORDS: Final = {
    MoverList.LEADERS: ("Leaders", "値上がり"),
    MoverList.LAGGARDS: ("Laggards", "値下がり"),
    MoverList.LIMIT_UP: ("Limit-up", "S高"),
    MoverList.LIMIT_DOWN: ("Limit-down", "S安"),
    MoverList.HIGHS: ("New highs", "高値"),
    MoverList.LOWS: ("New lows", "安値"),
    MoverList.GAPS_UP: ("Gaps up", "窓開け上"),
    MoverList.GAPS_DOWN: ("Gaps down", "窓開け下"),
    MoverList.UNUSUAL: ("Unusual volume", "出来高急増"),
    MoverList.TRADED: ("Most traded", "売買代金上位"),
}
_SHORT: Final = _WORDS | {
    MoverList.LIMIT_UP: ("Limit▲", "S高"),
    MoverList.LIMIT_DOWN: ("Limit▼", "S安"),
    MoverList.HIGHS: ("Highs", "高値"),
    MoverList.LOWS: ("Lows", "安値"),
    MoverList.GAPS_UP: ("Gaps▲", "窓▲"),
    MoverList.GAPS_DOWN: ("Gaps▼", "窓▼"),
    MoverList.UNUSUAL: ("Volume", "出来高"),
    MoverList.TRADED: ("Traded", "代金"),
}
_EMPTY: Final = {
    MoverList.LEADERS: ("No name is up", "値上がり銘柄なし"),
    MoverList.LAGGARDS: ("No name is down", "値下がり銘柄なし"),
    MoverList.LIMIT_UP: ("No name is at its upper limit", "ストップ高なし"),
    MoverList.LIMIT_DOWN: ("No name is at its lower limit", "ストップ安なし"),
    MoverList.HIGHS: ("No name is at a new high", "高値の銘柄なし"),
    MoverList.LOWS: ("No name is at a new low", "安値の銘柄なし"),
    MoverList.GAPS_UP: ("No name opened above its base price", "窓を開けて上昇した銘柄なし"),
    MoverList.GAPS_DOWN: ("No name opened below its base price", "窓を開けて下落した銘柄なし"),
    MoverList.UNUSUAL: ("No name trades far above its usual volume", "出来高急増銘柄なし"),
    MoverList.TRADED: ("Nothing has traded yet", "まだ売買なし"),
}

_MISSING: Final = {
    # what it is, in full and in few words; in English, and in Japanese
    "ratio": (
        (f"{RATIO_SESSIONS}-day ratio", f"{RATIO_SESSIONS}-day ratio"),
        (f"{RATIO_SESSIONS}日騰落レシオ", f"{RATIO_SESSIONS}日騰落レシオ"),
    ),
    "year": (("highs and lows of the year", "year"), ("年初来高安", "年初来")),
    "volume": (("unusual volume", "volume"), ("出来高急増", "出来高")),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Movers:
    """One list as it stands.

    Attributes:
        which: The list.
        members: ``int64[m]``, positions into the report's symbols, in order.
        figures: ``float64[m]``, what the order is by: per cent, or times the usual volume, or yen.
        of_year: ``bool[m]``, whether each made a high or low of the year; of no other list.
        known: Whether the list can be told at all; where not, it is empty.
    """

    which: MoverList
    members: Ints
    figures: Floats
    of_year: Flags
    known: bool = True

    def symbols(self, report: MoversReport) -> tuple[str, ...]:
        """Its names, in order."""
        return tuple(report.symbols[place] for place in self.members)


def movers_of(report: MoversReport, which: MoverList) -> Movers:
    """One of the lists.

    Leaders and laggards go by the return over the report's window; limits and extremes likewise,
    those of the year before those of the day alone; gaps by their width; the others by volume.
    """
    match which:
        case MoverList.LEADERS | MoverList.LAGGARDS:
            up = which is MoverList.LEADERS
            ranked = report.ranked
            kept = ranked.values > 0 if up else ranked.values < 0
            members, figures = ranked.members[kept], ranked.values[kept]
            return _told(which, *((members, figures) if up else (members[::-1], figures[::-1])))
        case MoverList.LIMIT_UP:
            return _by_return(report, which, report.limits.up, 1.0)
        case MoverList.LIMIT_DOWN:
            return _by_return(report, which, report.limits.down, -1.0)
        case MoverList.HIGHS:
            year = report.year.high if report.year is not None else None
            return _by_return(report, which, report.day.high, 1.0, year)
        case MoverList.LOWS:
            year = report.year.low if report.year is not None else None
            return _by_return(report, which, report.day.low, -1.0, year)
        case MoverList.GAPS_UP | MoverList.GAPS_DOWN:
            up = which is MoverList.GAPS_UP
            gaps = report.gaps
            kept = gaps.percent > 0 if up else gaps.percent < 0
            members, figures = gaps.members[kept], gaps.percent[kept]
            return _told(which, *((members, figures) if up else (members[::-1], figures[::-1])))
        case MoverList.UNUSUAL:
            if report.unusual is None:
                nobody = np.empty(0, np.int64)
                return Movers(
                    which=which,
                    members=nobody,
                    figures=np.empty(0),
                    of_year=np.empty(0, np.bool_),
                    known=False,
                )
            return _told(which, report.unusual.members, report.unusual.values)
        case MoverList.TRADED:
            return _told(which, report.turnover.members, report.turnover.turnover)


def missing_history(report: MoversReport, language: str = "en") -> tuple[str, ...]:
    """What history is too short to tell, in one phrase.

    Args:
        report: The movers.
        language: ``en`` or ``ja``.

    Returns:
        The phrase with how much history there is, without, and in few words; empty where nothing
        is missing.
    """
    japanese = language == "ja"
    daily: list[tuple[str, str]] = []
    if report.ratio is None:
        daily.append(_MISSING["ratio"][japanese])
    if report.year is None:
        daily.append(_MISSING["year"][japanese])
    volume = [_MISSING["volume"][japanese]] if report.unusual is None else []
    if not daily and not volume:
        return ()
    comma = "・" if japanese else ", "
    parts = []
    for words, kind, count in (
        (daily, "日足" if japanese else "daily bars", report.sessions),
        (volume, "分足" if japanese else "minutes", report.minute_sessions),
    ):
        if words:
            told = comma.join(full for full, _ in words)
            have = f"{kind}{count}日分" if japanese else f"{kind} of {_sessions(count)}"
            if words is daily and count >= RATIO_SESSIONS:
                of = f"{report.ratio_known:,}/{len(report.symbols):,}"
                have += f"、{of}銘柄" if japanese else f", {of} names"
            parts.append(f"{told}（{have}）" if japanese else f"{told} ({have})")
    begin = "履歴不足: " if japanese else "history too short for "
    return (
        begin + comma.join(parts),
        begin + comma.join(full for full, _ in (*daily, *volume)),
        begin + comma.join(brief for _, brief in (*daily, *volume)),
    )


def why_unknown(report: MoversReport, language: str = "en") -> str:
    """Why unusual volume cannot be told."""
    if language == "ja":
        return f"履歴不足: 過去{LEAST_DAYS}営業日分の分足が必要（{report.minute_sessions}日分のみ）"
    have = report.minute_sessions or "none"
    return f"Unknown: needs minutes of {LEAST_DAYS} earlier sessions, has {have}"


def _sessions(count: int) -> str:
    if not count:
        return "none"
    return f"{count} earlier session" + ("" if count == 1 else "s")


def _told(which: MoverList, members: Ints, figures: Floats) -> Movers:
    return Movers(
        which=which, members=members, figures=figures, of_year=np.zeros(len(members), np.bool_)
    )


def _by_return(
    report: MoversReport, which: MoverList, members: Ints, sign: float, year: Ints | None = None
) -> Movers:
    """Some names by return, from the best where the sign is positive; the year's come first."""
    of_year = np.zeros(len(report.symbols), np.bool_)
    if year is not None:
        of_year[year] = True
        members = np.union1d(members, year)
    percent = report.percent[members]
    order = np.lexsort((np.where(np.isnan(percent), np.inf, -sign * percent), ~of_year[members]))
    members = members[order]
    return Movers(which=which, members=members, figures=percent[order], of_year=of_year[members])
