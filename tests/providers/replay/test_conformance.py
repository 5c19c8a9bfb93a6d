from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from tui.providers.conformance import HistoryConformance, QuoteConformance
from tui.providers.contracts import Host
from tui.providers.replay import RecordedSession, ReplayHistory, ReplayProvider


class TestReplayBeforeTheOpen(QuoteConformance):
    symbols = ("7203.T", "9613.T", "^TOPX", "^N225")
    settings: ClassVar[Mapping[str, object]] = {"speed": 600}

    def make(self, host: Host) -> ReplayProvider:
        return ReplayProvider(host)


class TestReplayInTheSession(TestReplayBeforeTheOpen):
    settings: ClassVar[Mapping[str, object]] = {"at": "10:00"}

    def make_broken(self, host: Host) -> ReplayProvider:
        provider = ReplayProvider(host)
        provider.recorded = RecordedSession(provider.recorded.facts, Path("no such folder"))
        return provider


class TestReplayHistory(HistoryConformance):
    symbols = ("6857.T", "9613.T", "^TOPX", "^N225")

    def make(self, host: Host) -> ReplayHistory:
        return ReplayHistory(host)
