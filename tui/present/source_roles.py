"""Which source fills which role: chosen without a restart, and remembered."""

from collections.abc import Sequence
from functools import cached_property

from msgspec import structs

from tui.config import Sources
from tui.feed.daily_files import DailyFiles
from tui.feed.history import HistoryDesk
from tui.feed.sources import (
    DEFAULT_QUOTES,
    LIVE_QUOTES,
    RECORDED,
    Source,
    history_factory,
    news_factory,
    news_settings,
    quote_factory,
    session_to_open,
)
from tui.present.catalogue import Catalogue
from tui.present.history import history_lines
from tui.present.sourced_lists import SourcedLists
from tui.present.sources import RoleRows, health_lines, role_rows
from tui.providers.contracts import Role

_SEVERAL = (Role.QUOTES, Role.NEWS, Role.CALENDAR)


class SourceRoles(SourcedLists):
    """The sources in use, and those that could be.

    A choice counts for more than the configuration; it is forgotten when it is what the
    configuration says.
    """

    _was_live: tuple[str, ...] = ()

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is installed; looked up when a screen first asks."""
        return Catalogue()

    def source_rows(self) -> list[RoleRows]:
        """Every source of every role, and how those in use are doing."""
        health = self.feed.health()
        if self.history is not None:
            health = (*health, self.history.health())
        return role_rows(self.catalogue, self.in_use(), health, self._clock.now(), self.language)

    def health_lines(self) -> list[tuple[str, str]]:
        """How each source in use is doing, with the tone of each line."""
        now = self._clock.now()
        lines = [line for each in self.feed.health() for line in health_lines(each, now)]
        if self.history is not None:
            lines += history_lines(self.history.health(), self.history.progress, now)
        return lines

    def in_use(self) -> dict[Role, tuple[str, ...]]:
        """The sources that fill each role now; of quotes, the one preferred first."""
        sources = self.config.sources
        return {
            Role.QUOTES: self.feed.quote_names,
            Role.HISTORY: tuple(filter(None, [sources.history])),
            Role.NEWS: self.feed.news_names,
            Role.SEARCH: tuple(filter(None, [sources.search])),
            Role.CALENDAR: sources.calendars,
        }

    # --- choosing -------------------------------------------------------------------------

    def choose_source(self, role: str, name: str) -> str:
        """Use a source alone in its role; of news, switch it on or off.

        Args:
            role: The role's word, such as ``quotes``.
            name: The source, as registered.

        Returns:
            What was done, in words.
        """
        kind = Role(role)
        if kind is Role.NEWS:
            on = name not in self.feed.news_names
            return self.add_source(role, name) if on else self.drop_source(role, name)
        self._use(kind, (name,))
        return f"{kind.value} from {name}"

    def add_source(self, role: str, name: str) -> str:
        """Use a source besides those in use, after them; one alone where a role has one only."""
        kind = Role(role)
        names = self.in_use()[kind]
        if name in names:
            return f"{name} is in use already"
        several = kind in _SEVERAL
        # Nothing can be served beside a replay, which has another day.
        kept = tuple(each for each in names if kind is not Role.QUOTES or each != DEFAULT_QUOTES)
        self._use(kind, (*kept, name) if several and name != DEFAULT_QUOTES else (name,))
        joined = ", then " if kind is Role.QUOTES else " and "
        return f"{kind.value} from {joined.join(self.in_use()[kind])}"

    def drop_source(self, role: str, name: str) -> str:
        """Use a source no longer; quotes have to come from somewhere."""
        kind = Role(role)
        names = self.in_use()[kind]
        if name not in names:
            return f"{name} is not in use"
        left = tuple(each for each in names if each != name)
        if kind is Role.QUOTES and not left:
            return f"{name} is the only source of quotes; choose another in its place"
        self._use(kind, left)
        return f"{name} is no longer asked for {kind.value}"

    def move_source(self, name: str, step: int) -> bool:
        """Prefer a quote source more (−1) or less (1); False where it cannot move."""
        names = list(self.feed.quote_names)
        if name not in names:
            return False
        place = names.index(name)
        if not 0 <= place + step < len(names):
            return False
        names[place], names[place + step] = names[place + step], names[place]
        self._use(Role.QUOTES, tuple(names))
        return True

    def as_configured(self, role: str) -> str:
        """Let the configuration's word count again for a role."""
        kind = Role(role)
        self.set_sources(structs.replace(self.state.sources, **{role: None}))
        names = _names(self.config.sources, kind)
        self._switch(kind, names)
        return f"{kind.value} as configured: {', '.join(names) or 'none'}"

    def is_chosen(self, role: str) -> bool:
        """Whether something other than the configuration's word was chosen for a role."""
        return getattr(self.state.sources, role) is not None

    # --- live and recorded ----------------------------------------------------------------

    @property
    def recorded(self) -> bool:
        """Whether the recorded session is shown."""
        return self.feed.quote_names == (DEFAULT_QUOTES,)

    def go_live(self) -> str:
        """Take quotes from the live sources last used, or configured, or from Yahoo."""
        for names in (self._was_live, self.configured.quote_names, (LIVE_QUOTES,)):
            if names and DEFAULT_QUOTES not in names:
                self._use(Role.QUOTES, names)
                return f"Live quotes from {', then '.join(names)}."
        return ""

    def go_back(self) -> str:
        """Show the recorded session."""
        if not self.recorded:
            self._was_live = self.feed.quote_names
            self._use(Role.QUOTES, (DEFAULT_QUOTES,))
        return self.recorded_words()

    def recorded_words(self) -> str:
        """What the recorded session is called."""
        return f"Replay of {RECORDED.day} {RECORDED:%B %Y}."

    # --- carrying it out ------------------------------------------------------------------

    def _use(self, role: Role, names: tuple[str, ...]) -> None:
        word: list[str] | str | None = None
        if names != _names(self.configured, role):
            several = role in _SEVERAL
            word = list(names) if several else "".join(names)
        self.set_sources(structs.replace(self.state.sources, **{role.value: word}))
        self._switch(role, names)

    def _switch(self, role: Role, names: tuple[str, ...]) -> None:
        """Have the feed follow; the roles that are only asked at times read `config.sources`."""
        if role is Role.QUOTES and names != self.feed.quote_names:
            self.use_quotes(*names)
        elif role is Role.NEWS:
            self._use_news(names)
        elif role is Role.HISTORY:
            self._use_past("".join(names))

    def use_quotes(self, *names: str) -> None:
        """Take quotes from other sources, without remembering it.

        What came from those before is no longer shown, nor is their session.

        Args:
            names: The sources, the one preferred first.
        """
        settings = self.config.providers
        self.feed.use_chain(
            [Source(name, quote_factory(name), settings.get(name, {})) for name in names]
        )
        self.feed.drain()
        before = self.market.board.symbols
        self.market.forget(session_to_open(names[0], self.market.calendar, self._clock.now()))
        self._show_session()
        self._watch()
        if self.market.board.symbols != before:
            self.feed.subscribe(self.market.board.symbols)
        self._taken += 1
        self._forget()

    def _use_past(self, name: str) -> None:
        """Take the past from another source; what has come so far stays."""
        if name and self.home is not None:
            settings = self.config.providers.get(name, {})
            files = DailyFiles(self.home.history_folder)
            self.use_history(
                HistoryDesk(name, history_factory(name), settings, feed=self.feed, files=files)
            )
        elif self.history is not None:
            self.history.stop()
            self.history = self._past = None

    def _use_news(self, names: Sequence[str]) -> None:
        for name in self.feed.news_names:
            if name not in names:
                self.feed.drop_news(name)
        for name in names:
            if name not in self.feed.news_names:
                settings = news_settings(self.config, self.home, name)
                self.feed.use_news(name, news_factory(name), settings)


def _names(sources: Sources, role: Role) -> tuple[str, ...]:
    """The sources that a table of the configuration gives a role."""
    match role:
        case Role.QUOTES:
            return sources.quote_names or (DEFAULT_QUOTES,)
        case Role.NEWS:
            return tuple(sources.news)
        case Role.CALENDAR:
            return tuple(sources.calendars)
        case _:
            return tuple(filter(None, [getattr(sources, role.value)]))
