"""``zaraba doctor``: terminal, configuration, data and providers, and what to do about each."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tui import __version__
from tui.cli.arguments import Options
from tui.config import home, load
from tui.errors import ZarabaError
from tui.market.times import JST


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        mark: ``ok``, ``note`` or ``bad``.
        text: What was found.
        remedy: What to do; empty where nothing has to be done.
    """

    mark: str
    text: str
    remedy: str = ""


def run_doctor(options: Options) -> int:
    """Print every finding; the exit status is 2 where something is broken."""
    print(f"zaraba {__version__}, Python {sys.version.split()[0]}")
    worst = 0
    for title, findings in (
        ("Terminal", _terminal()),
        ("Configuration", _configuration(options)),
        ("Data", _data(options)),
        ("Providers", _providers()),
    ):
        print(f"\n{title}")
        for finding in findings:
            print(f"  {finding.mark:<5}{finding.text}")
            if finding.remedy:
                print(f"       → {finding.remedy}")
            worst = max(worst, 2 if finding.mark == "bad" else 0)
    return worst


def _terminal() -> Iterator[Finding]:
    if not sys.stdout.isatty():
        yield Finding("note", "not a terminal: only print, shot and the like work here")
    columns, rows = shutil.get_terminal_size()
    small = columns < 80 or rows < 24
    yield Finding(
        "note" if small else "ok",
        f"{columns} columns, {rows} rows",
        "80x24 shows one pane at a time, 120x40 all of them." if small else "",
    )
    term, colour = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "")
    rich = colour in {"truecolor", "24bit"}
    yield Finding(
        "ok" if rich else "note",
        f"TERM={term or 'unset'}, COLORTERM={colour or 'unset'}",
        "" if rich else "Set COLORTERM=truecolor if the terminal shows 16 million colours.",
    )
    if "NO_COLOR" in os.environ:
        yield Finding("note", "NO_COLOR is set: no colours; arrows and signs tell the direction")
    encoding = (sys.stdout.encoding or "").lower()
    utf8 = encoding.replace("-", "") == "utf8"
    yield Finding(
        "ok" if utf8 else "bad",
        f"encoding {encoding or 'unknown'}",
        "" if utf8 else "Use a UTF-8 locale, such as LANG=C.UTF-8, for Japanese and lines.",
    )


def _configuration(options: Options) -> Iterator[Finding]:
    where = home(options.config)
    try:
        load(where, required=options.config is not None)
    except ZarabaError as error:
        yield Finding("bad", str(error))
    else:
        state = "read" if where.config_file.exists() else "not there, so the defaults hold"
        yield Finding("ok", f"{where.config_file}: {state}")
    from tui.cli.themes import user_palettes
    from tui.market.indices import builtin_lists
    from tui.watchlists.lists import Lists

    lists = Lists(builtin_lists(datetime.now(UTC).date()), where.lists_file, lambda code: code)
    notices = lists.take_notices()
    for notice in notices:
        yield Finding("bad", notice)
    if not notices:
        own = sum(not lists.builtin(name) for name in lists.names())
        yield Finding("ok", f"{where.lists_file}: {own} lists of your own")
    palettes, problems = user_palettes(where)
    for problem in problems:
        yield Finding("bad", problem)
    if palettes:
        yield Finding("ok", f"{where.themes_folder}: {len(palettes)} themes")


def _data(options: Options) -> Iterator[Finding]:
    from tui.data.overlay import out_of_date
    from tui.data.reader import ReferenceTables

    today = datetime.now(UTC).astimezone(JST).date()
    reference = ReferenceTables(own=home(options.config).reference_folder)
    for table in reference.layer_infos():
        if table.problem and table.whose == "yours":
            yield Finding(
                "bad",
                f"{table.title}: yours is unusable: {table.problem}",
                f"Move it out of {reference.own}, and import the publisher's file again.",
            )
    for table in reference.infos():
        if table.problem:
            yield Finding(
                "bad",
                f"{table.title}: {table.problem}",
                "Install the program again; until then what needs the table is blank.",
            )
            continue
        text = f"{table.title}: {table.rows:,} rows"
        if table.vintage is not None:
            text += f", as of {table.vintage}"
        old = out_of_date(table.name, table.vintage, table.until, today)
        yield Finding("note" if old else "ok", f"{text} ({old})" if old else text)


def _providers() -> Iterator[Finding]:
    from tui.providers import registry

    for each in registry.installed():
        text = f"{each.role.value}: {each.name} ({each.distribution} {each.version})"
        if each.problem:
            yield Finding("bad", f"{text}: {each.problem}")
        else:
            yield Finding("ok", text)
