"""The bounded queues through which the feed's thread hands things to the interface thread."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from tui.feed.folding import alike, by_minute, by_tenure, fold, only
from tui.market.arrays import Ints, Rows
from tui.market.catalysts import Catalyst
from tui.market.quotes import MinuteBatch, QuoteBatch, Update

Wake = Callable[[], None]
"""Told that there is something to fetch. Called in the feed's thread; must not block."""

QUOTES = 200_000
BATCHES = 1_024
SOON = 8
"""Batches of quotes from which those of one minute are folded: what a batch costs the interface
hardly depends on its length, so that a source that floods would fill its frames with them."""
PIECE = 20_000
"""Quotes of a batch from which it is put in as several, so that none fills a frame by itself."""
CELLS = 8_000_000
CATALYSTS = 50_000

_GROUPS = 128
"""Batches that one fold may come to: one for each set of the book's fields, and the state."""

_NEVER = np.iinfo(np.int64).min
"""What NaT is as an integer: before every instant."""


def no_wake() -> None:
    """Wake nobody."""


class Sink(Protocol):
    """Takes updates."""

    def put(self, update: Update) -> bool:
        """Take an update in; False where it belongs to what is over."""
        ...


class Outbox:
    """Updates on their way to the board.

    Whatever the source's speed, and however long nobody drains, at most `quotes` quotes (or four
    times the vocabulary, where that is more), `batches` batches and `cells` minutes are held:
    beyond that, batches of one source, epoch and vocabulary are folded into the latest value of
    each field. Batches that come faster than they are drained are folded well before that, as
    long as they are of one minute, so that no minute loses its last price. An update of a newer
    epoch drops those of older ones, one of an older epoch is dropped itself, and so is a quote
    older than the one that went before it, as on the board.

    Any thread may put and drain. Folding is done by the putting thread outside the lock that
    draining takes, so that the interface never waits for it.

    Args:
        quotes: Quotes held before folding.
        batches: Batches held before folding.
        cells: Minutes held, instruments times minutes, before the oldest are dropped.
        soon: Updates held before quotes of one minute are folded.
        wake: Called when something arrives in an empty queue.
    """

    def __init__(
        self,
        *,
        quotes: int = QUOTES,
        batches: int = BATCHES,
        cells: int = CELLS,
        soon: int = SOON,
        wake: Wake = no_wake,
    ) -> None:
        self.wake = wake
        self._limits = (quotes, batches, cells)
        self._putting = threading.Lock()
        self._lock = threading.Lock()
        self._queue: list[Update] = []
        self._held = 0
        self._cells = 0
        self._soon = self._fold_at = soon
        self._epoch = -1
        self._symbols: tuple[str, ...] = ()
        self._marks: Ints = np.empty(0, np.int64)
        self._lost = 0

    @property
    def lost(self) -> int:
        """Updates dropped because folding made no room, as when no two share a vocabulary."""
        return self._lost

    @property
    def held(self) -> int:
        """Quotes waiting."""
        return self._held

    def put(self, update: Update) -> bool:
        """Take an update in.

        Returns:
            False where it belongs to an epoch that is over.
        """
        with self._putting:
            if update.epoch < self._epoch:
                return False
            if update.epoch > self._epoch:
                self._open(update.epoch)
            pieces = _pieces(self._newer(update)) if isinstance(update, QuoteBatch) else [update]
            with self._lock:
                was_empty = not self._queue
                self._queue += pieces
                self._held += _quotes(update)
                self._cells += _cells(update)
                full = self._full(len(update.symbols))
                fast = not full and len(self._queue) > self._fold_at
            if full:
                self._compact(len(update.symbols))
            elif fast:
                self._fold()
        if was_empty or full or fast:  # a drain while folding found nothing: it is told again
            self.wake()
        return True

    def drain(self, at_most: int | None = None, updates: int | None = None) -> list[Update]:
        """Take updates out, in the order in which to apply them.

        Args:
            at_most: Stop once this many quotes are taken; a batch is never split. None takes all.
            updates: Take so many updates at most; None takes all.
        """
        with self._lock:
            self._fold_at = self._soon
            if at_most is None and updates is None:
                taken, self._queue = self._queue, []
                self._held = self._cells = 0
                return taken
            count = quotes = 0
            for update in self._queue[:updates]:
                if at_most is not None and quotes >= at_most:
                    break
                quotes += _quotes(update)
                count += 1
            taken, self._queue = self._queue[:count], self._queue[count:]
            self._held -= quotes
            self._cells -= sum(map(_cells, taken))
            return taken

    def __bool__(self) -> bool:
        return bool(self._queue)

    def _open(self, epoch: int) -> None:
        self._epoch = epoch
        self._symbols = ()
        with self._lock:
            self._queue.clear()
            self._held = self._cells = 0

    def _newer(self, batch: QuoteBatch) -> QuoteBatch:
        """The batch without quotes older than what already went through."""
        if batch.symbols is not self._symbols:
            self._symbols = batch.symbols
            self._marks = np.full(len(batch.symbols), _NEVER, np.int64)
        if batch.takes_over:
            self._marks[batch.rows] = _NEVER
        instants = batch.time.astype("datetime64[ms]", copy=False).view(np.int64)
        late = (instants < _newest(batch.rows, instants, self._marks)) & (instants != _NEVER)
        if late.any():
            batch = only(batch, ~late)
            instants = instants[~late]
        np.maximum.at(self._marks, batch.rows, instants)
        return batch

    def _full(self, vocabulary: int) -> bool:
        quotes, batches, cells = self._limits
        return (
            self._held > max(quotes, 4 * vocabulary)
            or len(self._queue) > batches
            or self._cells > cells
        )

    def _fold(self) -> None:
        """Fold the quotes that wait, minute by minute; nothing is lost by it."""
        queue = self._taken()
        minutes: list[Update] = [each for each in queue if isinstance(each, MinuteBatch)]
        folded: list[Update] = []
        for stretch in by_minute([each for each in queue if isinstance(each, QuoteBatch)]):
            for run in _runs(stretch):
                folded += fold(run)
        # What cannot be folded is not tried again at every batch.
        self._fold_at = len(minutes) + len(folded) + self._soon
        self._put_back([*minutes, *folded])

    def _taken(self) -> list[Update]:
        with self._lock:
            queue, self._queue = self._queue, []
            self._held = self._cells = 0
            return queue

    def _put_back(self, queue: list[Update]) -> None:
        with self._lock:
            self._queue = queue
            self._held = sum(map(_quotes, queue))
            self._cells = sum(map(_cells, queue))

    def _compact(self, vocabulary: int) -> None:
        """Fold what waits; a drain meanwhile finds nothing, and the next finds everything."""
        queue, lost = self._folded(self._taken(), vocabulary)
        self._lost += lost
        self._put_back(queue)

    def _folded(self, queue: Sequence[Update], vocabulary: int) -> tuple[list[Update], int]:
        """Minutes first, for they tell of what was before; then the quotes, folded."""
        limit, batches, cells = self._limits
        minutes = [update for update in queue if isinstance(update, MinuteBatch)]
        kept: list[MinuteBatch] = []
        for batch in minutes:
            kept = [older for older in kept if not _supersedes(batch, older)]
            kept.append(batch)
        quotes: list[QuoteBatch] = []
        for run in _runs([update for update in queue if isinstance(update, QuoteBatch)]):
            quotes += fold(run)
        lost = 0
        while len(kept) > 1 and (sum(map(_cells, kept)) > cells or len(kept) > batches // 2):
            kept.pop(0)
            lost += 1
        while len(quotes) > 1 and (
            sum(map(len, quotes)) > max(limit, 4 * vocabulary)
            or len(quotes) > max(batches // 2, _GROUPS)
        ):
            quotes.pop(0)
            lost += 1
        return [*kept, *quotes], lost


class NewsBox:
    """Catalysts on their way to the screen: the latest of each key, at most `limit` of them."""

    def __init__(self, *, limit: int = CATALYSTS, wake: Wake = no_wake) -> None:
        self.wake = wake
        self._limit = limit
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, str], Catalyst] = OrderedDict()

    def put(self, source: str, catalysts: Sequence[Catalyst]) -> None:
        """Take catalysts in; one with a key seen before replaces it, the oldest make room."""
        with self._lock:
            was_empty = not self._held
            for catalyst in catalysts:
                key = (source, catalyst.key)
                self._held.pop(key, None)
                self._held[key] = catalyst
            while len(self._held) > self._limit:
                self._held.popitem(last=False)
            wanted = was_empty and bool(self._held)
        if wanted:
            self.wake()

    def drain(self, at_most: int | None = None) -> list[Catalyst]:
        """Take catalysts out, in order of arrival.

        Args:
            at_most: How many; None takes everything.
        """
        with self._lock:
            if at_most is None or at_most >= len(self._held):
                taken, self._held = self._held, OrderedDict()
                return list(taken.values())
            return [self._held.popitem(last=False)[1] for _ in range(at_most)]

    def __bool__(self) -> bool:
        return bool(self._held)


