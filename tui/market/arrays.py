"""Names for the array types that cross between the rooms."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.int32]
"""Positions into a vocabulary of symbols or into the board."""
Ints: TypeAlias = npt.NDArray[np.int64]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Flags: TypeAlias = npt.NDArray[np.bool_]
Times: TypeAlias = npt.NDArray[np.datetime64]
"""UTC, ``datetime64[ms]`` for quotes and ``datetime64[m]`` for minutes; NaT where unknown."""
