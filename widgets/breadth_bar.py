"""Breadth: how many names rose and how many fell, as figures and as one bar."""

from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style

from widgets.fold import fold, joined_width, largest_remainder
from widgets.line import Line
from widgets.lines import LineView

_GAP = 3
_BAR_LEAST = 6
_BAR_MOST = 48
_LIMIT_UP, _LIMIT_DOWN, _TURNOVER, _MISSING = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreadthWords:
    """What the figures are called; none of the first four holds a blank.

    Attributes:
        limit_up, limit_down, turnover, missing: Before a figure.
        names: How many names are meant, with a place for the number.
        unpriced: That there are no prices.
        without: How many names have none, with a place for the number.
    """

    limit_up: str = "limit-up"
    limit_down: str = "limit-down"
    turnover: str = "turnover"
    missing: str = "missing"
    names: str = "{} names"
    unpriced: str = "no prices yet"
    without: str = "{} names without a price"


@dataclass(frozen=True, slots=True, kw_only=True)
class BreadthView:
    """What the breadth bar shows.

    Attributes:
        up, down, unchanged: Names above, below and at their base price.
        missing: Names without a price.
        limit_up, limit_down: Names at their daily price limit.
        turnover: Turnover of them all, ready to print; empty where unknown.
        names: How many names the turnover counts; 0 leaves that out.
        note: Why there is nothing to count, where that is not for want of prices.
        words: What each figure is called.
    """

    up: int = 0
    down: int = 0
    unchanged: int = 0
    missing: int = 0
    limit_up: int = 0
    limit_down: int = 0
    turnover: str = ""
    names: int = 0
    note: str = ""
    words: BreadthWords = BreadthWords()


class BreadthBar(LineView):
    """One line of breadth; the bar is in proportion, risen names on the left."""

    DEFAULT_CSS = """
    BreadthBar { height: 1; }
    """

    _view = BreadthView()

    def show(self, view: BreadthView) -> None:
        """Show other counts."""
        if view != self._view:
            self._view = view
            self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - always one line
        """The counts with the bar between them, then limits and turnover."""
        view = self._view
        margin = 1 if width > 30 else 0
        plain, muted = self.tone(""), self.tone("muted")
        line = Line(width).skip_to(margin, plain)
        if not (view.up or view.down or view.unchanged):
            words = view.words
            missing = f": {words.without.format(view.missing)}" if view.missing else ""
            return [line.add(view.note or f"{words.unpriced}{missing}", muted)]
        up, down, flat = f"▲ {view.up}", f"▼ {view.down}", f"─ {view.unchanged}"
        counts = joined_width([up, down, flat], 1)
        facts = fold_facts(view, line.room - margin - counts - _BAR_LEAST - _GAP - 2)
        beside = joined_width(facts, _GAP)
        spare = line.room - margin - counts - 1 - (beside + _GAP if beside else 0)
        bar = min(spare, max(_BAR_LEAST, width // 4), _BAR_MOST)
        line.add(up, self.tone("up", bold=True)).add(" ", plain)
        if bar >= _BAR_LEAST:
            self._lay_bar(line, bar)
            line.add(" ", plain)
        line.add(down, self.tone("down", bold=True)).add(" ", plain)
        line.add(flat, self.tone("flat"))
        for place, text in enumerate(facts):
            if text:
                line.add(" " * _GAP, plain)
                self._lay_fact(line, place, text)
        return [line]

    def _lay_bar(self, line: Line, cells: int) -> None:
        view = self._view
        for text, tone in bar_parts(view.up, view.unchanged, view.down, cells):
            line.add(text, self.tone(tone))

    def _lay_fact(self, line: Line, place: int, text: str) -> None:
        label, _, figure = text.partition(" ")
        line.add(f"{label} ", self.tone("muted")).add(figure, self._fact_style(place))

    def _fact_style(self, place: int) -> Style:
        view = self._view
        if place == _LIMIT_UP:
            return self.tone("up" if view.limit_up else "muted", bold=bool(view.limit_up))
        if place == _LIMIT_DOWN:
            return self.tone("down" if view.limit_down else "muted", bold=bool(view.limit_down))
        return self.tone("warn" if place == _MISSING else "")


def fold_facts(view: BreadthView, width: int) -> list[str]:
    """What stands beside the bar and fits: limit-up, limit-down, turnover, names missing."""
    words = view.words
    turnover = f"{words.turnover} {view.turnover}" if view.turnover else ""
    counted = (
        f"{turnover} ({words.names.format(view.names)})" if turnover and view.names else turnover
    )
    pieces = [
        (f"{words.limit_up} {view.limit_up}", ""),
        (f"{words.limit_down} {view.limit_down}", ""),
        (counted, turnover, ""),
        (f"{words.missing} {view.missing}", "") if view.missing else ("",),
    ]
    idle = [
        place
        for place, count in ((_LIMIT_DOWN, view.limit_down), (_LIMIT_UP, view.limit_up))
        if not count
    ]
    busy = [place for place in (_LIMIT_DOWN, _LIMIT_UP) if place not in idle]
    return fold(pieces, [_TURNOVER, *idle, _TURNOVER, *busy, _MISSING], width, gap=_GAP)


def bar_parts(up: int, unchanged: int, down: int, cells: int) -> list[tuple[str, str]]:
    """The bar as texts and tones, `cells` wide in all.

    Risen names are heavy on the left, fallen ones heavy on the right, unchanged ones thin between
    them; where none are unchanged a notch parts the two, so that it can be read without colour.
    """
    rise, flat, fall = largest_remainder([up, unchanged, down], cells)
    notched = not flat and rise > 1 and fall > 1
    left = "━" * (rise - 1) + "╸" if notched else "━" * rise
    right = "╺" + "━" * (fall - 1) if notched else "━" * fall
    parts = [(left, "up"), ("─" * flat, "flat"), (right, "down")]
    return [(text, tone) for text, tone in parts if cell_len(text)]
