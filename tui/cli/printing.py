"""``zaraba print``: what the screen shows, as a table, JSON or CSV."""

import sys
import time
from datetime import datetime

import numpy as np

from tui.cli.arguments import Options
from tui.cli.collect import first_updates
from tui.cli.setup import Setup, list_name, set_up
from tui.market.quotes import QuoteBatch
from tui.market.times import to_datetime
from tui.report.feed import delivered
from tui.report.rows import rows_report
from tui.report.snapshot import Snapshot, to_csv, to_json
from tui.report.summary import summarise
from tui.report.text import to_text


def run_print(options: Options) -> int:
    """Print one list as it stands, and exit."""
    setup = set_up(options, remembered=False)
    language = options.names or setup.config.language or "en"
    snapshot = take(setup, list_name(setup, options))
    if options.format == "json":
        sys.stdout.write(to_json(setup.market, snapshot, language).decode() + "\n")
    elif options.format == "csv":
        sys.stdout.write(to_csv(setup.market, snapshot, language))
    elif sys.stdout.isatty():
        _coloured(to_text(setup.market, snapshot, language))
    else:
        sys.stdout.write(
            "".join(f"{line}\n" for line, _ in to_text(setup.market, snapshot, language))
        )
    return 0


def take(setup: Setup, name: str) -> Snapshot:
    """Ask the source once and compute everything.

    A replay without an instant asked for stands at its close.
    """
    market = setup.market
    if setup.quotes == "replay":
        setup.settings["paused"] = True
        session = market.calendar.session(market.session)
        if setup.at is None and session is not None:
            setup.settings["at"] = session.close
    name = name or setup.lists.names()[0]
    market.watch(setup.lists.symbols(name))
    provider = setup.quote_provider()(setup.host())
    newest: datetime | None = None
    for update in first_updates(provider, market.board.symbols):
        market.apply(update, time.monotonic())
        if isinstance(update, QuoteBatch) and not np.isnat(update.time).all():
            newest = to_datetime(np.nanmax(update.time))
    now = setup.at or provider.market_time()
    if setup.quotes != "replay" and setup.at is None and newest is not None:
        now = newest
    return Snapshot(
        summary=summarise(market, now),
        rows=rows_report(market, setup.lists.symbols(name), now),
        feed=delivered(provider.about, newest, now),
        list_name=name,
    )


def _coloured(lines: list[tuple[str, str]]) -> None:
    """Write to a terminal; Tokyo's colours, and none where NO_COLOR is set."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    styles = {"up": "red", "down": "green", "muted": "dim", "title": "bold"}
    for line, mood in lines:
        console.print(Text(line, style=styles.get(mood, "")))
