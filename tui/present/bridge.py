"""The night bridge for the screen: what stands above its list, and the main table's column."""

from datetime import datetime

import numpy as np

from tui.market.arrays import Floats
from tui.market.market import Market
from tui.market.pricing import (
    format_level,
    format_percent,
    format_points,
    format_rate,
)
from tui.market.times import JST
from tui.present.table import tone
from tui.present.tape import old_words
from tui.report.bridge import DOLLAR, BridgeReport, Quoted, Why, bridge_report, gaps_by_row
from widgets.fact_grid import Fact

_EVERY = 1.0
"""Seconds between two computations for the column."""


def caption(report: BridgeReport, language: str) -> tuple[str, ...]:
    """What the receipts are set against, the fullest form first."""
    japanese = language == "ja"
    day = f"{report.close_of:%Y-%m-%d}" if japanese else f"{report.close_of:%a %d %b %Y}"
    if japanese:
        close = "終値" if report.final else "基準値(前日終値)"
        short = f"ナイトブリッジ · {day} の{close}との比較"
        return f"{short} · 換算値 = ADR ÷ 1口の株数 × ドル円", short
    close = "close" if report.final else "close, as base prices"
    short = f"Night bridge · against the Tokyo {close} of {day}"
    return f"{short} · parity = receipt ÷ its shares × USD/JPY", short


def facts(report: BridgeReport, language: str) -> list[Fact]:
    """What futures imply, what the gaps would add, and the rate; each with its time."""
    japanese = language == "ja"
    opening, impact = report.opening, report.impact
    if report.opened:
        implied = Fact("先物と前日終値の差" if japanese else "Futures against the close", "")
    else:
        implied = Fact("先物が示唆する寄付" if japanese else "Opening implied by futures", "")
    if np.isfinite(opening.points):
        away = f"{format_points(opening.points, 0)} {format_percent(opening.percent)}"
        implied = Fact(implied.label, away, tone(opening.points), format_level(opening.level, 0))
    why = report.future_why
    note = (why.word_ja if japanese else why.word) if why is not Why.KNOWN else ""
    future = _quoted_words(report.future, language)
    level = format_level(report.future.price, 0)
    covered = (
        (
            f"{impact.names}/{impact.members}銘柄"
            if japanese
            else f"{impact.names} of {impact.members} names"
        )
        if impact.members
        else ""
    )
    if np.isfinite(impact.weight):
        share = f"{impact.weight * 100:.0f}%"
        covered += f"・指数の{share}" if japanese else f", {share} of the index"
    return [
        implied,
        Fact(
            "ADRが示唆する寄与(推定)" if japanese else "ADR gaps in the index (estimate)",
            format_points(impact.points),
            tone(impact.points),
            covered,
        ),
        Fact(
            "CME日経先物(円)" if japanese else "CME Nikkei future, yen",
            level,
            "",
            " · ".join(each for each in (future, note) if each),
        ),
        Fact(
            "ドル円" if japanese else "USD/JPY",
            format_rate(report.rate.price, "JPY"),
            "",
            _quoted_words(report.rate, language),
        ),
    ]


def empty_words(report: BridgeReport, language: str) -> tuple[str, ...]:
    """What the screen says where no source has anything from abroad, the fullest form first."""
    if report.quoted:
        return ()
    if language == "ja":
        return (
            "このデータ源には海外の気配がない · p で yahoo などを選ぶ",
            "海外の気配なし · p で選択",
        )
    return (
        "the source has no quotes from abroad · choose one that has, such as yahoo, with p",
        "no quotes from abroad · choose a source that has them, such as yahoo, with p",
        "no quotes from abroad · p chooses a source",
        "no quotes from abroad",
    )


class LiveGaps:
    """The gaps of the shares on the board, for the column of the main table.

    Args:
        market: The market.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._of: tuple[int | None, tuple[str, ...]] | None = None
        self._revision = -1
        self._at = float("-inf")
        self._gaps: Floats | None = None

    def read(self, now: datetime, at: float) -> Floats | None:
        """``float64[board rows]`` in per cent, NaN where there is none; None where all are.

        The same array until a gap differs; computed at most once a second.

        Args:
            now: The market's time, aware.
            at: The host's monotonic seconds.
        """
        board = self._market.board
        if board.row(DOLLAR) < 0:
            # No source has anything from abroad.
            self._gaps = None
            return None
        of = (board.epoch, board.symbols)
        if of == self._of and (board.revision == self._revision or at - self._at < _EVERY):
            return self._gaps
        self._of, self._revision, self._at = of, board.revision, at
        gaps = gaps_by_row(self._market, bridge_report(self._market, now))
        if not np.isfinite(gaps).any():
            self._gaps = None
        elif self._gaps is None or not np.array_equal(gaps, self._gaps, equal_nan=True):
            self._gaps = gaps
        return self._gaps

    @property
    def known(self) -> bool:
        """Whether there was any gap when it was read last."""
        return self._gaps is not None


def clock_words(moment: datetime | None) -> str:
    """``05-27 05:00``: an instant in JST; empty where unknown."""
    return f"{moment.astimezone(JST):%m-%d %H:%M}" if moment is not None else ""


def _quoted_words(quote: Quoted, language: str) -> str:
    """``05-27 05:00 JST · closed``: when a quote was made, and what its venue does."""
    if not np.isfinite(quote.price):
        return ""
    japanese = language == "ja"
    clock = clock_words(quote.time)
    if not clock:
        return "時刻不明" if japanese else "time not told"
    state = quote.state.word_ja if japanese else quote.state.value
    old = old_words(quote.age, language)
    return " · ".join(each for each in (f"{clock} JST", old or state) if each)
