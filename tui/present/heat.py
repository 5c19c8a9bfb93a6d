"""The market as a treemap: sectors and their names by weight or turnover, coloured by move."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Floats, Ints
from tui.market.groups import Grouping, GroupTable, Scheme
from tui.market.held_quotes import at_rows
from tui.market.market import Market
from tui.market.pricing import format_percent, format_points, format_price, format_yen
from tui.market.quotes import Field
from tui.present.analysis import Analysis, basis, window_words
from tui.present.sector_labels import short_sector
from tui.report.attribution import AttributionReport
from widgets.treemap import UNKNOWN, Tiles, TreemapView
from widgets.treemap.figures import percent as percent_figure
from widgets.treemap.figures import points as points_figure
from widgets.treemap.figures import times as times_figure


class Size(Enum):
    """What the area of a tile means."""

    TOPIX = "TOPIX weight"
    NIKKEI = "N225 weight"
    TURNOVER = "turnover"


class Colour(Enum):
    """What the colour of a tile means."""

    RETURN = "return"
    NIKKEI = "N225 points"
    TOPIX = "TOPIX points"
    VOLUME = "volume"
    """Against what is usual, where history is there."""


_WORDS_JA = {
    Size.TOPIX: "TOPIXウエイト",
    Size.NIKKEI: "日経平均ウエイト",
    Size.TURNOVER: "売買代金",
    Colour.RETURN: "騰落率",
    Colour.NIKKEI: "日経平均寄与度",
    Colour.TOPIX: "TOPIX寄与度",
    Colour.VOLUME: "出来高",
}
_BOUNDS = {
    Colour.RETURN: (0.1, 0.75, 1.5, 3.0),
    Colour.NIKKEI: (0.1, 1.0, 4.0, 15.0),
    Colour.TOPIX: (0.01, 0.05, 0.2, 0.5),
    Colour.VOLUME: (1.1, 1.3, 1.7, 2.5),
}
"""Where the classes of heat begin, on either side of unchanged; of volume, the multiple of what is
usual, and its inverse below that."""


@dataclass(frozen=True, slots=True)
class HeatChoice:
    """What the map shows."""

    size: Size = Size.TOPIX
    colour: Colour = Colour.RETURN


class HeatMap:
    """Makes the treemap's view; names and sectors are kept until they change.

    Args:
        analysis: The attribution.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._of: tuple[Grouping, str] | None = None
        self._texts: tuple[list[str], list[str], list[str]] = ([], [], [])
        self._group_texts: tuple[list[str], list[str], list[str]] = ([], [], [])

    def view(self, report: AttributionReport, choice: HeatChoice, language: str) -> TreemapView:
        """The market over the report's window.

        Args:
            report: Both indices by name.
            choice: What size and colour mean.
            language: ``en`` or ``ja``.
        """
        names = self._analysis.constituents.grouping(Scheme.SECTOR33)
        market = self._analysis.market
        self._write(names, market, language)
        groups = self._analysis.groups(report.as_of, Scheme.SECTOR33).table
        nikkei, topix = report.nikkei.by_row(), report.topix.by_row()
        if choice.colour is Colour.VOLUME:
            volumes = self._analysis.volumes.at(report.as_of)
            # Above nothing is above what is usual, so that signs and arrows mean the same.
            by_name = volumes.ratio[names.rows] - 1.0
            by_group = volumes.grouped(market, names.rows, names.place, len(names.groups)) - 1.0
            against = volumes.words(language)
        else:
            by_name = {
                Colour.RETURN: report.moves.percent,
                Colour.NIKKEI: nikkei,
                Colour.TOPIX: topix,
            }[choice.colour][names.rows]
            by_group = {
                Colour.RETURN: groups.percent,
                Colour.NIKKEI: groups.nikkei,
                Colour.TOPIX: groups.topix,
            }[choice.colour]
            against = ""
        sizes = _sizes(choice.size, report, market)[names.rows]
        return TreemapView(
            title=_title(report, choice, language, against),
            short_title=_title(report, choice, language, against, short=True),
            figure=_FIGURES.get(choice.colour, points_figure),
            groups=_tiles(
                self._group_texts, _added(sizes, names), by_group, choice.colour, coded=False
            ),
            tiles=_tiles(self._texts, sizes, by_name, choice.colour),
            parents=names.place.astype(np.intp),
            legend=_legend(choice.colour),
            counted=_counted_ja if language == "ja" else _counted,
            detail=lambda key: (
                group_detail(groups, key.removeprefix("group:"), choice.colour, language)
                if key.startswith("group:")
                else detail(market, report, key, choice.colour, language)
            ),
        )

    def _write(self, names: Grouping, market: Market, language: str) -> None:
        if self._of is not None and self._of[0] is names and self._of[1] == language:
            return
        self._of = (names, language)
        symbols = [market.board.symbols[row] for row in names.rows]
        known = [market.universe.get(symbol) for symbol in symbols]
        japanese = language == "ja"
        self._texts = (
            symbols,
            [i.code if i else s for i, s in zip(known, symbols, strict=True)],
            [
                (i.name_ja if japanese else i.name) if i else s
                for i, s in zip(known, symbols, strict=True)
            ],
        )
        titles = [group.name_ja if japanese else group.name for group in names.groups]
        self._group_texts = (
            [f"group:{group.key}" for group in names.groups],
            [
                short_sector(group.key, title, language)
                for group, title in zip(names.groups, titles, strict=True)
            ],
            titles,
        )


def _times(excess: float, cells: int) -> str:
    """``×1.8`` of a volume that is 0.8 above what is usual."""
    return times_figure(1.0 + excess, cells)


