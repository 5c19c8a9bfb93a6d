"""Facts: labels and values under each other, in as many columns as fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.geometry import Size

from widgets.line import Line
from widgets.lines import LineView

_BETWEEN = 3
_INNER = 2
_COLUMNS_MOST = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    Attributes:
        label: What it is.
        value: Ready to print; empty where unknown, which shows as a dash.
        tone: A tone for the value.
        note: A remark behind it.
    """

    label: str
    value: str
    tone: str = ""
    note: str = ""


class FactGrid(LineView):
    """Facts in order, down the first column and on in the next."""

    DEFAULT_CSS = """
    FactGrid { height: auto; }
    """

    _facts: Sequence[Fact] = ()
    _more = "… {} more"

    def show(self, facts: Sequence[Fact], more: str = "… {} more") -> None:
        """Show other facts.

        Args:
            facts: In order.
            more: What is said where some do not fit, with ``{}`` for their number.
        """
        if (more, *facts) == (self._more, *self._facts):
            return
        self._more = more
        width = self.size.width
        before = self._lines_wanted(width)
        self._facts = tuple(facts)
        if self.is_attached and self._lines_wanted(width) != before:
            self.refresh(layout=True)
        self.rebuild()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The lines that all facts take at a width."""
        return self._lines_wanted(width)

    def build(self, width: int, height: int) -> list[Line]:
        """The facts; where they do not all fit, the last line says how many are left out."""
        facts = self._facts
        if not facts:
            return [Line(width).add(" nothing known yet", self.tone("muted"))]
        columns = columns_that_fit(facts, width)
        deep = -(-len(facts) // columns)
        grid = [facts[start : start + deep] for start in range(0, len(facts), deep)]
        shown = deep if deep <= height else height - 1
        lines = [self._row(grid, y, width) for y in range(shown)]
        if shown < deep:
            left_out = sum(max(len(column) - shown, 0) for column in grid)
            lines.append(Line(width).add(f" {self._more.format(left_out)}", self.tone("muted")))
        return lines

    def _lines_wanted(self, width: int) -> int:
        if not self._facts or width <= 0:
            return 1
        return -(-len(self._facts) // columns_that_fit(self._facts, width))

    def _row(self, grid: Sequence[Sequence[Fact]], y: int, width: int) -> Line:
        plain, muted = self.tone(""), self.tone("muted")
        line = Line(width)
        start = 1 if width > 30 else 0
        for column in grid:
            label, rest = _widths(column)
            if y < len(column):
                fact = column[y]
                line.skip_to(start, plain).add_fit(fact.label, min(label, width), muted)
                line.add(" " * _INNER, plain).add(fact.value or "–", self.tone(fact.tone))
                if fact.note:
                    line.add(f"  {fact.note}", muted)
            start += label + _INNER + rest + _BETWEEN
        return line


def columns_that_fit(facts: Sequence[Fact], width: int) -> int:
    """The most columns, up to four, in which facts can stand side by side."""
    best = 1
    for columns in range(2, min(_COLUMNS_MOST, len(facts)) + 1):
        deep = -(-len(facts) // columns)
        widths = [_widths(facts[start : start + deep]) for start in range(0, len(facts), deep)]
        total = sum(label + _INNER + rest for label, rest in widths)
        if total + _BETWEEN * (len(widths) - 1) + 2 <= width:
            best = columns
    return best


def _widths(column: Sequence[Fact]) -> tuple[int, int]:
    """Cells of the labels of a column, and of what stands behind them."""
    label = max(cell_len(fact.label) for fact in column)
    rest = max(
        cell_len(fact.value or "–") + (2 + cell_len(fact.note) if fact.note else 0)
        for fact in column
    )
    return label, rest
