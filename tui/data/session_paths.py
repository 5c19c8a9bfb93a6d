"""The modelled path of the bundled session, decoded.

Time inside the session is counted in *slots* of 200 ms of trading, with lunch left out; fifty make
a *step*. A name trades at most once a step, at a slot of the step that differs from name to name
and from step to step, so that prices do not arrive in lock step. The slot and the step after the
last are the closing print.
"""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tui.data.session import FOLDER, PATHS_FILE, REMEDY, SessionFacts
from tui.errors import DataError

SLOT_MS: Final = 200
STEP_SLOTS: Final = 50
MORNING_STEPS: Final = 900
STEPS: Final = 1950
"""Steps of continuous trading: 09:00 to 11:30, then 12:30 to 15:25."""
MORNING_SLOTS: Final = MORNING_STEPS * STEP_SLOTS
CLOSE_SLOT: Final = STEPS * STEP_SLOTS
CLOSE_STEP: Final = STEPS
LOT: Final = 100
"""Shares in a trading unit; every volume is a multiple of it."""
MAX_CODE: Final = 16

_MAX_BYTES: Final = 4_000_000

_Ints: TypeAlias = npt.NDArray[np.int64]
_Lots: TypeAlias = npt.NDArray[np.int32]
_Floats: TypeAlias = npt.NDArray[np.float64]
_Levels: TypeAlias = npt.NDArray[np.uint16]
_Steps: TypeAlias = npt.NDArray[np.int16]
_Slots: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPaths:
    """The path as it is stored. Names come first, TOPIX last; p = names + 1 paths.

    Attributes:
        first_slot: ``uint16[p]``, when the opening print comes.
        start: ``int32[p]``, the opening print in units of `SessionFacts.unit`.
        delta: ``int8[names, STEPS + 1]``, units from step to step.
        topix_delta: ``int16[STEPS + 1]``, the same for TOPIX.
        code: ``uint8[names, STEPS + 1]``: 0 where nothing traded in the step, else the weight of
            what traded is 2 to the power of ``code - 1``, at most `MAX_CODE`.
        auction: ``int32[names, 2]``, lots of the opening and of the closing print.
    """

    first_slot: npt.NDArray[np.uint16]
    start: npt.NDArray[np.int32]
    delta: npt.NDArray[np.int8]
    topix_delta: npt.NDArray[np.int16]
    code: npt.NDArray[np.uint8]
    auction: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPaths:
    """The path of each name and of TOPIX, step by step, and of the Nikkei 225, slot by slot.

    ``k`` is a step, ``p`` a path. A step holds what stands from the slot ``offset[k, p]`` of the
    step until the next step's. Levels count units above `floor`.

    Attributes:
        floor: ``int64[p]``, the units from which levels count.
        first_step: ``int64[p]``, the step of the opening print.
        level, high, low: ``uint16[STEPS + 1, p]``, the last price and the range so far.
        lots: ``int32[STEPS + 1, names]``, volume so far.
        turnover: ``float64[STEPS + 1, names]``, yen so far.
        since: ``int16[STEPS + 1, p]``, the step of the last trade.
        offset: ``uint8[STEPS + 1, p]``, the slot of the step at which it arrives.
        index, index_high, index_low: ``int32[CLOSE_SLOT + 1]``, the Nikkei 225 in hundredths of a
            point, a name that has not printed counting with its base price.
        index_since: ``int32[CLOSE_SLOT + 1]``, the slot at which it last changed.
    """

    floor: _Ints
    first_step: _Ints
    level: _Levels
    high: _Levels
    low: _Levels
    lots: _Lots
    turnover: _Floats
    since: _Steps
    offset: _Slots
    index: _Lots
    index_high: _Lots
    index_low: _Lots
    index_since: _Lots


