"""Tables of the exchange's rules: tick sizes and the width of the daily price limits."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from tui.data.build.facts import Cell, write_table

Band: TypeAlias = Mapping[str, int | float | None]


def build(facts: Path, out: Path) -> None:
    """Write ``rules_ticks.json`` and ``rules_limits.json``.

    Raises:
        ValueError: Bands leave a gap, or the two tick tables are cut at different prices.
    """
    rules = json.loads((facts / "tse_rules.json").read_text(encoding="utf-8"))
    write_table(
        out,
        "rules_ticks",
        title="Tick sizes",
        vintage=None,
        origin="Securities firms' tables of the exchange's rule, as in force since 5 June 2023",
        columns=["price up to and including, yen", "tick of TOPIX 500 names", "tick of others"],
        rows=_ticks(rules["tick_table_topix500"], rules["tick_table_other"]),
    )
    write_table(
        out,
        "rules_limits",
        title="Daily price limits",
        vintage=None,
        origin="The exchange's table of daily price limits, as in force in May 2025",
        columns=["base price below, yen", "width up and down, yen"],
        rows=_limits(rules["daily_price_limits"]),
    )


def _ticks(fine: Sequence[Band], other: Sequence[Band]) -> Iterator[Sequence[Cell]]:
    """One row for each band; neighbours with the same two ticks become one."""
    _no_gap(fine, "price_gt", "price_le")
    _no_gap(other, "price_gt", "price_le")
    if [band["price_le"] for band in fine] != [band["price_le"] for band in other]:
        raise ValueError("the two tick tables are cut at different prices")
    rows = [
        (left["price_le"], left["tick"], right["tick"])
        for left, right in zip(fine, other, strict=True)
    ]
    for row, following in pairwise([*rows, (None, None, None)]):
        if row[1:] != following[1:]:
            yield row


def _limits(bands: Sequence[Band]) -> Iterator[Sequence[Cell]]:
    _no_gap(bands, "base_price_ge", "base_price_lt")
    for band in bands:
        yield band["base_price_lt"], band["limit_width_yen"]


def _no_gap(bands: Sequence[Band], start: str, stop: str) -> None:
    """Each band begins where the one before ends, the first at 0, the last has no end."""
    if bands[0][start] != 0 or bands[-1][stop] is not None:
        raise ValueError("the bands do not reach from 0 upwards")
    for left, right in pairwise(bands):
        if left[stop] != right[start]:
            raise ValueError(f"the bands leave a gap at {left[stop]}")
