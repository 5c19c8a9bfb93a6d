"""``zaraba reference``: the reference tables, and the publishers' files that the user brings."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import numpy as np

from tui.cli.arguments import Options
from tui.config import home, load
from tui.data.changes import Changes, factor_changes, issue_changes, weight_changes
from tui.data.divisor import SolvedDivisor, solve_divisor
from tui.data.official import FactorList, WeightList, read_official
from tui.data.official.cells import MOST_BYTES
from tui.data.overlay import last_before_review, out_of_date
from tui.data.reader import ReferenceTables, TableInfo
from tui.data.rows import DivisorRow, FactorSet
from tui.data.tables import check_all
from tui.data.user_tables import (
    NewTable,
    divisor_table,
    factors_table,
    listed_table,
    store,
    weights_table,
)
from tui.errors import DataError, ProviderError, UsageError
from tui.files import read_bounded, why
from tui.market.indices import session_bars
from tui.market.quotes import Field
from tui.market.times import JST

_PLAUSIBLE = (1.0, 1_000.0)
"""A divisor beyond these was mistyped."""


def run_reference(options: Options) -> int:
    """List the tables, import a file, or solve a divisor."""
    where = home(options.config)
    load(where, required=options.config is not None)
    folder = where.reference_folder
    reference = ReferenceTables(own=folder)
    if options.action == "import":
        return _import(options, reference, folder)
    if options.action == "solve-divisor":
        return _solve(options, reference, folder)
    return _list(options, reference, folder)


def _list(options: Options, reference: ReferenceTables, folder: Path) -> int:
    today = datetime.now(UTC).astimezone(JST).date()
    infos = reference.layer_infos()
    named = {info.name for info in infos}
    infos += [info for _, info in check_all(reference) if info.name not in named]
    current = {
        info.name for info in reference.infos() if not info.problem and not _old(info, today)
    }
    if options.format == "json":
        plain = [
            {
                "name": info.name,
                "title": info.title,
                "vintage": info.vintage,
                "until": info.until,
                "rows": info.rows,
                "whose": info.whose,
                "origin": info.origin,
                "problem": info.problem or None,
                "out_of_date": _old(info, today) or None,
            }
            for info in infos
        ]
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(plain)).decode() + "\n")
        return 0
    print(f"{'Table':<49}{'Vintage':<12}{'Rows':>6}  {'Whose':<9}State")
    for info in infos:
        state = _state(info, today, newer=info.name in current)
        vintage = str(info.vintage or "–")
        print(f"{info.title:<49}{vintage:<12}{info.rows:>6,}  {info.whose:<9}{state}")
        if info.origin:
            print(f"    {info.origin}")
    print(f"\nYour own tables: {folder}")
    print("Bring a publisher's file with `zaraba reference import FILE`.")
    return 0


def _state(info: TableInfo, today: date, *, newer: bool) -> str:
    """In a few words, how usable a table is; `newer` tells that the other layer is current."""
    if info.problem or not (old := _old(info, today)):
        return info.problem or "ok"
    return f"older ({old})" if newer else f"out of date: {old}"


def _old(info: TableInfo, today: date) -> str:
    return out_of_date(info.name, info.vintage, info.until, today)


def _import(options: Options, reference: ReferenceTables, folder: Path) -> int:
    if options.source is None and (options.divisor is None or options.first is None):
        raise UsageError("there is no file to import", remedy="Give FILE, or --divisor and --from.")
    tables: list[NewTable] = []
    first, exchanged = options.first, False
    if options.source is not None:
        path = options.source.expanduser()
        try:
            changes, tables, members = _read(path, reference, options)
        except DataError as error:
            raise DataError(
                error.what, subject=error.subject or str(path), remedy=error.remedy
            ) from error
        _tell(changes)
        if members is not None:
            first = members.first
            exchanged = any(line.startswith(("in ", "out ")) for line in changes.lines)
            print(f"It holds for sessions from {members.first} to {members.last} at the latest.")
    if options.divisor is not None and first is not None:
        row = _given(options.divisor, first)
        tables.append(divisor_table(row, reference))
        print(f"Divisor {row.divisor:.10g}, given by you, from {row.first} to {row.last} at most.")
    elif options.source is not None and first is not None:
        _tell_divisor(first, reference, exchanged=exchanged)
    return _write(tables, folder, dry_run=options.dry_run)


def _read(
    path: Path, reference: ReferenceTables, options: Options
) -> tuple[Changes, list[NewTable], FactorSet | None]:
    """What a file is, what it changes, and the tables that it makes."""
    try:
        content = read_bounded(path, MOST_BYTES)
    except OSError as error:
        raise DataError(
            f"cannot be read: {why(error)}", remedy="Check the path and its permissions."
        ) from error
    official = read_official(content)
    if isinstance(official, FactorList):
        members, tables = factors_table(official, reference, options.first)
        return factor_changes(official, reference), tables, members
    if options.divisor is not None or options.first is not None:
        raise UsageError(
            "--divisor and --from go with Nikkei's price adjustment factors only",
            subject=str(path),
            remedy="Leave them out for JPX's files.",
        )
    if isinstance(official, WeightList):
        return weight_changes(official, reference), [weights_table(official, reference)], None
    return issue_changes(official, reference), [listed_table(official, reference)], None


def _tell(changes: Changes) -> None:
    print(changes.title)
    if changes.against is None:
        print("There is no such table yet for that day.")
    elif changes.lines:
        print(f"Against that of {changes.against}:")
        for line in changes.lines:
            print(f"  {line}")
    else:
        print(f"The same as that of {changes.against}.")


def _tell_divisor(first: date, reference: ReferenceTables, *, exchanged: bool) -> None:
    """Say which divisor a new list of members meets."""
    rows = reference.nikkei_divisors.rows
    row = next((row for row in rows if row.first <= first <= row.last), None)
    way = "Give one with --divisor, or solve it with `zaraba reference solve-divisor`."
    if row is None:
        print(f"No divisor covers {first}, so points stay blank. {way}")
        return
    print(f"Divisor in use on {first}: {row.divisor:.10g} until {row.last}; {row.note}.")
    if exchanged and row.first < first:
        print(f"It dates from {row.first}, and an exchange of members changes it. {way}")


def _given(divisor: float, first: date) -> DivisorRow:
    if not _PLAUSIBLE[0] <= divisor <= _PLAUSIBLE[1]:
        raise UsageError(
            f"{divisor:g} is no divisor of the Nikkei 225",
            subject="--divisor",
            remedy="It has been around 25 to 35 of late.",
        )
    return DivisorRow(first, last_before_review(first), divisor, "published", "given by you")


def _write(tables: list[NewTable], folder: Path, *, dry_run: bool) -> int:
    if dry_run:
        print("Nothing was written.")
        return 0
    stored = store(tables, folder)
    for path, previous in stored:
        print(f"Wrote {path}" + (f"; what was there is kept as {previous}" if previous else ""))
    if not stored:
        print("Nothing had to be written: it stands so already.")
    return 0


def _solve(options: Options, reference: ReferenceTables, folder: Path) -> int:
    day, prices, basis, derived = _prices(options, reference)
    members = next(
        (each for each in reference.nikkei_factors.rows if each.first <= day <= each.last), None
    )
    if members is None:
        raise DataError(
            f"no list of members and factors covers {day}",
            remedy="Import Nikkei's price adjustment factors of that time first.",
        )
    solved = solve_divisor(options.close, prices, members)
    if not _PLAUSIBLE[0] <= solved.divisor <= _PLAUSIBLE[1]:
        raise DataError(
            f"the divisor would be {solved.divisor:g}",
            remedy="Check --close, the prices and their date.",
        )
    _explain(solved, day, basis)
    if derived and options.save:
        raise DataError(
            f"{derived} of the prices were solved from the index, so the divisor proves nothing",
            remedy="Give --prices with every member's own price to keep it.",
        )
    if not options.save:
        print("Nothing was written; --save keeps it, marked as derived.")
        return 0
    first = options.first or day
    if not members.first <= first <= day:
        raise UsageError(
            f"the divisor of {day} cannot hold from {first}",
            subject="--from",
            remedy=f"Give a day from {members.first}, when the list of members begins, to {day}.",
        )
    note = f"solved from the close {solved.close:,.2f} of {day}, {basis}"
    row = DivisorRow(first, members.last, solved.divisor, "derived", note)
    print(f"Holds from {row.first} to {row.last} at the latest, marked as derived.")
    return _write([divisor_table(row, reference)], folder, dry_run=False)


def _explain(solved: SolvedDivisor, day: date, basis: str) -> None:
    print(f"Divisor of {day}: {solved.divisor:.8f}")
    print(f"  = sum of price × factor {solved.total:,.2f} ÷ close {solved.close:,.2f}")
    print(f"  {solved.members} members and factors of the list of {solved.vintage}; {basis}")
    print(f"  the close is rounded: any from {solved.lowest:.8f} to {solved.highest:.8f} gives it")


def _prices(
    options: Options, reference: ReferenceTables
) -> tuple[date, dict[str, float], str, int]:
    """The session's date, prices by code, what they rest on, and how many are derived."""
    if options.prices is None:
        if options.day is None:
            raise UsageError(
                "there are no prices", remedy="Give --prices FILE, or --date of bars that ship."
            )
        bars = session_bars(options.day, reference)
        if not bars.symbols:
            raise DataError(f"no daily bars ship for {options.day}", remedy="Give --prices FILE.")
        closes = dict(zip((s.removesuffix(".T") for s in bars.symbols), bars.close, strict=True))
        derived = int(bars.derived.sum())
        words = f", {derived} of them derived from the index itself" if derived else ""
        return options.day, closes, f"daily closes that ship{words}", derived
    from tui.providers.file.sheet import read_sheet

    path = options.prices.expanduser()
    try:
        content = read_bounded(path, MOST_BYTES)
    except OSError as error:
        raise DataError(
            f"cannot be read: {why(error)}",
            subject=str(path),
            remedy="Check the path and its permissions.",
        ) from error
    today = datetime.now(UTC).astimezone(JST).date()
    try:
        sheet = read_sheet(content, options.day, today)
    except ProviderError as error:
        raise DataError(error.what, subject=str(path), remedy=error.remedy) from error
    if options.day is None and np.isnat(sheet.time).all():
        raise UsageError(
            "the prices tell no date", subject=str(path), remedy="Give their session with --date."
        )
    for problem in sheet.problems[:5]:
        print(f"{path.name}: {problem}", file=sys.stderr)
    blank = np.full(len(sheet.symbols), np.nan)
    special, last, base = (
        sheet.fields.get(field, blank)
        for field in (Field.SPECIAL, Field.LAST, Field.PREVIOUS_CLOSE)
    )
    price = np.where(np.isfinite(special), special, np.where(np.isfinite(last), last, base))
    untraded = int((np.isnan(special) & np.isnan(last) & np.isfinite(base)).sum())
    basis = f"prices of {path.name}"
    if untraded:
        basis += f", {untraded} of them previous closes for want of a trade"
    codes = (symbol.removesuffix(".T") for symbol in sheet.symbols)
    return sheet.session, dict(zip(codes, price.tolist(), strict=True)), basis, 0
