"""The listed issues and the exchange's sectors, from the exchange's monthly list."""

from pathlib import Path

from tui.data.build.english_names import display_name
from tui.data.build.facts import Cell, day, read_csv, write_table
from tui.data.user_tables import SEGMENTS

_ENGLISH_33 = {
    "0050": "Fishery, Agriculture & Forestry",
    "1050": "Mining",
    "2050": "Construction",
    "3050": "Foods",
    "3100": "Textiles & Apparels",
    "3150": "Pulp & Paper",
    "3200": "Chemicals",
    "3250": "Pharmaceutical",
    "3300": "Oil & Coal Products",
    "3350": "Rubber Products",
    "3400": "Glass & Ceramics Products",
    "3450": "Iron & Steel",
    "3500": "Nonferrous Metals",
    "3550": "Metal Products",
    "3600": "Machinery",
    "3650": "Electric Appliances",
    "3700": "Transportation Equipment",
    "3750": "Precision Instruments",
    "3800": "Other Products",
    "4050": "Electric Power & Gas",
    "5050": "Land Transportation",
    "5100": "Marine Transportation",
    "5150": "Air Transportation",
    "5200": "Warehousing & Harbor Transportation",
    "5250": "Information & Communication",
    "6050": "Wholesale Trade",
    "6100": "Retail Trade",
    "7050": "Banks",
    "7100": "Securities & Commodity Futures",
    "7150": "Insurance",
    "7200": "Other Financing Business",
    "8050": "Real Estate",
    "9050": "Services",
}

_ENGLISH_17 = {
    "1": "Foods",
    "2": "Energy Resources",
    "3": "Construction & Materials",
    "4": "Raw Materials & Chemicals",
    "5": "Pharmaceutical",
    "6": "Automobiles & Transportation Equipment",
    "7": "Steel & Nonferrous Metals",
    "8": "Machinery",
    "9": "Electric Appliances & Precision Instruments",
    "10": "IT & Services, Others",
    "11": "Electric Power & Gas",
    "12": "Transportation & Logistics",
    "13": "Commercial & Wholesale Trade",
    "14": "Retail Trade",
    "15": "Banks",
    "16": "Financials (ex Banks)",
    "17": "Real Estate",
}

ORIGIN = "JPX list of issues (data_j.xls)"


def build(facts: Path, out: Path) -> None:
    """Write ``listed`` and ``sectors``."""
    source = read_csv(facts / "jpx_listed.csv")
    (vintage,) = {day(row["as_of"]) for row in source}
    english = _english_names(facts)
    rows: list[list[Cell]] = []
    for row in sorted(source, key=lambda row: row["code"]):
        kind, segment = SEGMENTS[row["market_segment"]]
        rows.append(
            [
                row["code"],
                row["name_ja"],
                english.get(row["code"], ""),
                kind,
                segment,
                _code33(row["sector33_code"]),
                row["size_class"],
                _lot(row),
            ]
        )
    write_table(
        out,
        "listed",
        title="Issues listed in Tokyo",
        vintage=vintage,
        origin=ORIGIN,
        columns=("code", "name_ja", "name_en", "kind", "segment", "sector33", "size_class", "lot"),
        rows=rows,
    )
    _build_sectors(source, out)


def _build_sectors(source: list[dict[str, str]], out: Path) -> None:
    of33 = {
        _code33(row["sector33_code"]): (row["sector33"], row["sector17_code"])
        for row in source
        if row["sector33_code"]
    }
    of17 = {row["sector17_code"]: row["sector17"] for row in source if row["sector17_code"]}
    if of33.keys() != _ENGLISH_33.keys() or of17.keys() != _ENGLISH_17.keys():
        raise ValueError("the list has other sectors than the 33 and the 17")
    write_table(
        out,
        "sectors",
        title="Sectors of the exchange",
        vintage=day(source[0]["as_of"]),
        origin=ORIGIN,
        columns=("scheme", "code", "name_ja", "name_en", "sector17"),
        rows=[
            *((33, code, ja, _ENGLISH_33[code], of17) for code, (ja, of17) in sorted(of33.items())),
            *((17, code, of17[code], _ENGLISH_17[code], "") for code in sorted(of17, key=int)),
        ],
    )


def _english_names(facts: Path) -> dict[str, str]:
    names = {
        row["symbol"].removesuffix(".T"): row["name"]
        for row in read_csv(facts / "yahoo_symbols.csv")
        if row["kind"] == "etf" and row["symbol"].endswith(".T")
    }
    names.update(
        {
            row["code"]: display_name(row["code"], row["name_en"])
            for row in read_csv(facts / "nikkei225.csv")
        }
    )
    return names


def _code33(code: str) -> str:
    return code.zfill(4) if code else ""


def _lot(row: dict[str, str]) -> int:
    """A hundred for domestic common stock.

    Funds, foreign issues and classes with a code of five have units of their own, not told here.
    """
    segment = row["market_segment"]
    domestic = segment.endswith("（内国株式）") or segment == "PRO Market"
    return 100 if domestic and len(row["code"]) == 4 else 0
