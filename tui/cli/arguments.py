"""The arguments of every command."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from tui import __version__
from tui.errors import UsageError

SCREENS = (
    "main", "detail", "help", "sources", "ladder", "catalysts",
    "contribution", "heatmap", "sectors", "movers", "breadth", "bridge", "wrap", "news", "timeline",
)  # fmt: skip

_EPILOG = """\
Without a command the monitor opens; with nothing configured it replays the session of 26 May 2025.

examples:
  zaraba                                        the monitor
  zaraba --at 14:32 --speed 10                  the replay, from an instant, slowly
  zaraba --provider file --path quotes.csv      the monitor on a file that something else writes
  zaraba print --at 15:30                       the close, as text
  zaraba print --list core30 --format json      for a program; docs/json.md describes it
  zaraba wrap --at 15:30 --lang ja              the day's report, every figure of it computed
  zaraba catalysts note.md --format json        what a commentary states, beside the market
  zaraba news --kind earnings                   the latest news of one kind
  zaraba shot close.svg --at 15:30              a picture of the screen
  zaraba doctor --online                        whether the sources in use answer

In the monitor, ? lists the keys. `zaraba COMMAND --help` tells the options of a command.
"""


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
    lang: str
    kind: str
    symbol: str
    limit: int | None
    key: str
    rest: Sequence[str]
    online: bool


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
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"zaraba {__version__}")
    parser.set_defaults(
        command="",
        provider="",
        path=None,
        at="",
        speed=None,
        list="",
        theme="",
        config=None,
        format="table",
        names="",
        size="",
        screen="main",
        convention="",
        action="",
        lang="",
        kind="",
        symbol="",
        limit=None,
    )
    _source(parser)
    _speed_option(parser)
    _theme(parser)
    commands = parser.add_subparsers(
        dest="command", title="commands", metavar="COMMAND", parser_class=_Parser, required=False
    )
    _print(commands)
    _wrap(commands)
    _catalysts(commands)
    _news(commands)
    _shot(commands)
    providers = commands.add_parser(
        "providers", help="list what is installed, and whether it loads", allow_abbrev=False
    )
    providers.add_argument("--format", choices=("table", "json"), help="how to write it (table)")
    doctor = commands.add_parser(
        "doctor", help="check terminal, configuration, data and providers", allow_abbrev=False
    )
    doctor.add_argument(
        "--online", action="store_true", help="ask each source in use whether it answers"
    )
    _config(doctor)
    _reference(commands)
    _keys(commands)
    return parser


def _print(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser(
        "print",
        help="print what the screen shows, and exit",
        description="Print what the screen shows, and exit. A replay stands at its close unless "
        "--at says otherwise.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    _source(parser)
    parser.add_argument(
        "--format", choices=("table", "json", "csv"), help="how to write it (table)"
    )
    _names(parser)


def _wrap(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser(
        "wrap",
        help="write the day's report, and exit",
        description="Write the report of the day, or of the day so far: levels, breadth, who "
        "carried the move, baskets, sectors, catalysts, what falls due. Every figure is computed, "
        "and a sentence whose figures are missing is left out. A replay stands at its close "
        "unless --at says otherwise.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    _source(parser)
    parser.add_argument(
        "--format", choices=("md", "json", "text"), help="how to write it (md, Markdown)"
    )
    parser.add_argument("--lang", choices=("en", "ja"), help="its language (en)")


def _catalysts(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser(
        "catalysts",
        help="read catalysts and claims out of files, and exit",
        description="Read notes or a pasted market commentary, and print the catalysts, what the "
        "text states of indices and shares beside the market's figures where quotes of the date "
        "are at hand, and every instrument that it names.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="Markdown or plain text; - reads standard input"
    )
    parser.add_argument("--format", choices=("table", "json"), help="how to write it (table)")
    _config(parser)


def _news(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser(
        "news",
        help="print the latest news, and exit",
        description="Print the latest news of every source that [sources] news names in the "
        "configuration, newest first, and exit. What several sources tell is printed once.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument("--list", metavar="NAME", help="only news of the names of a list")
    parser.add_argument("--kind", metavar="KIND", help="only news of one kind, such as earnings")
    parser.add_argument("--symbol", metavar="SYMBOL", help="only news of one name, such as 7203")
    parser.add_argument("--limit", type=int, metavar="N", help="so many at the most (20)")
    parser.add_argument("--format", choices=("table", "json"), help="how to write it (table)")
    _config(parser)


def _shot(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser(
        "shot",
        help="write the screen as an SVG picture, and exit",
        description="Write the screen as an SVG picture, without a terminal. A replay stands at "
        "its close unless --at says otherwise.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument("file", type=Path, metavar="FILE.svg", help="where to write it")
    _source(parser)
    _theme(parser)
    parser.add_argument(
        "--size", default="160x45", metavar="COLSxROWS", help="of the terminal (160x45)"
    )
    parser.add_argument("--screen", choices=SCREENS, help="which screen or pane (main)")
    parser.add_argument(
        "--convention", choices=("tokyo", "western", "safe"), help="colours of rise and fall"
    )
    _names(parser)


def _source(parser: argparse.ArgumentParser) -> None:
    """What is shown; the defaults stand with the program's own parser alone."""
    add, absent = parser.add_argument, argparse.SUPPRESS
    add("--provider", default=absent, metavar="NAME", help="where quotes come from (replay)")
    add("--path", type=Path, default=absent, metavar="FILE", help="the file provider's file")
    add(
        "--at",
        default=absent,
        metavar="TIME",
        help="14:32 on the session's date, or an ISO time such as 2025-05-26T14:32+09:00",
    )
    add("--list", default=absent, metavar="NAME", help="the list to show (Nikkei 225)")
    _config(parser)


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="FILE",
        help="the configuration file; lists and themes are read from its folder",
    )


