"""Reading of the gathered facts, and the one way in which a table is written."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from tui.data.rows import FORMAT

Cell = str | int | float | None | Sequence["Cell"]


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file with a heading, every cell stripped."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {key: value.strip() for key, value in row.items()}
            for row in csv.DictReader(file, strict=True)
        ]


def number(text: str) -> int | float | None:
    """A figure as written, whole numbers without a point; None where the cell is empty."""
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def figure(text: str) -> int | float:
    """A figure that must be there."""
    value = number(text)
    if value is None:
        raise ValueError("a figure is missing")
    return value


def day(text: str) -> date:
    """``20250530`` or ``2025-05-30``."""
    return datetime.strptime(text.replace("-", ""), "%Y%m%d").date()


def write_table(
    out: Path,
    name: str,
    *,
    title: str,
    vintage: date | None,
    origin: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> None:
    """Write one table, a row a line, so that a change of the facts reads as a change of rows."""
    heading = {
        "format": FORMAT,
        "name": name,
        "title": title,
        "vintage": vintage.isoformat() if vintage else None,
        "origin": origin,
        "columns": list(columns),
    }
    lines = [json.dumps(heading, ensure_ascii=False)[:-1] + ', "rows": [']
    body = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    lines.append(",\n".join(body))
    lines.append("]}\n")
    (out / f"{name}.json").write_text("\n".join(lines), encoding="utf-8", newline="\n")
