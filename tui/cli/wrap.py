"""``zaraba wrap``: the day's report, as Markdown, JSON or text."""

import shutil
from collections.abc import Iterator
from datetime import datetime

from tui.cli.arguments import Options
from tui.cli.collect import first_catalysts, first_dates
from tui.cli.once import once
from tui.cli.printing import take, write
from tui.cli.setup import Setup, set_up
from tui.data.baskets import read_baskets
from tui.data.events import read_events
from tui.data.tables import absent
from tui.errors import ConfigError, ProviderError
from tui.feed.clock import SystemClock
from tui.feed.sources import news_factory
from tui.feed.supervisor import Surroundings
from tui.feed.wording import plain
from tui.market.constituents import Constituents
from tui.market.indices import weights_topix
from tui.market.times import JST
from tui.providers.contracts import Host
from tui.report.timeline import AHEAD, BEHIND, Entry, timeline
from tui.report.wording import to_markdown, worded
from tui.report.wrap import YEN, wrap_report
from tui.report.wrap_text import wrap_json, wrap_text
from tui.secrets import read_key

_BASKETS = "baskets.toml"
_NARROWEST, _WIDEST = 40, 100
"""The columns of a page of text; longer lines are hard to read."""


def run_wrap(options: Options) -> int:
    """Write the report, and exit."""
    setup = set_up(options, remembered=False)
    market = setup.market
    language = options.lang or setup.config.language or "en"
    remarks = list(_take_news(setup))
    baskets = read_baskets(
        setup.home.config_folder / _BASKETS, frozenset(market.universe.symbols())
    )
    if baskets.notice:
        remarks.append(baskets.notice)
    wanted = dict.fromkeys(
        (
            YEN,
            *(symbol for basket in baskets.rows for symbol in basket.symbols),
            *(symbol for each in market.catalysts.values() for symbol in each.symbols),
            *weights_topix(market.session).symbols,
        )
    )
    snapshot = take(setup, options, tuple(wanted))
    dates = _dates(setup, snapshot.summary.as_of, remarks)
    wrap = wrap_report(
        market,
        snapshot.summary.as_of,
        dates=dates,
        summary=snapshot.summary,
        feed=snapshot.feed,
        constituents=Constituents(market, baskets.rows),
        remarks=(*absent(), *remarks),
        source_remarks=snapshot.remarks,
    )
    if options.format == "json":
        write(wrap_json(wrap, language) + b"\n")
    elif options.format == "text":
        columns = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
        write(wrap_text(wrap, language, columns).encode())
    else:
        write(to_markdown(worded(wrap, language)).encode())
    return 0


def _dates(setup: Setup, now: datetime, remarks: list[str]) -> tuple[Entry, ...]:
    """What falls due, from the sources that the screen asks, too."""
    market, today = setup.market, now.astimezone(JST).date()
    named = {name: setup.config.providers.get(name, {}) for name in setup.sources.calendars}
    around = Surroundings(
        clock=SystemClock(),
        instruments=market.universe,
        secret=read_key,
        budgets=setup.budgets,
        rules=setup.rules,
    )
    events, faults = first_dates(named, around, today - BEHIND, today + AHEAD)
    own = read_events(setup.home.events_file)
    remarks += [*map(once, faults), *filter(None, (own.notice,))]
    listed = setup.lists.own_symbols()
    return timeline(market, now, events=events, own=own.rows, listed=listed)


def _take_news(setup: Setup) -> Iterator[str]:
    """Fill in what the sources of news know; yields what went wrong, as the report goes on."""
    for name in setup.config.sources.news:
        remarks: list[str] = []
        host = Host(
            clock=SystemClock(),
            instruments=setup.market.universe,
            settings=setup.config.providers.get(name, {}),
            remark=remarks.append,
            budgets=setup.budgets,
            rules=setup.rules,
        )
        try:
            found = first_catalysts(name, news_factory(name), host)
        except (ConfigError, ProviderError) as error:
            remarks.append(str(error))
        else:
            setup.market.add_catalysts([setup.rules.enrich(each) for each in found])
        yield from (once(plain(remark)) for remark in remarks)
    yield from setup.rules.notices
