"""The flash of a price that moved: a function of the time since, with no state of its own."""

import numpy as np
import numpy.typing as npt

EDGES = (0.25, 0.6, 1.0)
"""Seconds after the move at which each stage of the flash ends."""

STAGES = len(EDGES)


def flash_codes(
    moved: npt.NDArray[np.int8], moved_at: npt.NDArray[np.float64], now: float
) -> npt.NDArray[np.int8]:
    """The flash of each row: 0 for none, else ±1 when fresh to ±3 when nearly gone.

    Args:
        moved: Direction of the last move.
        moved_at: When it moved: monotonic seconds, NaN for never.
        now: Monotonic seconds.
    """
    passed = np.zeros(len(moved_at), dtype=np.int8)
    for edge in EDGES:
        # Negated, so that NaN counts as passed.
        passed += ~(now < moved_at + edge)
    codes: npt.NDArray[np.int8] = np.where(passed < STAGES, (passed + 1) * np.sign(moved), 0)
    return codes.astype(np.int8)


def next_edge(codes: npt.NDArray[np.int8], moved_at: npt.NDArray[np.float64]) -> float | None:
    """When the first of the running flashes goes on to its next stage; None without any."""
    running = np.flatnonzero(codes)
    if not len(running):
        return None
    ends = np.asarray(EDGES)[np.abs(codes[running]) - 1]
    return float(np.min(moved_at[running] + ends))
