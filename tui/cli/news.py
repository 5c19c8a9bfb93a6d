"""``zaraba news``: the latest news of every source, and exit."""

from datetime import UTC, datetime
from functools import partial

from tui.cli.arguments import Options
from tui.cli.collect import latest_news
from tui.cli.once import once
from tui.cli.printing import write
from tui.cli.setup import DEFAULT_QUOTES, Setup, chosen_list, set_up
from tui.data.catalyst_edits import read_edits
from tui.errors import ProviderError, UsageError
from tui.feed.clock import SystemClock
from tui.feed.sources import news_factory, news_settings
from tui.feed.wording import plain
from tui.market.amendments import Amendment
from tui.providers.contracts import Host
from tui.report.news import news_json, news_report, news_text
from tui.report.news_index import NewsFilter
from tui.secrets import read_key

MOST = 10_000
USUAL = 20


def run_news(options: Options) -> int:
    """Print the latest news, and exit.

    Raises:
        UsageError: A list or a symbol is not known, or the limit is out of range.
        ProviderError: No source of news delivered anything.
    """
    options.provider = DEFAULT_QUOTES
    listed, options.list = options.list, ""
    setup = set_up(options, remembered=False)
    wanted = _wanted(setup, options, listed)
    limit = options.limit if options.limit is not None else USUAL
    if not 1 <= limit <= MOST:
        raise UsageError(
            f"{limit} is out of range", subject="--limit", remedy=f"Give 1 to {MOST:,}."
        )
    remarks = _collect(setup)
    report = news_report(setup.market, wanted, datetime.now(UTC), limit, remarks)
    if options.format == "json":
        write(news_json(report) + b"\n")
    else:
        write(news_text(setup.market, report).encode())
    return 0


def _wanted(setup: Setup, options: Options, listed: str) -> NewsFilter:
    symbols: frozenset[str] | None = None
    if listed:
        symbols = frozenset(setup.lists.symbols(chosen_list(listed, setup.lists)))
    if options.symbol:
        instrument = setup.market.universe.resolve(options.symbol)
        if instrument is None:
            raise UsageError(
                f"nothing is known by “{options.symbol}”",
                subject="--symbol",
                remedy="Give a code such as 7203, or a symbol such as ^N225.",
            )
        only = frozenset((instrument.symbol,))
        symbols = only if symbols is None else symbols & only
    return NewsFilter(kind=options.kind.strip().lower(), symbols=symbols)


def _collect(setup: Setup) -> list[str]:
    """Fill the market with what the sources deliver; returns what went wrong."""
    remarks: list[str] = []
    market, named = setup.market, list(dict.fromkeys(setup.config.sources.news))
    if not named:
        raise UsageError(
            "no source of news is named",
            subject=str(setup.home.config_file),
            remedy='Write for example news = ["notes"] under [sources].',
        )

    def remark(name: str, text: str) -> None:
        remarks.append(f"{name}: {once(plain(text))}")

    sources = [
        (
            name,
            news_factory(name),
            Host(
                clock=SystemClock(),
                instruments=market.universe,
                settings=news_settings(setup.config, setup.home, name),
                secret=read_key,
                remark=partial(remark, name),
                budgets=setup.budgets,
                rules=setup.rules,
            ),
        )
        for name in named
    ]
    catalysts, faults = latest_news(sources)
    remarks += [once(plain(fault)) for fault in faults]
    if len(faults) == len(sources):
        raise ProviderError(
            "no source of news delivered anything: " + "; ".join(map(str, faults)),
            remedy="Check them with `zaraba doctor`.",
        )
    edits = read_edits(setup.home.catalysts_file)
    market.amend_catalysts(
        {key: Amendment(kind=each.kind, symbols=each.symbols) for key, each in edits.rows.items()}
    )
    market.add_catalysts([setup.rules.enrich(each) for each in catalysts])
    remarks += [*setup.rules.notices, *filter(None, (edits.notice,))]
    return remarks
