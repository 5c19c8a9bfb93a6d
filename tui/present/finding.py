"""Finding instruments: in the reference tables at once, then by asking the source of that role."""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tui.config import Config
from tui.errors import ConfigError, ZarabaError
from tui.feed.feed import Feed
from tui.feed.searching import Found, SearchDesk
from tui.market.instruments import Instrument
from tui.market.universe import Universe
from tui.present.detail import SearchHit, search_hit
from tui.watchlists.found import keep_found

LISTED: Final = "listed"
"""The source that is the reference tables themselves, which are looked through in any case."""
MOST: Final = 20
_LEAST: Final = 2
"""Characters from which a source is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a question to a source.

    Attributes:
        hits: What it has found besides the tables, best first.
        failure: Why it has found nothing, in words; empty where it answered.
    """

    hits: Sequence[SearchHit] = ()
    failure: str = ""


class Finder:
    """The search behind the field in which a code or a name is typed.

    Args:
        universe: The reference tables, and what was found before.
        feed: Where a source is asked.
        config: The configuration with what was chosen, which names the source.
        path: Where what was taken is remembered; None for nowhere.
    """

    def __init__(
        self, universe: Universe, feed: Feed, config: Callable[[], Config], path: Path | None
    ) -> None:
        self._universe = universe
        self._desk = SearchDesk(feed)
        self._config = config
        self._path = path
        self._found: dict[str, Instrument] = {}

    def known(self, text: str, language: str) -> list[SearchHit]:
        """What the tables have, best first."""
        return [search_hit(each, language) for each in self._universe.search(text, MOST)]

    def source(self, text: str) -> str:
        """The source to ask for a text; empty where none is to be asked."""
        name = self._config().sources.search
        return name if name != LISTED and len(text.strip()) >= _LEAST else ""

    def ask(self, text: str, language: str, answered: Callable[[Answer], None]) -> None:
        """Ask the source.

        Args:
            text: What was typed; a newer question takes the place of an older one, which is not
                answered any more.
            language: ``en`` or ``ja``.
            answered: Called once, in the feed's thread.
        """
        name = self._config().sources.search

        def done(future: "Future[Found]") -> None:
            try:
                found = future.result()
            except CancelledError:
                return
            except Exception as error:  # noqa: BLE001 - the tables' hits stand whatever it is
                answered(Answer(failure=_failure(error)))
                return
            fresh = [i for i in found.instruments if self._universe.get(i.symbol) is None]
            self._found |= {each.symbol: each for each in fresh}
            answered(Answer(hits=[_told(search_hit(i, language), found.title) for i in fresh]))

        settings = self._config().providers.get(name, {})
        self._desk.ask(name, settings, text.strip()).add_done_callback(done)

    def take(self, symbol: str) -> str:
        """Know an instrument by name from now on, if a source has found it.

        Returns:
            What went wrong, in words; empty for nothing.
        """
        found = self._found.get(symbol)
        if found is None or self._universe.get(symbol) is not None:
            return ""
        self._universe.learn(found)
        if self._path is not None:
            try:
                keep_found(self._path, [found])
            except ConfigError as error:
                return str(error)
        return ""

    def close(self) -> None:
        """Let go of the source."""
        self._desk.close()


def _failure(error: Exception) -> str:
    """What happened and to whom: it is asked anew with the next text that is typed."""
    if isinstance(error, ZarabaError) and error.subject:
        return f"{error.subject}: {error.what}"
    return str(error)


def _told(hit: SearchHit, by: str) -> SearchHit:
    return replace(hit, note=" · ".join(part for part in (hit.note, by) if part))
