"""The tape: where the indices stand, and the day's path of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Size

from widgets.cells import fit
from widgets.fold import fold, joined_width
from widgets.line import Line
from widgets.lines import LineView
from widgets.spark import spark

ARROWS = {"up": "▲", "down": "▼", "flat": "─"}
"""The sign of each direction, so that colour never tells it alone."""

_MARK = Style(underline=True)
_GAP = 3
_INNER = 1
_SPARK_LEAST = 4
_SPARK_MOST = 24
_NAME, _LEVEL, _CHANGE, _PERCENT, _STREAK, _NOTE = range(6)
_PARTS = 6
_BESIDE_FROM = 100
"""Cells from which there is a line for what stands beside the indices."""


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
        marks: Where on the path something happened, each as a share of it (0 to 1); underlined.
    """

    name: str
    level: str
    change: str = ""
    percent: str = ""
    tone: str = ""
    path: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    streak: str = ""
    note: str = ""
    marks: Sequence[float] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideItem:
    """A figure on the line below the indices; it is shown whole or not at all.

    Attributes:
        name: Its name.
        level: Where it stands.
        change: The change, with its sign.
        tone: ``up``, ``down``, ``flat``, or empty where the change is not known.
        state: What its venue is doing; may be empty.
        warning: What makes it doubtful, such as its age; may be empty.
    """

    name: str
    level: str
    change: str = ""
    tone: str = ""
    state: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TapeView:
    """What the tape shows.

    Attributes:
        items: The indices, the most important first.
        beside: What has a line of its own below them where the tape is wide enough, the most
            important first; what does not fit there is left out from the end.
        extra: Label and figure of what stands beside the indices.
        tail: A closing remark.
        waiting: What is said while there is nothing else.
    """

    items: Sequence[IndexItem] = ()
    beside: Sequence[BesideItem] = ()
    extra: Sequence[tuple[str, str]] = ()
    tail: str = ""
    waiting: str = "waiting for index levels"


