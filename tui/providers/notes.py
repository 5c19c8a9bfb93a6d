"""Notes as a source of news: those that ship, and the user's own files, watched."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import ClassVar

from tui.data.reader import FOLDER
from tui.errors import ConfigError
from tui.market.catalysts import Catalyst
from tui.market.documents import Reading, read_text
from tui.market.quotes import Delay, DelayKind
from tui.market.times import JST
from tui.providers.contracts import About, Host, NewsProvider

SHIPPED = FOLDER / "notes"
"""Where the notes of the bundled session lie."""

MOST_BYTES = 1024 * 1024
MOST_FILES = 200
MOST_ENTRIES = 5_000
"""Entries of all files together; those of the last files by name are left out."""

SHORTEST_INTERVAL, LONGEST_INTERVAL, USUAL_INTERVAL = 0.5, 3600.0, 2.0

_SECTION = "providers.notes"
_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


class NotesProvider(NewsProvider):
    """Notes in Markdown, and market commentaries as they are pasted.

    `tui.market.notes` says how notes are written; what is not written so is read as a commentary:
    the items of its section of catalysts are delivered one by one, and the text itself as one more,
    each with the figures that it states.

    The notes that ship come first, each dated with its session. Settings add the user's own:
    ``folder`` for the ``.md``, ``.markdown`` and ``.txt`` files in it, ``file`` for a single one.
    They are looked at every ``interval`` seconds, two unless set; an entry that is gone is
    delivered once more, withdrawn. A file's date is that of its ``date:`` line, else the one its
    name begins with. A file over 1 MiB, or not in UTF-8, is left out and told of, and so is every
    line that cannot be read. A file that is not there yet is waited for.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name="notes",
        title="Notes",
        summary="Notes and market commentaries: those of the bundled session, and your own files; "
        "free.",
        delay=Delay(DelayKind.UNKNOWN),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._folder = _path(host.settings, "folder")
        self._file = _path(host.settings, "file")
        self._interval = _interval(host.settings)

    async def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        """Deliver all notes, then what is new, changed or withdrawn."""
        today = self.host.clock.now().astimezone(JST).date()
        reading = await asyncio.to_thread(self._reading, today)
        watch = _Watch(self._folder, self._file, reading)
        held: dict[str, Catalyst] | None = None
        while True:
            # A slow disk must not hold up the other sources of the loop.
            remarks = await asyncio.to_thread(watch.look)
            for remark in remarks:
                self.host.remark(remark)
            found = watch.entries()
            news = list(found.values()) if held is None else _difference(held, found)
            if news or held is None:
                yield news
            held = found
            if self._folder is None and self._file is None:
                await asyncio.Event().wait()
            await self.host.clock.sleep(self._interval)

    def _reading(self, today: date) -> Reading:
        rules = self.host.rules
        return Reading(linker=rules.linker, classify=rules.kinds.classify, today=today)