_FIGURES = {Colour.RETURN: percent_figure, Colour.VOLUME: _times}


def heat(values: Floats, colour: Colour) -> npt.NDArray[np.int8]:
    """The class of each value: 0 the deepest fall, 4 unchanged, 8 the strongest rise.

    Args:
        values: As the colour tells them; of volume, the multiple of what is usual less one.
        colour: What they are.
    """
    if colour is Colour.VOLUME:
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(np.maximum(1.0 + values, 0.0))
        return _classes(logs, np.log(np.array(_BOUNDS[colour])))
    return _classes(values, np.array(_BOUNDS[colour]))


def _classes(values: Floats, bounds: Floats) -> npt.NDArray[np.int8]:
    steps = np.searchsorted(bounds, np.abs(np.nan_to_num(values)), side="right")
    classes = (4 + np.sign(np.nan_to_num(values)) * steps).astype(np.int8)
    classes[np.isnan(values)] = UNKNOWN
    return classes


def detail(
    market: Market, report: AttributionReport, key: str, colour: Colour, language: str
) -> str:
    """What else there is of a name than its colour tells: price, move, points, turnover."""
    row = market.board.row(key)
    instrument = market.universe.get(key)
    if row < 0 or instrument is None:
        return ""
    last = float(market.board.column(Field.LAST)[row])
    nikkei, topix = float(report.nikkei.by_row()[row]), float(report.topix.by_row()[row])
    parts = [
        format_price(last, instrument.currency, fine=instrument.topix500),
        *_figures(float(report.moves.percent[row]), nikkei, topix, colour),
        format_yen(float(report.moves.turnover[row]), language),
    ]
    return "  ".join(part for part in parts if part)


def group_detail(groups: GroupTable, key: str, colour: Colour, language: str) -> str:
    """What else there is of a sector than its colour tells: move, points, breadth, turnover."""
    place = groups.place(key)
    if place < 0:
        return ""
    if not groups.up[place] + groups.down[place] + groups.unchanged[place]:
        return ""
    parts = [
        *_figures(
            float(groups.percent[place]),
            float(groups.nikkei[place]),
            float(groups.topix[place]),
            colour,
        ),
        f"▲{groups.up[place]} ▼{groups.down[place]}",
        format_yen(float(groups.turnover[place]), language),
    ]
    return "  ".join(part for part in parts if part)


def _figures(percent: float, nikkei: float, topix: float, colour: Colour) -> tuple[str, ...]:
    return (
        format_percent(percent) if colour is not Colour.RETURN else "",
        f"N225 {format_points(nikkei)}"
        if colour is not Colour.NIKKEI and np.isfinite(nikkei)
        else "",
        f"TOPIX {format_points(topix)}"
        if colour is not Colour.TOPIX and np.isfinite(topix)
        else "",
    )


def _tiles(
    texts: tuple[list[str], list[str], list[str]],
    sizes: Floats,
    values: Floats,
    colour: Colour,
    *,
    coded: bool = True,
) -> Tiles:
    keys, labels, titles = texts
    return Tiles(
        keys=keys,
        labels=labels,
        titles=titles,
        sizes=sizes,
        values=np.round(values, 2),
        heats=heat(values, colour),
        coded=coded,
    )


def _sizes(size: Size, report: AttributionReport, market: Market) -> Floats:
    """``float64[board]``: the area of each name; NaN where it has none."""
    sizes = np.full(len(market.board), np.nan)
    if size is Size.TURNOVER:
        return report.moves.turnover
    if size is Size.TOPIX:
        sizes[report.topix.rows] = report.topix.weights
        return sizes
    members = market.members
    sizes[members.rows] = at_rows(market.board.base(), members.rows) * members.basket.factors
    return sizes


def _added(sizes: Floats, names: Grouping) -> Floats:
    place: Ints = names.place
    return np.bincount(place, np.nan_to_num(sizes), minlength=len(names.groups)).astype(np.float64)


def _counted(shown: int, folded: int) -> str:
    return f"{shown} names and {folded} smaller" if folded else f"{shown} names"


def _counted_ja(shown: int, folded: int) -> str:
    return f"{shown}銘柄、ほか{folded}銘柄" if folded else f"{shown}銘柄"


def _legend(colour: Colour) -> tuple[str, ...]:
    if colour is Colour.VOLUME:
        less = tuple(f"×{1 / bound:.1f}" for bound in reversed(_BOUNDS[colour]))
        return (*less, "×1", *(f"×{bound:g}" for bound in _BOUNDS[colour]))
    bounds = [f"{bound:g}" for bound in _BOUNDS[colour]]
    unit = "%" if colour is Colour.RETURN else ""
    falls = tuple(f"−{bound}{unit}" for bound in reversed(bounds))
    return (*falls, "0", *(f"+{bound}{unit}" for bound in bounds))


def _title(
    report: AttributionReport,
    choice: HeatChoice,
    language: str,
    against: str,
    *,
    short: bool = False,
) -> str:
    size, colour = choice.size.value, choice.colour.value
    if language == "ja":
        size, colour = _WORDS_JA[choice.size], _WORDS_JA[choice.colour]
    if not short:
        words = ("面積", "色") if language == "ja" else ("size", "colour")
        size, colour = f"{words[0]} {size}", f"{words[1]} {colour}"
    # Volume is that of the day, in whichever window sizes are told.
    windowed = not against or choice.size is Size.TURNOVER
    parts = [
        size,
        f"{colour} {against}" if against else colour,
        window_words(report, language) if windowed else "",
    ]
    if choice.size is Size.TOPIX or choice.colour is Colour.TOPIX:
        parts.append(basis(report, language, short=short))
    return " · ".join(part for part in parts if part)
