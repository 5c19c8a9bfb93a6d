"""Ingest: a million quotes a second, and the screen still at thirty frames."""

from statistics import median

from benchmarks.promises.live import FRAMES
from benchmarks.result import Finding, percent
from benchmarks.stage import Stage

RATE = 1_000_000
_ENOUGH = 0.98
"""The part of the quotes that must have been taken: timers are not exact."""


def measure(stage: Stage) -> list[Finding]:
    """Watch the program alone: DataTable is long lost at a hundredth of it."""
    ours = stage.monitor("ready", RATE)
    shares, frames, rates = [], [], []
    with ours.awake(3.0):
        for _ in range(1 if stage.quick else 5):
            before = ours.ask("quotes")
            used = ours.watch(2 if stage.quick else 6)
            rates.append((ours.ask("quotes") - before) / used.seconds)
            shares.append(used.share)
            frames.append(used.rate)
    stage.end(ours)
    taken, shown, share = median(rates), median(frames), median(shares)
    return [
        Finding(
            promise="ingest",
            what="1,000,000 quotes/s in ready batches",
            ours=f"{taken / 1e6:.2f} M/s at {shown:.0f} fps, {percent(share)}",
            ratio=f"{taken / RATE:.2f}",
            wanted="1 M/s taken at 30 fps",
            holds=taken >= _ENOUGH * RATE and shown >= FRAMES,
            figures={"quotes_per_second": taken, "fps": shown, "cpu": share},
            note="quotes folded in the queue, while the screen is busy, do not reach the board"
            if taken < _ENOUGH * RATE
            else "",
        )
    ]
