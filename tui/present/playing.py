"""The replay, as the keys drive it."""

from datetime import datetime, timedelta

from tui.errors import UsageError
from tui.feed.feed import Feed
from tui.market.market import Market
from tui.market.times import parse_at


class Playing:
    """Commands to a source that replays; each does nothing, and says so, where there is none.

    Args:
        feed: The sources.
        market: The market, for the session's date.
    """

    def __init__(self, feed: Feed, market: Market) -> None:
        self._feed = feed
        self._market = market

    @property
    def speed(self) -> float | None:
        """Market seconds a second; None where nothing is replayed."""
        state = self._feed.playback_state()
        return state[1] if state else None

    @property
    def paused(self) -> bool:
        """Whether a replay stands still."""
        state = self._feed.playback_state()
        return bool(state and state[0])

    def pause(self) -> bool:
        """Stop the replay or let it go on; False where nothing is replayed."""
        return self._feed.playback(lambda playback: playback.pause(not playback.paused))

    def skip(self, minutes: float) -> bool:
        """Take the replay on or back; False where nothing is replayed."""
        return self._feed.playback(lambda playback: playback.skip(timedelta(minutes=minutes)))

    def seek(self, moment: datetime) -> bool:
        """Take the replay to an instant; False where nothing is replayed."""
        return self._feed.playback(lambda playback: playback.seek(moment))

    def seek_text(self, text: str) -> str:
        """Take the replay to a time as typed; returns what is wrong, or nothing."""
        try:
            moment = parse_at(text, self._market.session)
        except UsageError as error:
            return f"{error.what}. {error.remedy}"
        return "" if self.seek(moment) else "Only a replay can be moved."

    def set_speed(self, speed: float) -> bool:
        """Set the replay's speed; False where nothing is replayed."""
        return self._feed.playback(lambda playback: playback.set_speed(speed))
