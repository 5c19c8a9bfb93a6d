"""The source: settings in, batches out."""

import math
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np

from tui.errors import ConfigError
from tui.market.arrays import Flags, Floats, Rows, Times
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch, Update
from tui.market.times import JST, to_datetime
from tui.providers.contracts import About, Host, QuoteProvider
from tui.providers.file.sheet import Sheet
from tui.providers.file.watch import Watch, read_once

NAME: Final = "file"
DELAY: Final = Delay(DelayKind.UNKNOWN)
_NAMED: Final = 10


def read_quotes(
    path: Path, session: date | None = None, symbols: Sequence[str] | None = None
) -> tuple[QuoteBatch, list[str]]:
    """Read a file of quotes as it stands now. Blocks on the disk.

    Args:
        path: A CSV or Parquet file.
        session: The session's date in Tokyo; None to take the latest date that the file's times
            tell, or today where they tell none.
        symbols: What to take of it; everything where None.

    Returns:
        The quotes, and what was passed over, one line each.

    Raises:
        Unavailable: There is no such file, or it cannot be read.
        BadPayload: It is too large, half-written, in no known format, or lacks a column.
        NotSupported: It is Parquet, and pyarrow is not installed.
    """
    sheet = read_once(path, session, datetime.now(JST).date())
    wanted = sheet.symbols if symbols is None else tuple(symbols)
    picked = _Picked.of(sheet, wanted)
    problems = [*sheet.problems, *_unknown(path, picked)]
    return picked.batch(picked.present, epoch=1), problems


