"""Putting the parts together: configuration, market, lists, sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tui.cli.arguments import Options
from tui.config import Config, Home, Sources, State, home, load, load_state
from tui.data.reader import ReferenceTables
from tui.errors import UsageError
from tui.feed.chain_choice import ChainTerms
from tui.feed.clock import SystemClock
from tui.feed.daily_files import DailyFiles
from tui.feed.feed import Feed
from tui.feed.history import HistoryDesk
from tui.feed.kept import kept_past
from tui.feed.sources import (
    DEFAULT_QUOTES,
    RECORDED,
    Source,
    history_factory,
    is_installed,
    news_factory,
    news_settings,
    quote_factory,
    session_to_open,
)
from tui.feed.terms import Terms
from tui.market.folding import fold
from tui.market.indices import builtin_lists
from tui.market.market import Market
from tui.market.quotes import DelayKind
from tui.market.session import TokyoCalendar
from tui.market.text_rules import TextRules
from tui.market.times import JST, parse_at
from tui.market.universe import Universe
from tui.providers import registry
from tui.providers.budget import Budgets
from tui.providers.contracts import Host, QuoteProvider, Role, no_remark
from tui.secrets import read_key
from tui.watchlists.found import read_found
from tui.watchlists.lists import Lists

__all__ = ["DEFAULT_QUOTES", "RECORDED", "Setup", "chosen_list", "feed_for", "list_name", "set_up"]

_PROBLEMS = 3
"""Files that cannot be believed of which each is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The parts that every command needs.

    Attributes:
        home: Where the files are.
        remember: Whether what is chosen is kept for the next time.
        config: The user's configuration, with the command line's settings of the source.
        state: What was chosen before.
        sources: Which source fills which role, what was chosen before counting for more than
            the configuration.
        first: Whether nothing was ever configured or remembered, and nothing is asked for.
        notices: What has to be told, one sentence each.
        market: The empty board of the right session.
        lists: Built-in and user lists.
        quotes: The quote source's name; of a chain, the one preferred.
        chain: The quote sources of a chain, that one first; otherwise it alone.
        settings: Its settings, the command line's over the configuration's.
        at: The instant asked for, aware, in UTC; None where none was.
        rules: By which texts are linked and filed, with the user's own.
        budgets: How often each service may be asked, by all that this command asks.
    """

    home: Home
    remember: bool
    config: Config
    state: State
    sources: Sources
    first: bool
    notices: tuple[str, ...]
    market: Market
    lists: Lists
    quotes: str
    chain: tuple[str, ...]
    settings: dict[str, Any]
    at: datetime | None
    rules: TextRules
    budgets: Budgets = field(default_factory=Budgets)

    def quote_provider(self) -> Callable[[Host], QuoteProvider]:
        """The source's class, imported when it is needed first."""
        return quote_factory(self.quotes)

    def quiet(self, moment: datetime) -> bool:
        """Whether no trading is expected at an instant."""
        return not self.market.calendar.status(moment).state.trading

    def host(self, remark: Callable[[str], None] = no_remark) -> Host:
        """What the source is lent where no feed runs it."""
        return Host(
            clock=SystemClock(),
            instruments=self.market.universe,
            settings=self.settings,
            secret=read_key,
            remark=remark,
            budgets=self.budgets,
            rules=self.rules,
        )


def set_up(options: Options, *, remembered: bool = True) -> Setup:
    """Read the configuration and build the parts.

    Args:
        options: The command line.
        remembered: Whether what was chosen before counts; pictures and print-outs begin fresh.

    Raises:
        ConfigError: The configuration cannot be used.
        UsageError: An argument does not fit.
    """
    where = home(options.config)
    config = load(where, required=options.config is not None)
    state = load_state(where) if remembered else State()
    state, notices = _without_missing(state)
    sources = state.sources.over(config.sources)
    named = tuple(dict.fromkeys(filter(None, (options.provider or "").split(","))))
    chain = named or sources.quote_names or (DEFAULT_QUOTES,)
    for name in chain:
        _check_source(name, "--provider" if named else f"{where.config_file}: quotes")
    quotes = chain[0]
    first = not (named or where.config_file.exists() or where.state_file.exists())
    settings: dict[str, Any] = dict(config.providers.get(quotes, {}))
    if options.path is not None:
        settings["path"] = _check_path(options.path.expanduser(), quotes)
    reference = ReferenceTables(own=where.reference_folder)
    # What the command line says of a source holds whenever that source is chosen again.
    providers = {**config.providers, quotes: settings}
    config = msgspec.structs.replace(config, providers=providers)
    calendar = TokyoCalendar()
    session = session_to_open(quotes, calendar, datetime.now(UTC))
    universe = Universe(reference, session)
    for found in read_found(where.found_file):
        universe.learn(found)
    at = parse_at(options.at, session) if options.at else None
    if at is not None:
        _check_instant(at, quotes)
        settings["at"] = at
    speed = getattr(options, "speed", None)
    if speed is not None:
        settings["speed"] = speed
    market = Market(universe, calendar, session, reference)

    def resolve(text: str) -> str | None:
        instrument = universe.resolve(text)
        return instrument.symbol if instrument else None

    lists = Lists(builtin_lists(session, reference), where.lists_file, resolve)
    if options.list:
        chosen_list(options.list, lists)
    return Setup(
        home=where,
        remember=remembered,
        config=config,
        state=state,
        sources=sources,
        first=first,
        notices=notices,
        market=market,
        lists=lists,
        quotes=quotes,
        chain=chain,
        settings=settings,
        at=at,
        rules=TextRules(reference, aliases=where.aliases_file, kinds=where.kinds_file),
    )


