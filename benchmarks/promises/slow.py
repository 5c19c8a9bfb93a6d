"""Slow terminal: keys while the terminal takes only so many bytes a second."""

from benchmarks.cursor import Keys, press
from benchmarks.result import Finding, ms
from benchmarks.stage import Stage

CASES = ((200_000, 0.2), (50_000, 1.0))
"""Bytes a second, and the time within which half of the keys must show."""
_QUEUE = 30
"""Textual's writer holds this many writes; one more blocks the event loop."""


def measure(stage: Stage) -> list[Finding]:
    """Walk the cursor at each speed, in the program and, at the first, in the DataTable."""
    findings = []
    count = 6 if stage.quick else 100
    for rate, wanted in CASES:
        ours = stage.monitor()
        with ours.awake(0.5):
            ours.terminal.rate = rate
            ours.ask("probe", action="start")
            ours.ask("backlog")
            mine = press(ours, stage.codes, count, patience=5.0, pause=0.3)
            deepest = int(ours.ask("backlog"))
            stalls = ours.ask("probe", action="read")["worst"]
            ours.terminal.rate = None
        stage.end(ours)
        worst = stalls[0][0] if stalls else 0.0
        other = Keys([], 0)
        if rate == CASES[0][0]:
            grid = stage.grid()
            with grid.awake(0.5):
                grid.terminal.rate = rate
                other = press(grid, stage.codes, 2 if stage.quick else 20, patience=5.0, pause=0.3)
                grid.terminal.rate = None
            stage.end(grid)
        middle = mine.share(0.5)
        findings.append(
            Finding(
                promise="slow",
                what=f"key at {rate // 1000} KB/s under load, median / max",
                ours=_shown(mine),
                grid=_shown(other),
                ratio=f"queue ≤ {deepest}, loop ≤ {ms(worst)}",
                wanted=f"median ≤ {ms(wanted)}, queue bounded",
                holds=middle <= wanted and not mine.lost and deepest < _QUEUE,
                figures={
                    "median": middle,
                    "max": mine.share(1.0),
                    "lost": float(mine.lost),
                    "queue": float(deepest),
                    "longest_callback": worst,
                },
            )
        )
    return findings


def _shown(keys: Keys) -> str:
    if not keys.seconds:
        return f"{keys.lost} lost" if keys.lost else ""
    text = f"{ms(keys.share(0.5))} / {ms(keys.share(1.0))}"
    return f"{text}, {keys.lost} lost" if keys.lost else text
