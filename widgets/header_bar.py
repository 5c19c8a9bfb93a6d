"""The first line: what the program shows, of when, and how far it can be trusted."""

from dataclasses import dataclass

from rich.style import Style

from widgets.fold import fold, joined_width
from widgets.line import Line
from widgets.lines import LineView

_GAP = 2
_TITLE, _MARKET, _WHEN, _STATE, _NEXT, _BANNER, _FEED, _COVERAGE = range(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderView:
    """What the header shows; every text is ready to print, and an empty one is left out.

    Attributes:
        title: The program's name.
        market: The market's.
        when: Date and time; two blanks part the date, which gives way first, from the clock.
        state: The session's state; with a blank in it, the part before it gives way first.
        state_tone: A tone for it.
        banner: What nobody may overlook: ``REPLAY · path modelled``, ``STALE 3 m``. What
            follows `` · `` gives way first; the rest is the last thing to leave the line.
        banner_short: What stands for the banner where it does not fit; what is before its first
            `` · `` unless given.
        banner_tone: A tone for it.
        feed: The feed in words.
        feed_tone: A tone for it.
        coverage: How many instruments are covered.
        next_change: When the session's state changes next.
    """

    title: str = ""
    market: str = ""
    when: str = ""
    state: str = ""
    state_tone: str = ""
    banner: str = ""
    banner_short: str = ""
    banner_tone: str = "warn"
    feed: str = ""
    feed_tone: str = ""
    coverage: str = ""
    next_change: str = ""


class HeaderBar(LineView):
    """The header line."""

    DEFAULT_CSS = """
    HeaderBar { height: 1; background: $panel; }
    """

    _view = HeaderView()

    def show(self, view: HeaderView) -> None:
        """Show another state of affairs."""
        if view != self._view:
            self._view = view
            self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - always one line
        """One line: the session on the left, the feed on the right."""
        view = self._view
        margin = 1 if width > 30 else 0
        texts = fold_header(view, width - 2 * margin)
        styles: list[Style] = [
            self.tone("accent", bold=True),
            self.tone("muted"),
            self.tone("title"),
            self.tone(view.state_tone),
            self.tone("muted"),
            self.tone(view.banner_tone, bold=True) + Style(reverse=True),
            self.tone(view.feed_tone),
            self.tone("muted"),
        ]
        line = Line(width).skip_to(margin, self.tone(""))
        self._lay(line, [(texts[place], styles[place]) for place in range(_BANNER)])
        right = [(texts[place], styles[place]) for place in range(_BANNER, _COVERAGE + 1)]
        wanted = joined_width([text for text, _ in right], _GAP)
        if wanted:
            line.skip_to(width - margin - wanted, self.tone(""))
            self._lay(line, right)
        return [line]

    def _lay(self, line: Line, parts: list[tuple[str, Style]]) -> None:
        first = True
        for text, style in parts:
            if text:
                if not first:
                    line.add(" " * _GAP, self.tone(""))
                line.add(text, style)
                first = False


def fold_header(view: HeaderView, width: int) -> list[str]:
    """The texts of a header that fit a width, in the order of `HeaderView`'s places on the line.

    The clock never moves while what is shown stays the same, as only fields of constant width
    stand before it.
    """
    date, _, clock = view.when.rpartition("  ")
    time_alone = clock.partition(" ")[0]
    state_alone = view.state.partition(" ")[2]
    banner_alone = view.banner_short or view.banner.partition(" · ")[0]
    pieces = [
        (view.title, ""),
        (view.market, ""),
        (view.when, clock, time_alone, "") if date else (view.when, view.when, time_alone, ""),
        (view.state, state_alone, "") if state_alone else (view.state, ""),
        (view.next_change, ""),
        (_badge(view.banner), _badge(banner_alone), f"{banner_alone}"),
        (view.feed, ""),
        (view.coverage, ""),
    ]
    order = [_COVERAGE, _NEXT, _WHEN, _MARKET, _BANNER, _STATE, _WHEN]
    order += [_TITLE, _FEED, _WHEN, _STATE] if view.banner else [_TITLE, _WHEN, _STATE]
    return fold(pieces, [*order, _BANNER], width, gap=_GAP)


def _badge(text: str) -> str:
    return f" {text} " if text else ""
