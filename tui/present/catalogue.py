"""What is installed, as a person who chooses among sources reads it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tui.errors import ProviderError
from tui.market.quotes import Delay, DelayKind
from tui.providers import registry
from tui.providers.contracts import Role
from tui.secrets import place_of, variable

_DELAYS = {
    DelayKind.REALTIME: "real time",
    DelayKind.END_OF_DAY: "end of day",
    DelayKind.REPLAY: "recorded",
    DelayKind.SYNTHETIC: "invented",
    DelayKind.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """One source in one role.

    Attributes:
        role: What it can be asked for.
        name: Its registered name.
        title: For people.
        summary: What it covers and what it costs; of one that cannot be used, why.
        delay: How far behind the market it is by its nature; None where it does not load.
        keys: Names of the keys that it asks for.
        usable: Whether it loads.
    """

    role: Role
    name: str
    title: str
    summary: str
    delay: Delay | None = None
    keys: tuple[str, ...] = ()
    usable: bool = True


class Catalogue:
    """The installed sources, and which of their keys there are.

    Importing them takes a while, and a keyring may ask its owner, so both are done in a thread of
    its own, which ends with the program whatever it waits for.

    Args:
        place: Where a key is found; empty for nowhere.
    """

    def __init__(self, place: Callable[[str], str] = place_of) -> None:
        self._place = place
        self._thread: threading.Thread | None = None
        self.sources: tuple[KnownSource, ...] = ()
        """Every source of every role; none until they have been looked up."""
        self.places: Mapping[str, str] | None = None
        """Where each key is found, empty for nowhere; None until they have been looked up."""

    def look(self) -> None:
        """Look up what is not known yet, and once more which keys there are."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._look, name="catalogue", daemon=True)
            self._thread.start()

    @property
    def looking(self) -> bool:
        """Whether the answer is still to come."""
        return self._thread is not None and self._thread.is_alive()

    def missing(self, source: KnownSource) -> tuple[str, ...]:
        """The keys of a source that are known to be nowhere."""
        places = self.places or {}
        return tuple(key for key in source.keys if places.get(key, "?") == "")

    def _look(self) -> None:
        sources = self.sources or tuple(
            known(role, name, loaded)
            for role in Role
            for name, loaded in registry.load_all(role).items()
        )
        self.sources = sources
        self.places = {key: self._place(key) for each in sources for key in each.keys}


def known(role: Role, name: str, loaded: type[object] | ProviderError) -> KnownSource:
    """What a source says of itself, or why it cannot be used."""
    about = getattr(loaded, "about", None)
    if isinstance(loaded, ProviderError) or about is None:
        return KnownSource(role=role, name=name, title=name, summary=str(loaded), usable=False)
    return KnownSource(
        role=role,
        name=name,
        title=about.title,
        summary=f"{about.summary} {about.note[:1].upper()}{about.note[1:]}.".removesuffix(" ."),
        delay=about.delay,
        keys=about.keys,
    )


def delay_words(delay: Delay | None) -> str:
    """``real time``, ``20 m late``; what can be said before a source has been asked."""
    if delay is None:
        return ""
    if delay.kind is DelayKind.DELAYED:
        return f"{delay.minutes} m late" if delay.minutes else "delayed"
    return _DELAYS[delay.kind]


def key_words(name: str) -> str:
    """How a key that is missing is given."""
    return f"needs the key “{name}”: zaraba keys set {name}, or set {variable(name)}"
