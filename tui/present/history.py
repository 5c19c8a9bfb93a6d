"""The past behind the screens: what is wished of a source of history, and what has come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tui.errors import DataError
from tui.feed.health import FeedState, Health, words
from tui.feed.history import HistoryDesk
from tui.feed.history_terms import Progress, Wanted
from tui.market.arrays import Times
from tui.market.market import INDICES, Market
from tui.market.past_days import first_day
from tui.market.quotes import DelayKind, MinuteBatch
from tui.market.times import to_datetime64
from tui.providers.contracts import Role

_LOOK = 1.0
"""Seconds between two looks at what is shown."""
_AGAIN = 60.0
"""Seconds after which a wish is repeated, in case its questions were lost."""
_SETTLED = timedelta(hours=2)
"""After the close, until the day's own bar is taken for final."""
_MISSED = 3
"""Minutes that must have ended before it is worth asking for them."""
_WATCHED = {DelayKind.REALTIME, DelayKind.DELAYED}
"""Of these kinds are quotes whose day can be filled in; a replay fills in its own."""


@dataclass(frozen=True, slots=True)
class _Key:
    shown: tuple[str, ...]
    board: tuple[str, ...]
    session: date
    epoch: int | None
    end: date


class PastLink:
    """Wishes for the past of what is shown, and gives the market what comes.

    For the interface thread.

    Args:
        market: The market.
        desk: The source.
    """

    def __init__(self, market: Market, desk: HistoryDesk) -> None:
        self._market = market
        self._desk = desk
        self._key: _Key | None = None
        self._wanted: Wanted | None = None
        self._looked = float("-inf")
        self._wished = float("-inf")

    def look(
        self,
        shown: Callable[[], Sequence[str]],
        health: Callable[[], Sequence[Health]],
        now: datetime,
        at: float,
    ) -> bool:
        """Wish for what is lacking, and take what has come.

        Args:
            shown: Tells the names on the screen, top first.
            health: Tells that of the sources of quotes.
            now: The market's time, aware.
            at: The host's monotonic seconds.

        Returns:
            Whether the market has changed.
        """
        market = self._market
        if market.board.epoch is None:
            return False
        if at - self._looked >= _LOOK:
            self._looked = at
            kinds = _kinds(health())
            if DelayKind.SYNTHETIC in kinds:
                # Real days say nothing of invented prices.
                changed = market.days is not None
                market.days = None
                return changed
            self._wish(tuple(shown()), kinds, now, at)
        return self._take(now, at)

    def _wish(
        self, shown: tuple[str, ...], kinds: set[DelayKind], now: datetime, at: float
    ) -> None:
        market, board = self._market, self._market.board
        key = _Key(shown, board.symbols, market.session, board.epoch, self._last_day(now))
        if key != self._key or self._wanted is None:
            self._key = key
            self._wanted = Wanted(
                symbols=self._order(shown),
                start=first_day(market.session),
                end=key.end,
                minutes=self._blank(shown, now) if kinds and kinds <= _WATCHED else (),
                session=market.session,
            )
        elif at - self._wished < _AGAIN:
            return
        self._wished = at
        self._desk.want(self._wanted)

    def _take(self, now: datetime, at: float) -> bool:
        market, changed = self._market, False
        for batch in self._desk.take_minutes():
            # What was asked for before a roll to another session is of no use in it.
            if batch.session == market.session and market.board.epoch is not None:
                market.apply(_until(batch, now, market.board.epoch), at)
                changed = True
        days = self._desk.days
        if days is not market.days and self._wanted is not None:
            market.days = days
            changed = True
        return changed

    def _last_day(self, now: datetime) -> date:
        """The last session whose bars are wanted: today's once they are final."""
        market = self._market
        try:
            hours = market.calendar.session(market.session)
            if hours is not None and now >= hours.close + _SETTLED:
                return market.session
            return market.calendar.previous(market.session)
        except DataError:
            return market.session - timedelta(days=1)

    def _order(self, shown: tuple[str, ...]) -> tuple[str, ...]:
        """Every name on the board: those shown, the indices, the members by weight, the rest."""
        market = self._market
        members = market.members
        weight = (members.points_per_yen * market.board.base())[members.rows]
        heaviest = np.argsort(-np.nan_to_num(weight), kind="stable")
        by_weight = (members.basket.symbols[place] for place in heaviest.tolist())
        return tuple(dict.fromkeys((*shown, *INDICES, *by_weight, *market.board.symbols)))

    def _blank(self, shown: tuple[str, ...], now: datetime) -> tuple[str, ...]:
        """The names shown of whose day less than half is known, though minutes of it are over."""
        market = self._market
        over = int(np.count_nonzero(_ended(market.minutes.axis, now)))
        if over < _MISSED:
            return ()
        rows = market.board.rows(shown)
        lacking = [
            symbol
            for symbol, row in zip(shown, rows.tolist(), strict=True)
            if row >= 0 and np.isfinite(market.minutes.path(row)[:over]).sum() * 2 < over
        ]
        return tuple(lacking)


def history_lines(health: Health, progress: Progress, now: datetime) -> list[tuple[str, str]]:
    """How a source of history is doing, in a few lines with their tone.

    Args:
        health: Its health.
        progress: How far it has come.
        now: The clock's time, aware.
    """
    ill = health.state in {FeedState.RETRYING, FeedState.FAILED}
    if ill:
        state = words(health, now)
    elif progress.asking:
        state = "ASKING"
    else:
        state = "AT REST" if progress.known else "NOTHING YET"
    title = health.title or health.source
    note = f" · {health.note}" if health.note else ""
    lines = [(f"{title} ({Role.HISTORY.value})  {state}{note}", "warn" if ill else "")]
    facts = f"  daily bars of {progress.known:,}/{progress.wanted:,} names"
    if progress.last is not None:
        facts += f" to {progress.last:%d %b %Y}"
    if progress.absent:
        facts += f", {progress.absent:,} not offered"
    lines.append((facts, ""))
    for count, word, last, tone in (
        (health.errors, "error", health.last_error, "warn"),
        (health.remarks, "remark", health.last_remark, ""),
    ):
        if count:
            plural = "" if count == 1 else "s"
            lines.append((f"  {count:,} {word}{plural}, the last: {last}", tone))
    return lines


def _kinds(health: Sequence[Health]) -> set[DelayKind]:
    return {each.delay.kind for each in health if each.role is Role.QUOTES and each.delay}


def _ended(minutes: Times, now: datetime) -> np.ndarray:
    """Which minutes are over."""
    return minutes + np.timedelta64(1, "m") <= to_datetime64(now.astimezone(UTC))


def _until(batch: MinuteBatch, now: datetime, epoch: int) -> MinuteBatch:
    """The minutes that are over, as of the epoch on the board."""
    over = _ended(batch.minutes, now)
    return replace(
        batch,
        minutes=batch.minutes[over],
        last=batch.last[:, over],
        volume=batch.volume[:, over],
        turnover=batch.turnover[:, over],
        epoch=epoch,
    )
