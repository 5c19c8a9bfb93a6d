"""What the two indices are made of, and what ships of their past and of their names'.

Every function takes the reference tables, those that ship unless told otherwise. Where a table is
missing or does not cover the date, the answer is empty and says which table in words.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from tui.data.reader import ReferenceTables, TableInfo, shipped
from tui.data.rows import FactorSet
from tui.market.arrays import Flags, Floats, Times
from tui.market.quotes import DailyBars

NIKKEI = "^N225"
TOPIX = "^TOPX"

_TOKYO = ".T"


@dataclass(frozen=True, slots=True, eq=False)
class NikkeiBasket:
    """What the Nikkei 225 is computed from on one session.

    Attributes:
        symbols: Members in order of code; empty where no table of factors covers the session.
        factors: ``float64``, the price adjustment factor of each member, cap-adjusted.
        divisor: The divisor; None where no table covers the session.
        vintage: The day whose list of members this is; where none covers the session, the day
            of the newest list before it; None where there is neither.
        current: Whether factors and divisor both cover the session.
        missing: Empty, or which table is missing, in words.
        derived: Whether members or divisor were derived rather than published.
    """

    symbols: tuple[str, ...]
    factors: Floats
    divisor: float | None
    vintage: date | None
    current: bool
    missing: str
    derived: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TopixWeights:
    """Weights of the TOPIX, the nearest that there are for one session.

    Attributes:
        symbols: Members in order of code; empty where there is no table.
        weights: ``float64``, fractions of the index: 0.03 is three per cent.
        vintage: The day at whose close they stood so; None where there is no table.
        later: Whether that day is the session's own or later, so that they are estimates.
        missing: Empty, or which table is missing, in words.
    """

    symbols: tuple[str, ...]
    weights: Floats
    vintage: date | None
    later: bool
    missing: str


@dataclass(frozen=True, slots=True)
class BuiltinList:
    """A list that comes with the program.

    Attributes:
        name: Name in English.
        name_ja: Name in Japanese.
        symbols: Members in order of code.
    """

    name: str
    name_ja: str
    symbols: tuple[str, ...]


class IndexBars(NamedTuple):
    """Daily bars of an index, oldest first: ``datetime64[D]`` and ``float64``."""

    dates: Times
    open: Floats
    high: Floats
    low: Floats
    close: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SessionBars:
    """Daily bars of many names on one session, one array a field; NaN where unknown.

    Attributes:
        session: The session's date in Tokyo.
        symbols: In order of code.
        open, high, low, close: ``float64``, unadjusted, in yen.
        previous_close: ``float64``, the close of the session before, NaN where it does not ship.
        volume: ``float64``, shares.
        turnover: ``float64``, yen.
        derived: ``bool``, whether the close was solved from the index and not observed.
    """

    session: date
    symbols: tuple[str, ...]
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    previous_close: Floats
    volume: Floats
    turnover: Floats
    derived: Flags


def nikkei_basket(session: date, reference: ReferenceTables | None = None) -> NikkeiBasket:
    """Members, factors and divisor of the Nikkei 225 on a session."""
    reference = reference or shipped()
    sets = reference.nikkei_factors.rows
    members = next((each for each in sets if each.first <= session <= each.last), None)
    divisor = next(
        (row for row in reference.nikkei_divisors.rows if row.first <= session <= row.last), None
    )
    missing = []
    if members is None:
        missing.append(_missing(reference.nikkei_factors.info(), session))
    if divisor is None:
        missing.append(_missing(reference.nikkei_divisors.info(), session))
    before = [each.vintage for each in sets if each.first <= session]
    return NikkeiBasket(
        symbols=_symbols(members.codes) if members else (),
        factors=np.array(members.factors if members else (), dtype=np.float64),
        divisor=divisor.divisor if divisor else None,
        vintage=members.vintage if members else max(before, default=None),
        current=not missing,
        missing="; ".join(missing),
        derived="derived" in {row.status for row in (members, divisor) if row},
    )


def weights_topix(session: date, reference: ReferenceTables | None = None) -> TopixWeights:
    """The newest weights from before a session; where there are none, the oldest after it."""
    table = (reference or shipped()).topix_weights
    sets = table.rows
    if not sets:
        return TopixWeights((), np.empty(0), None, False, _missing(table.info(), session))
    earlier = [each for each in sets if each.vintage < session]
    chosen = earlier[-1] if earlier else sets[0]
    return TopixWeights(
        symbols=_symbols(chosen.codes),
        weights=np.array(chosen.weights, dtype=np.float64) / 100.0,
        vintage=chosen.vintage,
        later=not earlier,
        missing="",
    )


def builtin_lists(
    session: date, reference: ReferenceTables | None = None
) -> tuple[BuiltinList, ...]:
    """Nikkei 225, TOPIX Core30 and TOPIX Large70.

    Where no table covers the session, the Nikkei 225 has the members of the newest list before
    it, else of the oldest, so that there are rows to show; `nikkei_basket` tells how old it is.
    """
    reference = reference or shipped()
    nikkei = _nearest(reference.nikkei_factors.rows, session)
    listed = reference.listed_on(session)
    core30, large70 = (
        _symbols(tuple(row.code for row in listed if row.size_class == size))
        for size in ("TOPIX Core30", "TOPIX Large70")
    )
    return (
        BuiltinList("Nikkei 225", "日経225", _symbols(nikkei.codes) if nikkei else ()),
        BuiltinList("TOPIX Core30", "TOPIX Core30", core30),
        BuiltinList("TOPIX Large70", "TOPIX Large70", large70),
    )


def index_closes(symbol: str, reference: ReferenceTables | None = None) -> IndexBars:
    """Daily bars of ``^N225`` or ``^TOPX``, oldest first; empty for any other symbol."""
    rows = [row for row in (reference or shipped()).index_daily.rows if row.symbol == symbol]
    return IndexBars(
        dates=np.array([row.date for row in rows], dtype="datetime64[D]"),
        open=np.array([row.open for row in rows], dtype=np.float64),
        high=np.array([row.high for row in rows], dtype=np.float64),
        low=np.array([row.low for row in rows], dtype=np.float64),
        close=np.array([row.close for row in rows], dtype=np.float64),
    )


def daily_bars(symbol: str, reference: ReferenceTables | None = None) -> tuple[DailyBars, Flags]:
    """Daily bars that ship of one name, and for each whether its close is derived.

    Returns:
        The bars, oldest first, and ``bool`` of the same length; both empty for a symbol of which
        none ship.
    """
    code = symbol.removesuffix(_TOKYO)
    table = (reference or shipped()).daily
    rows = [row for row in table.rows if row.code == code] if symbol.endswith(_TOKYO) else []
    bars = DailyBars(
        symbol=symbol,
        dates=np.array([row.date for row in rows], dtype="datetime64[D]"),
        open=np.array([row.open for row in rows], dtype=np.float64),
        high=np.array([row.high for row in rows], dtype=np.float64),
        low=np.array([row.low for row in rows], dtype=np.float64),
        close=np.array([row.close for row in rows], dtype=np.float64),
        volume=np.array([row.volume for row in rows], dtype=np.float64),
        turnover=np.array([row.turnover for row in rows], dtype=np.float64),
        source=table.info().origin,
    )
    return bars, np.array([row.basis == "derived" for row in rows], dtype=np.bool_)


def session_bars(session: date, reference: ReferenceTables | None = None) -> SessionBars:
    """Daily bars of every name of which one ships for a session, with the closes before it."""
    table = (reference or shipped()).daily.rows
    before = max((row.date for row in table if row.date < session), default=None)
    previous = {row.code: row.close for row in table if row.date == before}
    rows = [row for row in table if row.date == session]
    return SessionBars(
        session=session,
        symbols=tuple(row.code + _TOKYO for row in rows),
        open=np.array([row.open for row in rows], dtype=np.float64),
        high=np.array([row.high for row in rows], dtype=np.float64),
        low=np.array([row.low for row in rows], dtype=np.float64),
        close=np.array([row.close for row in rows], dtype=np.float64),
        previous_close=np.array([previous.get(row.code) for row in rows], dtype=np.float64),
        volume=np.array([row.volume for row in rows], dtype=np.float64),
        turnover=np.array([row.turnover for row in rows], dtype=np.float64),
        derived=np.array([row.basis == "derived" for row in rows], dtype=np.bool_),
    )


def _nearest(sets: tuple[FactorSet, ...], session: date) -> FactorSet | None:
    earlier = [each for each in sets if each.first <= session]
    if earlier:
        return earlier[-1]
    return sets[0] if sets else None


def _symbols(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code + _TOKYO for code in codes)


def _missing(info: TableInfo, session: date) -> str:
    """Name a table that cannot serve a session, and say why."""
    if info.problem:
        return f"{info.title}: {info.problem}"
    return f"{info.title}: none for {session.day} {session:%b %Y}"
