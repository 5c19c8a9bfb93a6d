"""A catalyst kept among the user's own notes."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from tui.config import Home
from tui.errors import ConfigError
from tui.files import read_bounded, why, write_atomically
from tui.market.catalysts import Catalyst
from tui.market.note_writing import holds, note

_MOST_BYTES: Final = 1 << 20


def notes_file(settings: Mapping[str, object], home: Home | None, session: date) -> Path | None:
    """The file that is added to: the one in the settings, or one of the day in their folder.

    Where the settings name neither it is in the folder of notes beside the configuration; None
    where there is none to keep anything in.
    """
    folder, file = settings.get("folder"), settings.get("file")
    if isinstance(folder, str) and folder.strip():
        return Path(folder).expanduser().absolute() / f"{session:%Y-%m-%d}-saved.md"
    if isinstance(file, str) and file.strip():
        return Path(file).expanduser().absolute()
    return home.notes_folder / f"{session:%Y-%m-%d}-saved.md" if home is not None else None


def save_note(path: Path, catalyst: Catalyst, session: date) -> bool:
    """Add a catalyst to a file of notes, which is made where it is missing.

    Returns:
        False where the file has it already.

    Raises:
        ConfigError: The file cannot be read or written, or is full; it stays as it was.
    """
    try:
        try:
            text = read_bounded(path, _MOST_BYTES).decode("utf-8-sig")
        except FileNotFoundError:
            text = f"# Saved\ndate: {session.isoformat()}\n"
        if holds(text, catalyst):
            return False
        content = (text.rstrip("\n") + "\n" + note(catalyst, session)).encode()
        if len(content) > _MOST_BYTES:
            raise ConfigError(
                "there is no room left in the file", subject=str(path), remedy="Begin another."
            )
        write_atomically(path, content)
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"byte {error.start} is not UTF-8", subject=str(path), remedy="Save it as UTF-8."
        ) from error
    except OSError as error:
        raise ConfigError(
            f"the note cannot be written: {why(error)}",
            subject=str(path),
            remedy="Check the folder's permissions and free space.",
        ) from error
    return True
