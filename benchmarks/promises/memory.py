"""Memory: what the program holds, and whether that grows."""

import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.promises.start import PRICE
from benchmarks.result import Finding, times
from benchmarks.stage import Stage

WANTED = 2.0
_FLAT = 0.02
"""Growth that counts as none, as a part of the whole."""


def _mb(size: float) -> str:
    return f"{size / 1e6:.1f} MB"


def measure(stage: Stage) -> list[Finding]:
    """Weigh the program, as it starts, against the bare app; then watch it under load."""
    program = stage.run([str(Path(sys.executable).with_name("zaraba"))], PRICE)
    bare = stage.bare()
    try:
        time.sleep(3)
        ours, other = program.memory(), bare.memory()
    finally:
        program.close()
    compared = ours / other
    loaded = stage.monitor()
    seconds = 2 if stage.quick else 300
    weights = []
    with loaded.awake(1.0 if stage.quick else 30.0):
        for _ in range(8):
            time.sleep(seconds / 8)
            weights.append(loaded.memory())
    growth = median(weights[-3:]) / median(weights[:3]) - 1
    return [
        Finding(
            promise="memory",
            what="resident, after the start",
            ours=_mb(ours),
            bare=_mb(other),
            ratio=times(compared),
            wanted=f"≤ {WANTED:g}× bare",
            holds=compared <= WANTED,
            figures={"ours": ours, "bare": other, "ratio": compared},
        ),
        Finding(
            promise="memory",
            what=f"growth in {seconds} s of load",
            ours=f"{_mb(weights[0])} → {_mb(weights[-1])}",
            ratio=f"{growth * 100:+.1f} %",
            wanted="flat",
            holds=growth <= _FLAT,
            figures={"first": weights[0], "last": weights[-1], "growth": growth},
        ),
    ]
