"""The numbers by which a feed works."""

from dataclasses import dataclass, field

from tui.feed.backoff import Pauses
from tui.feed.chain_choice import ChainTerms
from tui.feed.health import Thresholds
from tui.feed.supervisor import Patience


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long a feed waits, and from when it calls data stale; the defaults suit a screen.

    Attributes:
        patience: How long to wait for what.
        pauses: Between attempts.
        chain: When a chain goes over to another source and back.
        thresholds: From when data are stale, and the thread is not answering.
    """

    patience: Patience = field(default_factory=Patience)
    pauses: Pauses = field(default_factory=Pauses)
    chain: ChainTerms = field(default_factory=ChainTerms)
    thresholds: Thresholds = field(default_factory=Thresholds)
