from collections.abc import Callable, Sequence

import numpy as np
import pytest
from textual.app import App, ComposeResult
from textual.message import Message

from widgets.treemap import Tiles, Treemap, TreemapView, percent

GROUPS = ("Electric Appliances", "Banks", "Wholesale Trade", "Real Estate", "Mining")
HOMES = (0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4)
SIZES = (20.0, 16.0, 9.0, 6.0, 4.0, 3.0, 14.0, 9.0, 4.0, 8.0, 6.0, 5.0, 0.5)
MOVES = (1.55, 1.47, 2.64, -0.42, 0.0, np.nan, 0.64, -0.39, 0.33, -1.25, -0.41, 0.62, 3.2)


def heats(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    found = [
        -1 if np.isnan(value) else round(min(max(value, -3), 3) / 0.75) + 4 for value in values
    ]
    return np.array(found, np.int8)


def make_view(
    values: Sequence[float] = MOVES, sizes: Sequence[float] = SIZES, language: str = "en"
) -> TreemapView:
    count = len(HOMES)
    home = np.array(HOMES, np.intp)
    moved = np.array(values, np.float64)
    weights = np.array(sizes, np.float64)
    good = np.where(np.isfinite(weights) & (weights > 0), weights, 0.0)
    of_groups = [float(np.nanmean(moved[home == group])) for group in range(len(GROUPS))]
    return TreemapView(
        title="Size: weight",
        figure=percent,
        groups=Tiles(
            keys=tuple(f"g{group}" for group in range(len(GROUPS))),
            labels=GROUPS,
            titles=GROUPS if language == "en" else tuple(f"業種{g}" for g in range(len(GROUPS))),
            sizes=np.array([good[home == group].sum() for group in range(len(GROUPS))]),
            values=np.round(of_groups, 2),
            heats=heats(of_groups),
        ),
        tiles=Tiles(
            keys=tuple(f"{1000 + n}.T" for n in range(count)),
            labels=tuple(str(1000 + n) for n in range(count)),
            titles=tuple(f"Name {n}" if language == "en" else f"銘柄{n}" for n in range(count)),
            sizes=weights,
            values=moved,
            heats=heats(values),
        ),
        parents=home,
        legend=("−3%", "−2", "−1", "−½", "0", "+½", "+1", "+2", "+3%"),
        detail=lambda key: f"about {key}",
    )


class MapApp(App[None]):
    """One map, what it told, and how often it was drawn anew."""

    def __init__(self) -> None:
        super().__init__()
        self.map = Treemap()
        self.told: list[tuple[str, str | None]] = []

    def compose(self) -> ComposeResult:
        yield self.map

    def on_treemap_highlighted(self, message: Treemap.Highlighted) -> None:
        self._note("highlighted", message, message.key)

    def on_treemap_chosen(self, message: Treemap.Chosen) -> None:
        self._note("chosen", message, message.key)

    def on_treemap_drilled(self, message: Treemap.Drilled) -> None:
        self._note("drilled", message, message.key)

    def _note(self, what: str, message: Message, key: str | None) -> None:
        assert message.control is self.map
        self.told.append((what, key))

    def text(self) -> list[str]:
        return [strip.text for strip in self.map.render_lines(self.map.size.region)]


@pytest.fixture
def app() -> MapApp:
    return MapApp()


@pytest.fixture(scope="session")
def view() -> Callable[..., TreemapView]:
    return make_view
