"""Why: attribution of the whole market and the treemap of it, against one frame of a DataTable."""

from statistics import median

from benchmarks.contestant import Contestant
from benchmarks.result import Finding, ms, times
from benchmarks.stage import Stage

WANTED = 20.0
CASES = ((50, "50 names moved"), (1_683, "every name moved"))
"""How many quotes come before each frame, and what that is called."""


def _cost(ours: Contestant, moved: int, count: int) -> tuple[float, int]:
    """Processor seconds of one frame, less what waiting for the screen costs; and names."""
    with ours.awake(0.05):
        nothing = ours.ask("why", moved=0, count=count)
        something = ours.ask("why", moved=moved, count=count)
    if not something["changed"]:
        raise RuntimeError("the treemap looked the same in every round")
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
    costs: dict[int, list[float]] = {moved: [] for moved, _ in CASES}
    frames: list[float] = []
    names = 0
    for turn in range(1 if stage.quick else 7):
        frames.append(_grid(grid, 2 if stage.quick else 10, turn))
        for moved, _ in CASES:
            cost, names = _cost(ours, moved, 20 if stage.quick else 100)
            costs[moved].append(cost)
    stage.end(ours)
    stage.end(grid)
    other = median(frames)
    findings = []
    for moved, what in CASES:
        mine = median(costs[moved])
        compared = other / mine if mine else float("inf")
        findings.append(
            Finding(
                promise="why",
                what=f"{names:,} names attributed, and the treemap: {what}",
                ours=ms(mine),
                grid=f"{ms(other)} a frame",
                ratio=f"1/{compared:.0f}" if mine else times(compared),
                wanted=f"≤ 1/{WANTED:g} of a DataTable frame",
                holds=compared >= WANTED,
                figures={"ours": mine, "grid": other, "names": names, "ratio": compared},
            )
        )
    return findings
