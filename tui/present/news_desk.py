"""What is done with the news: read, kept, edited, told of; the model behind the news screen."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from tui.config import Home
from tui.data.catalyst_edits import CatalystEdit, checked_kind, checked_symbol, read_edits
from tui.errors import ConfigError
from tui.market.amendments import Amendment
from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.stories import Changed
from tui.present.read_marks import ReadMarks
from tui.present.saving import notes_file, save_note
from tui.present.toasts import Hit, Toasts
from tui.watchlists.lists import Lists

if TYPE_CHECKING:
    # Only asked for once the news is looked at, so imported then.
    from tui.present.news import News
    from tui.report.impact import ImpactReport

SLICE: Final = 0.004
"""Seconds of a frame for taking news up."""
_LOOK: Final = 2.0
"""Seconds between two looks at the file of edits."""
_YOUNG: Final = 2_000
"""Stories that garbage is collected among."""
UNDO: Final = "source"
"""What is typed for what the sources say."""
NOTHING: Final = "none"
"""What is typed for no kind, or no symbols."""

_Resolve = Callable[[str], str | None]


class NewsDesk:
    """Everything that the news screen does, and the toasts.

    Args:
        market: Where catalysts are held.
        lists: The user's lists and those built in.
        home: Where marks and edits are kept; None to remember nothing.
        settings: Of the notes, as the configuration has them.
        impacts: What is measured of the session's catalysts.
        resolve: A code or a name as typed → the symbol.
        watch_notes: Has the folder of notes watched, where it was not.
    """

    def __init__(
        self,
        *,
        market: Market,
        lists: Lists,
        home: Home | None,
        settings: Mapping[str, object],
        impacts: "Callable[[], ImpactReport]",
        resolve: _Resolve,
        watch_notes: Callable[[Path], None],
    ) -> None:
        self._market = market
        self._lists = lists
        self._home = home
        self._settings = settings
        self._impacts = impacts
        self._resolve = resolve
        self._watch_notes = watch_notes
        self._edits: dict[str, CatalystEdit] = {}
        self._stamp: tuple[int, ...] | None = None
        self._looked = float("-inf")
        self._opened = False
        self._young = 0
        self._notices: list[str] = []
        self.toasts = Toasts(self._own_lists)

    # --- what comes -----------------------------------------------------------------------

    @cached_property
    def marks(self) -> ReadMarks:
        """What was read."""
        return ReadMarks(self._home.read_file if self._home is not None else None)

    @cached_property
    def news(self) -> "News":
        """The news, laid out when it is first asked for."""
        from tui.present.news import News
        from tui.report.news_index import NewsIndex

        self._opened = True
        index = NewsIndex(self._market.universe, self.marks)
        index.take(Changed(dict(self._market.catalysts), ()))
        return News(self._market, index, self._lists.symbols, self._impacts)

    def take(self, changed: Changed) -> None:
        """Take up what became of the stories."""
        if self._opened:
            self.news.index.take(changed)
        self.toasts.take(changed.stories)
        self._grown(len(changed.stories))

    def follow(self) -> bool:
        """Lay out what has come, for as long as a frame allows; tells whether more is waiting."""
        index = self.news.index
        before = index.waiting
        more = index.follow(SLICE)
        self._grown(before - index.waiting)
        return more

    def _grown(self, count: int) -> None:
        """Keep what has come for good out of later collections of garbage.

        A full collection goes through everything held: with 50,000 stories it would stop the
        screen for a tenth of a second and more. Stories refer to nothing that refers back, so
        they are freed without it.
        """
        self._young += count
        if self._young >= _YOUNG:
            self._young = 0
            gc.collect(1)
            gc.freeze()

    def look(self, at: float) -> None:
        """Take up edits of the file, and have marks written; cheap where nothing is new.

        Args:
            at: The host's monotonic seconds.
        """
        if "marks" in self.__dict__:
            self.marks.write_later(at)
        if at - self._looked >= _LOOK:
            self._looked = at
            self._read_edits()

    def close(self) -> None:
        """Write what was not written yet."""
        if "marks" in self.__dict__:
            self.marks.close()

    def take_notices(self) -> list[str]:
        """What has to be said about the file of edits, once."""
        notices, self._notices = self._notices, []
        return notices

    def hits(self, now: datetime, at: float, *, jumped: object, quiet: bool) -> list[Hit]:
        """News of the user's names that is to be told now; see `Toasts.due`."""
        return self.toasts.due(self._market.stories, now, at, jumped=jumped, quiet=quiet)

    def _own_lists(self) -> dict[str, Sequence[str]]:
        names = (name for name in self._lists.names() if not self._lists.builtin(name))
        return {name: self._lists.symbols(name) for name in names}

    # --- reading --------------------------------------------------------------------------

    def mark(self, key: str, *, unread: bool = False) -> None:
        """Mark a catalyst, by the keys of all reports of it, as read or as not read."""
        self.marks.mark((key, *self._market.stories.reports(key)), unread=unread)
        self.news.index.mark((key,), unread=unread)

    def story(self, key: str) -> Catalyst | None:
        """A catalyst; None where it is no longer held."""
        return self._market.stories.get(key)

    # --- keeping --------------------------------------------------------------------------

    def save(self, key: str) -> tuple[bool, str]:
        """Keep a catalyst among the user's notes; whether it was done, and what to say."""
        story = self.story(key)
        if story is None:
            return False, "This catalyst is no longer known."
        session = self._market.session
        path = notes_file(self._settings, self._home, session)
        if path is None:
            return False, "There is no folder to keep notes in."
        try:
            if not save_note(path, story, session):
                return False, f"{path.name} has it already."
        except ConfigError as error:
            return False, str(error)
        if not any(self._settings.get(name) for name in ("folder", "file")):
            self._watch_notes(path.parent)
        return True, f"Saved in {path}."

    # --- editing --------------------------------------------------------------------------

    def edit_kind(self, key: str, typed: str) -> tuple[bool, str]:
        """Give a catalyst a kind by hand; whether it was done, and what to say.

        Args:
            key: The catalyst.
            typed: A word; ``none`` for no kind, ``source`` for what its sources say.
        """
        if typed == UNDO:
            return self._edit(key, kind=None)
        kind = "" if typed == NOTHING else checked_kind(typed)
        if kind is None:
            return False, f"“{typed}” is no kind: give one word, such as policy."
        return self._edit(key, kind=kind)

    def edit_symbols(self, key: str, typed: str) -> tuple[bool, str]:
        """Say by hand which instruments a catalyst concerns.

        Args:
            key: The catalyst.
            typed: Codes or symbols parted by blanks or commas; ``none`` for none, ``source`` for
                what its sources say.
        """
        if typed == UNDO:
            return self._edit(key, symbols=None)
        words = [] if typed == NOTHING else typed.replace(",", " ").replace("、", " ").split()
        symbols: dict[str, None] = {}
        for word in words:
            symbol = self._resolve(word) or checked_symbol(word)
            if symbol is None or self._market.universe.get(symbol) is None:
                return False, f"Nothing is known by “{word}”; nothing was changed."
            symbols[symbol] = None
        return self._edit(key, symbols=tuple(symbols))

    def _edit(self, key: str, **what: object) -> tuple[bool, str]:
        from tui.data.catalyst_edits import write_edit

        story = self.story(key)
        if story is None:
            return False, "This catalyst is no longer known."
        if self._home is None:
            return False, "There is no folder to keep edits in."
        self._read_edits()
        # The entry of any report of the story stands for it; a new one is made under its own key.
        reports = self._market.stories.reports(key)
        named = next((each for each in reports if each in self._edits), story.key)
        edit = self._edits.get(named, CatalystEdit())
        edit = replace(edit, headline=story.headline, **what)  # type: ignore[arg-type]
        path = self._home.catalysts_file
        try:
            aside = write_edit(path, named, edit)
        except ConfigError as error:
            return False, str(error)
        self._stamp = None
        self._read_edits()
        kept = f" The broken file is kept as {aside}." if aside else ""
        return True, f"Noted in {path.name}.{kept}"

    def _read_edits(self) -> None:
        if self._home is None:
            return
        path = self._home.catalysts_file
        stamp = _stamp(path)
        if stamp == self._stamp or (stamp == () and not self._edits):
            self._stamp = stamp
            return
        self._stamp = stamp
        found = read_edits(path)
        if found.notice:
            self._notices.append(found.notice)
            return
        self._edits = dict(found.rows)
        amendments = {
            key: Amendment(kind=edit.kind, symbols=edit.symbols)
            for key, edit in self._edits.items()
        }
        self.take(self._market.amend_catalysts(amendments))


def take_news(
    drain: Callable[[], Sequence[Catalyst]], take: Callable[[Sequence[Catalyst]], None]
) -> None:
    """Take news up in slices until there is none or a frame's share of time is gone."""
    end = perf_counter() + SLICE
    while catalysts := drain():
        take(catalysts)
        if perf_counter() >= end:
            return


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells one state of a file from another; empty where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino
