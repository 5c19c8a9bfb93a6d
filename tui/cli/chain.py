"""Asking a chain of sources once, without a feed: for print-outs."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tui.cli.collect import first_updates, opened
from tui.cli.setup import Setup
from tui.errors import ProviderError, ZarabaError
from tui.feed.chain import Chain, Link
from tui.feed.chain_choice import ChainTerms
from tui.feed.clock import SystemClock
from tui.feed.outbox import Outbox
from tui.feed.sources import quote_factory
from tui.feed.streams import Epochs
from tui.market.quotes import QuoteBatch, Update
from tui.providers.contracts import QuoteProvider


def first_of_chain(
    setup: Setup, symbols: tuple[str, ...], remark: Callable[[str], None]
) -> tuple[QuoteProvider, list[Update]]:
    """The snapshots of several sources, each instrument from the first that has it.

    A source that fails is passed over, and remarked.

    Args:
        setup: The parts.
        symbols: What to ask for.
        remark: Told in a line of what was survived.

    Returns:
        The source that serves most, and what to apply.

    Raises:
        ProviderError: Every one has failed.
    """
    outbox = Outbox()

    def held_back(count: int, what: str) -> None:
        remark(f"{count:,} held back, the last: {what}")

    chain = Chain(
        [Link(name, lambda: True, lambda _: math.inf, held_back, remark) for name in setup.chain],
        symbols=lambda: symbols,
        fine=lambda symbol: bool((known := setup.market.universe.get(symbol)) and known.topix500),
        clock=SystemClock(),
        sink=outbox,
        epochs=Epochs(),
        terms=ChainTerms(ticks=setup.config.sources.ticks),
    )
    answered: dict[str, QuoteProvider] = {}
    failed: ProviderError | None = None
    for rank, name in enumerate(setup.chain):
        settings = setup.settings if rank == 0 else setup.config.providers.get(name, {})
        try:
            provider = opened(
                name, quote_factory(name), replace(setup.host(remark), settings=settings)
            )
            for update in first_updates(provider, symbols):
                chain.put(rank, update)
        except ProviderError as error:
            failed = failed or error
            remark(str(error))
        else:
            answered[name] = provider
    if not answered:
        raise failed or ZarabaError("no source is named", subject="quotes")
    for _ in range(2):  # a difference has to be seen twice
        chain.look()
    updates = outbox.drain()
    served = Counter(dict.fromkeys(answered, 0))
    for update in updates:
        if isinstance(update, QuoteBatch) and update.takes_over:
            served[update.source] += len(update)
    return answered[served.most_common(1)[0][0]], updates
