"""Attribution for the screens: one report a change, whichever of them asks."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tui.data.baskets import Basket
from tui.market.attribution import Attribution
from tui.market.constituents import Constituents
from tui.market.groups import Scheme
from tui.market.market import Market
from tui.market.pricing import format_points
from tui.market.windows import WINDOWS, Window
from tui.report.attribution import AttributionReport, GroupReport, attribution_report, group_report


@dataclass(frozen=True, slots=True)
class _Key:
    revision: int
    epoch: int | None
    second: datetime
    window: Window


class Analysis:
    """Both indices taken apart, over the window that the user has chosen.

    Args:
        market: The market; read on the thread that writes it.
        baskets: The user's and the shipped baskets.
        notice: What has to be said about the user's file of them; empty for nothing.
    """

    def __init__(self, market: Market, baskets: tuple[Basket, ...], notice: str = "") -> None:
        self.market = market
        self.notice = notice
        self.constituents = Constituents(market, baskets, market.reference)
        self.window = WINDOWS[0]
        self._key: _Key | None = None
        self._report: AttributionReport | None = None
        self._groups: dict[Scheme, GroupReport] = {}

    def step_window(self, step: int) -> None:
        """Go to the next window or the one before, round the ends."""
        places = [window.kind for window in WINDOWS]
        here = places.index(self.window.kind) if self.window.kind in places else 0
        self.window = WINDOWS[(here + step) % len(WINDOWS)]

    def report(self, now: datetime) -> AttributionReport:
        """Both indices by name; computed once for each change and each second."""
        board = self.market.board
        key = _Key(board.revision, board.epoch, now.replace(microsecond=0), self.window)
        if self._report is None or key != self._key:
            self._key = key
            self._groups = {}
            self._report = attribution_report(
                self.market, self.constituents, key.second, self.window
            )
        return self._report

    def groups(self, now: datetime, scheme: Scheme) -> GroupReport:
        """Both indices by the groups of a scheme."""
        report = self.report(now)
        held = self._groups.get(scheme)
        if held is None:
            held = self._groups[scheme] = group_report(
                self.market, self.constituents, report, scheme
            )
        return held


def window_words(report: AttributionReport, language: str) -> str:
    """The window, and where it has not begun that it has not."""
    words = report.window.words(language)
    if report.begun:
        return words
    return f"{words}（まだ始まっていない）" if language == "ja" else f"{words}, not begun yet"


def basis(report: AttributionReport, language: str, *, short: bool = False) -> str:
    """What the TOPIX points rest on: coverage and the date of the weights.

    Args:
        report: Both indices by name.
        language: ``en`` or ``ja``.
        short: Whether to save room.
    """
    topix = report.topix
    if topix.missing:
        return topix.missing
    share = topix.covered_share * 100
    if not report.begun or not np.isfinite(share) or topix.vintage is None:
        return ""
    if short:
        mark = ("推計 " if language == "ja" else "est. ") if topix.estimate else ""
        word = "ウエイト" if language == "ja" else "weights "
        return f"{mark}{word}{topix.vintage:%Y-%m-%d}, {share:.2f}%"
    if language == "ja":
        mark = "推計 " if topix.estimate else ""
        return f"{mark}ウエイト{topix.vintage:%Y-%m-%d} カバー{share:.2f}%"
    mark = "estimate, " if topix.estimate else ""
    return f"{mark}weights of {topix.vintage:%d %b %Y}, {share:.2f}% covered"


def reconciled(attribution: Attribution, language: str, *, short: bool = False) -> str:
    """``+371.06 = ▲418.83 ▼−47.77 rest 0.00``; a part that is unknown is left out.

    Args:
        attribution: One index taken apart.
        language: ``en`` or ``ja``.
        short: Whether a rest that rounds to nothing is left out, too.
    """
    if not np.isfinite(attribution.sum) or not np.any(np.nan_to_num(attribution.points)):
        return ""
    change = attribution.index_change
    left = format_points(change if np.isfinite(change) else attribution.sum)
    down = format_points(attribution.losses) if attribution.losses else "0.00"
    text = f"{left} = ▲{attribution.gains:,.2f} ▼{down}"
    if np.isfinite(attribution.rest) and (attribution.show_rest or not short):
        word = "残り" if language == "ja" else "rest"
        text += f" {word} {format_points(attribution.rest) if attribution.show_rest else '0.00'}"
    return text
