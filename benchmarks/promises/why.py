"""Why: attribution of the whole market and the treemap of it, against one frame of a DataTable."""

from statistics import median

from benchmarks.contestant import Contestant
from benchmarks.market import INSTRUMENTS, RATE
from benchmarks.promises.live import FRAMES
from benchmarks.result import Finding, ms
from benchmarks.stage import Stage

WANTED = 20.0
ALL = 1_683
"""Every name of the TOPIX, and both indices."""
LIVE = round(RATE / FRAMES / INSTRUMENTS * ALL)
"""How many of them trade between two frames of the live load."""
CASES = (
    (50, "50 names moved, as many as the DataTable's rows"),
    (LIVE, f"{LIVE} names moved, as under the live load"),
)


def _cost(ours: Contestant, moved: int, count: int) -> tuple[float, int]:
    """Processor seconds of one frame, less what waiting for the screen costs; and names."""
    with ours.awake(0.05):
        nothing = ours.ask("why", moved=0, count=count)
        something = ours.ask("why", moved=moved, count=count)
    if something["changed"] < count / 2:
        raise RuntimeError(f"{moved} names moved, and the treemap looked the same")
    cost = float(something["seconds"]) - float(nothing["seconds"])
    return max(0.0, cost), int(something["names"])


def _grid(grid: Contestant, count: int, turn: int) -> float:
    """Processor seconds of one frame of the DataTable in which 50 rows have changed."""
    with grid.awake(0.05):
        nothing = grid.ask("rounds", case="none", count=count, turn=turn)["seconds"]
        something = grid.ask("rounds", case="rows", count=count, turn=turn)["seconds"]
    return max(0.0, float(something) - float(nothing))


def measure(stage: Stage) -> list[Finding]:
    """The heatmap's own frame and the DataTable's in turn, several times over."""
    ours, grid = stage.monitor("none", 0.0, flash=False), stage.grid(0.0)
    costs: dict[int, list[float]] = {moved: [] for moved in (*dict(CASES), ALL)}
    frames: list[float] = []
    names = 0
    for turn in range(1 if stage.quick else 7):
        frames.append(_grid(grid, 2 if stage.quick else 10, turn))
        for moved, found in costs.items():
            cost, names = _cost(ours, moved, 20 if stage.quick else 60)
            found.append(cost)
    stage.end(ours)
    stage.end(grid)
    other = median(frames)
    return [
        Finding(
            promise="why",
            what=f"{names:,} names attributed, and the treemap: {what}",
            ours=ms(median(costs[moved])),
            grid=ms(other),
            ratio=_part(median(costs[moved]), other),
            wanted=f"≤ 1/{WANTED:g} of one frame",
            holds=median(costs[moved]) * WANTED <= other,
            figures={"ours": median(costs[moved]), "grid": other, "names": names},
            note=""
            if moved != LIVE
            else f"where every name moves between two frames it is {ms(median(costs[ALL]))}, "
            f"{_part(median(costs[ALL]), other)}",
        )
        for moved, what in CASES
    ]


def _part(ours: float, other: float) -> str:
    """How small a part of the other's cost ours is."""
    return f"1/{other / ours:.1f}" if ours else "0"
