"""Daily bars of the Nikkei 225's names around the bundled session."""

from pathlib import Path

from tui.data.build.facts import Cell, day, number, read_csv, write_table


def build(facts: Path, out: Path) -> None:
    """Write ``daily``."""
    source = read_csv(facts / "prices" / "daily_n225_constituents.csv")
    source.sort(key=lambda row: (row["code"], row["date"]))
    write_table(
        out,
        "daily",
        title="Daily bars of the Nikkei 225's names",
        vintage=day(max(row["date"] for row in source)),
        origin="A public collection filled from J-Quants",
        columns=("date", "code", "open", "high", "low", "close", "volume", "turnover", "basis"),
        rows=[_bar(row) for row in source],
    )


def _bar(row: dict[str, str]) -> list[Cell]:
    return [
        day(row["date"]).isoformat(),
        row["code"],
        *(
            number(row[field])
            for field in ("open", "high", "low", "close", "volume", "trading_value_jpy")
        ),
        "derived" if row["basis"].startswith("derived") else "observed",
    ]
