"""Live load: the whole main screen while quotes pour in."""

from statistics import median

from benchmarks.contestant import Used
from benchmarks.market import INSTRUMENTS, RATE
from benchmarks.result import Finding, percent, ratio, times
from benchmarks.stage import Stage

WANTED = 4.0
FRAMES = 27.0
"""Frames a second that count as thirty: timers are not exact."""


def measure(stage: Stage) -> list[Finding]:
    """Watch each contestant in turn, a few seconds at a time, while the others stand still."""
    contestants = {"ours": stage.monitor(), "floor": stage.floor(), "grid": stage.grid()}
    used: dict[str, list[Used]] = {name: [] for name in contestants}
    for _ in range(1 if stage.quick else 5):
        for name, contestant in contestants.items():
            with contestant.awake(1.0 if stage.quick else 2.5):
                used[name].append(contestant.watch(2 if stage.quick else 6))
    shares = {name: [each.share for each in values] for name, values in used.items()}
    rates = {name: median(each.rate for each in values) for name, values in used.items()}
    compared = ratio(shares["ours"], shares["floor"])
    return [
        Finding(
            promise="live",
            what=f"{INSTRUMENTS:,} names, {RATE:,} quotes/s, CPU",
            ours=f"{percent(median(shares['ours']))} at {rates['ours']:.0f} fps",
            floor=f"{percent(median(shares['floor']))} at {rates['floor']:.0f} fps",
            grid=f"{percent(median(shares['grid']))} at {rates['grid']:.0f} fps",
            ratio=times(compared),
            wanted=f"≤ {WANTED:g}× floor, 30 fps",
            holds=compared <= WANTED and rates["ours"] >= FRAMES,
            figures={
                **{f"{name}_cpu": median(values) for name, values in shares.items()},
                **{f"{name}_fps": value for name, value in rates.items()},
            },
        )
    ]
