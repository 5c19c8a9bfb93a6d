"""Putting the parts together: configuration, market, lists, sources."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tui.cli.arguments import Options
from tui.config import Config, Home, State, home, load, load_state
from tui.data.reader import ReferenceTables
from tui.errors import UsageError
from tui.feed.clock import SystemClock
from tui.feed.feed import Feed
from tui.feed.sources import news_factory, quote_factory
from tui.market.indices import builtin_lists
from tui.market.market import Market
from tui.market.session import TokyoCalendar
from tui.market.times import JST, parse_at
from tui.market.universe import Universe
from tui.providers import registry
from tui.providers.contracts import Host, QuoteProvider, Role
from tui.watchlists.lists import Lists

DEFAULT_QUOTES = "replay"
RECORDED = date(2025, 5, 26)
"""The session that ships."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The parts that every command needs.

    Attributes:
        home: Where the files are.
        remember: Whether what is chosen is kept for the next time.
        config: The user's configuration.
        state: What was chosen before.
        market: The empty board of the right session.
        lists: Built-in and user lists.
        quotes: The quote source's name.
        settings: Its settings, the command line's over the configuration's.
        at: The instant asked for, aware, in UTC; None where none was.
    """

    home: Home
    remember: bool
    config: Config
    state: State
    market: Market
    lists: Lists
    quotes: str
    settings: dict[str, Any]
    at: datetime | None

    def quote_provider(self) -> Callable[[Host], QuoteProvider]:
        """The source's class, imported when it is needed first."""
        return quote_factory(self.quotes)

    def host(self) -> Host:
        """What the source is lent where no feed runs it."""
        return Host(clock=SystemClock(), instruments=self.market.universe, settings=self.settings)


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
    quotes = options.provider or config.sources.quotes or DEFAULT_QUOTES
    _check_source(quotes)
    settings: dict[str, Any] = dict(config.providers.get(quotes, {}))
    if options.path is not None:
        settings["path"] = str(options.path.expanduser())
    reference = ReferenceTables(own=where.reference_folder)
    calendar = TokyoCalendar()
    session = _session(quotes, calendar)
    universe = Universe(reference, session)
    at = parse_at(options.at, session) if options.at else None
    if at is not None:
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
        _check_list(options.list, lists)
    return Setup(
        home=where,
        remember=remembered,
        config=config,
        state=state,
        market=market,
        lists=lists,
        quotes=quotes,
        settings=settings,
        at=at,
    )


def feed_for(setup: Setup) -> Feed:
    """A feed that is told which sources to use, but not yet started."""
    calendar = setup.market.calendar

    def quiet(moment: datetime) -> bool:
        return not calendar.status(moment).state.trading

    feed = Feed(instruments=setup.market.universe, quiet=quiet)
    feed.use(setup.quotes, setup.quote_provider(), setup.settings)
    for name in setup.config.sources.news:
        feed.use_news(name, news_factory(name), setup.config.providers.get(name, {}))
    return feed


def list_name(setup: Setup, options: Options) -> str:
    """The list asked for, in the spelling it has; empty for none."""
    wanted = options.list.casefold()
    found = [name for name in setup.lists.names() if name.casefold() == wanted]
    return found[0] if found else ""


def _check_source(name: str) -> None:
    known = registry.names(Role.QUOTES) if name != DEFAULT_QUOTES else [name]
    if name not in known:
        raise UsageError(
            f"there is no quote source “{name}”",
            subject="--provider",
            remedy=f"Installed: {', '.join(known)}. `zaraba providers` tells more.",
        )


def _check_list(name: str, lists: Lists) -> None:
    if name.casefold() not in {each.casefold() for each in lists.names()}:
        raise UsageError(
            f"there is no list “{name}”",
            subject="--list",
            remedy=f"Lists: {', '.join(lists.names())}.",
        )


def _session(quotes: str, calendar: TokyoCalendar) -> date:
    """The session to begin with: the recorded one, or Tokyo's latest."""
    if quotes == DEFAULT_QUOTES:
        return RECORDED
    today = datetime.now(UTC).astimezone(JST).date()
    return today if calendar.is_session(today) else calendar.previous(today)