def load_paths(facts: SessionFacts, folder: Path = FOLDER) -> SessionPaths:
    """Read and decode the modelled paths.

    Raises:
        DataError: The file is missing, or does not fit the figures.
    """
    path = folder / PATHS_FILE
    try:
        with (
            path.open("rb") as file,
            np.load(file, allow_pickle=False, max_header_size=1000) as archive,
        ):
            if sum(member.file_size for member in archive.zip.infolist()) > _MAX_BYTES:
                raise ValueError("it is too large")
            stored = StoredPaths(
                first_slot=archive["first_slot"],
                start=archive["start"],
                delta=archive["delta"],
                topix_delta=archive["topix_delta"],
                code=archive["code"],
                auction=archive["auction"],
            )
        check(facts, stored)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise DataError(
            f"the modelled paths of the bundled session cannot be used ({error})",
            subject=str(path),
            remedy=REMEDY,
        ) from error
    return decode(facts, stored)


def check(facts: SessionFacts, stored: StoredPaths) -> None:
    """Refuse what does not have the shape that decoding counts on.

    Raises:
        ValueError: Naming the part.
    """
    names, steps = facts.names, STEPS + 1
    shapes = {
        "first_slot": ((names + 1,), np.uint16),
        "start": ((names + 1,), np.int32),
        "delta": ((names, steps), np.int8),
        "topix_delta": ((steps,), np.int16),
        "code": ((names, steps), np.uint8),
        "auction": ((names, 2), np.int32),
    }
    for name, (shape, dtype) in shapes.items():
        array = getattr(stored, name)
        if array.shape != shape or array.dtype != dtype:
            raise ValueError(f"{name} is {array.dtype}{array.shape}, not {dtype}{shape}")
    if stored.code.max() > MAX_CODE or stored.first_slot.max() >= MORNING_SLOTS:
        raise ValueError("a code or an opening is out of range")


