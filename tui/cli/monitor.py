"""``zaraba``: the monitor."""

import os
import sys
from typing import Any

from tui.cli.arguments import Options
from tui.cli.interpreter import settle
from tui.cli.setup import Setup, feed_for, history_for, list_name, set_up
from tui.cli.themes import check_theme, user_palettes
from tui.data.tables import absent
from tui.errors import UsageError
from tui.present.monitor import Monitor


def run_monitor(options: Options) -> int:
    """Open the monitor on the terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "the monitor needs a terminal",
            remedy="Use `zaraba print` in a pipe, or `zaraba shot FILE.svg` for a picture.",
        )
    # A key need not wait for the screen's own clock; Textual reads this when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    setup = set_up(options)
    palettes, notices = user_palettes(setup.home)
    check_theme(options.theme, palettes)
    monitor = monitor_for(setup, options)
    # The first quotes come while Textual is imported, so that the first painting shows them.
    monitor.feed.start()
    try:
        from tui.app import ZarabaApp

        app = ZarabaApp(
            monitor,
            palettes=palettes,
            notices=[*notices, *setup.notices, *absent(own=setup.home.reference_folder)],
            theme=options.theme,
            first=setup.first,
            driver_class=terminal_driver(),
        )
        settle()
        app.run()
    finally:
        monitor.feed.stop()
    return app.return_code or 0


def terminal_driver() -> type[Any] | None:
    """The terminal driver; None for Textual's own, where there are no terminals of Unix."""
    try:
        from tui.terminal import BacklogDriver
    except ModuleNotFoundError:
        return None
    return BacklogDriver


def monitor_for(setup: Setup, options: Options) -> Monitor:
    """The model behind the screens."""
    monitor = Monitor(
        market=setup.market,
        feed=feed_for(setup),
        lists=setup.lists,
        config=setup.config,
        home=setup.home if setup.remember else None,
        state=setup.state,
        list_name=list_name(setup, options),
        baskets=setup.home.baskets_file,
        events=setup.home.events_file,
        rules=setup.rules,
    )
    history = history_for(setup, monitor.feed) if setup.remember else None
    if history is not None:
        monitor.use_history(history)
    return monitor
