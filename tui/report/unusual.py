"""Unusual volume: what every name has traded against what it usually has by this time."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from tui.market.arrays import Floats, Ints
from tui.market.history_stats import LEAST_DAYS
from tui.market.market import Market
from tui.market.movers import volume_ratio
from tui.market.quotes import Field
from tui.market.session import SessionState
from tui.market.usual_volume import DayVolumes, shipped_volumes, usual_day_volume
from tui.report.movers import Past


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnusualVolume:
    """Volumes against the usual ones.

    Attributes:
        usual: ``float64[board]``, shares usually traded by now; NaN where unknown.
        ratio: ``float64[board]``, volume ÷ usual volume; NaN where either is unknown.
        basis: What `usual` is: ``minutes`` of earlier sessions up to this time, whole ``days``
            where the session is over, or empty where history is too short for either.
    """

    usual: Floats
    ratio: Floats
    basis: str

    def words(self, language: str = "en") -> str:
        """What the ratio is against, or what is missing for there to be one."""
        japanese = language == "ja"
        if self.basis == "minutes":
            return "過去同時刻平均比" if japanese else "against the mean at this time"
        if self.basis == "days":
            days = f"過去{LEAST_DAYS}日平均比"
            return days if japanese else f"against the mean of {LEAST_DAYS} sessions"
        if japanese:
            return f"過去{LEAST_DAYS}日の分足が必要（日足では大引け後）"
        return f"needs minutes of {LEAST_DAYS} earlier sessions, or the close"

    def grouped(self, market: Market, rows: Ints, place: Ints, count: int) -> Floats:
        """``float64[count]``: the ratio of groups of names, each name at its base price.

        Only names count of which both volumes are known.

        Args:
            market: The market as it stands.
            rows: ``int64[m]``, board rows.
            place: ``int64[m]``, the group of each.
            count: How many groups there are.
        """
        worth = market.board.base()[rows]
        usual = self.usual[rows] * worth
        traded = self.ratio[rows] * usual
        known = np.isfinite(traded)
        sums = np.bincount(place[known], usual[known], count)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.bincount(place[known], traded[known], count) / sums)


class UsualVolumes:
    """Finds the usual volumes of the board's names, and keeps them while they hold.

    Args:
        market: The market.
        past: The minutes of earlier sessions.
        days: Whole sessions; those that ship, and what a source of history told, unless told
            otherwise.
    """

    def __init__(self, market: Market, past: Past, days: DayVolumes | None = None) -> None:
        self._market = market
        self._past = past
        self._given = days
        self._of: tuple[tuple[str, ...], date, object] | None = None
        self._days: Floats | None = None

    def at(self, now: datetime) -> UnusualVolume:
        """Set the volumes of an instant against the usual ones.

        Args:
            now: The market's time, aware.
        """
        market, symbols = self._market, self._market.board.symbols
        usual, basis = self._past.usual(symbols, now), "minutes"
        if usual is None and market.status(now).state is SessionState.CLOSED:
            session = market.calendar.session(market.session)
            if session is not None and now >= session.close:
                usual, basis = self._whole_days(symbols), "days"
        if usual is None:
            usual, basis = np.full(len(symbols), np.nan), ""
        volume = market.board.column(Field.VOLUME)
        return UnusualVolume(usual=usual, ratio=volume_ratio(volume, usual), basis=basis)

    def _whole_days(self, symbols: tuple[str, ...]) -> Floats | None:
        market = self._market
        of = (symbols, market.session, market.days)
        if self._of != of:
            self._of = of
            days = self._given or shipped_volumes(market.session, market.reference)
            known = usual_day_volume(days, symbols, market.calendar, market.session)
            if market.days is not None and self._given is None:
                told = usual_day_volume(
                    market.days.volumes, symbols, market.calendar, market.session
                )
                known = told if known is None else _laid_over(known, told)
            self._days = known
        return self._days


def _laid_over(known: Floats, told: Floats | None) -> Floats:
    """What a source tells, and where it does not, what is known already."""
    return known if told is None else np.where(np.isfinite(told), told, known)
