"""The configuration: where its files are, what may stand in them, and what is remembered.

Two files are kept apart on purpose. ``config.toml`` belongs to the user, who edits it by hand; the
program never writes it. ``state.json`` belongs to the program, which keeps there what was chosen
with a key: theme, colour convention, language, sources, the last list, and each list's columns and
order.
"""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

from tui.errors import ConfigError
from tui.files import parse_toml, read_bounded, write_atomically

MAX_BYTES = 1 << 20
"""A configuration file larger than this is refused unread."""

DEFAULT_TAPE = (
    "^N225", "^TOPX", "NIY=F", "JPY=X", "^GSPC", "^IXIC", "^TNX", "^VIX", "EURJPY=X", "^DJI",
    "^SOX",
)  # fmt: skip
"""What the tape shows, the most important first."""

Convention = Literal["tokyo", "western", "safe"]
Language = Literal["en", "ja"]


class Sources(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which source fills which role; an empty word means the built-in default.

    Attributes:
        quotes: One source, or several: each instrument is then served by the first that has it
            fresh.
        ticks: How far two quote sources may be apart before the row is flagged.
    """

    quotes: str | list[str] = ""
    history: str = ""
    news: list[str] = msgspec.field(default_factory=lambda: ["notes"])
    search: str = "listed"
    calendar: str | list[str] = msgspec.field(default_factory=lambda: ["exchange", "dates"])
    ticks: Annotated[float, msgspec.Meta(gt=0)] = 5.0

    @property
    def quote_names(self) -> tuple[str, ...]:
        """The quote sources, the one preferred first, each once; empty for the default."""
        named = [self.quotes] if isinstance(self.quotes, str) else self.quotes
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def calendars(self) -> tuple[str, ...]:
        """The calendar sources, each once, in order; none where the configuration names none."""
        named = [self.calendar] if isinstance(self.calendar, str) else self.calendar
        return tuple(dict.fromkeys(name for name in named if name))


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may stand in ``config.toml``.

    Attributes:
        theme: Name of a built-in or user theme.
        convention: ``tokyo`` (red up), ``western`` (green up) or ``safe`` (blue and orange).
        language: Language of names, ``en`` or ``ja``.
        list: The list to open with.
        flash: Whether changed digits flash.
        tape: What the tape shows where the source has it, the most important first.
        sources: Which source fills which role.
        providers: A table of settings for each source, handed to it as it stands.
        keys: For a command's id, its keys, several parted by commas.
    """

    theme: str = ""
    convention: Convention | None = None
    language: Language | None = None
    list: str = ""
    flash: bool = True
    tape: tuple[str, ...] = DEFAULT_TAPE
    sources: Sources = msgspec.field(default_factory=Sources)
    providers: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    keys: dict[str, str] = msgspec.field(default_factory=dict)


class ChosenSources(msgspec.Struct, frozen=True, omit_defaults=True):
    """Sources chosen with a key, as in `Sources`; None where the configuration's word counts."""

    quotes: list[str] | None = None
    history: str | None = None
    news: list[str] | None = None
    search: str | None = None
    calendar: str | list[str] | None = None

    def over(self, configured: Sources) -> Sources:
        """What counts: what was chosen, and else the configuration's word."""
        chosen = {
            role: name for role, name in msgspec.structs.asdict(self).items() if name is not None
        }
        return msgspec.structs.replace(configured, **chosen)


class ListView(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one list was last looked at: its columns, and what it is sorted by."""

    columns: list[str] = msgspec.field(default_factory=list)
    sort: str = ""
    reverse: bool = False


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was chosen with a key and is remembered.

    What was never chosen is empty or None, so that the configuration's word counts for it.
    """

    theme: str = ""
    convention: Convention | None = None
    language: Language | None = None
    list: str = ""
    quiet: bool = False
    rank: Literal["time", "impact"] = "time"
    views: dict[str, ListView] = msgspec.field(default_factory=dict)
    sources: ChosenSources = ChosenSources()


@dataclass(frozen=True, slots=True)
class Home:
    """The folders that the program's files live in."""

    config_folder: Path
    state_folder: Path
    data_folder: Path

    @property
    def config_file(self) -> Path:
        """The user's configuration."""
        return self.config_folder / "config.toml"

    @property
    def lists_file(self) -> Path:
        """The user's lists."""
        return self.config_folder / "lists.toml"

    @property
    def baskets_file(self) -> Path:
        """The user's baskets."""
        return self.config_folder / "baskets.toml"

    @property
    def kinds_file(self) -> Path:
        """The user's rules for the kinds of headlines."""
        return self.config_folder / "kinds.toml"

    @property
    def aliases_file(self) -> Path:
        """What the user calls companies, indices and sectors."""
        return self.config_folder / "aliases.toml"

    @property
    def events_file(self) -> Path:
        """What falls due, as the user notes it."""
        return self.config_folder / "events.toml"

    @property
    def catalysts_file(self) -> Path:
        """What the user says by hand of catalysts."""
        return self.config_folder / "catalysts.toml"

    @property
    def notes_folder(self) -> Path:
        """Where catalysts are saved as notes, unless the settings of the notes name a place."""
        return self.config_folder / "notes"

    @property
    def read_file(self) -> Path:
        """Which catalysts were read."""
        return self.state_folder / "read.json"

    @property
    def found_file(self) -> Path:
        """Instruments that a source has found and the user has taken into a list."""
        return self.state_folder / "instruments.json"

    @property
    def themes_folder(self) -> Path:
        """The user's themes, one TOML file each."""
        return self.config_folder / "themes"

    @property
    def reference_folder(self) -> Path:
        """The user's own reference tables."""
        return self.data_folder / "reference"

    @property
    def history_folder(self) -> Path:
        """Daily bars of the past, as a source told them."""
        return self.data_folder / "history"

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
        config: A configuration file given on the command line. Lists, themes, state and
            reference tables are then kept in its folder, so that such a set-up stands by itself.

    Raises:
        ConfigError: The path begins with the home folder of a user who is not known.
    """
    if config is not None:
        try:
            named = config.expanduser().absolute()
        except RuntimeError as error:
            raise ConfigError(
                "there is no such user", subject=str(config), remedy="Give the whole path."
            ) from error
        return _NamedHome(named.parent, named.parent, named.parent, named)
    import platformdirs

    return Home(
        Path(platformdirs.user_config_dir("zaraba", appauthor=False)),
        Path(platformdirs.user_state_dir("zaraba", appauthor=False)),
        Path(platformdirs.user_data_dir("zaraba", appauthor=False)),
    )


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as plain data.

    Raises:
        ConfigError: It cannot be read, is too large, is not UTF-8, or is not TOML.
    """
    return parse_toml(path, MAX_BYTES)


def load(where: Home, *, required: bool = False) -> Config:
    """Read the configuration; an absent file is the default one.

    Args:
        where: The folders.
        required: Whether the file was named by the user and so must be there.

    Raises:
        ConfigError: The file is broken, or holds a key or a value that cannot be used.
    """
    path = where.config_file
    try:
        plain = read_toml(path)
    except ConfigError as error:
        if not required and isinstance(error.__cause__, FileNotFoundError):
            return Config()
        raise
    if isinstance(plain.get("keys"), dict):
        plain["keys"] = _flat(plain["keys"])
    try:
        return msgspec.convert(plain, Config)
    except msgspec.ValidationError as error:
        raise _complaint(error, plain, path) from error


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Undo what TOML makes of a command's id that stands without quotation marks.

    ``row.add = "f2"`` is, to TOML, the key ``add`` of a table ``row``.
    """
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def load_state(where: Home) -> State:
    """What was remembered; what is missing, broken or unknown in the file is simply forgotten."""
    try:
        plain = msgspec.json.decode(read_bounded(where.state_file, MAX_BYTES))
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return State()
    if not isinstance(plain, dict):
        return State()
    views = plain.get("views")
    kept: dict[str, Any] = {
        "views": {
            name: view
            for name, view in (views.items() if isinstance(views, dict) else ())
            if _fits(view, ListView)
        }
    }
    for field in msgspec.structs.fields(State):
        if field.name != "views" and _fits(plain.get(field.name), field.type):
            kept[field.name] = plain[field.name]
    return msgspec.convert(kept, State)


def _fits(value: object, wanted: Any) -> bool:
    if value is None:
        return False
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError:
        return False
    return True


def save_state(where: Home, state: State) -> None:
    """Remember; a folder that cannot be written is passed over, as nothing of value is lost."""
    with contextlib.suppress(OSError):
        write_atomically(
            where.state_file, msgspec.json.format(msgspec.json.encode(state), indent=1)
        )


_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*)`", re.DOTALL)
_WRONG = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`")
_WORDS = {
    "str": "a text in quotation marks",
    "bool": "true or false",
    "array": "a list in square brackets",
    "str | array": "a text, or a list of texts in square brackets",
    "object": "a table",
    "int": "a whole number",
    "float": "a number",
    "null": "nothing",
}
_TABLES: dict[str, type[msgspec.Struct]] = {"": Config, "sources": Sources}


def _complaint(error: msgspec.ValidationError, plain: Mapping[str, Any], path: Path) -> ConfigError:
    """Say in one line which key is wrong, and what would be right."""
    what, _, place = str(error).partition(" - at `$")
    table = _named(place.rstrip("`").removeprefix("."), plain)
    if unknown := _UNKNOWN.match(what):
        return _unknown_key(unknown["key"], table, path)
    wrong = _WRONG.match(what)
    got = _WORDS.get(wrong["got"], wrong["got"]) if wrong else f"“{plain.get(table)}”"
    if choices := _choices(table):
        remedy = f"Give {', '.join(choices[:-1])} or {choices[-1]}."
    elif wrong:
        remedy = f"Give {_wanted(wrong['wanted'])}."
    else:
        return ConfigError(f"key “{table}”: {what}", subject=str(path), remedy="Correct it.")
    return ConfigError(f"key “{table}” is {got}", subject=str(path), remedy=remedy)


def _wanted(kinds: str) -> str:
    """What would be right, where several kinds are."""
    return " or ".join(_WORDS.get(kind, kind) for kind in kinds.split(" | "))


def _choices(key: str) -> list[str]:
    """The words that a key takes, where it takes no others."""
    kinds = [field.type for field in msgspec.structs.fields(Config) if field.name == key]
    return [str(word) for kind in kinds for part in get_args(kind) for word in get_args(part)]


def _unknown_key(key: str, table: str, path: Path) -> ConfigError:
    import difflib

    known = [field.name for field in msgspec.structs.fields(_TABLES[table])]
    near = difflib.get_close_matches(key, known, n=1)
    where = f" in [{table}]" if table else ""
    if near:
        remedy = f"Did you mean “{near[0]}”?"
    elif table and key in msgspec.structs.asdict(Config()):
        remedy = f"“{key}” belongs at the top of the file, above the first [table]."
    else:
        remedy = f"Known there: {', '.join(known)}."
    return ConfigError(f"there is no key “{key}”{where}", subject=str(path), remedy=remedy)


def _named(place: str, plain: Mapping[str, Any]) -> str:
    """The place with the key's own name where the decoder says only that it is one of many."""
    table, several, rest = place.partition("[...]")
    if not several:
        return place
    wanted = str if table == "keys" else dict
    for key, value in plain[table].items():
        if not isinstance(value, wanted):
            return f"{table}.{key}{rest}"
    return place
