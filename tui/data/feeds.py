"""Public feeds of business news, as presets that a user switches on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from tui.errors import DataError, ZarabaError
from tui.files import parse_toml

SHIPPED: Final = Path(__file__).resolve().with_name("feeds.toml")
MOST_BYTES: Final = 1 << 16


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    url: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPreset:
    """A feed that ships as a name and an address.

    Attributes:
        key: By which it is switched on.
        name: For people.
        url: Where it is.
        language: ``ja`` or ``en``.
    """

    key: str
    name: str
    url: str
    language: str


def feed_presets(path: Path = SHIPPED) -> dict[str, FeedPreset]:
    """The presets by key, in the order of the file.

    Raises:
        DataError: The file is missing or damaged.
    """
    try:
        entries = msgspec.convert(parse_toml(path, MOST_BYTES), dict[str, _Entry])
    except (ZarabaError, msgspec.ValidationError) as error:
        raise DataError(
            "the feeds that ship cannot be read", subject=path.name, remedy="Reinstall zaraba."
        ) from error
    return {
        key: FeedPreset(key=key, name=entry.name, url=entry.url, language=entry.language)
        for key, entry in entries.items()
    }
