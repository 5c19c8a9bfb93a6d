"""Start: how long until real prices stand on the screen."""

import compileall
import sys
import time
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from statistics import median

from benchmarks.contestant import READY, ROOT, environment, module
from benchmarks.pseudo import PseudoTerminal
from benchmarks.result import Finding, ms, ratio, times
from benchmarks.stage import Stage

WANTED = 1.5
PRICE = rb"2,73[0-9]\.[0-9]{2}|37,[0-9]{3}\.[0-9]{2}"
"""A level of the Nikkei 225 or TOPIX on the session's date: it comes from the shipped session."""
ROW = rb"(?:Toyota|INPEX|Nissui|Advantest)[^\r\n]{0,400}?[0-9],?[0-9]{3}(?:\.[0-9])?"
"""A name of the list with its price."""
SOURCES = ("tui", "widgets", "themes")


def _paint(command: list[str], ready: bytes, home: Path) -> float:
    """Seconds from the start of a process until a pattern stands on its screen."""
    terminal = PseudoTerminal(command, environment=environment(home))
    terminal.expect(ready)
    at = terminal.seen(30)
    begun = terminal.begun
    terminal.close()
    return (at if at is not None else time.perf_counter()) - begun


def stale() -> list[Path]:
    """The program's own modules whose compiled form is missing or older than the source."""
    found = []
    for folder in SOURCES:
        for source in (ROOT / folder).rglob("*.py"):
            compiled = Path(cache_from_source(str(source)))
            try:
                head = compiled.read_bytes()[:12]
            except OSError:
                found.append(source)
                continue
            stamp = int(source.stat().st_mtime) & 0xFFFFFFFF
            if head[:4] != MAGIC_NUMBER or int.from_bytes(head[8:12], "little") != stamp:
                found.append(source)
    return found


def measure(stage: Stage) -> list[Finding]:
    """Start the bare app and the program in turn; the medians count."""
    old = stale()
    if old:
        for folder in SOURCES:
            compileall.compile_dir(str(ROOT / folder), quiet=2)
    home = stage.folder / "start"
    home.mkdir(exist_ok=True)
    program = str(Path(sys.executable).with_name("zaraba"))
    bare: list[float] = []
    ours: list[float] = []
    for turn in range(2 if stage.quick else 12):
        pair = (_paint(module("bare"), READY, home), _paint([program], PRICE, home))
        if turn:  # the first pair only warms the disk's cache
            bare.append(pair[0])
            ours.append(pair[1])
    compared = ratio(ours, bare)
    return [
        Finding(
            promise="start",
            what="first paint with real prices",
            ours=ms(median(ours)),
            bare=ms(median(bare)),
            ratio=times(compared),
            wanted=f"≤ {WANTED}× bare",
            holds=compared <= WANTED,
            figures={"ours": median(ours), "bare": median(bare), "ratio": compared},
            note=f"{len(old)} modules had no valid bytecode before this run" if old else "",
        )
    ]