def _quotes(update: Update) -> int:
    return len(update) if isinstance(update, QuoteBatch) else 0


def _cells(update: Update) -> int:
    return update.last.size if isinstance(update, MinuteBatch) else 0


def _pieces(batch: QuoteBatch) -> list[QuoteBatch]:
    """The batch in parts that each fit well into a frame; one that takes over stays whole."""
    if len(batch) <= PIECE or batch.takes_over:
        return [batch]
    return [only(batch, slice(at, at + PIECE)) for at in range(0, len(batch), PIECE)]


def _runs(batches: Sequence[QuoteBatch]) -> list[list[QuoteBatch]]:
    """Batches that may be folded together."""
    if len({(batch.source, batch.delay) for batch in batches}) > 1 and all(
        batch.symbols is batches[0].symbols and batch.epoch == batches[0].epoch for batch in batches
    ):
        return by_tenure(batches)
    runs: list[list[QuoteBatch]] = []
    for batch in batches:
        if runs and alike(runs[-1][0], batch):
            runs[-1].append(batch)
        else:
            runs.append([batch])
    return runs


def _newest(rows: Rows, instants: Ints, marks: Ints) -> Ints:
    """The newest instant of each quote's symbol up to and with the quote, marks included."""
    newest: Ints = np.maximum(marks[rows], instants)
    if (instants[1:] >= instants[:-1]).all():
        return newest
    order = np.argsort(rows, kind="stable")
    distinct, ranks = np.unique(newest[order], return_inverse=True)
    # Each symbol's ranks are lifted above the last symbol's, so one running maximum serves all.
    lift = rows[order].astype(np.int64) * len(distinct)
    running: Ints = np.empty_like(newest)
    running[order] = distinct[np.maximum.accumulate(ranks + lift) - lift]
    return running


def _supersedes(newer: MinuteBatch, older: MinuteBatch) -> bool:
    """Whether the newer minutes tell all that the older do."""
    return (
        newer.symbols is older.symbols
        and newer.source == older.source
        and np.array_equal(newer.rows, older.rows)
        and bool(np.isin(older.minutes, newer.minutes).all())
    )
