"""News: a page and a keystroke among 50,000 headlines, against one frame of a DataTable."""

from statistics import median

from benchmarks.contestant import Contestant
from benchmarks.result import Finding, ms, times
from benchmarks.stage import Stage

ITEMS = 50_000
CASES = (
    ("page", f"another page of {ITEMS:,} headlines", 25.0),
    ("key", f"a key typed to {ITEMS:,} headlines filtered", 25.0),
)
"""Name, what it is, and how much cheaper than a frame of DataTable it must be."""


def _cost(ours: Contestant, case: str, count: int) -> tuple[float, float]:
    """Processor seconds of one round, less what a round without any change costs; headlines."""
    with ours.awake(0.05):
        nothing = ours.ask("news", timeout=600.0, case="none", count=count, items=ITEMS)
        something = ours.ask("news", timeout=600.0, case=case, count=count, items=ITEMS)
    if something["held"] < ITEMS * 0.9:
        raise RuntimeError(f"only {something['held']:,.0f} headlines are held")
    if case == "key" and not 0 < something["shown"] < something["held"]:
        raise RuntimeError("the filter left out nothing, or everything")
    return max(0.0, float(something["seconds"]) - float(nothing["seconds"])), something["held"]


def _grid(grid: Contestant, count: int, turn: int) -> float:
    """Processor seconds of one frame of the DataTable in which 50 rows have changed."""
    with grid.awake(0.05):
        nothing = grid.ask("rounds", case="none", count=count, turn=turn)["seconds"]
        something = grid.ask("rounds", case="rows", count=count, turn=turn)["seconds"]
    return max(0.0, float(something) - float(nothing))


def measure(stage: Stage) -> list[Finding]:
    """Each case and the DataTable in turn, several times over."""
    ours, grid = stage.monitor("none", 0.0, flash=False), stage.grid(0.0)
    findings = []
    for case, what, wanted in CASES:
        costs: dict[str, list[float]] = {"ours": [], "grid": []}
        held = 0.0
        for turn in range(1 if stage.quick else 5):
            cost, held = _cost(ours, case, 22 if stage.quick else 110)
            costs["ours"].append(cost)
            costs["grid"].append(_grid(grid, 2 if stage.quick else 10, turn))
        mine, other = median(costs["ours"]), median(costs["grid"])
        compared = other / mine if mine else float("inf")
        findings.append(
            Finding(
                promise="news",
                what=what,
                ours=ms(mine),
                grid=ms(other),
                ratio=times(compared),
                wanted=f"≥ {wanted:g}× cheaper than a DataTable's frame",
                holds=compared >= wanted,
                figures={**{name: median(values) for name, values in costs.items()}, "held": held},
            )
        )
    for contestant in (ours, grid):
        stage.end(contestant)
    return findings
