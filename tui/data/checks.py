"""What must hold of a reference table beyond the shape of its rows.

Each check returns an empty string, or what is wrong.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import inf

from tui.data.rows import (
    AdrRow,
    DailyBarRow,
    DivisorRow,
    FactorSet,
    ForeignRow,
    IndexBarRow,
    ListedRow,
    NikkeiNameRow,
    SectorRow,
    WeightSet,
)

_CODE = re.compile(r"[0-9][0-9A-Z]{3}[0-9A-Z]?")
_CODES = re.compile(rf"(?:{_CODE.pattern}\n)*")


def check_listed(listed: Sequence[ListedRow]) -> str:
    """Codes are codes, each once, and every issue has a name."""
    codes = [row.code for row in listed]
    if not _CODES.fullmatch("".join(f"{code}\n" for code in codes)):
        wrong = next((code for code in codes if not _CODE.fullmatch(code)), "")
        return f"“{wrong}” is not a code"
    nameless = next((row.code for row in listed if not row.name_ja), "")
    return f"{nameless} has no name" if nameless else _once(codes)


def check_sectors(sectors: Sequence[SectorRow]) -> str:
    """Each sector once in its scheme."""
    return _once([(row.scheme, row.code) for row in sectors])


def check_nikkei_names(names: Sequence[NikkeiNameRow]) -> str:
    """Each code once."""
    return _once([row.code for row in names])


def check_factors(sets: Sequence[FactorSet]) -> str:
    """A positive factor for each member, and spans that follow one another."""
    for each in sets:
        if fault := _paired(each.codes, each.factors):
            return fault
        if not all(0 < factor < inf for factor in each.factors):
            return "a factor is not positive"
    return _in_order([(each.first, each.last) for each in sets])


def check_divisors(divisors: Sequence[DivisorRow]) -> str:
    """Positive, with spans that follow one another."""
    if not all(0 < row.divisor < inf for row in divisors):
        return "a divisor is not positive"
    return _in_order([(row.first, row.last) for row in divisors])


def check_weights(sets: Sequence[WeightSet]) -> str:
    """A weight between 0 and 100 for each member, and vintages in order."""
    for each in sets:
        if fault := _paired(each.codes, each.weights):
            return fault
        if not all(0 <= weight <= 100 for weight in each.weights):
            return "a weight is outside 0 to 100 per cent"
    return _in_order([(each.vintage, each.vintage) for each in sets])


def check_index_daily(bars: Sequence[IndexBarRow]) -> str:
    """Positive levels, in order of symbol and date, each day once."""
    if not all(0 < row.low <= row.close <= row.high < inf for row in bars):
        return "a close is outside its day's range"
    days = [(row.symbol, row.date) for row in bars]
    return _once(days) or ("" if days == sorted(days) else "days are out of order")


def check_daily(bars: Sequence[DailyBarRow]) -> str:
    """Positive prices, in order of code and date, each day once."""
    for row in bars:
        prices = (row.open, row.high, row.low, row.close)
        if not all(price is None or 0 < price < inf for price in prices):
            return f"{row.code} has a price that is not positive on {row.date}"
    days = [(row.code, row.date) for row in bars]
    return _once(days) or ("" if days == sorted(days) else "days are out of order")


def check_foreign(foreign: Sequence[ForeignRow]) -> str:
    """Each symbol once."""
    return _once([row.symbol for row in foreign])


def check_adr(receipts: Sequence[AdrRow]) -> str:
    """Each symbol once, ratios positive where they are known."""
    if not all(row.shares is None or 0 < row.shares < inf for row in receipts):
        return "a ratio is not positive"
    return _once([row.symbol for row in receipts])


def _once(keys: Sequence[object]) -> str:
    return "" if len(set(keys)) == len(keys) else "an entry is there twice"


def _paired(codes: Sequence[str], figures: Sequence[float]) -> str:
    if len(codes) != len(figures):
        return f"{len(codes)} codes but {len(figures)} figures"
    return _once(codes)


def _in_order(spans: Sequence[tuple[date, date]]) -> str:
    days = [day for span in spans for day in span]
    apart = all(left[1] < right[0] for left, right in pairwise(spans))
    return "" if apart and days == sorted(days) else "spans overlap or stand out of order"