class IndexTape(LineView):
    """The tape, on one line, or on two where one is too narrow and its style allows two.

    What stands beside the indices takes the second line of a wide one.
    """

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
        beside = self._has_beside(width) and (height > 1 or not view.items)
        if not view.items and not beside:
            waiting = Line(width).skip_to(margin, self.tone(""))
            return [waiting.add(view.waiting, self.tone("muted"))]
        rows = split_items(view.items, 1 if beside else min(height, self._lines_wanted(width)))
        aligned = _column_widths(rows) if len(rows) > 1 else []
        room = width - 2 * margin
        kept = [
            _fold_row(items, view.extra, view.tail, room, aligned)
            if items is rows[-1]
            else _fold_row(items, (), "", room, aligned)
            for items in rows
        ]
        # Lines under each other look like a table, so their paths are drawn at one width.
        sparks = (
            [min(row.spark for row in kept)] * len(kept) if aligned else [r.spark for r in kept]
        )
        lines = []
        for row, spark_width in zip(kept, sparks, strict=True):
            line = Line(width).skip_to(margin, self.tone(""))
            self._lay(line, row, spark_width)
            lines.append(line)
        if beside:
            lines.append(self._lay_beside(Line(width).skip_to(margin, self.tone("")), room))
        return lines

    def _has_beside(self, width: int) -> bool:
        return bool(self._view.beside) and width >= _BESIDE_FROM

    def _lay_beside(self, line: Line, room: int) -> Line:
        """As many figures as fit whole, from the first on."""
        plain = self.tone("")
        used = 0
        for count, item in enumerate(self._view.beside):
            arrow = ARROWS.get(item.tone, "") if item.change else ""
            parts = [
                (item.name, "muted"),
                (item.level, ""),
                (arrow + item.change.lstrip("+-−"), item.tone),
                (item.state, "muted"),
                (item.warning, "warn"),
            ]
            shown = [(text, tone) for text, tone in parts if text]
            width = joined_width([text for text, _ in shown], _INNER) + (_GAP if count else 0)
            if used + width > room:
                break
            used += width
            line.add(" " * _GAP if count else "", plain)
            for place, (text, tone) in enumerate(shown):
                line.add(" " * _INNER if place else "", plain).add(text, self.tone(tone))
        return line

    def _lines_wanted(self, width: int) -> int:
        view = self._view
        if self._has_beside(width):
            return 2 if view.items else 1
        if width <= 0 or len(view.items) < 2:
            return 1
        texts = [text for item in view.items for text in _texts(item)]
        sparks = len(view.items) * (_SPARK_LEAST + _INNER)
        texts += [f"{label} {figure}" for label, figure in view.extra]
        gaps = len(view.items) * (_GAP - _INNER)
        return 1 if joined_width([*texts, view.tail], _INNER) + sparks + gaps + 2 <= width else 2

    def _lay(self, line: Line, row: "_Row", spark_width: int) -> None:
        plain, muted = self.tone(""), self.tone("muted")
        first = True
        for item, texts in row.items:
            if any(texts):
                line.add("" if first else " " * _GAP, plain)
                self._lay_item(line, item, texts, spark_width)
                first = False
        for label, figure in row.extra:
            line.add(" " * _GAP + f"{label} ", muted).add(figure, plain)
        if row.tail:
            line.add(" " * _GAP + row.tail, muted)

    def _lay_item(
        self,
        line: Line,
        item: IndexItem,
        texts: Sequence[str],
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
        cells = list(zip(texts, styles, strict=True))
        leading = [cell for cell in cells[:_STREAK] if cell[0]]
        path_at = len(leading)
        trailing = [cell for cell in cells[_STREAK:] if cell[0]]
        if spark_width:
            leading += _marked_runs(
                spark(item.path, spark_width), item.marks, moved, self.tone("accent") + _MARK
            )
        runs = len(leading) - path_at if spark_width else 0
        for count, (text, style) in enumerate([*leading, *trailing]):
            inside = path_at < count < path_at + runs
            line.add((" " if count and not inside else ""), plain).add(text, style)


def _marked_runs(
    path: str, marks: Sequence[float], style: Style, marked: Style
) -> list[tuple[str, Style]]:
    """A path parted where something happened."""
    cells = {min(int(share * len(path)), len(path) - 1) for share in marks if 0 <= share <= 1}
    runs: list[tuple[str, Style]] = []
    for place, cell in enumerate(path):
        own = marked if place in cells else style
        if runs and runs[-1][1] is own:
            runs[-1] = (runs[-1][0] + cell, own)
        else:
            runs.append((cell, own))
    return runs


def split_items(items: Sequence[IndexItem], lines: int) -> list[Sequence[IndexItem]]:
    """Items over at most so many lines, in order, the earlier lines taking the more."""
    count = max(1, min(lines, len(items)))
    share = max(-(-len(items) // count), 1)
    return [items[start : start + share] for start in range(0, len(items), share)]


def _texts(item: IndexItem) -> list[str]:
    arrow = ARROWS.get(item.tone, "")
    change = arrow + item.change.lstrip("+-−▲▼ ") if item.change else ""
    return [f"{item.name} ", item.level, change, item.percent, item.streak, item.note]


@dataclass(frozen=True, slots=True)
class _Row:
    """What one line of the tape holds once it has been folded, and the cells of each path."""

    items: Sequence[tuple[IndexItem, Sequence[str]]]
    extra: Sequence[tuple[str, str]]
    tail: str
    spark: int


def _fold_row(
    items: Sequence[IndexItem],
    extra: Sequence[tuple[str, str]],
    tail: str,
    room: int,
    aligned: Sequence[int],
) -> _Row:
    """What of a line's texts fits; what stands beside gives way before the paths do."""
    # The gap between two items is wider than within one.
    wider = " " * (_GAP - _INNER)
    pieces: list[tuple[str, ...]] = []
    for place, item in enumerate(items):
        texts = _padded(_texts(item), aligned)
        texts[_NAME] = (wider if place else "") + texts[_NAME]
        forms: list[tuple[str, ...]] = [(text, "") for text in texts]
        if item.percent:
            # Without the change its arrow would be lost, so the percentage takes it over.
            forms[_PERCENT] = (texts[_PERCENT], ARROWS.get(item.tone, "") + item.percent, "")
        pieces += forms
    pieces += [(f"{wider}{label} {figure}", "") for label, figure in extra]
    pieces.append((wider + tail, "") if tail else ("",))
    count, beside = len(items), len(items) * _PARTS
    gentle = [beside + len(extra)]
    gentle += [place * _PARTS + _STREAK for place in range(count)]
    gentle += [beside + place for place in reversed(range(len(extra)))]
    harsh = [place * _PARTS + _NOTE for place in range(count)]
    for place in range(count):
        harsh += [place * _PARTS + _PERCENT, place * _PARTS + _CHANGE]
    for place in reversed(range(1, count)):
        harsh += [place * _PARTS + part for part in (_PERCENT, _LEVEL, _NAME)]
    harsh += [_NAME, _PERCENT]
    chosen = fold(pieces, gentle, room - count * (_SPARK_LEAST + _INNER), gap=_INNER)
    spare = (room - joined_width(chosen, _INNER)) // count - _INNER
    if spare < _SPARK_LEAST:
        chosen, spare = fold(pieces, [*gentle, *harsh], room, gap=_INNER), 0
    return _Row(
        [
            (item, _unindented(chosen[place * _PARTS : (place + 1) * _PARTS]))
            for place, item in enumerate(items)
        ],
        [pair for place, pair in enumerate(extra) if chosen[beside + place]],
        chosen[-1].strip(),
        min(spare, _SPARK_MOST),
    )


def _unindented(texts: Sequence[str]) -> list[str]:
    return [texts[_NAME].lstrip(), *texts[_LEVEL:]]


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
