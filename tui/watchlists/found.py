"""Instruments that a source has found and the user has taken: remembered by name."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from tui.errors import ConfigError
from tui.files import read_bounded, why, write_atomically
from tui.market.instruments import Instrument

MOST: Final = 2_000
"""Instruments kept; beyond it those taken first go."""
_BYTES: Final = 2 << 20


def read_found(path: Path) -> tuple[Instrument, ...]:
    """What was taken before, in that order; nothing where the file is missing or unreadable.

    It only spares a name from being a bare symbol, so a broken one is no reason to complain.
    """
    try:
        return tuple(msgspec.json.decode(read_bounded(path, _BYTES), type=list[Instrument])[-MOST:])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return ()


def keep_found(path: Path, taken: Iterable[Instrument]) -> None:
    """Remember instruments besides those that the file has, which another window may have added.

    Raises:
        ConfigError: The file cannot be written.
    """
    kept = {each.symbol: each for each in (*read_found(path), *taken)}
    try:
        content = msgspec.json.format(msgspec.json.encode(list(kept.values())[-MOST:]), indent=1)
        write_atomically(path, content)
    except OSError as error:
        raise ConfigError(
            f"what was found cannot be kept: {why(error)}",
            subject=str(path),
            remedy="Until it can be written, the names found are known until the program ends.",
        ) from None
