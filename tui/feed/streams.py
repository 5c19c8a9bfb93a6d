"""The two roles that stream: quotes for the board, catalysts for the pane."""

import threading
from collections.abc import AsyncIterator, Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import numpy as np

from tui.feed.backoff import Backoff
from tui.feed.checks import catalysts_fault, update_fault, vocabulary_fault
from tui.feed.enriched import Enrich, Enriched
from tui.feed.ledger import Ledger
from tui.feed.outbox import NewsBox, Sink
from tui.feed.supervisor import Supervisor, Surroundings
from tui.feed.wording import error_words
from tui.market.catalysts import Catalyst
from tui.market.quotes import DelayKind, Quality, QuoteBatch, Update
from tui.market.times import to_datetime64
from tui.providers.contracts import Host, NewsProvider, Playback, QuoteProvider

AHEAD = timedelta(minutes=10)
"""How far ahead of our own clock an exchange time may be before it is taken for an error."""

_MODELLED_TIME = {DelayKind.REPLAY, DelayKind.SYNTHETIC}
_EARLY = np.uint8(Quality.EARLY | Quality.SUSPECT)
_SOURCES_OWN = np.uint8(
    Quality.DERIVED | Quality.MODELLED | Quality.BASE_IS_PREVIOUS_CLOSE | Quality.SUSPECT
)
_LONGEST_SESSION = np.timedelta64(2, "D")
"""From a session's date in UTC until the last quote that can be of it, New York's included."""
_VOCABULARIES = 4


