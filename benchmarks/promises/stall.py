"""No stall: the longest callback on the interface thread."""

import time

from benchmarks.contestant import Contestant
from benchmarks.contestants.probe import Callback
from benchmarks.result import Finding, ms
from benchmarks.stage import Stage

NORMAL, IMPORTING = 0.016, 0.030
_HEAVY = ("pandas", "exchange_calendars")


def _longest(contestant: Contestant, seconds: float, imports: tuple[str, ...]) -> Finding:
    contestant.ask("probe", action="start")
    for name in imports:
        contestant.ask("import", name=name)
    time.sleep(seconds)
    seen = contestant.ask("probe", action="read")
    worst = seen["worst"]
    limit = IMPORTING if imports else NORMAL
    longest = Callback(*worst[0]) if worst else Callback(0.0, 0.0, "")
    own, wall, what = longest[:3]
    over = sum(each[0] > limit for each in worst)
    return Finding(
        promise="stall",
        what="longest callback, " + ("heavy imports on a thread" if imports else "live load"),
        ours=f"{ms(own)} ({ms(wall)} with the machine's own waits)",
        ratio=f"{over} of {seen['count']:,} over",
        wanted=f"≤ {ms(limit)}",
        holds=own <= limit,
        figures={"own": own, "wall": wall, "over": float(over), "count": float(seen["count"])},
        note=f"{what[:160]}: {longest.account}" if own > limit else "",
    )


def measure(stage: Stage) -> list[Finding]:
    """Time every callback under the live load, then again while heavy parts are imported."""
    ours = stage.monitor()
    with ours.awake(1.5):
        found = [
            _longest(ours, 2 if stage.quick else 30, ()),
            _longest(ours, 1, _HEAVY),
        ]
    stage.end(ours)
    return found
