"""Why the market moved, as far as it is measured: attribution, catalysts, and what falls due.

All of it is imported and computed when it is first looked at, after the first painting.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.market.times import JST, parse_at
from tui.present.catalysts import StoryView, catalyst_views, due_views, story_view
from tui.present.source_roles import SourceRoles
from tui.present.sources import RoleRows, with_failures
from tui.providers.contracts import Role
from widgets.catalyst_views import Catalysts, DueView, UnexplainedView

if TYPE_CHECKING:
    # Only asked for once the monitor stands, so imported then.
    from tui.present.analysis import Analysis
    from tui.present.due import DueDates
    from tui.report.impact import CatalystImpacts, ImpactReport

RANKS = ("time", "impact")
"""Orders of the catalysts."""


class Measured(SourceRoles):
    """The part of the model that tells causes.

    Attributes:
        _baskets: The user's file of baskets; None for none.
        _events: The user's file of dates; None for none.
        _wake: Called, from any thread, when something has come.
        _looks: How often the catalysts were looked at since the quotes have come.
        _marks: Where on the day's path the catalysts stand.
    """

    _baskets: Path | None
    _events: Path | None
    _wake: Callable[[], None]
    _looks = 0
    _marks: tuple[float, ...] = ()

    @cached_property
    def analysis(self) -> "Analysis":
        """Why the indices moved; imported and computed when a screen first asks."""
        from tui.data.baskets import read_baskets, shipped_baskets
        from tui.present.analysis import Analysis

        known = shipped_baskets()
        if self._baskets is not None:
            known = read_baskets(self._baskets, self.market.universe.symbols())
        return Analysis(self.market, known.rows, known.notice)

    def measure_since(self, moment: datetime | None = None, text: str = "") -> str:
        """Measure the views since an instant, a time as typed, or else the market's time.

        Args:
            moment: The instant, aware.
            text: ``13:05``, or ``off`` for the whole day again; in place of `moment`.

        Returns:
            What is wrong with it, or nothing.
        """
        if text.strip().casefold() in {"off", "none"}:
            self.analysis.measure_since(None)
            return ""
        if text:
            try:
                moment = parse_at(text, self.market.session)
            except UsageError as error:
                return f"{error.what}. {error.remedy}"
        moment = moment or self.now()
        if moment.astimezone(JST).date() != self.market.session:
            return f"{moment.astimezone(JST):%d %b %H:%M} is not in the session shown."
        self.analysis.measure_since(moment)
        return ""

    def window_words(self) -> str:
        """The window that the views measure over."""
        return self.analysis.window.words(self.language)

    @cached_property
    def _measured(self) -> "CatalystImpacts":
        from tui.report.impact import CatalystImpacts

        return CatalystImpacts(self.market, lambda: self.analysis.constituents)

    def impacts(self) -> "ImpactReport":
        """The catalysts with what their names did since; computed once a change and second."""
        return self._measured.report(self.now())

    @cached_property
    def due_dates(self) -> "DueDates":
        """What falls due, from every source; nothing is asked before it is looked at."""
        from tui.present.due import DueDates

        named = self.config.sources.calendars
        sources = {name: self.config.providers.get(name, {}) for name in named}
        return DueDates(
            self.market, self.feed, sources, self._events, self._woken, self.lists.own_symbols
        )

    def _woken(self) -> None:
        self._wake()

    def look_at_catalysts(self, at: float) -> None:
        """Measure the catalysts and take up what falls due, at the pane's own pace.

        The first look after the quotes have come is left out, so that the first picture need not
        wait for what is imported here.

        Args:
            at: The host's monotonic seconds.
        """
        if not self.ready:
            return
        self._looks += 1
        if self._looks > 1:
            from tui.present.impact import marks

            self._marks = marks(self.market, self.impacts().impacts)
            self.due_dates.look(self.now(), at)

    def catalysts(self, selected: str = "") -> Catalysts:
        """The catalysts known at the market's time, with their impact once it is measured.

        Args:
            selected: The symbol whose catalysts stand out.
        """
        if self._looks <= 1:
            return catalyst_views(self.market, self.now())
        from tui.present.impact import ImpactViews
        from tui.report.impact import Rank

        now = self.now()
        return ImpactViews(
            self.market, self.impacts(), Rank(self.rank), now, selected, self.language
        )

    def unexplained(self) -> list[UnexplainedView]:
        """Names that moved beyond their sector and the market, with no catalyst."""
        if self._looks <= 1:
            return []
        from tui.present.impact import unexplained_views

        return unexplained_views(self.market, self.impacts(), self.language)

    def set_rank(self, rank: str = "") -> str:
        """Order the catalysts by ``time`` or ``impact``, the other one where none is named.

        Returns:
            The order that holds now.
        """
        if rank in RANKS:
            self._remember(rank=rank)
        elif not rank:
            self._remember(rank=RANKS[1 - RANKS.index(self.rank)])
        return self.rank

    @property
    def rank(self) -> str:
        """The order of the catalysts, which is remembered."""
        return self.state.rank

    def catalyst_symbols(self, key: str) -> tuple[str, ...]:
        """The instruments of a catalyst."""
        catalyst = self.market.stories.get(key)
        return catalyst.symbols if catalyst else ()

    def story(self, key: str) -> StoryView:
        """One catalyst, whole."""
        from tui.present.impact import impact_words

        told = self.market.stories.get(key)
        found = [i for i in self.impacts().impacts if told and i.catalyst.key == told.key]
        impact = impact_words(found[0], self.language) if found else ""
        return story_view(self.market, key, self.language, self.now(), impact)

    def due(self) -> list[DueView]:
        """What falls due."""
        if self._looks <= 1:
            return due_views(self.market, self.market.session)
        from tui.present.due import due_entries

        return due_entries(self.due_dates.entries(self.now()), self.language)

    def source_rows(self) -> list[RoleRows]:
        """Every source of every role, and how those in use are doing."""
        failed = self.due_dates.failed if self._looks > 1 else {}
        return with_failures(super().source_rows(), Role.CALENDAR, failed, self.language)
