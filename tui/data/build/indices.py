"""Daily bars of the two indices."""

from pathlib import Path

from tui.data.build.facts import day, figure, read_csv, write_table

_SYMBOLS = {"NIKKEI225": "^N225", "TOPIX": "^TOPX"}


def build(facts: Path, out: Path) -> None:
    """Write ``index_daily``."""
    rows = [
        [
            _SYMBOLS[row["index"]],
            day(row["date"]).isoformat(),
            *(figure(row[field]) for field in ("open", "high", "low", "close")),
        ]
        for row in read_csv(facts / "prices" / "index_daily.csv")
    ]
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    write_table(
        out,
        "index_daily",
        title="Daily bars of the indices",
        vintage=day(max(str(row[1]) for row in rows)),
        origin="A public collection filled from J-Quants",
        columns=("symbol", "date", "open", "high", "low", "close"),
        rows=rows,
    )
