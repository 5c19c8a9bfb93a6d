"""TOPIX weights, from the exchange's monthly files."""

from pathlib import Path

from tui.data.build.facts import Cell, day, figure, read_csv, write_table

_VINTAGES = ("20250630", "20250731")


def build(facts: Path, out: Path) -> None:
    """Write ``topix_weights``."""
    source = sorted(read_csv(facts / "topix.csv"), key=lambda row: row["code"])
    write_table(
        out,
        "topix_weights",
        title="TOPIX weights",
        vintage=day(_VINTAGES[-1]),
        origin="JPX weights of the TOPIX (topixweight_j.csv)",
        columns=("vintage", "codes", "weights in per cent"),
        rows=[_weight_set(source, vintage) for vintage in _VINTAGES],
    )


def _weight_set(source: list[dict[str, str]], vintage: str) -> list[Cell]:
    members = [row for row in source if row[f"in_{vintage}"] == "1"]
    return [
        day(vintage).isoformat(),
        [row["code"] for row in members],
        [figure(row[f"weight_pct_{vintage}"]) for row in members],
    ]
