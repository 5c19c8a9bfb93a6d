"""``zaraba shot``: the screen as an SVG picture, without a terminal."""

import asyncio
import os
import re
from pathlib import Path

from tui.cli.arguments import Options
from tui.cli.monitor import monitor_for
from tui.cli.setup import set_up, take_kept_past
from tui.errors import ProviderError, Unavailable, UsageError
from tui.files import write_atomically

_SIZE = re.compile(r"(\d{1,3})x(\d{1,3})")
_FETCHED = re.compile(r",\s*url\([^)]*\)\s*format\([^)]*\)")
_SETTLE = 0.2
_PATIENCE = 15.0
_NEWS_LOOKS = 10


def run_shot(options: Options) -> int:
    """Write the picture; a replay stands at the instant asked for, or at its close."""
    size = parse_size(options.size)
    _check_target(options.file)
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    setup = set_up(options, remembered=False)
    if setup.quotes == "replay":
        setup.settings["paused"] = True
        session = setup.market.calendar.session(setup.market.session)
        if setup.at is None and session is not None:
            setup.settings["at"] = session.close
    monitor = monitor_for(setup, options)
    if options.names:
        monitor.set_language(options.names)

    from tui.app import ZarabaApp
    from tui.cli.themes import check_theme, user_palettes

    palettes, _ = user_palettes(setup.home)
    check_theme(options.theme, palettes)
    app = ZarabaApp(monitor, palettes=palettes, theme=options.theme, convention=options.convention)

    async def draw() -> str:
        async with app.run_test(size=size) as pilot:
            waited = 0.0
            while not monitor.ready and waited < _PATIENCE:
                await pilot.pause(_SETTLE)
                waited += _SETTLE
                report = monitor.feed_report()
                if report.trouble and not report.well:  # another source of a chain may do
                    raise ProviderError(monitor.trouble())
            if not monitor.ready:
                raise Unavailable(
                    f"no quotes came within {_PATIENCE:g} seconds",
                    subject=setup.quotes,
                    remedy="Check the source with `zaraba doctor`.",
                )
            take_kept_past(setup, monitor.market.board.symbols)
            for _ in range(_NEWS_LOOKS if setup.config.sources.news else 0):
                if monitor.market.catalysts:
                    break
                await pilot.pause(_SETTLE)
            await pilot.pause(1.2)  # until the flashes have faded
            for key in _KEYS.get(options.screen, ()):
                await pilot.press(key)
            await pilot.pause(0.6)
            return app.export_screenshot(title="zaraba")

    picture = standing_alone(asyncio.run(draw()))
    target = options.file.expanduser()
    try:
        write_atomically(target, picture.encode())
    except OSError as error:
        raise UsageError(
            f"the picture cannot be written ({error.strerror or error})",
            subject=str(target),
            remedy="Check the folder's permissions and free space.",
        ) from error
    return 0


_KEYS = {
    "detail": ("enter",),
    "help": ("question_mark",),
    "sources": ("p",),
    "ladder": ("shift+tab", "shift+tab"),
    "catalysts": ("shift+tab",),
    "news": ("n", "j", "k"),
    "contribution": ("c",),
    "heatmap": ("m",),
    "sectors": ("m", "v"),
    "movers": ("M",),
    "breadth": ("M", "tab"),
    "bridge": ("B",),
    "wrap": ("w",),
    "timeline": ("T",),
}


def standing_alone(picture: str) -> str:
    """A picture that fetches no font from anywhere, and whose text keeps the blanks it begins with.

    Some renderers drop the blanks at a text's start unless told to keep them.
    """
    picture = _FETCHED.sub("", picture)
    return picture.replace("<svg ", '<svg xml:space="preserve" ', 1)


def parse_size(text: str) -> tuple[int, int]:
    """Columns and rows from ``160x45``.

    Raises:
        UsageError: The text is something else, or out of range.
    """
    match = _SIZE.fullmatch(text)
    if match:
        columns, rows = int(match[1]), int(match[2])
        if 20 <= columns <= 400 and 5 <= rows <= 200:
            return columns, rows
    raise UsageError(
        f"“{text}” is not a size",
        subject="--size",
        remedy="Give columns x rows, such as 160x45, from 20x5 to 400x200.",
    )


def _check_target(file: Path) -> None:
    if file.suffix.lower() != ".svg":
        raise UsageError(
            "a picture is written as SVG", subject=str(file), remedy="Name a file ending in .svg."
        )
    folder = file.expanduser().absolute().parent
    if not folder.is_dir():
        raise UsageError("the folder is not there", subject=str(folder), remedy="Make it first.")
