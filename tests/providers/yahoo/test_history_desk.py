"""The desk of the past with the real source, over a real connection."""

import asyncio
import threading
from datetime import date
from pathlib import Path
from typing import Any

from tui.feed.daily_files import DailyFiles
from tui.feed.feed import Feed
from tui.feed.history import HistoryDesk
from tui.feed.history_terms import HistoryTerms, Wanted
from tui.providers.yahoo import YahooHistory

START, END = date(2025, 5, 19), date(2025, 5, 23)
WISH = Wanted(symbols=("7203.T", "9999.T"), start=START, end=END)


def test_bars_come_over_the_line_once_and_from_the_disk_thereafter(
    yahoo: Any, tmp_path: Path
) -> None:
    async def steps(desk: Any) -> None:
        head = yahoo.meta("7203.T", dataGranularity="1d")
        bars = [(yahoo.stamp(9, day=day), 10.0, 12.0, 9.0, 11.0, 100) for day in (22, 23)]
        desk.server.script("/v8/finance/chart/7203.T", yahoo.chart(head, bars))
        desk.server.script("/v8/finance/chart/9999.T", yahoo.no_chart())
        settings = desk.host().settings
        feed = Feed(instruments=desk.host().instruments, seed=7)
        feed.start()
        try:
            for _ in range(2):
                past = HistoryDesk(
                    "yahoo",
                    YahooHistory,
                    settings,
                    feed=feed,
                    files=DailyFiles(tmp_path),
                    terms=HistoryTerms(first=0.0, gap=0.0),
                )
                woken = threading.Event()
                past.wake = woken.set
                past.want(WISH)
                async with asyncio.timeout(30.0):
                    while past.progress.asking:
                        await asyncio.to_thread(woken.wait, 0.2)
                        woken.clear()
                assert (past.progress.known, past.progress.absent) == (1, 1)
                assert past.days is not None
                assert past.days.history.close.tolist() == [[11.0, 11.0]]
                assert past.health().errors == 0
        finally:
            await asyncio.to_thread(feed.stop)
        assert desk.paths() == ["/v8/finance/chart/7203.T", "/v8/finance/chart/9999.T"]

    yahoo.play(steps)
