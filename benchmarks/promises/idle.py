"""Idle: what the program takes while the market is closed and nothing changes."""

import sys
from pathlib import Path
from statistics import median

from benchmarks.contestant import Used
from benchmarks.promises.start import PRICE
from benchmarks.result import Finding, percent, ratio, times
from benchmarks.stage import Stage

WANTED = 3.0


def measure(stage: Stage) -> list[Finding]:
    """Watch the bare app and the program at the session's close, in turn."""
    program = str(Path(sys.executable).with_name("zaraba"))
    ours = stage.run([program, "--at", "15:31"], PRICE)
    bare = stage.bare()
    contestants = {"ours": ours, "bare": bare}
    used: dict[str, list[Used]] = {name: [] for name in contestants}
    try:
        for turn in range(2 if stage.quick else 5):
            for name, contestant in contestants.items():
                # The first time, what came with the start has to fade and come to rest.
                with contestant.awake(1.0 if turn else 4.0):
                    used[name].append(contestant.watch(3 if stage.quick else 15))
    finally:
        ours.close()
    shares = {name: [each.share for each in values] for name, values in used.items()}
    compared = ratio(shares["ours"], shares["bare"])
    frames = median(each.rate for each in used["ours"])
    return [
        Finding(
            promise="idle",
            what="market closed, CPU",
            ours=percent(median(shares["ours"])),
            bare=percent(median(shares["bare"])),
            ratio=times(compared),
            wanted=f"≤ {WANTED:g}× bare",
            holds=compared <= WANTED,
            figures={
                "ours": median(shares["ours"]),
                "bare": median(shares["bare"]),
                "ours_fps": frames,
            },
            note=f"{frames:.1f} frames/s were painted" if frames > 0.05 else "",
        )
    ]
