"""How true the data is: the source, its state in words, its age."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

import numpy as np

from tui.feed.delays import of_tokyo, speaking
from tui.feed.health import (
    FeedState,
    Health,
    Quiet,
    assess,
    delivering_state,
    never_quiet,
    words,
)
from tui.market.held_quotes import HeldQuotes
from tui.market.quotes import Delay
from tui.market.times import to_datetime
from tui.providers.contracts import About, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """The quote source at an instant.

    Attributes:
        source: Its registered name.
        state: One upper-case word: ``LIVE``, ``DELAYED``, ``REPLAY``, ``STALE``, ``RETRYING``, …
        words: The same for people, with minutes or the next try: ``DELAYED 20 m``.
        note: What must be said beside the data, such as ``path modelled``; may be empty.
        data_time: The exchange time of the newest quote, aware, in UTC; None where there is none.
        trouble: The last error in words where the source is not well; else empty.
        short: See `brief`.
    """

    source: str
    state: str
    words: str
    note: str = ""
    data_time: datetime | None = None
    trouble: str = ""
    short: str = ""

    @property
    def brief(self) -> str:
        """`words` where there is little room: of a chain, those of what is furthest behind."""
        return self.short or self.words

    @property
    def well(self) -> bool:
        """Whether what is shown can be taken at its word."""
        return self.state in _WELL


_WELL = {"LIVE", "DELAYED", "REPLAY", "SYNTHETIC", "STARTING"}


def feed_report(
    health: Sequence[Health], now: datetime, served: Mapping[str, int] = MappingProxyType({})
) -> FeedReport:
    """The state of the quote source, or of a chain of several, from the feed's health.

    A chain is in the state of the source that serves most; where several serve, each is told with
    how many instruments it serves, so that no delay hides behind another's real time.

    Args:
        health: Every source's health.
        now: The clock's time, aware, in UTC.
        served: How many instruments each source serves.
    """
    quotes = [each for each in health if each.role is Role.QUOTES]
    if not quotes:
        return FeedReport(source="", state="STOPPED", words="no source")
    if len(quotes) == 1:
        return _report(quotes[0], now)
    serving = [each for each in quotes if served.get(each.source)]
    ill = [each for each in quotes if not each.state.delivering and each.last_error]
    well = [each for each in quotes if each not in ill]
    main = max(serving or well or quotes, key=lambda each: served.get(each.source, 0))
    report = _report(main, now)
    text = brief = words(main, now)
    if len(serving) > 1:
        text = " · ".join(_share(each, served[each.source], now) for each in serving)
        brief = words(max(serving, key=_behind), now)
    return replace(
        report,
        source=" + ".join(each.source for each in serving or quotes),
        words=text,
        short=brief,
        trouble="; ".join(f"{each.source}: {each.last_error}" for each in ill),
    )


def _share(health: Health, count: int, now: datetime) -> str:
    """``kabu 50``, ``yahoo 175 DELAYED 20 m``: real time needs no word."""
    text = f"{health.source} {count:,}"
    return text if health.state is FeedState.LIVE else f"{text} {words(health, now)}"


def _behind(health: Health) -> tuple[bool, bool, int]:
    """Orders sources by how far what they tell is from the market as it is."""
    minutes = 0 if health.delay is None else health.delay.minutes
    return not health.state.delivering, health.state is not FeedState.LIVE, minutes


def told_by(board: HeldQuotes) -> tuple[Delay | None, datetime | None]:
    """The delay class of most of Tokyo's names on a board, and its newest exchange time.

    Where nothing of Tokyo is told, that of most other names; None where nothing is.
    """
    places = board.source.astype(np.int64)
    places[places == 0] = -1
    place = speaking(places, board.delays, of_tokyo(board.symbols))
    if place < 0:
        return None, None
    times = board.time[places == place]
    return board.delays[place], to_datetime(np.fmax.reduce(times))


def delivered(
    about: About,
    data_time: datetime | None,
    now: datetime,
    quiet: Quiet = never_quiet,
    delay: Delay | None = None,
) -> FeedReport:
    """The state of a source that has just answered, where no feed runs it.

    Args:
        about: What the source says of itself.
        data_time: The exchange time of the newest quote, aware; None where no quote has one.
        now: The market's time, aware.
        quiet: Whether no trading is expected at an instant; old quotes are not stale then.
        delay: The delay class that the quotes bore, as `told_by` finds it; None for the source's
            usual one.
    """
    delay = delay or about.delay
    health = Health(
        source=about.name,
        role=Role.QUOTES,
        state=delivering_state(delay, Role.QUOTES),
        note=about.note,
        delay=delay,
        data_time=data_time,
    )
    # What has answered this instant is alive; only the age of its data is in question.
    return _report(assess(health, now=now, monotonic=0.0, quiet=quiet, beat=0.0), now)


def _report(health: Health, now: datetime) -> FeedReport:
    return FeedReport(
        source=health.source,
        state=health.state.name,
        words=words(health, now),
        note=health.note if health.state.delivering or health.state is FeedState.STALE else "",
        data_time=health.data_time,
        trouble="" if health.state.delivering else health.last_error,
    )
