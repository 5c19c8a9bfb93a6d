"""``zaraba print``: what the screen shows, as a table, JSON or CSV."""

import os
import sys
import time
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from tui.cli.arguments import Options
from tui.cli.chain import first_of_chain
from tui.cli.collect import first_updates, opened
from tui.cli.once import once
from tui.cli.setup import DEFAULT_QUOTES, Setup, list_name, set_up, take_kept_past
from tui.data.tables import absent
from tui.errors import ConfigError, UsageError
from tui.feed.wording import plain
from tui.market.indices import builtin_lists
from tui.market.times import JST, parse_at, to_datetime
from tui.providers.contracts import QuoteProvider
from tui.report.feed import delivered, told_by
from tui.report.rows import in_order, rows_report
from tui.report.snapshot import Snapshot, to_csv, to_json
from tui.report.summary import summarise
from tui.report.tape import asked_abroad
from tui.report.text import Line, to_text

_COLOURS = {
    "tokyo": ("red", "green"),
    "western": ("green", "red"),
    "safe": ("bright_blue", "dark_orange"),
}
"""What a terminal's own palette has for rise and fall, by convention."""


def run_print(options: Options) -> int:
    """Print one list as it stands, and exit."""
    setup = set_up(options, remembered=False)
    language = options.names or setup.config.language or "en"
    snapshot = take(setup, options)
    if options.format == "json":
        write(to_json(setup.market, snapshot, language) + b"\n")
    elif options.format == "csv":
        write(to_csv(setup.market, snapshot, language).encode())
    else:
        lines = to_text(setup.market, snapshot, language)
        if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
            _coloured(lines, setup.config.convention or "tokyo")
        else:
            write("".join(f"{line.text}\n" for line in lines).encode())
    return 0


def take(setup: Setup, options: Options, also: Sequence[str] = ()) -> Snapshot:
    """Ask the source once and compute everything.

    A replay without an instant asked for stands at its close. Of every other source ``--at`` does
    not change what it tells, only the instant at which that is judged; quotes that do not belong
    to that instant are refused.

    Args:
        setup: The parts.
        options: The command line.
        also: Symbols to ask for beside those of the list.

    Raises:
        ProviderError: The source failed.
        UsageError: The quotes are not of the instant asked for.
    """
    market = setup.market
    if setup.quotes == DEFAULT_QUOTES:
        setup.settings["paused"] = True
        session = market.calendar.session(market.session)
        if setup.at is None and session is not None:
            setup.settings["at"] = session.close
    elif setup.at is not None and len(options.at.strip()) > len("15:30:00"):
        # A file whose quotes have no date is taken to be of the day that was asked for.
        setup.settings.setdefault("session", setup.at.astimezone(JST).date())
    name = list_name(setup, options) or _usual_list(setup)
    remarks: list[str] = []
    begun = market.session
    provider = _ask(setup, name, remarks, also)
    if market.session != begun:
        # Another session has other members, which have not been asked for yet.
        remarks.clear()
        provider = _ask(setup, name, remarks, also)
    past = take_kept_past(setup, market.board.symbols)
    known = market.board.time[~np.isnat(market.board.time)]
    newest = to_datetime(known.max()) if len(known) else None
    delay, data_time = told_by(market.board)
    now = _judged_at(setup, options, newest) or provider.market_time()
    rows = rows_report(market, _symbols(setup, name), now)
    if setup.lists.builtin(name):
        column = "points" if name == setup.lists.names()[0] else "percent"
        rows = rows_report(market, in_order(rows, column), now)
    return Snapshot(
        summary=summarise(market, now),
        rows=rows,
        feed=delivered(provider.about, data_time, now, setup.quiet, delay),
        list_name=name,
        remarks=tuple(dict.fromkeys((*absent(own=setup.home.reference_folder), *past, *remarks))),
        tape=setup.config.tape,
    )


def _ask(setup: Setup, name: str, remarks: list[str], also: Sequence[str]) -> QuoteProvider:
    """Fill the board with what the source knows."""
    market = setup.market
    abroad = asked_abroad(setup.config.tape, setup.chain, market.universe, market.reference)
    market.watch((*_symbols(setup, name), *also, *abroad))

    def remark(text: str) -> None:
        remarks.append(once(plain(text)))

    if len(setup.chain) > 1:
        provider, updates = first_of_chain(setup, market.board.symbols, remark)
        for update in updates:
            market.apply(update, time.monotonic())
        return provider
    try:
        provider = opened(setup.quotes, setup.quote_provider(), setup.host(remark))
    except ConfigError as error:
        file = setup.home.config_file
        subject = f"{file}: {error.subject}" if file.exists() else error.subject
        raise ConfigError(error.what, subject=subject, remedy=error.remedy) from error
    for update in first_updates(provider, market.board.symbols):
        market.apply(update, time.monotonic())
    return provider


def _symbols(setup: Setup, name: str) -> Sequence[str]:
    """A list's instruments; of a built-in list, those of the session that is shown."""
    for builtin in builtin_lists(setup.market.session):
        if builtin.name == name:
            return builtin.symbols
    return setup.lists.symbols(name)


def _usual_list(setup: Setup) -> str:
    names = setup.lists.names()
    return setup.config.list if setup.config.list in names else names[0]


def _judged_at(setup: Setup, options: Options, newest: datetime | None) -> datetime | None:
    """The instant that ``--at`` names; None where it is the source that tells the time.

    Raises:
        UsageError: The quotes are of another day, or later.
    """
    if not options.at or setup.quotes == DEFAULT_QUOTES:
        return None
    at = parse_at(options.at, setup.market.session)
    if newest is not None and (newest > at or setup.market.session != at.astimezone(JST).date()):
        raise UsageError(
            f"the quotes of “{setup.quotes}” are of {newest.astimezone(JST):%Y-%m-%d %H:%M:%S}, "
            "and only a replay can be moved",
            subject="--at",
            remedy="Leave it out, or give a later time of that day.",
        )
    return at


def write(content: bytes) -> None:
    """Write as UTF-8 whatever the locale: files and pipes have no other."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _coloured(lines: Sequence[Line], convention: str) -> None:
    """Write to a terminal, in the colours of the configuration."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    up, down = _COLOURS[convention]
    styles = {"up": up, "down": down, "muted": "dim", "title": "bold"}
    for line in lines:
        console.print(Text(line.text, style=styles.get(line.tone, "")))
