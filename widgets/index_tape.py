"""The tape: where the indices stand, and the day's path of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rich.cells import cell_len
from textual.geometry import Size

from widgets.cells import fit
from widgets.fold import fold, joined_width
from widgets.line import Line
from widgets.lines import LineView
from widgets.spark import spark

ARROWS = {"up": "▲", "down": "▼", "flat": "─"}
"""The sign of each direction, so that colour never tells it alone."""

_GAP = 3
_INNER = 1
_SPARK_LEAST = 4
_SPARK_MOST = 24
_NAME, _LEVEL, _CHANGE, _PERCENT, _STREAK, _NOTE = range(6)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IndexItem:
    """One index; every text is ready to print.

    Attributes:
        name: Its name.
        level: Where it stands.
        change: Change since the base; a sign before it is replaced by an arrow.
        percent: The same in per cent, with a sign.
        tone: ``up``, ``down``, ``flat``, or empty where the change is not known.
        path: ``float64[n]``, the day so far, oldest first, NaN where unknown.
        streak: How many sessions in a row, where that is known.
        note: What must be said of it: ``implied 気配``, ``modelled``.
    """

    name: str
    level: str
    change: str = ""
    percent: str = ""
    tone: str = ""
    path: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    streak: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TapeView:
    """What the tape shows.

    Attributes:
        items: The indices, the most important first.
        extra: Label and figure of what stands beside them.
        tail: A closing remark.
    """

    items: Sequence[IndexItem] = ()
    extra: Sequence[tuple[str, str]] = ()
    tail: str = ""


class IndexTape(LineView):
    """The tape, on one line, or on two where one is too narrow and its style allows two."""

    DEFAULT_CSS = """
    IndexTape { height: auto; max-height: 2; }
    """

    _view = TapeView()

    def show(self, view: TapeView) -> None:
        """Show other figures."""
        before = self._lines_wanted(self.size.width)
        self._view = view
        if self.is_attached and self._lines_wanted(self.size.width) != before:
            self.refresh(layout=True)
        self.rebuild()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line, or two where one would leave something out."""
        return self._lines_wanted(width)

    def build(self, width: int, height: int) -> list[Line]:
        """The items spread over the lines there are."""
        view = self._view
        margin = 1 if width > 30 else 0
        if not view.items:
            waiting = Line(width).skip_to(margin, self.tone(""))
            return [waiting.add("waiting for index levels", self.tone("muted"))]
        rows = split_items(view.items, min(height, self._lines_wanted(width)))
        aligned = _column_widths(rows) if len(rows) > 1 else ()
        lines = []
        for place, items in enumerate(rows):
            last = place == len(rows) - 1
            line = Line(width).skip_to(margin, self.tone(""))
            extra = view.extra if last else ()
            self._lay(line, items, extra, view.tail if last else "", aligned)
            lines.append(line)
        return lines

    def _lines_wanted(self, width: int) -> int:
        view = self._view
        if width <= 0 or len(view.items) < 2:
            return 1
        texts = [text for item in view.items for text in _texts(item)]
        sparks = len(view.items) * (_SPARK_LEAST + _INNER)
        texts += [f"{label} {figure}" for label, figure in view.extra]
        gaps = len(view.items) * (_GAP - _INNER)
        return 1 if joined_width([*texts, view.tail], _INNER) + sparks + gaps + 2 <= width else 2

    def _lay(
        self,
        line: Line,
        items: Sequence[IndexItem],
        extra: Sequence[tuple[str, str]],
        tail: str,
        aligned: Sequence[int],
    ) -> None:
        kept, extras, tail = _fold_line(items, extra, tail, line.room)
        shown = [place for place, texts in enumerate(kept) if any(texts)]
        fixed = joined_width(
            [
                *(" ".join(_padded(kept[place], aligned)) for place in shown),
                *(f"{label} {figure}" for label, figure in extras),
                tail,
            ],
            _GAP,
        )
        spare = (line.room - fixed) // max(len(shown), 1) - _INNER
        width = min(spare, _SPARK_MOST) if spare >= _SPARK_LEAST else 0
        plain = self.tone("")
        for count, place in enumerate(shown):
            if count:
                line.add(" " * _GAP, plain)
            self._lay_item(line, items[place], kept[place], aligned, width)
        for label, figure in extras:
            line.add(" " * _GAP + f"{label} ", self.tone("muted")).add(figure, plain)
        if tail:
            line.add(" " * _GAP + tail, self.tone("muted"))

    def _lay_item(
        self,
        line: Line,
        item: IndexItem,
        texts: Sequence[str],
        aligned: Sequence[int],
        spark_width: int,
    ) -> None:
        plain, moved = self.tone(""), self.tone(item.tone)
        styles = [
            self.tone("title"),
            self.tone("", bold=True),
            self.tone(item.tone, bold=True),
            moved,
            self.tone("muted"),
            self.tone("warn"),
        ]
        padded = _padded(texts, aligned)
        cells = list(zip(padded, styles, strict=True))
        leading = [cell for cell in cells[:_STREAK] if cell[0]]
        trailing = [cell for cell in cells[_STREAK:] if cell[0]]
        if spark_width:
            leading.append((spark(item.path, spark_width), moved))
        for count, (text, style) in enumerate([*leading, *trailing]):
            line.add((" " if count else ""), plain).add(text, style)


