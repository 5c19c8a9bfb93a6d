"""The arguments of every command."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from tui import __version__
from tui.errors import UsageError

COMMANDS = ("print", "shot", "providers", "doctor", "reference")
SCREENS = ("main", "detail", "help", "sources", "ladder", "catalysts")


class Options(argparse.Namespace):
    """What was asked for, typed; every command reads its own part."""

    command: str
    provider: str
    path: Path | None
    at: str
    speed: float | None
    list: str
    theme: str
    config: Path | None
    format: str
    names: str
    file: Path
    size: str
    screen: str
    convention: str
    action: str
    divisor: float | None
    first: date | None
    dry_run: bool
    close: float
    prices: Path | None
    day: date | None
    source: Path | None
    save: bool


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are the program's own errors."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong, with the remedy."""
        raise UsageError(message, remedy=f"See {self.prog} --help.")


def parse(argv: Sequence[str]) -> Options:
    """Read the arguments.

    Raises:
        UsageError: They are wrong.
        SystemExit: Help or the version was asked for, and has been printed.
    """
    return _parser().parse_args(argv, Options())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="zaraba",
        description="What moved Tokyo, by how many points, because of which names, and why.",
        epilog="Without a command the monitor opens. `zaraba COMMAND --help` tells the rest.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"zaraba {__version__}")
    parser.set_defaults(command="", file=None, format="table", names="", size="", screen="main")
    parser.set_defaults(convention="")
    _common(parser)
    parser.add_argument("--speed", type=_speed, help="market seconds a second in a replay, 1–600")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=_Parser, required=False
    )
    printing = commands.add_parser("print", help="print what the screen shows, and exit")
    _common(printing)
    printing.add_argument("--format", choices=("table", "json", "csv"), default="table")
    printing.add_argument("--names", choices=("en", "ja"), default="", help="language of names")
    shot = commands.add_parser("shot", help="write the screen as an SVG picture, and exit")
    shot.add_argument("file", type=Path, metavar="FILE.svg")
    _common(shot)
    shot.add_argument("--size", default="160x45", help="columns x rows (160x45)")
    shot.add_argument("--screen", choices=SCREENS, default="main")
    shot.add_argument("--names", choices=("en", "ja"), default="", help="language of names")
    shot.add_argument("--convention", choices=("tokyo", "western", "safe"), default="")
    providers = commands.add_parser("providers", help="list what is installed and whether it loads")
    providers.add_argument("--format", choices=("table", "json"), default="table")
    doctor = commands.add_parser("doctor", help="check terminal, configuration, data and providers")
    doctor.add_argument("--config", type=Path, metavar="FILE", help="the configuration file")
    _reference(commands.add_parser("reference", help="list reference tables, import your own"))
    return parser


def _reference(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--config", type=Path, metavar="FILE", help="the configuration file")
    parser.set_defaults(action="")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)
    bring = actions.add_parser(
        "import", help="take Nikkei's factors, JPX's topixweight_j.csv or data_j.xls"
    )
    bring.add_argument("source", type=Path, nargs="?", metavar="FILE", help="a publisher's file")
    bring.add_argument("--divisor", type=float, metavar="X", help="the divisor that goes with it")
    bring.add_argument("--dry-run", action="store_true", help="say what changes, write nothing")
    solve = actions.add_parser("solve-divisor", help="the divisor from a close and its prices")
    solve.add_argument("--close", type=float, required=True, metavar="X", help="the index's close")
    solve.add_argument("--prices", type=Path, metavar="FILE", help="quotes as CSV")
    solve.add_argument("--date", dest="day", type=_day, metavar="DATE", help="the prices' session")
    solve.add_argument("--save", action="store_true", help="keep it, marked as derived")
    for each in (bring, solve):
        each.add_argument(
            "--from", dest="first", type=_day, metavar="DATE", help="first session it holds for"
        )
        each.add_argument(
            "--config",
            type=Path,
            metavar="FILE",
            default=argparse.SUPPRESS,
            help="the configuration file",
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2025-05-26") from None


def _common(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    default = argparse.SUPPRESS if parser.prog != "zaraba" else ""
    nothing = argparse.SUPPRESS if parser.prog != "zaraba" else None
    add("--provider", default=default, metavar="NAME", help="where quotes come from (replay)")
    add("--path", type=Path, default=nothing, metavar="FILE", help="the file provider's file")
    add("--at", default=default, metavar="TIME", help="14:32 on the session's date, or an ISO time")
    add("--list", default=default, metavar="NAME", help="the list to show (Nikkei 225)")
    add("--theme", default=default, metavar="NAME", help="the theme")
    add("--config", type=Path, default=nothing, metavar="FILE", help="the configuration file")


def _speed(text: str) -> float:
    try:
        speed = float(text.lstrip("x×"))
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 600:
        raise argparse.ArgumentTypeError(f"“{text}” is not a speed from 1 to 600")
    return speed