def _theme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--theme", default=argparse.SUPPRESS, metavar="NAME", help="the theme")


def _names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--names", choices=("en", "ja"), help="language of names (en)")


def _speed_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speed",
        type=_speed,
        default=argparse.SUPPRESS,
        metavar="N",
        help="market seconds a second in a replay, 1 to 600 (60)",
    )


def _reference(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser(
        "reference",
        help="list the reference tables, import the publishers' files",
        description="List the reference tables with vintage, owner and state.",
        allow_abbrev=False,
    )
    parser.add_argument("--format", choices=("table", "json"), help="how to write it (table)")
    _config(parser)
    actions = parser.add_subparsers(
        dest="action", title="actions", metavar="ACTION", parser_class=_Parser, required=False
    )
    bring = actions.add_parser(
        "import",
        help="take Nikkei's factors, JPX's topixweight_j.csv or data_j.xls",
        description="Take a publisher's file, known by its content, or a divisor alone.",
        allow_abbrev=False,
    )
    bring.add_argument("source", type=Path, nargs="?", metavar="FILE", help="a publisher's file")
    bring.add_argument("--divisor", type=float, metavar="X", help="the divisor that goes with it")
    bring.add_argument("--dry-run", action="store_true", help="say what changes, write nothing")
    solve = actions.add_parser(
        "solve-divisor",
        help="the divisor from a close and its prices",
        description="Solve the Nikkei 225's divisor from a close and every member's price.",
        allow_abbrev=False,
    )
    solve.add_argument("--close", type=float, required=True, metavar="X", help="the index's close")
    solve.add_argument("--prices", type=Path, metavar="FILE", help="quotes as CSV")
    solve.add_argument("--date", dest="day", type=_day, metavar="DATE", help="the prices' session")
    solve.add_argument("--save", action="store_true", help="keep it, marked as derived")
    for each in (bring, solve):
        each.add_argument(
            "--from", dest="first", type=_day, metavar="DATE", help="first session it holds for"
        )
        _config(each)


def _keys(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser(
        "keys",
        help="the keys that sources need: list, set, forget",
        description="List the keys that installed sources need, and where each is found. A key is "
        "read from the environment (ZARABA_KEY_NAME), else from the system's keyring.",
        allow_abbrev=False,
    )
    parser.add_argument("--format", choices=("table", "json"), help="how to write it (table)")
    actions = parser.add_subparsers(
        dest="action", title="actions", metavar="ACTION", parser_class=_Parser, required=False
    )
    for action, told in (
        ("set", "type or pipe in a key, and keep it in the keyring"),
        ("forget", "take a key out of the keyring"),
    ):
        each = actions.add_parser(action, help=told, description=told, allow_abbrev=False)
        each.add_argument("key", metavar="NAME", help="the key's name, such as jquants")
        # Taken so that a key typed here can be refused without being repeated.
        each.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2025-05-26") from None


def _speed(text: str) -> float:
    try:
        speed = float(text.lstrip("x×"))
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 600:
        raise argparse.ArgumentTypeError(f"“{text}” is not a speed from 1 to 600")
    return speed
