"""The entry point: find the command, run it, and put every error in one clear line."""

import os
import sys
from collections.abc import Sequence

from tui.cli.arguments import Options, parse
from tui.cli.once import once
from tui.errors import ZarabaError

USAGE = 2
"""Exit status of anything the user can mend: arguments, configuration, a missing file."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: The arguments without the program's name; the process's own by default.

    Returns:
        The exit status: 0, or 2 for what the user can mend.
    """
    try:
        try:
            return _run(parse(sys.argv[1:] if argv is None else argv))
        finally:
            # Here, where it can be told, and not when the interpreter ends.
            sys.stdout.flush()
    except ZarabaError as error:
        # What a source or a file says may hold line breaks; an error is one line.
        print(f"zaraba: {once(' '.join(str(error).split()))}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader of a pipe has left, as `head` does; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(options: Options) -> int:
    """Import the command late and carry it out."""
    if options.command == "print":
        from tui.cli.printing import run_print

        return run_print(options)
    if options.command == "wrap":
        from tui.cli.wrap import run_wrap

        return run_wrap(options)
    if options.command == "catalysts":
        from tui.cli.catalysts import run_catalysts

        return run_catalysts(options)
    if options.command == "news":
        from tui.cli.news import run_news

        return run_news(options)
    if options.command == "shot":
        from tui.cli.shot import run_shot

        return run_shot(options)
    if options.command == "providers":
        from tui.cli.providers import run_providers

        return run_providers(options)
    if options.command == "doctor":
        from tui.cli.doctor import run_doctor

        return run_doctor(options)
    if options.command == "reference":
        from tui.cli.reference import run_reference

        return run_reference(options)
    if options.command == "keys":
        from tui.cli.keys import run_keys

        return run_keys(options)
    from tui.cli.interpreter import begin

    begin()
    from tui.cli.monitor import run_monitor

    return run_monitor(options)
