"""The promises, one module each; `measure` finds out whether its promise is kept."""

from collections.abc import Callable

from benchmarks.promises import (
    frame,
    idle,
    ingest,
    key,
    linking,
    live,
    memory,
    news,
    slow,
    stall,
    start,
    why,
)
from benchmarks.result import Finding
from benchmarks.stage import Stage

Measure = Callable[[Stage], list[Finding]]

PROMISES: dict[str, Measure] = {
    "start": start.measure,
    "frame": frame.measure,
    "live": live.measure,
    "key": key.measure,
    "ingest": ingest.measure,
    "idle": idle.measure,
    "memory": memory.measure,
    "slow": slow.measure,
    "stall": stall.measure,
    "linking": linking.measure,
    "why": why.measure,
    "news": news.measure,
}
"""By name, in the order of the design, then what else is promised."""
