"""How the interpreter is set for a program that starts often and then stands for hours."""

import gc
import os
import sys
from typing import Final

from tui.garbage import by_hand

_ARENAS, _MAPPED_FROM = -8, -3
"""``M_ARENA_MAX`` and ``M_MMAP_THRESHOLD`` of mallopt(3)."""
_LARGE: Final = 768 * 1024
"""Bytes from which memory goes back to the system as soon as it is free: larger than the arrays of
a million quotes a second in thirty batches, smaller than those of decoding a session."""


def begin() -> None:
    """Set what must be set before numpy is imported, and collect no garbage while modules load.

    Nothing here multiplies matrices, so the threads and buffers that OpenBLAS makes when it is
    loaded would only cost time and memory. Loading makes objects that stay: looking through them
    for garbage finds none. `settle` has to follow.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    if sys.platform == "linux":
        _keep_less()


def settle() -> None:
    """Collect garbage again, but never look through what was loaded, and all of it only by hand.

    A full collection would otherwise visit every object of every module: tens of milliseconds in
    which no key is answered.
    """
    by_hand()
    gc.freeze()
    gc.enable()


def _keep_less() -> None:
    """Have the C library give large arrays back, and keep one pool of memory for all threads.

    Left to itself glibc raises the size from which it gives back to that of the largest array
    freed, and makes a pool for each thread: decoding the bundled session would leave holes of
    ten megabytes. Threads that share a pool do not wait for each other, as one runs at a time.
    """
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENAS, 1)
        mallopt(_MAPPED_FROM, _LARGE)