class _Watch:
    """The files, and what was last read of each.

    Args:
        folder: A folder of the user's.
        file: A file of the user's.
        reading: How a file is read.
    """

    def __init__(self, folder: Path | None, file: Path | None, reading: Reading) -> None:
        self._folder = folder
        self._file = file
        self._stamps: dict[Path, object] = {}
        self._entries: dict[Path, tuple[Catalyst, ...]] = {}
        self._told: set[str] = set()
        self._reading = reading

    def entries(self) -> dict[str, Catalyst]:
        """Every entry by its key, in the order of the files."""
        every = chain.from_iterable(self._entries.values())
        return {entry.key: entry for entry in islice(every, MOST_ENTRIES)}

    def look(self) -> list[str]:
        """Read what is new or changed; tell what went wrong since the last look."""
        faults: list[str] = []
        remarks: list[str] = []
        entries: dict[Path, tuple[Catalyst, ...]] = {}
        stamps: dict[Path, object] = {}
        for path in dict.fromkeys(self._paths(faults)):
            try:
                stamps[path] = stamp = _stamp(path)
                if self._stamps.get(path) == stamp:
                    entries[path] = self._entries.get(path, ())
                    continue
                text = _text(path)
                if _stamp(path) != stamp:
                    raise BlockingIOError("changed while it was read")
                notes = read_text(
                    text, name=_name(path), reading=self._reading, session=_date_of(path)
                )
            except FileNotFoundError:
                faults.append(f"{path}: not there (yet)")
            except (OSError, ValueError) as error:
                faults.append(f"{path}: {_reason(error)}")
                # What was read last stands until the file can be read again; one that will stay
                # unreadable is not tried before it changes.
                entries[path] = self._entries.get(path, ())
                if isinstance(error, OSError):
                    stamps.pop(path, None)
            else:
                # Notes are somebody's own words: they stand however much news comes after them.
                entries[path] = tuple(replace(each, pinned=True) for each in notes.every)
                remarks += [f"{path.name}, {problem}" for problem in notes.problems]
        self._entries, self._stamps = entries, stamps
        if sum(map(len, entries.values())) > MOST_ENTRIES:
            faults.append(f"more than {MOST_ENTRIES:,} notes; the rest is left out")
        remarks += [fault for fault in faults if fault not in self._told]
        self._told = set(faults)
        return remarks

    def _paths(self, faults: list[str]) -> Iterator[Path]:
        yield from _in_folder(SHIPPED, faults)
        if self._folder is not None:
            yield from _in_folder(self._folder, faults)
        if self._file is not None:
            yield self._file


def _in_folder(folder: Path, faults: list[str]) -> list[Path]:
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _SUFFIXES and not path.name.startswith(".")
        )
    except OSError as error:
        faults.append(f"{folder}: {_reason(error)}")
        return []
    if len(found) > MOST_FILES:
        faults.append(f"{folder}: more than {MOST_FILES} files of notes; the last by name are read")
    return found[-MOST_FILES:]


def _stamp(path: Path) -> object:
    """What tells one state of a file from another."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


def _text(path: Path) -> str:
    """A file's text.

    Raises:
        ValueError: It is too large, not a file, or not UTF-8.
    """
    if not path.is_file():
        raise ValueError("not a file")
    with path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES:,} bytes; split it")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 from byte {error.start}; save it as UTF-8") from None


def _name(path: Path) -> str:
    """What the keys of a file's entries begin with."""
    return f"shipped/{path.name}" if path.parent == SHIPPED else str(path)


def _date_of(path: Path) -> date | None:
    """The date that a file's name begins with."""
    match = _DATED.match(path.name)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _difference(before: Mapping[str, Catalyst], now: Mapping[str, Catalyst]) -> list[Catalyst]:
    """What is new or changed, and what is gone, withdrawn."""
    news = [entry for key, entry in now.items() if before.get(key) != entry]
    gone = [replace(entry, withdrawn=True) for key, entry in before.items() if key not in now]
    return gone + news


def _path(settings: Mapping[str, object], key: str) -> Path | None:
    value = settings.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ConfigError(
            f"“{key}” must be a path in quotation marks",
            subject=f"[{_SECTION}] {key}",
            remedy=f'Write for example {key} = "~/notes", or take the line out.',
        )
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError as error:
        raise ConfigError(
            f"“{value}” names a home folder that is not known",
            subject=f"[{_SECTION}] {key}",
            remedy="Write the path in full.",
        ) from error


def _interval(settings: Mapping[str, object]) -> float:
    value = settings.get("interval", USUAL_INTERVAL)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not SHORTEST_INTERVAL <= value <= LONGEST_INTERVAL
    ):
        raise ConfigError(
            f"“interval” must be {SHORTEST_INTERVAL:g} to {LONGEST_INTERVAL:g} seconds",
            subject=f"[{_SECTION}] interval",
            remedy="Write for example interval = 2, or take the line out.",
        )
    return float(value)
