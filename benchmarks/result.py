"""What a measurement found, and how it is printed."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

__all__ = ["Finding", "as_json", "as_lines", "median", "ms", "percent", "ratio", "times"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One promise, as measured.

    Attributes:
        promise: Its name, as on the command line.
        what: What exactly was measured.
        ours: The program's figure.
        floor: The bare Python writer's; empty where the promise has none.
        grid: The built-in DataTable's; empty where it has no part in it.
        bare: The bare Textual app's; empty where the promise does not name it.
        ratio: How the program compares.
        wanted: What is promised.
        holds: Whether it is kept.
        figures: The figures behind the words, in seconds, bytes, counts and parts of a core.
        note: What else has to be known.
    """

    promise: str
    what: str
    ours: str
    floor: str = ""
    grid: str = ""
    bare: str = ""
    ratio: str
    wanted: str
    holds: bool
    figures: dict[str, float]
    note: str = ""


def ms(seconds: float) -> str:
    """Milliseconds, to three figures."""
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"


def percent(share: float) -> str:
    """A part of one core."""
    return f"{share * 100:.3g} %"


def times(value: float) -> str:
    """A ratio, to three figures."""
    return f"{value:.3g}×" if math.isfinite(value) else "–"


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios of what was measured side by side; NaN where there is nothing."""
    pairs = [up / down for up, down in zip(above, below, strict=True) if down > 0]
    return median(pairs) if pairs else math.nan


_HEADINGS = ("promise", "measured", "zaraba", "floor", "DataTable", "bare app", "ratio", "promised")


def as_lines(findings: Sequence[Finding]) -> list[str]:
    """A table, one line for each finding."""
    rows = [
        (f.promise, f.what, f.ours, f.floor, f.grid, f.bare, f.ratio, f.wanted) for f in findings
    ]
    widths = [max(len(row[place]) for row in (_HEADINGS, *rows)) for place in range(len(_HEADINGS))]

    def line(row: Sequence[str], end: str) -> str:
        cells = (f"{text:<{width}}" for text, width in zip(row, widths, strict=True))
        return f"{'  '.join(cells)}  {end}".rstrip()

    lines = [line(_HEADINGS, "")]
    for finding, row in zip(findings, rows, strict=True):
        lines.append(line(row, "holds" if finding.holds else "DOES NOT HOLD"))
        if finding.note:
            lines.append(f"    {finding.note}")
    return lines


def as_json(findings: Sequence[Finding]) -> str:
    """The findings as JSON; a figure that is unknown is null."""
    documents = []
    for finding in findings:
        document = asdict(finding)
        document["figures"] = {
            name: value if math.isfinite(value) else None for name, value in finding.figures.items()
        }
        documents.append(document)
    return json.dumps({"findings": documents}, ensure_ascii=False, indent=2)
