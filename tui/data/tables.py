"""Every file of reference data that ships, and what is blank on screen without it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tui.data.calendar import closure_table, hours_table
from tui.data.reader import FOLDER, ReferenceTables, TableInfo, tables
from tui.data.rules import limit_table, tick_table
from tui.data.session import FACTS_FILE, PATHS_FILE, load_facts
from tui.errors import DataError

WITHOUT: Final = {
    "listed.json": "names, sectors and the TOPIX lists are blank",
    "sectors.json": "English names of sectors are blank",
    "nikkei_names.json": "Nikkei sectors are blank",
    "nikkei_factors.json": "points and breadth of the Nikkei 225 are blank",
    "nikkei_divisors.json": "points to the Nikkei 225 are blank",
    "topix_weights.json": "weights of the TOPIX are blank",
    "index_daily.json": "streaks are blank",
    "daily.json": "history of the names is blank",
    "foreign.json": "instruments outside Tokyo are unknown",
    "adr.json": "depositary receipts are unknown",
    "calendar_closures.json": "holidays come from exchange-calendars, which starts slowly",
    "calendar_hours.json": "today's trading hours stand in for those of every date",
    "rules_ticks.json": "ticks are unknown, so prices lack their usual decimals",
    "rules_limits.json": "daily price limits are unknown",
    FACTS_FILE: "there is no session to replay",
    PATHS_FILE: "there is no session to replay",
}
"""By file name: what the program does where that file is taken out."""


def absent(folder: Path = FOLDER, *, own: Path | None = None) -> list[str]:
    """One line for each file that has been taken out; nothing is opened.

    Args:
        folder: Where the files ship.
        own: Where the user's own tables lie; one of theirs stands in for one taken out.
    """
    return [
        f"the table {name} is missing: {without}"
        for name, without in WITHOUT.items()
        if not (folder / name).is_file() and not (own is not None and (own / name).is_file())
    ]


def check_all(reference: ReferenceTables | None = None) -> Iterator[tuple[str, TableInfo]]:
    """Read and check every file: its name, and what is known of it.

    Args:
        reference: The tables in use; those that ship unless told otherwise.
    """
    for table in (closure_table(), hours_table(), tick_table(), limit_table()):
        yield f"{table.name}.json", table.info()
    for info in tables(reference):
        yield f"{info.name}.json", info
    yield from _session()


def _session() -> Iterator[tuple[str, TableInfo]]:
    """The bundled session: its real figures, and the modelled path between them."""
    from tui.data.session_paths import load_paths

    figures, path = "Bundled session, figures", "Bundled session, modelled path"
    try:
        facts = load_facts()
    except DataError as error:
        yield FACTS_FILE, TableInfo(name="session_facts", title=figures, problem=error.what)
        return
    yield (
        FACTS_FILE,
        TableInfo(
            name="session_facts",
            title=f"{figures} of {facts.session}",
            rows=len(facts.symbols),
            origin=facts.file.origin,
        ),
    )
    try:
        steps = len(load_paths(facts).level)
    except DataError as error:
        yield PATHS_FILE, TableInfo(name="session_paths", title=path, problem=error.what)
    else:
        yield PATHS_FILE, TableInfo(name="session_paths", title=path, rows=steps)
