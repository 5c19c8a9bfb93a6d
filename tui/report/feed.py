"""How true the data is: the source, its state in words, its age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tui.feed.health import (
    FeedState,
    Health,
    Quiet,
    assess,
    delivering_state,
    never_quiet,
    words,
)
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
    """

    source: str
    state: str
    words: str
    note: str = ""
    data_time: datetime | None = None
    trouble: str = ""

    @property
    def well(self) -> bool:
        """Whether what is shown can be taken at its word."""
        return self.state in _WELL


_WELL = {"LIVE", "DELAYED", "REPLAY", "SYNTHETIC", "STARTING"}


def feed_report(health: Sequence[Health], now: datetime) -> FeedReport:
    """The quote source's state, from the feed's health.

    Args:
        health: Every source's health.
        now: The clock's time, aware, in UTC.
    """
    for each in health:
        if each.role is Role.QUOTES:
            return _report(each, now)
    return FeedReport(source="", state="STOPPED", words="no source")


def delivered(
    about: About,
    data_time: datetime | None,
    now: datetime,
    quiet: Quiet = never_quiet,
) -> FeedReport:
    """The state of a source that has just answered, where no feed runs it.

    Args:
        about: What the source says of itself.
        data_time: The exchange time of the newest quote, aware; None where no quote has one.
        now: The market's time, aware.
        quiet: Whether no trading is expected at an instant; old quotes are not stale then.
    """
    health = Health(
        source=about.name,
        role=Role.QUOTES,
        state=delivering_state(about.delay, Role.QUOTES),
        note=about.note,
        delay=about.delay,
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
