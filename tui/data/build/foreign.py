"""Indices, futures, currencies and rates beside the listed issues, and receipts abroad."""

from pathlib import Path

from tui.data.build.facts import Cell, number, read_csv, write_table

_JAPANESE = {
    "^N225": "日経平均",
    "^TOPX": "TOPIX",
    "NIY=F": "CME日経平均先物(円建て)",
    "NKD=F": "CME日経平均先物(ドル建て)",
    "JPY=X": "ドル/円",
    "EURJPY=X": "ユーロ/円",
    "EURUSD=X": "ユーロ/ドル",
    "^TNX": "米10年債利回り",
    "^VIX": "VIX指数",
    "^GSPC": "S&P500種指数",
    "^IXIC": "ナスダック総合指数",
    "^DJI": "NYダウ",
    "^SOX": "フィラデルフィア半導体株指数",
    "CL=F": "WTI原油先物",
    "GC=F": "金先物",
    "BTC-USD": "ビットコイン",
}

_ENGLISH = {
    "NIY=F": "Nikkei 225 Futures (CME, yen)",
    "NKD=F": "Nikkei 225 Futures (CME, dollar)",
    "^TNX": "US 10-Year Treasury Yield",
    "^DJI": "Dow Jones Industrial Average",
    "CL=F": "WTI Crude Futures",
    "GC=F": "Gold Futures",
}

_KINDS = {
    "index": "index",
    "future": "future",
    "fx": "currency",
    "rate": "other",
    "crypto": "other",
}

_SAME = {"998405.T": "^TOPX"}
"""Other writings of one instrument."""

_NOTES = {
    "^TOPX": "neither of Yahoo's codes for the TOPIX has been seen to work everywhere",
    "JPY=X": "yen for one US dollar",
    "^TNX": "the level is in per cent",
}


def build(facts: Path, out: Path) -> None:
    """Write ``foreign`` and ``adr``."""
    source = [row for row in read_csv(facts / "yahoo_symbols.csv") if row["kind"] != "etf"]
    rows: list[list[Cell]] = []
    for row in source:
        symbol = row["symbol"]
        if symbol in _SAME:
            continue
        others = [other for other, same in _SAME.items() if same == symbol]
        rows.append(
            [
                symbol,
                _ENGLISH.get(symbol, row["name"]),
                _JAPANESE[symbol],
                _KINDS[row["kind"]],
                row["currency"],
                row["yahoo_exchange"] if row["kind"] == "future" else "",
                [symbol, *others],
                _NOTES.get(symbol, ""),
            ]
        )
    write_table(
        out,
        "foreign",
        title="Indices, futures, currencies and rates",
        vintage=None,
        origin="Symbols seen in public code",
        columns=("symbol", "name_en", "name_ja", "kind", "currency", "exchange", "yahoo", "note"),
        rows=rows,
    )
    write_table(
        out,
        "adr",
        title="Depositary receipts on Tokyo names",
        vintage=None,
        origin="Public filings and pages, one by one",
        columns=("symbol", "code", "venue", "shares", "confidence", "note"),
        rows=[
            [
                row["adr"],
                row["tse_code"],
                row["venue"],
                number(row["shares_per_adr"]),
                row["confidence"],
                row["source"],
            ]
            for row in read_csv(facts / "adr.csv")
        ],
    )