def offsets(first_slot: npt.NDArray[np.uint16]) -> _Slots:
    """The slot of each step at which each path moves.

    It is hashed from step and path, so nothing needs to be stored: evenly spread over the step,
    but crowded to the front in the step that opens the afternoon, and 0 at the close.

    Args:
        first_slot: ``uint16[p]``, the slots of the opening prints, which are kept.

    Returns:
        ``uint8[STEPS + 1, p]``, each below `STEP_SLOTS`.
    """
    count = len(first_slot)
    mixed = np.arange(1, (STEPS + 1) * count + 1, dtype=np.uint32).reshape(STEPS + 1, count)
    mixed ^= mixed >> np.uint32(16)
    mixed *= np.uint32(0x7FEB352D)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x846CA68B)
    mixed >>= np.uint32(16)
    mixed *= np.uint32(STEP_SLOTS)
    mixed >>= np.uint32(16)
    out = mixed.astype(np.uint8)
    noon = mixed[MORNING_STEPS]
    out[MORNING_STEPS] = noon * noon // np.uint32(STEP_SLOTS)
    out[CLOSE_STEP] = 0
    out[first_slot // STEP_SLOTS, np.arange(count)] = first_slot % STEP_SLOTS
    return out


def decode(facts: SessionFacts, stored: StoredPaths) -> SessionPaths:
    """Unfold the stored path into what can be looked up by step and by slot."""
    names = facts.names
    paths = names + 1
    units = np.empty((STEPS + 1, paths), dtype=np.int32)
    np.cumsum(stored.delta.T, axis=0, dtype=np.int32, out=units[:, :names])
    np.cumsum(stored.topix_delta, dtype=np.int32, out=units[:, names])
    units += stored.start
    floor = units.min(axis=0).astype(np.int64)
    level = (units - floor.astype(np.int32)).astype(np.uint16)

    first_step = (stored.first_slot // STEP_SLOTS).astype(np.int64)
    steps = np.arange(STEPS + 1, dtype=np.int16)[:, np.newaxis]
    traded = np.ones((STEPS + 1, paths), dtype=np.bool_)
    np.not_equal(stored.code.T, 0, out=traded[:, :names])
    since = np.where(traded, steps, np.int16(0))
    np.maximum.accumulate(since, axis=0, out=since)

    offset = offsets(stored.first_slot)
    lots, turnover = _traded(facts, stored, units[:, :names])
    index = _index(facts, units, first_step, offset)
    return SessionPaths(
        floor=floor,
        first_step=first_step,
        level=level,
        high=np.maximum.accumulate(level, axis=0),
        low=np.minimum.accumulate(level, axis=0),
        lots=lots,
        turnover=turnover,
        since=since,
        offset=offset,
        index=index,
        index_high=np.maximum.accumulate(index),
        index_low=np.minimum.accumulate(index),
        index_since=np.maximum.accumulate(
            np.where(np.diff(index, prepend=index[0]) != 0, np.arange(len(index)), 0)
        ).astype(np.int32),
    )


def cumulative_lots(code: npt.NDArray[np.uint8], auction: _Lots, total: _Ints) -> _Lots:
    """Volume so far, in lots, after each step.

    Both auctions have their own lots. Each step that traded between them has one lot, and the rest
    is shared out by weight.

    Args:
        code: ``uint8[n, STEPS + 1]`` as stored; the first one set is the opening print.
        auction: ``int32[n, 2]``, lots of the opening and of the closing print.
        total: ``int64[n]``, lots of the day.

    Returns:
        ``int32[STEPS + 1, n]``; the last row is `total`.
    """
    columns = np.arange(len(code))
    opening = (code != 0).argmax(axis=1)
    between = code.T.copy(order="C")
    between[opening, columns] = 0
    between[CLOSE_STEP] = 0
    weight = np.left_shift(np.int32(1), between.astype(np.int32), dtype=np.int32) >> 1
    shared = np.cumsum(weight, axis=0, dtype=np.float64)
    ones = np.cumsum(between != 0, axis=0, dtype=np.int32)
    whole = np.maximum(shared[-1], 1.0)
    shared *= total - auction.sum(axis=1) - ones[-1]
    shared /= whole
    lots = np.floor(shared, out=shared).astype(np.int32)
    lots += ones
    lots += np.where(np.arange(STEPS + 1)[:, np.newaxis] >= opening, auction[:, 0], 0)
    lots[CLOSE_STEP] += auction[:, 1]
    return lots


def _traded(
    facts: SessionFacts, stored: StoredPaths, units: npt.NDArray[np.int32]
) -> tuple[_Lots, _Floats]:
    """Volume in lots and turnover in yen so far; the last row is the real figure.

    The trades at the path's prices come within a hair of the day's real turnover; the difference
    is spread over what is traded after the opening print.
    """
    names = facts.names
    known = np.isfinite(facts.volume[:names])
    total = np.where(known, facts.volume[:names], 0).astype(np.int64) // LOT
    lots = cumulative_lots(stored.code, stored.auction, total)
    traded = np.diff(lots, axis=0, prepend=np.int32(0)).astype(np.float64)
    traded *= units
    traded *= LOT * facts.unit[:names] / 100.0
    turnover = np.cumsum(traded, axis=0, out=traded)
    opening = stored.auction[:, 0]
    real = np.where(known, facts.turnover[:names], 0.0)
    spread = (real - turnover[-1]) / np.maximum(total - opening, 1)
    turnover += np.maximum(lots - opening, 0) * spread
    turnover[CLOSE_STEP] = real
    lots[:, ~known] = 0
    turnover[:, ~known] = np.nan
    return lots, turnover


def _index(
    facts: SessionFacts,
    units: npt.NDArray[np.int32],
    first_step: _Ints,
    offset: _Slots,
) -> _Lots:
    """The Nikkei 225 at each slot, in hundredths of a point."""
    names = facts.names
    base = np.rint(facts.previous_close[:names] * 100 / facts.unit[:names]).astype(np.int32)
    before = np.where(
        np.arange(STEPS + 1, dtype=np.int64)[:, np.newaxis] < first_step[:names],
        base,
        units[:, :names],
    )
    points = np.diff(before, axis=0, prepend=base[np.newaxis]).astype(np.float64)
    points *= facts.factor * facts.unit[:names] / facts.divisor
    slots = np.arange(STEPS + 1, dtype=np.int64)[:, np.newaxis] * STEP_SLOTS + offset[:, :names]
    moved = np.bincount(slots.ravel(), weights=points.ravel(), minlength=CLOSE_SLOT + 1)
    start = float((facts.previous_close[:names] * facts.factor).sum()) / facts.divisor * 100
    index: _Lots = np.rint(start + np.cumsum(moved)).astype(np.int32)
    return index
