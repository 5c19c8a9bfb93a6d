"""Frame: what it costs to bring a change to the screen."""

from statistics import median

from benchmarks.contestant import Contestant
from benchmarks.result import Finding, ms, times
from benchmarks.stage import Stage

CASES = (
    ("rows", "50 rows changed", 25.0),
    ("cell", "one cell changed", 100.0),
    ("off", "a change off screen", 100.0),
)
"""Name, what it is, and how much cheaper than DataTable it must be."""


def _cost(contestant: Contestant, case: str, count: int, turn: int) -> float:
    """Processor seconds of one frame, less what a round without any change costs."""
    with contestant.awake(0.05):
        nothing = contestant.ask("rounds", case="none", count=count, turn=turn)["seconds"]
        something = contestant.ask("rounds", case=case, count=count, turn=turn)["seconds"]
    return max(0.0, float(something) - float(nothing))


def measure(stage: Stage) -> list[Finding]:
    """Each case by each contestant in turn, several times over."""
    ours, grid, floor = stage.monitor("none", 0.0, flash=False), stage.grid(0.0), stage.floor(0.0)
    findings = []
    for case, what, wanted in CASES:
        costs: dict[str, list[float]] = {"ours": [], "grid": [], "floor": []}
        for turn in range(1 if stage.quick else 7):
            costs["ours"].append(_cost(ours, case, 20 if stage.quick else 100, turn))
            costs["grid"].append(_cost(grid, case, 2 if stage.quick else 10, turn))
            costs["floor"].append(_cost(floor, case, 20 if stage.quick else 100, turn))
        mine, other = median(costs["ours"]), median(costs["grid"])
        compared = other / mine if mine else float("inf")
        findings.append(
            Finding(
                promise="frame",
                what=what,
                ours=ms(mine),
                floor=ms(median(costs["floor"])),
                grid=ms(other),
                ratio=times(compared),
                wanted=f"≥ {wanted:g}× cheaper than DataTable",
                holds=compared >= wanted,
                figures={name: median(values) for name, values in costs.items()},
            )
        )
    for contestant in (ours, grid, floor):
        stage.end(contestant)
    return findings
