"""``zaraba doctor``: terminal, configuration, data and providers, and what to do about each."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec

from tui import __version__
from tui.cli.arguments import Options
from tui.cli.finding import Finding
from tui.config import Config, home, load, load_state
from tui.errors import ZarabaError
from tui.market.times import JST
from tui.providers.contracts import Role


def run_doctor(options: Options) -> int:
    """Print every finding; the exit status is 2 where something is broken."""
    print(f"zaraba {__version__}, Python {sys.version.split()[0]}")
    worst = 0
    for title, findings in (
        ("Terminal", _terminal()),
        ("Configuration", _configuration(options)),
        ("Data", _data(options)),
        ("Providers", _providers()),
        ("Sources in use", _sources(options)),
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
        yield Finding(
            "note",
            "the output is not a terminal",
            "print, shot and the like work; start the monitor from a terminal.",
        )
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
    if os.environ.get("NO_COLOR"):
        yield Finding(
            "note",
            "NO_COLOR is set: arrows and signs tell the direction",
            "Unset it to have colours.",
        )
    encoding = (sys.stdout.encoding or "").lower()
    utf8 = encoding.replace("-", "") == "utf8"
    yield Finding(
        "ok" if utf8 else "bad",
        f"encoding {encoding or 'unknown'}",
        "" if utf8 else "Use a UTF-8 locale, such as LANG=C.UTF-8, for Japanese and lines.",
    )


def _configuration(options: Options) -> Iterator[Finding]:
    where = home(options.config)
    config = Config()
    try:
        config = load(where, required=options.config is not None)
    except ZarabaError as error:
        yield _broken(error)
    else:
        state = "read" if where.config_file.exists() else "not there, so the defaults hold"
        yield Finding("ok", f"{where.config_file}: {state}")
    from tui.cli.themes import check_theme, user_palettes
    from tui.commands.rebinding import rebound
    from tui.market.indices import builtin_lists
    from tui.providers import registry
    from tui.watchlists.lists import Lists

    lists = Lists(builtin_lists(datetime.now(UTC).date()), where.lists_file, lambda code: code)
    notices = lists.take_notices()
    for notice in notices:
        yield Finding("bad", notice)
    if not notices:
        own = sum(not lists.builtin(name) for name in lists.names())
        yield Finding("ok", f"{where.lists_file}: your own lists: {own}")
    palettes, problems = user_palettes(where)
    for problem in problems:
        yield Finding("bad", problem)
    if palettes:
        yield Finding("ok", f"{where.themes_folder}: your own themes: {len(palettes)}")
    for problem in rebound(config.keys)[1]:
        yield Finding("bad", f"{where.config_file}: {problem}")
    try:
        check_theme(config.theme, palettes)
    except ZarabaError as error:
        yield Finding("bad", f"{where.config_file}: {error.what} (key “theme”)", error.remedy)
    if config.list and config.list not in lists.names():
        yield Finding(
            "bad",
            f"{where.config_file}: there is no list “{config.list}” (key “list”)",
            f"Lists: {', '.join(lists.names())}.",
        )
    for role, name, key in (
        *((Role.QUOTES, name, "sources.quotes") for name in config.sources.quote_names),
        (Role.HISTORY, config.sources.history, "sources.history"),
        *((Role.NEWS, name, "sources.news") for name in config.sources.news),
        (Role.SEARCH, config.sources.search, "sources.search"),
        *((Role.CALENDAR, name, "sources.calendar") for name in config.sources.calendars),
    ):
        if name and name not in registry.names(role):
            yield Finding(
                "bad",
                f"{where.config_file}: there is no source of {role.value} “{name}” (key “{key}”)",
                f"Installed: {', '.join(registry.names(role))}.",
            )


def _data(options: Options) -> Iterator[Finding]:
    from tui.data.overlay import out_of_date
    from tui.data.reader import ReferenceTables
    from tui.data.tables import WITHOUT, check_all

    today = datetime.now(UTC).astimezone(JST).date()
    reference = ReferenceTables(own=home(options.config).reference_folder)
    for info in reference.layer_infos():
        if info.problem and info.whose == "yours":
            yield Finding(
                "bad",
                f"{info.title}: your own table is unusable: {info.problem}",
                f"Move it out of {reference.own} and import the publisher's file again.",
            )
    for file, table in check_all(reference):
        if table.problem:
            yield Finding(
                "bad",
                f"{table.title} ({file}): {table.problem}",
                f"Until the program is installed again, {WITHOUT[file]}.",
            )
            continue
        text = f"{table.title}: {table.rows:,} rows"
        if table.vintage is not None:
            text += f", as of {table.vintage}"
        old = out_of_date(table.name, table.vintage, table.until, today)
        yield Finding(
            "note" if old else "ok",
            f"{text}: {old}" if old else text,
            "Right for the bundled session; for today's market bring the publisher's file with "
            "`zaraba reference import`."
            if old
            else "",
        )


def _providers() -> Iterator[Finding]:
    from tui.providers import registry

    for each in registry.installed():
        text = f"{each.role.value}: {each.name} ({each.distribution} {each.version})"
        if each.problem:
            yield Finding(
                "bad",
                f"{text}: {each.problem}",
                "Install it again, or remove it; every other source works without it.",
            )
        else:
            yield Finding("ok", text)
    if find_spec("pyarrow") is None:
        yield Finding(
            "note",
            "pyarrow is not installed, so the file source reads CSV only",
            "For Parquet install zaraba[parquet].",
        )


def _sources(options: Options) -> Iterator[Finding]:
    from tui.cli.doctor_sources import source_findings

    where = home(options.config)
    try:
        config = load(where, required=options.config is not None)
    except ZarabaError:
        config = Config()  # told above
    sources = load_state(where).sources.over(config.sources)
    yield from source_findings(config, sources, online=options.online)


def _broken(error: ZarabaError) -> Finding:
    head = f"{error.subject}: {error.what}" if error.subject else error.what
    return Finding("bad", head, error.remedy)
