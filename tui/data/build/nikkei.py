"""Nikkei 225: classification, members with factors over time, divisors."""

from pathlib import Path

from tui.data.build.facts import Cell, day, figure, read_csv, write_table

ORIGIN = "Nikkei Inc., price adjustment factor files"

_STATUS = {"20250526": "derived", "20250801": "published", "20260109": "published"}
"""How each list of members came about; the first is the second with one exchange undone."""

_MEMBERS = 225


def build(facts: Path, out: Path) -> None:
    """Write ``nikkei_names``, ``nikkei_factors`` and ``nikkei_divisors``."""
    source = sorted(read_csv(facts / "nikkei225.csv"), key=lambda row: row["code"])
    write_table(
        out,
        "nikkei_names",
        title="Nikkei sectors and industries",
        vintage=day("20260109"),
        origin=ORIGIN,
        columns=("code", "sector_en", "sector_ja", "industry_en", "industry_ja"),
        rows=[
            [
                row["code"],
                row["nikkei_sector_en"] or "Unclassified",
                row["nikkei_sector_ja"] or "未分類",
                row["nikkei_industry_en"],
                row["nikkei_industry_ja"],
            ]
            for row in source
        ],
    )
    divisors = read_csv(facts / "nikkei225_divisor.csv")
    write_table(
        out,
        "nikkei_factors",
        title="Nikkei 225 members and price adjustment factors",
        vintage=day(max(_STATUS)),
        origin=ORIGIN,
        columns=("vintage", "first", "last", "status", "codes", "factors"),
        rows=[_factor_set(source, divisors, vintage) for vintage in sorted(_STATUS)],
    )
    write_table(
        out,
        "nikkei_divisors",
        title="Nikkei 225 divisors",
        vintage=day(max(row["date_from"] for row in divisors)),
        origin="A public page, and reconstruction from the index and its names",
        columns=("first", "last", "divisor", "status", "note"),
        rows=[
            [
                row["date_from"],
                row["date_to"],
                figure(row["divisor"]),
                "derived" if row["status"].startswith("derived") else "published",
                _note(row["status"]),
            ]
            for row in sorted(divisors, key=lambda row: row["date_from"])
        ],
    )


def _factor_set(
    source: list[dict[str, str]], divisors: list[dict[str, str]], vintage: str
) -> list[Cell]:
    members = [row for row in source if row[f"member_{vintage}"] == "1"]
    if len(members) != _MEMBERS:
        raise ValueError(f"{len(members)} members on {vintage}")
    when = day(vintage)
    (span,) = (row for row in divisors if day(row["date_from"]) <= when <= day(row["date_to"]))
    return [
        when.isoformat(),
        span["date_from"],
        span["date_to"],
        _STATUS[vintage],
        [row["code"] for row in members],
        [figure(row[f"paf_{vintage}"]) for row in members],
    ]


def _note(status: str) -> str:
    if status.startswith("derived"):
        return "solved from the index's closes and the factors; agrees on every session of the span"
    return "quoted by a public page; the span is where the index reconstructs exactly"