class Epochs:
    """Numbers epochs for the board, strictly growing over all sources."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._key: Hashable = None

    def number(self, key: Hashable) -> int:
        """The number of an epoch: the last one where the key is the last key, else the next."""
        with self._lock:
            if key != self._key:
                self._key = key
                self._number += 1
            return self._number


class QuoteSupervisor(Supervisor[QuoteProvider, Update]):
    """Supervises quotes.

    An epoch of the board is one source object, one epoch of its own and one session. So a stream
    that is started again, after an error or because a list has changed, goes on in the epoch it
    had, and what the board and the minutes hold survives it.

    Args:
        symbols: What to ask for, read whenever the stream is started.
        outbox: Where updates go.
        epochs: Numbers them.
        factory, settings, ledger, backoff, around: As in `Supervisor`.
    """

    role_class = QuoteProvider
    _serials = count()

    def __init__(
        self,
        factory: Callable[[Host], QuoteProvider],
        settings: Mapping[str, object],
        *,
        ledger: Ledger,
        backoff: Backoff,
        around: Surroundings,
        symbols: Callable[[], tuple[str, ...]],
        outbox: Sink,
        epochs: Epochs,
    ) -> None:
        super().__init__(factory, settings, ledger=ledger, backoff=backoff, around=around)
        self._symbols = symbols
        self._asked: tuple[str, ...] = ()
        self._outbox = outbox
        self._epochs = epochs
        self._serial = -1
        self._newest = -1
        self._vocabularies: list[tuple[str, ...]] = []
        self._playback: Playback | None = None
        self.playback_state: tuple[bool, float] | None = None
        """Whether the source stands still, and its speed; None where it cannot replay."""
        self.session: date | None = None
        """The session being delivered, in Tokyo; None before the first update."""

    def market_time(self) -> datetime:
        """The instant that the quotes show, aware, in UTC. Any thread may ask."""
        provider = self._provider
        if provider is not None and not self._retired:
            try:
                moment: object = provider.market_time()
                if isinstance(moment, datetime) and moment.tzinfo is not None:
                    return moment
            except Exception:  # noqa: BLE001 - a source that cannot tell the time has ours
                return self._clock.now()
        return self._clock.now()

    def play(self, command: Callable[[Playback], None]) -> None:
        """Give a command to a source that replays."""
        if self._playback is None or self._retired:
            return
        try:
            command(self._playback)
        except Exception as error:  # noqa: BLE001 - the source's code, whatever it raises
            self.ledger.erred(error_words(error, self._secrets.hide))
        self._note_playback()

    def _ready(self) -> bool:
        return bool(self._symbols())

    def _differs(self) -> bool:
        return self._symbols() != self._asked

    def _stream(self, provider: QuoteProvider) -> AsyncIterator[Update]:
        self._asked = self._symbols()
        self._newest = -1
        return provider.stream(self._asked)

    def _introduced(self, provider: QuoteProvider) -> None:
        self._serial = next(self._serials)
        self._playback = provider if isinstance(provider, Playback) else None
        self._note_playback()
        session: object = provider.session()
        self.session = session if isinstance(session, date) else None

    def _take(self, item: Update) -> str:
        fault = update_fault(item)
        if fault:
            return fault
        if item.epoch < self._newest:
            return f"the epoch went back from {self._newest} to {item.epoch}"
        symbols = self._known(item.symbols)
        if symbols is None:
            return vocabulary_fault(item.symbols)
        self._newest = item.epoch
        number = self._epochs.number((self._serial, item.epoch, item.session))
        update = replace(item, symbols=symbols, epoch=number, source=self.ledger.health.source)
        if isinstance(update, QuoteBatch):
            update = self._sane_times(_own_words(update))
        if self._retired:
            return ""
        self.session = update.session
        self.ledger.quotes(update)
        self.ledger.asking(self._asked_so_far())
        self._note_playback()
        self._outbox.put(update)
        return ""

    def _known(self, symbols: tuple[str, ...]) -> tuple[str, ...] | None:
        """The same vocabulary as the same object, so that the board need not map it anew."""
        for known in self._vocabularies:
            if known is symbols or known == symbols:
                return known
        if vocabulary_fault(symbols):
            return None
        self._vocabularies = [symbols, *self._vocabularies[: _VOCABULARIES - 1]]
        return symbols

    def _sane_times(self, batch: QuoteBatch) -> QuoteBatch:
        """Blank times that are still to come: held, they would shut out every later quote."""
        latest: np.datetime64 = to_datetime64(self._clock.now() + AHEAD)
        if batch.delay.kind in _MODELLED_TIME:
            latest = np.datetime64(batch.session, "ms") + _LONGEST_SESSION
        ahead = batch.time > latest
        if not ahead.any():
            return batch
        self._remark(f"{int(ahead.sum()):,} quotes had a time that is still to come")
        time = np.where(ahead, np.datetime64("NaT", "ms"), batch.time)
        quality = np.zeros(len(batch), np.uint8) if batch.quality is None else batch.quality
        doubtful = np.where(ahead, quality | _EARLY, quality)
        return replace(batch, time=time, quality=doubtful)

    def _asked_so_far(self) -> tuple[int, int] | None:
        provider = self._provider
        try:
            told: object = provider.snapshot_progress() if provider is not None else None
        except Exception:  # noqa: BLE001 - it is told for comfort, and costs no quotes
            return None
        match told:
            case (int(count), int(of)) if 0 <= count <= of:
                return count, of
        return None

    def _note_playback(self) -> None:
        playback = self._playback
        if playback is None:
            return
        try:
            self.playback_state = (bool(playback.paused), float(playback.speed))
        except Exception as error:  # noqa: BLE001 - the source's code, whatever it raises
            self.ledger.erred(error_words(error, self._secrets.hide))
            self._playback = self.playback_state = None


def _own_words(batch: QuoteBatch) -> QuoteBatch:
    """The batch without the marks that are the program's to set."""
    quality = batch.quality
    if quality is not None and len(quality) and quality.max() > _SOURCES_OWN:
        quality = quality & _SOURCES_OWN
    if quality is batch.quality and not batch.takes_over:
        return batch
    return replace(batch, quality=quality, takes_over=False)


class NewsSupervisor(Supervisor[NewsProvider, Sequence[Catalyst]]):
    """Supervises headlines and notes.

    Args:
        newsbox: Where catalysts go.
        enrich: Fills in what a source leaves bare; None leaves it so.
        factory, settings, ledger, backoff, around: As in `Supervisor`.
    """

    role_class = NewsProvider

    def __init__(
        self,
        factory: Callable[[Host], NewsProvider],
        settings: Mapping[str, object],
        *,
        ledger: Ledger,
        backoff: Backoff,
        around: Surroundings,
        newsbox: NewsBox,
        enrich: Enrich | None = None,
    ) -> None:
        super().__init__(factory, settings, ledger=ledger, backoff=backoff, around=around)
        self._newsbox = newsbox
        self._enrich = enrich

    def _stream(self, provider: NewsProvider) -> AsyncIterator[Sequence[Catalyst]]:
        stream = provider.stream()
        # What is no stream goes on as it is, to be refused by name.
        if self._enrich is None or not isinstance(stream, AsyncIterator):
            return stream
        return Enriched(stream, self._enrich, self.ledger.erred)

    def _take(self, item: Sequence[Catalyst]) -> str:
        fault = catalysts_fault(item)
        if not fault and not self._retired:
            self.ledger.catalysts(len(item))
            self._newsbox.put(self.ledger.health.source, item)
        return fault
