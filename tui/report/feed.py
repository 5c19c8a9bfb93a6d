"""How true the data is: the source, its state in words, its age."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """The quote source at an instant.

    Attributes:
        source: Its registered name.
        state: One upper-case word: ``LIVE``, ``DELAYED``, ``REPLAY``, ``STALE``, ``RETRYING``, …
        words: The same for people, with minutes or the next try: ``DELAYED 20 m``.
        note: What must be said beside the data, such as ``path modelled``; may be empty.
        data_time: The exchange time of the newest quote, aware, in UTC; None where there is none.
        trouble: The last error in words where the source is not well; else empty.
    """

    source: str
    state: str
    words: str
    note: str = ""
    data_time: datetime | None = None
    trouble: str = ""

    @property
    def well(self) -> bool:
        """Whether what is shown can be taken at its word."""
        return self.state in {"LIVE", "DELAYED", "REPLAY", "SYNTHETIC", "FILE", "CLOSED"}