def split_items(items: Sequence[IndexItem], lines: int) -> list[Sequence[IndexItem]]:
    """Items over at most so many lines, in order, the earlier lines taking the more."""
    count = max(1, min(lines, len(items)))
    share = -(-len(items) // count)
    return [items[start : start + share] for start in range(0, len(items), share)]


def _texts(item: IndexItem) -> list[str]:
    arrow = ARROWS.get(item.tone, "")
    change = arrow + item.change.lstrip("+-−▲▼ ") if item.change else ""
    return [f"{item.name} ", item.level, change, item.percent, item.streak, item.note]


def _fold_line(
    items: Sequence[IndexItem], extra: Sequence[tuple[str, str]], tail: str, room: int
) -> tuple[list[list[str]], list[tuple[str, str]], str]:
    """What of a line's texts fits: of each item, of what stands beside, and of the tail."""
    pieces: list[tuple[str, ...]] = []
    for item in items:
        texts = _texts(item)
        arrow = ARROWS.get(item.tone, "")
        pieces += [(text, "") for text in texts]
        if item.percent:
            # Without the change its arrow would be lost, so the percentage takes it over.
            start = len(pieces) - len(texts)
            pieces[start + _PERCENT] = (item.percent, arrow + item.percent, "")
    pieces += [(f"{label} {figure}", "") for label, figure in extra]
    pieces.append((tail, ""))
    count, size = len(items), len(items) * 6
    order = [size + len(extra)]
    order += [place * 6 + _STREAK for place in range(count)]
    order += [size + place for place in reversed(range(len(extra)))]
    order += [place * 6 + _NOTE for place in range(count)]
    for place in range(count):
        order += [place * 6 + _PERCENT, place * 6 + _CHANGE]
    for place in reversed(range(1, count)):
        order += [place * 6 + part for part in (_PERCENT, _LEVEL, _NAME)]
    order += [_PERCENT, _NAME]
    # The gap between two items is wider than within one.
    spare = (_GAP - _INNER) * (count + len(extra) + bool(tail) - 1)
    chosen = fold(pieces, order, room - spare, gap=_INNER)
    kept = [chosen[place * 6 : place * 6 + 6] for place in range(count)]
    extras = [pair for place, pair in enumerate(extra) if chosen[size + place]]
    return kept, extras, chosen[-1]


def _column_widths(rows: Sequence[Sequence[IndexItem]]) -> list[int]:
    """Widths of name, level, change and per cent where single items stand under each other."""
    if any(len(items) != 1 for items in rows):
        return []
    table = [_texts(items[0]) for items in rows]
    return [max(cell_len(texts[part]) for texts in table) for part in range(_STREAK)]


def _padded(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    if not widths:
        return list(texts)
    padded = list(texts)
    for part, width in enumerate(widths):
        if padded[part]:
            padded[part] = fit(padded[part], max(width, cell_len(padded[part])), right=part > _NAME)
    return padded
