"""Idle: what the program takes while the market is closed and nothing changes."""

import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.contestant import Used
from benchmarks.promises.start import PRICE
from benchmarks.result import Finding, percent, ratio, times
from benchmarks.stage import Stage

WANTED = 3.0


def measure(stage: Stage) -> list[Finding]:
    """Watch the bare app and the program at the session's close, at the same time."""
    program = str(Path(sys.executable).with_name("zaraba"))
    ours = stage.run([program, "--at", "15:31"], PRICE)
    bare = stage.bare()
    used: dict[str, list[Used]] = {"ours": [], "bare": []}
    try:
        time.sleep(4.0)  # what came with the start fades and comes to rest
        for _ in range(1 if stage.quick else 6):
            watches = {"ours": ours.begin(), "bare": bare.begin()}
            time.sleep(2.0 if stage.quick else 15.0)
            for name, watch in watches.items():
                used[name].append(watch())
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