class FileProvider(QuoteProvider):
    """A CSV or Parquet file that something else writes and rewrites.

    Settings: ``path``, the file; ``poll``, seconds between two looks (0.5); ``session``, the
    session's date in Tokyo where the file's times do not tell it.
    """

    about = About(
        name=NAME,
        title="File",
        summary="Quotes from a CSV or Parquet file that another program writes, reloaded as it "
        "changes; free.",
        delay=DELAY,
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._path = _path(host.settings)
        self._fixed = _session(host.settings)
        self._watch = Watch(
            self._path,
            self._fixed,
            _poll(host.settings),
            clock=host.clock,
            today=self._today,
            remark=host.remark,
        )
        self._sheet: Sheet | None = None
        self._epoch = 1

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        """Deliver the last good version, then what each new one changes.

        A version whose times, or volumes where there are no times, run backwards for most names
        has been rewound, or is of another day: it opens a new epoch.
        """
        wanted = tuple(symbols)
        held: _Picked | None = None
        epoch = 0
        sheet = self._watch.good or await self._next()
        while True:
            picked = _Picked.of(sheet, wanted)
            if held is None:
                for problem in _unknown(self._path, picked):
                    self.host.remark(problem)
            if held is None or epoch != self._epoch:
                epoch = self._epoch
                yield picked.batch(picked.present, epoch)
            elif (changed := picked.changed_from(held)).any():
                yield picked.batch(changed, epoch)
            held = picked
            sheet = await self._next()

    def session(self) -> date | None:
        """The session of the version held, or the one that is set."""
        sheet = self._sheet
        return sheet.session if sheet else self._fixed

    def market_time(self) -> datetime:
        """Now, where the file is of today; else the latest time that the file tells."""
        sheet = self._sheet
        if sheet is None or sheet.session == self._today():
            return self.host.clock.now()
        known = sheet.time[~np.isnat(sheet.time)]
        latest = to_datetime(known.max()) if len(known) else None
        return latest or self.host.clock.now()

    async def _next(self) -> Sheet:
        sheet = await self._watch.next()
        before = self._sheet
        if before is not None and rewound(before, sheet):
            self._epoch += 1
        told = set(before.problems) if before is not None else set()
        for problem in sheet.problems:
            if problem not in told:
                self.host.remark(f"{self._path.name} {problem}")
        self._sheet = sheet
        return sheet

    def _today(self) -> date:
        return self.host.clock.now().astimezone(JST).date()


def rewound(before: Sheet, after: Sheet) -> bool:
    """Whether what follows cannot be compared with what went before.

    That is so for another session, and where time has gone back for more than half of the names
    that both versions hold. Where no times are known, cumulative volume stands for time.
    """
    if before.session != after.session:
        return True
    places = {symbol: place for place, symbol in enumerate(before.symbols)}
    pairs = [
        (places[symbol], place) for place, symbol in enumerate(after.symbols) if symbol in places
    ]
    if not pairs:
        return False
    old, new = np.array(pairs, dtype=np.int64).T
    known = ~(np.isnat(before.time[old]) | np.isnat(after.time[new]))
    back = before.time[old] > after.time[new]
    if not known.any() and Field.VOLUME in before.fields and Field.VOLUME in after.fields:
        traded, trades = before.fields[Field.VOLUME][old], after.fields[Field.VOLUME][new]
        known = ~(np.isnan(traded) | np.isnan(trades))
        back = traded > trades
    return bool(2 * np.count_nonzero(back & known) > np.count_nonzero(known))


class _Picked:
    """One version of the file, laid out along the symbols of a stream."""

    def __init__(
        self,
        symbols: tuple[str, ...],
        fields: Mapping[Field, Floats],
        time: Times,
        present: Flags,
        session: date,
    ) -> None:
        self.symbols = symbols
        self.fields = fields
        self.time = time
        self.present = present
        self.session = session

    @classmethod
    def of(cls, sheet: Sheet, wanted: tuple[str, ...]) -> "_Picked":
        places = {symbol: place for place, symbol in enumerate(sheet.symbols)}
        at = np.array([places.get(symbol, -1) for symbol in wanted], dtype=np.int64)
        present = at >= 0
        fields = {
            field: np.where(present, values[at], np.nan) for field, values in sheet.fields.items()
        }
        # A file tells no base price, so the previous close stands in and is marked so.
        fields[Field.BASE] = fields[Field.PREVIOUS_CLOSE]
        time = np.where(present, sheet.time[at], np.datetime64("NaT", "ms"))
        return cls(wanted, fields, time, present, sheet.session)

    def changed_from(self, before: "_Picked") -> Flags:
        """``bool[n]``, the symbols of which anything differs."""
        changed: Flags = self.present != before.present
        nat = np.isnat(self.time) & np.isnat(before.time)
        changed |= (self.time != before.time) & ~nat
        for field, values in self.fields.items():
            held = before.fields.get(field)
            if held is None:
                changed |= ~np.isnan(values)
            else:
                changed |= (values != held) & ~(np.isnan(values) & np.isnan(held))
        changed &= self.present
        return changed

    def batch(self, rows: Flags, epoch: int) -> QuoteBatch:
        """The quotes of some of the symbols."""
        at: Rows = np.flatnonzero(rows).astype(np.int32)
        fields = {field: values[at] for field, values in self.fields.items()}
        stands_in = ~np.isnan(fields[Field.BASE])
        return QuoteBatch(
            symbols=self.symbols,
            rows=at,
            fields=fields,
            time=self.time[at],
            quality=(stands_in * int(Quality.BASE_IS_PREVIOUS_CLOSE)).astype(np.uint8),
            source=NAME,
            delay=DELAY,
            epoch=epoch,
            session=self.session,
        )


def _unknown(path: Path, picked: _Picked) -> list[str]:
    """One line about the symbols that the file lacks, or none."""
    pairs = zip(picked.symbols, picked.present.tolist(), strict=True)
    missing = [symbol for symbol, present in pairs if not present]
    if not missing:
        return []
    more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
    return [f"{path.name} has no row for {', '.join(missing[:_NAMED])}{more}"]


def _path(settings: Mapping[str, object]) -> Path:
    path = settings.get("path")
    if not isinstance(path, str | Path) or not str(path).strip() or "\0" in str(path):
        raise ConfigError(
            "the file provider needs the path of a file",
            subject="[providers.file] path",
            remedy="Set it to a CSV or Parquet file, or start with --path FILE.",
        )
    return Path(path).expanduser()


def _poll(settings: Mapping[str, object]) -> float:
    poll = settings.get("poll", 0.5)
    if isinstance(poll, bool) or not isinstance(poll, int | float) or not 0.05 <= poll <= 3600:
        raise ConfigError(
            f"{poll!r} is no number of seconds between 0.05 and 3600",
            subject="[providers.file] poll",
            remedy="Leave it out for half a second.",
        )
    return float(poll) if math.isfinite(poll) else 0.5


def _session(settings: Mapping[str, object]) -> date | None:
    session = settings.get("session")
    if session is None or (isinstance(session, date) and not isinstance(session, datetime)):
        return session
    try:
        return date.fromisoformat(session if isinstance(session, str) else "")
    except ValueError:
        raise ConfigError(
            f"{session!r} is no date",
            subject="[providers.file] session",
            remedy="Write it as 2025-05-26.",
        ) from None
