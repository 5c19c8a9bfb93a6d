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
from tui.market.times import JST
from tui.market.windows import WINDOWS, Window, WindowKind
from tui.report.attribution import AttributionReport, GroupReport, attribution_report, group_report
from tui.report.movers import Past
from tui.report.unusual import UsualVolumes


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
        self.past = Past(market)
        self.volumes = UsualVolumes(market, self.past)
        self._window = WINDOWS[0]
        self._since: Window | None = None
        self._key: _Key | None = None
        self._report: AttributionReport | None = None
        self._day: tuple[_Key, AttributionReport] | None = None
        self._groups: dict[Scheme, GroupReport] = {}

    @property
    def windows(self) -> tuple[Window, ...]:
        """Those that can be chosen, in order: since the user's instant last, once there is one."""
        return (*WINDOWS, self._since) if self._since is not None and self._stands else WINDOWS

    @property
    def window(self) -> Window:
        """The one chosen; an instant of another session is let go of."""
        stale = self._window.kind is WindowKind.SINCE and not self._stands
        return WINDOWS[0] if stale else self._window

    def step_window(self, step: int) -> None:
        """Go to the next window or the one before, round the ends."""
        windows = self.windows
        self._window = windows[(windows.index(self.window) + step) % len(windows)]

    def measure_since(self, moment: datetime | None) -> None:
        """Choose the window since an instant.

        Args:
            moment: Aware, cut to its minute, as prices are kept by the minute; None for the whole
                day, with no such window to choose any longer.
        """
        if moment is None:
            self._since = None
            self._window = WINDOWS[0]
            return
        self._since = Window(WindowKind.SINCE, moment.replace(second=0, microsecond=0))
        self._window = self._since

    @property
    def _stands(self) -> bool:
        """Whether the instant chosen belongs to the session on the board."""
        since = self._since.since if self._since is not None else None
        return since is not None and since.astimezone(JST).date() == self.market.session

    def report(self, now: datetime) -> AttributionReport:
        """Both indices by name; computed once for each change and each second."""
        key = self._key_of(now, self.window)
        if self._report is None or key != self._key:
            self._key = key
            self._groups = {}
            self._report = attribution_report(
                self.market, self.constituents, key.second, key.window
            )
        return self._report

    def day_report(self, now: datetime) -> AttributionReport:
        """The same over the whole day, whichever window is chosen."""
        if self.window == WINDOWS[0]:
            return self.report(now)
        key = self._key_of(now, WINDOWS[0])
        if self._day is None or self._day[0] != key:
            told = attribution_report(self.market, self.constituents, key.second, key.window)
            self._day = key, told
        return self._day[1]

    def _key_of(self, now: datetime, window: Window) -> _Key:
        board = self.market.board
        return _Key(board.revision, board.epoch, now.replace(microsecond=0), window)

    def groups(self, now: datetime, scheme: Scheme) -> GroupReport:
        """Both indices by the groups of a scheme."""
        report = self.report(now)
        held = self._groups.get(scheme)
        if held is None:
            held = self._groups[scheme] = group_report(self.constituents, report, scheme)
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