def feed_for(setup: Setup) -> Feed:
    """A feed that is told which sources to use, but not yet started."""
    terms = Terms(chain=ChainTerms(ticks=setup.config.sources.ticks))
    feed = Feed(
        instruments=setup.market.universe,
        secret=read_key,
        quiet=setup.quiet,
        terms=terms,
        rules=setup.rules,
    )
    feed.use_chain(
        [
            Source(setup.quotes, setup.quote_provider(), setup.settings),
            *(
                Source(name, quote_factory(name), setup.config.providers.get(name, {}))
                for name in setup.chain[1:]
            ),
        ]
    )
    for name in setup.sources.news:
        feed.use_news(name, news_factory(name), news_settings(setup.config, setup.home, name))
    return feed


def history_for(setup: Setup, feed: Feed) -> HistoryDesk | None:
    """Where the past comes from; None where the configuration names no source."""
    name = setup.sources.history
    if not name:
        return None
    settings = setup.config.providers.get(name, {})
    files = DailyFiles(setup.home.history_folder)
    return HistoryDesk(name, history_factory(name), settings, feed=feed, files=files)


def take_kept_past(setup: Setup, symbols: Sequence[str]) -> tuple[str, ...]:
    """Lay the daily bars that an earlier run has kept on the market, as the screens do.

    Nothing is asked for. Invented prices have no past.

    Args:
        setup: The parts; the quotes are on the board.
        symbols: The names whose past counts.

    Returns:
        How much there was, and what was wrong with it, a line each; nothing where the
        configuration names no source of history.
    """
    board, name = setup.market.board, setup.sources.history
    if not name or any(delay.kind is DelayKind.SYNTHETIC for delay in board.delays):
        return ()
    kept = kept_past(DailyFiles(setup.home.history_folder), name, symbols)
    setup.market.days = kept.days
    more = len(kept.problems) - _PROBLEMS
    problems = kept.problems[:_PROBLEMS] + ((f"and {more:,} more such files",) if more > 0 else ())
    return (kept.words, *problems)


def list_name(setup: Setup, options: Options) -> str:
    """The list asked for, in the spelling it has; empty for none."""
    return chosen_list(options.list, setup.lists) if options.list else ""


def chosen_list(wanted: str, lists: Lists) -> str:
    """The list that a name means: its own in either language, or a part that only one has.

    Raises:
        UsageError: No list is meant, or several are.
    """
    names = lists.names()
    folded = fold(wanted)
    for name in names:
        if folded in (fold(name), fold(lists.title(name, "ja"))):
            return name
    near = [name for name in names if folded and folded in fold(name)]
    if len(near) == 1:
        return near[0]
    raise UsageError(
        f"“{wanted}” could be {' or '.join(near)}" if near else f"there is no list “{wanted}”",
        subject="--list",
        remedy=f"Lists: {', '.join(names)}.",
    )


def _without_missing(state: State) -> tuple[State, tuple[str, ...]]:
    """What was chosen before, without quote sources that are no longer installed."""
    chosen = state.sources.quotes or []
    gone = [name for name in chosen if not is_installed(Role.QUOTES, name)]
    if not gone:
        return state, ()
    left = [name for name in chosen if name not in gone] or None
    sources = msgspec.structs.replace(state.sources, quotes=left)
    told = f"The quote source chosen before is no longer installed: {', '.join(gone)}."
    return msgspec.structs.replace(state, sources=sources), (told,)


def _check_source(name: str, subject: str) -> None:
    if not is_installed(Role.QUOTES, name):
        known = ", ".join(registry.names(Role.QUOTES))
        raise UsageError(
            f"there is no quote source “{name}”",
            subject=subject,
            remedy=f"Installed: {known}. `zaraba providers` tells more.",
        )


def _check_path(path: Path, quotes: str) -> str:
    """The path as a setting; a file that is named on the command line has to be there."""
    if quotes == DEFAULT_QUOTES:
        raise UsageError(
            "the recorded session reads no file",
            subject="--path",
            remedy="Say --provider file as well.",
        )
    if quotes == "file" and not path.is_file():
        raise UsageError(
            "this is a folder" if path.is_dir() else "there is no such file",
            subject=f"--path {path}",
            remedy="Name a CSV or Parquet file of quotes.",
        )
    return str(path)


def _check_instant(at: datetime, quotes: str) -> None:
    day = at.astimezone(JST).date()
    if quotes == DEFAULT_QUOTES and day != RECORDED:
        raise UsageError(
            f"the recorded session is of {RECORDED}, not of {day}",
            subject="--at",
            remedy="Give a time of that day, such as 14:32.",
        )
