"""Builds the bundled session: the real figures of 26 May 2025, and a modelled path through them.

``python -m tui.data.build.session FACTS_DIR [OUT_DIR]`` writes both files anew. The same facts
give the same bytes.
"""

import csv
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from tui.data.build.session_model import TickTable, model
from tui.data.session import (
    FACTS_FILE,
    FOLDER,
    NIKKEI,
    PATHS_FILE,
    TOPIX,
    FactsFile,
    arrange,
)
from tui.errors import DataError

SESSION: Final = date(2025, 5, 26)
ORIGIN: Final = (
    "Daily bars recovered to the exchange's ticks from figures derived from J-Quants; "
    "9613 solved from the Nikkei 225's own closes; see NOTICE"
)
SEED: Final = 20250526

Row = dict[str, str]


def build(facts: Path, out: Path) -> None:
    """Write ``session_facts.json`` and ``session_paths.npz``.

    Args:
        facts: The folder of gathered facts.
        out: Where to write.

    Raises:
        DataError: A fact is missing or does not fit the others.
    """
    fine, coarse = read_ticks(facts / "tse_rules.json")
    members = {
        row["code"]: row for row in _rows(facts / "nikkei225.csv") if row["member_20250526"] == "1"
    }
    tables = {
        code: fine if _topix500(row["topix_size_class"]) else coarse
        for code, row in members.items()
    }
    file = read_facts(facts, members, tables)
    text = _render(file)
    table = arrange(msgspec.json.decode(text, type=FactsFile))
    grid = [tables[symbol.removesuffix(".T")] for symbol in table.symbols[: table.names]]
    stored = model(table, grid, SEED)
    (out / FACTS_FILE).write_bytes(text)
    with (out / PATHS_FILE).open("wb") as target:
        np.savez_compressed(
            target,
            first_slot=stored.first_slot,
            start=stored.start,
            delta=stored.delta,
            topix_delta=stored.topix_delta,
            code=stored.code,
            auction=stored.auction,
        )


def read_ticks(path: Path) -> tuple[TickTable, TickTable]:
    """The tick tables of the TOPIX 500 names and of the others."""
    rules: dict[str, Any] = json.loads(path.read_bytes())

    def table(name: str) -> TickTable:
        bands = rules[name]
        upto = [band["price_le"] or 10**10 for band in bands]
        return TickTable(
            np.array([round(price * 100) for price in upto], dtype=np.int64),
            np.array([round(band["tick"] * 100) for band in bands], dtype=np.int64),
        )

    return table("tick_table_topix500"), table("tick_table_other")


def read_facts(facts: Path, members: dict[str, Row], tables: dict[str, TickTable]) -> FactsFile:
    """Daily bars of every name that has them up to the session, and of both indices."""
    bars: dict[str, dict[date, list[float | int | None]]] = {}
    for row in _rows(facts / "prices" / "daily_n225_constituents.csv"):
        day = date.fromisoformat(row["date"])
        if day <= SESSION:
            bars.setdefault(row["code"], {})[day] = _bar(row)
    dates = sorted({day for days in bars.values() for day in days})
    lacking = sorted(set(members) - set(bars))
    if lacking or dates[-1] != SESSION:
        raise DataError("there are no bars", subject=", ".join(lacking) or str(SESSION))
    divisor = next(
        float(row["divisor"])
        for row in _rows(facts / "nikkei225_divisor.csv")
        if row["date_from"] <= SESSION.isoformat() <= row["date_to"]
    )
    indices: dict[str, list[list[object]]] = {NIKKEI: [], TOPIX: []}
    symbols = {"NIKKEI225": NIKKEI, "TOPIX": TOPIX}
    for row in _rows(facts / "prices" / "index_daily.csv"):
        if row["date"] <= SESSION.isoformat():
            figures = [float(row[name]) for name in ("open", "high", "low", "close")]
            indices[symbols[row["index"]]].append([row["date"], *figures])
    return msgspec.convert(
        {
            "session": SESSION,
            "vintage": SESSION,
            "origin": ORIGIN,
            "divisor": divisor,
            "dates": dates,
            "names": [
                [
                    f"{code}.T",
                    float(members[code]["paf_20250526"]) if code in members else None,
                    _unit(days[SESSION], tables.get(code)),
                    [days[day] for day in dates],
                ]
                for code, days in sorted(bars.items())
            ],
            "indices": indices,
        },
        type=FactsFile,
    )


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _topix500(size_class: str) -> bool:
    return size_class in {"TOPIX Core30", "TOPIX Large70", "TOPIX Mid400"}


def _bar(row: Row) -> list[float | int | None]:
    prices = [float(row[name]) if row[name] else None for name in ("open", "high", "low")]
    amounts = [int(row[name]) if row[name] else None for name in ("volume", "trading_value_jpy")]
    return [*prices, float(row["close"]), *amounts]


def _unit(bar: list[float | int | None], table: TickTable | None) -> int:
    """The smallest tick between the day's low and its high, or at its close, in hundredths."""
    low, close = bar[2], bar[3]
    price = low if low is not None else close
    if table is None or price is None:
        return 10
    return int(table.at(np.array([round(price * 100)], dtype=np.int64))[0])


def _render(file: FactsFile) -> bytes:
    """JSON with a name and a day a line, so that a change of the facts reads as one."""
    plain = msgspec.to_builtins(file)
    names, indices = plain.pop("names"), plain.pop("indices")

    def line(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    head = ",\n".join(f"{line(key)}:{line(value)}" for key, value in plain.items())
    body = ",\n".join(line(name) for name in names)
    tail = ",\n".join(
        f"{line(symbol)}:[\n" + ",\n".join(line(day) for day in days) + "]"
        for symbol, days in indices.items()
    )
    return f'{{{head},\n"names":[\n{body}],\n"indices":{{{tail}}}}}\n'.encode()


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER)
