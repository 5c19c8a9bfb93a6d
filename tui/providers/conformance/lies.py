"""Quotes that are wrong: each way in which a source's data lies, whatever protocol carried it.

A lie takes one good batch and gives what a lying source would deliver in its place: often one
batch, sometimes two. The good batch is left as it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import numpy as np

from tui.market.arrays import Flags, Floats
from tui.market.quotes import PRICES, Field, QuoteBatch

Spoil = Callable[[QuoteBatch, Flags], tuple[QuoteBatch, ...]]
"""Takes a batch and ``bool[n]``, which of its quotes to spoil."""

_MOVE: Final = 1.01
"""What sets a late price apart from the one before it."""
_FALLING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Lie:
    """One way to lie.

    Attributes:
        name: As listed in `LIES`.
        says: What is wrong with the quotes, for a table.
        well_formed: Whether types and shapes are still as described, so that only the figures can
            give it away.
        spoil: Makes it of a batch.
    """

    name: str
    says: str
    well_formed: bool
    spoil: Spoil

    def tell(self, batch: QuoteBatch, at: Flags | None = None) -> tuple[QuoteBatch, ...]:
        """What is delivered in a batch's place.

        Args:
            batch: A good batch.
            at: ``bool[n]``, which of its quotes to spoil; None for all. What concerns a batch as a
                whole, such as its epoch, is spoiled if any is.
        """
        chosen = np.ones(len(batch), np.bool_) if at is None else at
        return self.spoil(batch, chosen) if chosen.any() else (batch,)


def told(
    lie: Lie, batches: Iterable[QuoteBatch], *, share: float = 1.0, seed: int = 1
) -> Iterator[QuoteBatch]:
    """A stream of batches as a lying source delivers it.

    Args:
        lie: The lie.
        batches: Good batches.
        share: The share of quotes that are spoiled, from 0 to 1.
        seed: Chooses which; the same seed chooses the same.
    """
    generator = np.random.default_rng(seed)
    for batch in batches:
        yield from lie.tell(batch, generator.random(len(batch)) < share)


def _fields(change: Callable[[Floats], Floats], *names: Field) -> Spoil:
    """Changes the figures of some fields, of all prices where none are named."""
    wanted = frozenset(names) or PRICES

    def spoil(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
        fields = {
            name: np.where(at, change(values), values) if name in wanted else values
            for name, values in batch.fields.items()
        }
        return (replace(batch, fields=fields),)

    return spoil


def _scaled(factor: float) -> Spoil:
    return _fields(lambda values: values * factor)


def _last(factor: float) -> Spoil:
    return _fields(lambda values: values * factor, Field.LAST)


def _constant(value: float, *names: Field) -> Spoil:
    return _fields(lambda values: np.full_like(values, value), *names)


def _shifted(step: timedelta) -> Spoil:
    """Changes the times; a time that is unknown stays so."""
    shift = np.timedelta64(round(step.total_seconds() * 1000), "ms")

    def spoil(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
        return (replace(batch, time=np.where(at, batch.time + shift, batch.time)),)

    return spoil


def _stamped(instant: str) -> Spoil:
    def spoil(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
        return (replace(batch, time=np.where(at, np.datetime64(instant, "ms"), batch.time)),)

    return spoil


def _picked(batch: QuoteBatch, at: Flags, **changes: Any) -> QuoteBatch:
    """The chosen quotes alone, with what is changed in all of them."""
    picked = replace(
        batch,
        rows=batch.rows[at],
        fields={name: values[at] for name, values in batch.fields.items()},
        time=batch.time[at],
        state=None if batch.state is None else batch.state[at],
        quality=None if batch.quality is None else batch.quality[at],
    )
    return replace(picked, **changes)


def _joined(first: QuoteBatch, second: QuoteBatch) -> QuoteBatch:
    """Two batches of one source as one."""

    def joined(one: Any, other: Any) -> Any:
        return None if one is None else np.concatenate((one, other))

    return replace(
        first,
        rows=joined(first.rows, second.rows),
        fields={name: joined(values, second.fields[name]) for name, values in first.fields.items()},
        time=joined(first.time, second.time),
        state=joined(first.state, second.state),
        quality=joined(first.quality, second.quality),
    )


def _older(batch: QuoteBatch, at: Flags) -> QuoteBatch:
    """The chosen quotes a minute earlier, at another price."""
    (moved,) = _scaled(_MOVE)(batch, at)
    (earlier,) = _shifted(timedelta(minutes=-1))(moved, at)
    return _picked(earlier, at)


def _sent_twice(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    return batch, _picked(batch, at)


def _repeated(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    return (_joined(batch, _picked(batch, at)),)


def _late(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    return batch, _older(batch, at)


def _late_inside(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    return (_joined(batch, _older(batch, at)),)


def _strangers(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    names = tuple(f"{batch.symbols[row]}.STRANGE" for row in batch.rows[at].tolist())
    rows = np.arange(len(names), dtype=np.int32) + np.int32(len(batch.symbols))
    strange = _picked(batch, at, rows=rows)
    return (replace(_joined(batch, strange), symbols=(*batch.symbols, *names)),)


def _exchanged(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    """Each chosen quote has the figures of the chosen one after it."""
    order = np.arange(len(batch))
    order[at] = np.roll(order[at], 1)
    return (replace(batch, fields={name: values[order] for name, values in batch.fields.items()}),)


def _swapped(one: Field, other: Field) -> Spoil:
    def spoil(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
        first, second = batch.fields.get(one), batch.fields.get(other)
        if first is None or second is None:
            return (batch,)
        crossed = {one: np.where(at, second, first), other: np.where(at, first, second)}
        return (replace(batch, fields={**batch.fields, **crossed}),)

    return spoil


def _epoch_back(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    (moved,) = _scaled(_MOVE)(batch, at)
    return batch, replace(moved, epoch=batch.epoch - 1)


def _other_session(batch: QuoteBatch, _: Flags) -> tuple[QuoteBatch, ...]:
    return (replace(batch, session=batch.session - timedelta(days=1)),)


def _outside(batch: QuoteBatch, at: Flags) -> tuple[QuoteBatch, ...]:
    beyond = np.int32(len(batch.symbols))
    return (replace(batch, rows=np.where(at, beyond, batch.rows).astype(np.int32)),)


def _short(batch: QuoteBatch, _: Flags) -> tuple[QuoteBatch, ...]:
    fields: Mapping[Field, Floats] = {name: values[:-1] for name, values in batch.fields.items()}
    return (replace(batch, fields=fields),)


def _as_text(batch: QuoteBatch, _: Flags) -> tuple[QuoteBatch, ...]:
    fields: Mapping[Field, Any] = {
        name: values.astype(np.str_) for name, values in batch.fields.items()
    }
    return (replace(batch, fields=fields),)


_FIGURES: Final[tuple[tuple[str, str, Spoil], ...]] = (
    ("twice", "every quote is sent twice", _sent_twice),
    ("repeated", "a quote stands twice in one batch", _repeated),
    ("late", "an older quote at another price follows", _late),
    ("late inside", "an older quote stands behind the newer one in one batch", _late_inside),
    ("clock ahead", "the clock is 90 s ahead", _shifted(timedelta(seconds=90))),
    ("clock behind", "the clock is 90 s behind", _shifted(timedelta(seconds=-90))),
    ("clock of UTC", "Tokyo's hour is given as UTC's, 9 h ahead", _shifted(timedelta(hours=9))),
    ("delay untold", "the times are 20 min behind what is said", _shifted(timedelta(minutes=-20))),
    ("stale", "the times are those of the day before", _shifted(timedelta(days=-1))),
    ("future", "the times are those of the day after", _shifted(timedelta(days=1))),
    ("beginning of time", "the times are 1 January 1970", _stamped("1970-01-01T00:00")),
    ("end of time", "the times are in the year 9999", _stamped("9999-12-31T23:59")),
    ("NaN", "the prices are not a number", _constant(np.nan)),
    ("infinity", "the prices are infinite", _constant(np.inf)),
    ("minus infinity", "the prices are infinite and negative", _constant(-np.inf)),
    ("zero", "the prices are 0", _constant(0.0)),
    ("negative", "the prices are negative", _scaled(-1.0)),
    ("overflow", "the prices are near the largest number", _constant(1e308)),
    ("negative volume", "volume and turnover are negative", _constant(
        -1.0, Field.VOLUME, Field.TURNOVER
    )),
    ("falling volume", "volume and turnover fall by half", _fields(
        lambda values: values * _FALLING, Field.VOLUME, Field.TURNOVER
    )),
    ("crossed book", "bid and ask are exchanged", _swapped(Field.BID, Field.ASK)),
    ("crossed range", "high and low are exchanged", _swapped(Field.HIGH, Field.LOW)),
    ("exchanged", "each name has another's figures", _exchanged),
    ("strangers", "there are symbols that nobody asked for", _strangers),
    ("epoch back", "a batch of an epoch gone by follows at other prices", _epoch_back),
    ("other session", "the session is the day before", _other_session),
)  # fmt: skip
_FACTORS: Final = (
    ("times 10", "ten times what", 10.0),
    ("times 100", "a hundred times what", 100.0),
    ("a tenth", "a tenth of what", 0.1),
    ("a hundredth", "a hundredth of what", 0.01),
)
"""Pence for pounds, yen for hundreds of yen, a split that only one of two figures knows of."""
_FORMS: Final[tuple[tuple[str, str, Spoil], ...]] = (
    ("outside", "a row points outside the symbols", _outside),
    ("short", "the fields are shorter than the rows", _short),
    ("text", "the figures are text", _as_text),
)

LIES: Final[Mapping[str, Lie]] = {
    lie.name: lie
    for lie in (
        *(Lie(name, says, True, spoil) for name, says, spoil in _FIGURES),
        *(
            Lie(name, f"all prices, the base included, are {words} they are", True, _scaled(factor))
            for name, words, factor in _FACTORS
        ),
        *(
            Lie(f"last {name}", f"the last price alone is {words} it is", True, _last(factor))
            for name, words, factor in _FACTORS
        ),
        *(Lie(name, says, False, spoil) for name, says, spoil in _FORMS),
    )
}
"""Every lie by its name."""
