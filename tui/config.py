"""The configuration: where its files are, what may stand in them, and what is remembered.

Two files are kept apart on purpose. ``config.toml`` belongs to the user, who edits it by hand; the
program never writes it. ``state.json`` belongs to the program, which keeps there what was chosen
with a key: theme, colour convention, language, the last list, and each list's columns and order.
"""

import contextlib
import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from tui.errors import ConfigError

MAX_BYTES = 1 << 20
"""A configuration file larger than this is refused unread."""

Convention = Literal["tokyo", "western", "safe"]
Language = Literal["en", "ja"]


class Sources(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which source fills which role; an empty word means the built-in default."""

    quotes: str = ""
    history: str = ""
    news: list[str] = msgspec.field(default_factory=lambda: ["notes"])
    search: str = "listed"
    calendar: str = "exchange"


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may stand in ``config.toml``.

    Attributes:
        theme: Name of a built-in or user theme.
        convention: ``tokyo`` (red up), ``western`` (green up) or ``safe`` (blue and orange).
        language: Language of names, ``en`` or ``ja``.
        list: The list to open with.
        flash: Whether changed digits flash.
        sources: Which source fills which role.
        providers: A table of settings for each source, handed to it as it stands.
        keys: For a command's id, its keys, several parted by commas.
    """

    theme: str = ""
    convention: Convention | None = None
    language: Language | None = None
    list: str = ""
    flash: bool = True
    sources: Sources = msgspec.field(default_factory=Sources)
    providers: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    keys: dict[str, str] = msgspec.field(default_factory=dict)


class ListView(msgspec.Struct, frozen=True):
    """How one list was last looked at: its columns, and what it is sorted by."""

    columns: list[str] = msgspec.field(default_factory=list)
    sort: str = ""
    reverse: bool = False


class State(msgspec.Struct, frozen=True):
    """What was chosen with a key and is remembered; unknown fields are left alone."""

    theme: str = ""
    convention: Convention | None = None
    language: Language | None = None
    list: str = ""
    views: dict[str, ListView] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Home:
    """The folders that the program's files live in."""

    config_folder: Path
    state_folder: Path

    @property
    def config_file(self) -> Path:
        """The user's configuration."""
        return self.config_folder / "config.toml"

    @property
    def lists_file(self) -> Path:
        """The user's lists."""
        return self.config_folder / "lists.toml"

    @property
    def themes_folder(self) -> Path:
        """The user's themes, one TOML file each."""
        return self.config_folder / "themes"

    @property
    def state_file(self) -> Path:
        """What the program remembers."""
        return self.state_folder / "state.json"


@dataclass(frozen=True, slots=True)
class _NamedHome(Home):
    """A home around one configuration file that the user named."""

    named: Path

    @property
    def config_file(self) -> Path:
        return self.named


def home(config: Path | None = None) -> Home:
    """The user's folders, or those around a configuration file that was named.

    Args:
        config: A configuration file given on the command line. Lists, themes and state are then
            kept in its folder, so that such a set-up stands by itself.
    """
    if config is not None:
        folder = config.expanduser().absolute().parent
        return _NamedHome(folder, folder, config.expanduser().absolute())
    import platformdirs

    return Home(
        Path(platformdirs.user_config_dir("zaraba", appauthor=False)),
        Path(platformdirs.user_state_dir("zaraba", appauthor=False)),
    )


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as plain data.

    Raises:
        ConfigError: It cannot be read, is too large, is not UTF-8, or is not TOML.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(
                f"the file is larger than {MAX_BYTES >> 20} MiB",
                subject=str(path),
                remedy="Check that it is the right file.",
            )
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"the file cannot be read ({error.strerror or error})",
            subject=str(path),
            remedy="Check the path and its permissions.",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"byte {error.start} is not UTF-8", subject=str(path), remedy="Save it as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"not valid TOML: {error}", subject=str(path), remedy="Mend that line and try again."
        ) from error


def load(where: Home, *, required: bool = False) -> Config:
    """Read the configuration; an absent file is the default one.

    Args:
        where: The folders.
        required: Whether the file was named by the user and so must be there.

    Raises:
        ConfigError: The file is broken, or holds a key or a value that cannot be used.
    """
    path = where.config_file
    if not required and not path.exists():
        return Config()
    plain = read_toml(path)
    try:
        return msgspec.convert(plain, Config)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at ")
        key = place.strip("`").removeprefix("$").lstrip(".")
        raise ConfigError(
            f"{what[:1].lower()}{what[1:]}" + (f" (key “{key}”)" if key else ""),
            subject=str(path),
            remedy="Correct or remove that key; docs/configuration.md lists them all.",
        ) from error


def load_state(where: Home) -> State:
    """What was remembered; a missing or broken file is simply forgotten."""
    try:
        raw = where.state_file.read_bytes()
        if len(raw) > MAX_BYTES:
            return State()
        return msgspec.json.decode(raw, type=State)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return State()


def save_state(where: Home, state: State) -> None:
    """Remember; a folder that cannot be written is passed over, as nothing of value is lost."""
    with contextlib.suppress(OSError):
        write_atomically(
            where.state_file, msgspec.json.format(msgspec.json.encode(state), indent=1)
        )


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file so that a crash at any instant leaves the old one or the new one.

    The new file keeps the permissions of the old one; a link is followed, not replaced.

    Raises:
        OSError: The folder or the file cannot be written.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
