"""The bundled session as a source: quotes that play, and the bars behind them."""

from tui.providers.replay.history import ReplayHistory
from tui.providers.replay.provider import ReplayProvider
from tui.providers.replay.recorded import RecordedSession

__all__ = ["RecordedSession", "ReplayHistory", "ReplayProvider"]
