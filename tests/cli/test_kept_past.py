"""Print-outs and the wrap read the daily bars that an earlier run has kept, and ask for none."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui.config import home
from tui.feed.daily_files import DailyFiles, HeldBars
from tui.feed.kept import kept_past
from tui.market.indices import builtin_lists
from tui.market.past_days import cleaned
from tui.market.quotes import DailyBars
from tui.market.session import TokyoCalendar

Call = Callable[..., Any]

SESSION = date(2025, 5, 26)
FIRST = date(2024, 1, 4)
ASKED = datetime(2025, 5, 26, 1, 0, tzinfo=UTC)


def bars(symbol: str) -> HeldBars:
    """Two rises and a fall by turns, on every session up to the one before, on a base of 1,000."""
    calendar = TokyoCalendar()
    days: list[date] = []
    day = calendar.previous(SESSION)
    while day >= FIRST and len(days) < 300:
        days.append(day)
        day = calendar.previous(day)
    close = 1_000.0 + np.resize([0.0, 10.0, 20.0], len(days))
    told = DailyBars(
        symbol=symbol,
        dates=np.array(sorted(days), "datetime64[D]"),
        open=close,
        high=close + 5,
        low=close - 5,
        close=close,
        volume=np.full(len(days), 1_000.0),
    )
    return HeldBars(bars=cleaned(told), start=days[-1], end=days[0], asked=ASKED)


@pytest.fixture
def kept(call: Call, tmp_path: Path) -> list[str]:  # noqa: ARG001 - it sets the home
    """A home whose last run has kept the bars of every member but one, and a spoilt file."""
    where = home(None)
    where.config_folder.mkdir(parents=True, exist_ok=True)
    where.config_file.write_text('[sources]\nhistory = "stooq"\n')
    files = DailyFiles(where.history_folder)
    members = list(builtin_lists(SESSION)[0].symbols)
    assert files.write("stooq", members[1], bars(members[1])) == ""
    (spoilt,) = where.history_folder.iterdir()
    spoilt.write_bytes(b"\x00" * 40)
    for symbol in members[2:]:
        assert files.write("stooq", symbol, bars(symbol)) == ""
    return members


def printed(call: Call, *more: str) -> Any:
    done = call("print", "--format", "json", *more)
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_a_print_out_has_the_figures_of_the_kept_past(call: Call, kept: list[str]) -> None:
    told = printed(call)
    assert told["movers"]["advance_decline_ratio"] is not None
    assert told["movers"]["advance_decline_names"] == len(kept) - 2
    remarks = "\n".join(told["remarks"])
    assert f"history: daily bars of {len(kept) - 2}/" in remarks
    assert "names to 23 May 2025, kept from stooq" in remarks
    assert "not a file of daily bars" in remarks


def test_the_wrap_reads_them_too(call: Call, kept: list[str]) -> None:
    done = call("wrap", "--format", "json")
    assert done.status == 0
    assert f"daily bars of {len(kept) - 2}/" in done.out


def test_nothing_kept_is_told_and_costs_nothing(call: Call) -> None:
    where = home(None)
    where.config_folder.mkdir(parents=True, exist_ok=True)
    where.config_file.write_text('[sources]\nhistory = "stooq"\n')
    told = printed(call)
    assert told["movers"]["advance_decline_ratio"] is None
    assert any("history: daily bars of 0/" in remark for remark in told["remarks"])
    assert not where.history_folder.exists()


def test_without_a_source_of_history_nothing_is_said(call: Call) -> None:
    assert not any("history" in remark for remark in printed(call)["remarks"])


def test_invented_prices_have_no_past(call: Call, kept: list[str]) -> None:  # noqa: ARG001
    told = printed(call, "--provider", "synthetic")
    assert told["movers"]["advance_decline_ratio"] is None
    assert not any("history" in remark for remark in told["remarks"])


def test_bars_of_another_source_are_not_mixed_in(tmp_path: Path) -> None:
    files = DailyFiles(tmp_path)
    assert files.write("yahoo", "7203.T", bars("7203.T")) == ""
    past = kept_past(files, "stooq", ("7203.T",))
    assert (past.days, past.known, past.wanted, past.problems) == (None, 0, 1, ())
    mine = kept_past(files, "yahoo", ("7203.T", "7203.T", "6758.T"))
    assert (mine.known, mine.wanted, mine.last) == (1, 2, date(2025, 5, 23))
