"""What was held back: the account of doubtful prices, one row for each instrument."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Bytes, Flags, Floats, Ints, Times
from tui.market.columns import UNKNOWN_TIME
from tui.market.quotes import BASES, Field, Quality
from tui.market.times import JST, to_datetime

Tells = Callable[[Field], Flags]
_HELD_BACK = np.uint8(Quality.HELD_BACK)


class Reason(IntEnum):
    """Why a price was held back."""

    NONE = 0
    LIMITS = 1
    """Outside the day's price limits."""
    LEAP = 2
    """A leap from the price held that no second quote has confirmed."""
    BASE = 3
    """A base price far from the one on which the session has traded."""
    NO_PRICE = 4
    """Negative, or beyond every number."""
    EARLY = 5
    """Of a time that is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """The last price of one instrument that was held back.

    Attributes:
        reason: Why.
        field: Which price.
        value: What the source said.
        time: The exchange time it bore, aware, in UTC; None where it bore none that can be used.
        source: The source's name.
        lower, upper: Between what it would have been taken; NaN where that is not the reason.
        count: How many were held back of this instrument since the session began.
        now: Whether nothing good has come since.
    """

    reason: Reason
    field: Field
    value: float
    time: datetime | None
    source: str
    lower: float
    upper: float
    count: int
    now: bool


class Doubts:
    """Arrays of one length.

    Attributes:
        on: ``bool[rows]``, whether the newest word on a row was held back.
        pending: ``float64[rows]``, a price that waits to be confirmed; NaN for none.
        pending_since: ``int64[rows]``, the exchange time that it bore.
        waiting: Whether any row waits.
        any: Whether any row may be flagged.
    """

    def __init__(self, rows: int) -> None:
        self.on: Flags = np.zeros(rows, np.bool_)
        self.pending: Floats = np.full(rows, np.nan)
        self.pending_since: Ints = np.full(rows, UNKNOWN_TIME)
        self.waiting = False
        self.any = False
        self._reason: Bytes = np.zeros(rows, np.uint8)
        self._field: Bytes = np.zeros(rows, np.uint8)
        self._value: Floats = np.full(rows, np.nan)
        self._time: Ints = np.full(rows, UNKNOWN_TIME)
        self._source: Bytes = np.zeros(rows, np.uint8)
        self._lower: Floats = np.full(rows, np.nan)
        self._upper: Floats = np.full(rows, np.nan)
        self._count: Ints = np.zeros(rows, np.int64)
        self._noted: tuple[Ints, Ints] | None = None

    def __len__(self) -> int:
        return len(self.on)

    def _arrays(self) -> tuple[npt.NDArray[Any], ...]:
        return (
            self.on, self.pending, self.pending_since, self._reason, self._field, self._value,
            self._time, self._source, self._lower, self._upper, self._count,
        )  # fmt: skip

    def clear(self) -> None:
        """Forget everything."""
        self.gather(Doubts(len(self)), np.arange(len(self)))
        self.waiting = self.any = False

    def gather(self, origin: "Doubts", previous: npt.NDArray[np.integer]) -> None:
        """Copy row ``previous[i]`` of another account into row i; where that is −1, leave it."""
        kept = np.flatnonzero(previous >= 0)
        for mine, theirs in zip(self._arrays(), origin._arrays(), strict=True):  # noqa: SLF001 - its own kind
            mine[kept] = theirs[previous[kept]]
        self.waiting, self.any = origin.waiting, origin.any

    def note(
        self,
        rows: Ints,
        reasons: Bytes,
        fields: npt.NDArray[np.integer],
        values: Floats,
        time: Times,
        source: int,
        lower: Floats,
        upper: Floats,
        places: Ints,
    ) -> None:
        """Write down what is held back of a batch; of a row that repeats, the last.

        Args:
            rows: ``int64[n]``, the board's rows.
            reasons: `Reason` of each.
            fields: Which price.
            values: What the source said.
            time: When.
            source: The position in the board's list of sources.
            lower: The least that would have been taken.
            upper: The most.
            places: ``int64[n]``, the position in the batch of each.
        """
        self.on[rows] = self.any = True
        self._reason[rows] = reasons
        self._field[rows] = fields
        self._value[rows] = values
        self._time[rows] = time.view(np.int64)
        self._source[rows] = source
        self._lower[rows] = lower
        self._upper[rows] = upper
        np.add.at(self._count, rows, 1)
        if self._noted is not None:
            rows, places = (
                np.concatenate(pair) for pair in zip(self._noted, (rows, places), strict=True)
            )
        self._noted = rows, places

    def wait(self, rows: Ints, values: Floats, instants: Ints) -> None:
        """Keep prices that a second quote may confirm."""
        if len(rows):
            self.pending[rows] = values
            self.pending_since[rows] = instants
            self.waiting = True

    def settle(self, rows: Ints) -> None:
        """Nothing of these rows waits any longer."""
        self.pending[rows] = np.nan
        self.pending_since[rows] = UNKNOWN_TIME

    def flag(self, quality: Bytes, touched: Ints, ends: Ints, tells: Tells) -> Ints:
        """Bring the flags of the board up to date once a batch has been written.

        A row stays flagged until a good quote tells the price that was in doubt.

        Args:
            quality: ``uint8[rows]``, the board's; `Quality.HELD_BACK` is set and cleared in it.
            touched: ``int64[m]``, the rows that the batch has written.
            ends: ``int64[m]``, the position in the batch of the last quote of each.
            tells: For a field, which of `touched` the batch has told it.

        Returns:
            The rows whose flag, or what stands behind it, is new.
        """
        noted, self._noted = self._noted, None
        if not self.any:
            return touched[:0]
        good = np.full(len(self), -1)
        good[touched] = ends
        before = np.zeros(0, np.int64)
        if noted is not None:
            rows, places = noted
            bad = np.full(len(self), -1)
            np.maximum.at(bad, rows, places)
            before = np.flatnonzero(bad >= 0)
            self.on[before] = bad[before] >= good[before]
            good[before] = -1
        again = self.on[touched] & (good[touched] >= 0)
        for field in set(self._field[touched[again]].tolist()):
            mine = again & (self._field[touched] == field)
            told = tells(Field(field))
            if field in BASES:
                told = tells(Field.BASE) | tells(Field.PREVIOUS_CLOSE)
            self.on[touched[mine & told]] = False
        flagged = np.flatnonzero(self.on)
        quality[before] &= ~_HELD_BACK
        quality[flagged] |= _HELD_BACK
        self.any = bool(len(flagged)) or self.waiting
        return before

    def of(self, row: int, sources: tuple[str, ...]) -> HeldBack | None:
        """What was last held back of a row; None where nothing was.

        Args:
            row: The board's row.
            sources: The board's list of sources.
        """
        reason = Reason(int(self._reason[row]))
        if reason is Reason.NONE:
            return None
        banded = reason in (Reason.LIMITS, Reason.LEAP)
        return HeldBack(
            reason=reason,
            field=Field(int(self._field[row])),
            value=float(self._value[row]),
            time=to_datetime(self._time[row : row + 1].view("datetime64[ms]")[0]),
            source=sources[int(self._source[row])],
            lower=float(self._lower[row]) if banded else np.nan,
            upper=float(self._upper[row]) if banded else np.nan,
            count=int(self._count[row]),
            now=bool(self.on[row]),
        )


_WHY = {
    Reason.LEAP: ("a leap that nothing confirms", "未確認の急変"),
    Reason.BASE: ("far from the base price traded on", "基準値段と不整合"),
    Reason.NO_PRICE: ("no price at all", "価格として不正"),
    Reason.EARLY: ("of a time still to come", "時刻が未来"),
}


def held_back_words(held: HeldBack, language: str = "en") -> str:
    """``25,000 from yahoo at 10:05, outside limits 2,000–3,000``."""
    japanese = language == "ja"
    value = f"{held.value:,.10g}"
    if held.field is not Field.LAST:
        value = f"{held.field.name.lower().replace('_', ' ')} {value}"
    if held.reason is Reason.LIMITS:
        span = f"{held.lower:,.6g}–{held.upper:,.6g}"
        why = f"制限値幅 {span} 外" if japanese else f"outside limits {span}"
    else:
        why = _WHY[held.reason][japanese]
    at = f"{held.time.astimezone(JST):%H:%M}" if held.time else ""
    if japanese:
        return f"{value} ({' '.join(part for part in (held.source, at) if part)}) {why}"
    return f"{value} from {held.source}{f' at {at}' if at else ''}, {why}"
