"""The promises, one module each; `measure` finds out whether its promise is kept."""

from collections.abc import Callable

from benchmarks.promises import frame, idle, live, start
from benchmarks.result import Finding
from benchmarks.stage import Stage

Measure = Callable[[Stage], list[Finding]]

PROMISES: dict[str, Measure] = {
    "start": start.measure,
    "frame": frame.measure,
    "live": live.measure,
    "idle": idle.measure,
}
"""By name, in the order of the design."""
