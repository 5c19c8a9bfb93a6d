"""The installed command in a real pseudo-terminal: it runs, is driven, and leaves no trace."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Open = Callable[..., Any]

RAISING = (sys.executable, str(Path(__file__).with_name("raising.py")))
AT = ("--at", "14:32", "--speed", "1")


def test_it_shows_real_prices_is_driven_by_keys_and_leaves_the_terminal_as_it_was(
    terminal: Open,
) -> None:
    tty = terminal(*AT)
    tty.shows("Advantest")
    tty.shows("7,0")
    tty.shows("REPLAY · path modelled")
    tty.shows("2nd session up, both")
    tty.type("2")
    tty.shows("Seven & i")
    tty.type("1/konami\r")
    tty.until(lambda: "Lasertec" not in _table(tty) and "Konami Group" in _table(tty), "filter")
    tty.type("\r")
    tty.shows("9766  Konami Group  コナミグループ")
    tty.type("\x1b")
    tty.until(lambda: "filter “konami”" in tty.text, "the table again")
    tty.type("?")
    tty.shows("銘柄リスト")
    tty.type("q")
    assert tty.ended() == 0
    assert tty.left_behind() == []
    assert "Traceback" not in tty.text


def test_an_arrow_key_and_the_mouse_reach_the_table(terminal: Open) -> None:
    tty = terminal(*AT)
    tty.shows("Advantest")
    tty.type("\x1b[B\r")
    tty.shows("8035  Tokyo Electron  東京エレクトロン")
    tty.type("\x1b")
    tty.shows("Contribution")
    row = next(y for y, line in enumerate(tty.screen.display) if "│ 9984 " in line)
    for _ in range(2):
        tty.type(f"\x1b[<0;12;{row + 1}M\x1b[<0;12;{row + 1}m")
    tty.shows("9984  SoftBank Group")
    tty.type("q")
    assert tty.ended() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_leaves_the_terminal_as_it_was(
    terminal: Open, number: signal.Signals
) -> None:
    tty = terminal(*AT)
    tty.shows("Advantest")
    tty.tell(number)
    assert tty.ended() == 0
    assert tty.left_behind() == []


def test_a_closed_window_ends_the_program(terminal: Open) -> None:
    tty = terminal(*AT)
    tty.shows("Advantest")
    tty.hang_up()
    tty.process.wait(timeout=60)


def test_an_exception_leaves_the_terminal_as_it_was_and_is_told(terminal: Open) -> None:
    tty = terminal(*AT, program=RAISING)
    tty.shows("Advantest")
    tty.type("\x1b[20~")
    assert tty.ended() == 1
    assert tty.left_behind() == []
    assert "made to fail" in tty.text


def test_a_storm_of_sizes_is_survived(terminal: Open) -> None:
    tty = terminal(*AT)
    tty.shows("Advantest")
    sizes = random.Random(0)
    for step in range(50):
        columns, rows = sizes.choice(
            [(20, 5), (240, 70), (1, 1), (2, 2), (sizes.randint(1, 240), sizes.randint(1, 70))]
        )
        tty.resize(columns, rows)
        tty.read(0.02 if step % 5 == 0 else 0.0)
    for columns, rows, shown in (
        (20, 5, "6857"),
        (240, 70, "Contribution"),
        (80, 24, "1 Nikkei 225"),
        (120, 40, "REPLAY · path modelled"),
    ):
        tty.resize(columns, rows)
        tty.shows(shown)
    tty.type("j\r")
    tty.shows("8035  Tokyo Electron")
    tty.type("q")
    assert tty.ended() == 0
    assert tty.left_behind() == []


def test_it_is_suspended_and_brought_back(terminal: Open) -> None:
    tty = terminal(*AT)
    tty.shows("Advantest")
    tty.type("\x1a")
    tty.until(lambda: tty.left_behind() == [], "the terminal given back")
    tty.until(lambda: os.tcgetpgrp(tty.master) == tty.process.pid, "the shell in the foreground")
    tty.resume()
    tty.until(lambda: "alternate screen" in tty.left_behind(), "the program again")
    tty.shows("Advantest")
    tty.type("jj\r")
    tty.shows("9984  SoftBank Group")
    tty.type("q")
    assert tty.ended() == 0
    assert tty.left_behind() == []


def test_it_says_that_it_needs_a_terminal(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("zaraba"))]
    done = subprocess.run(  # noqa: S603 - the program under test
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 2
    assert "zaraba: the monitor needs a terminal" in done.stderr


def _table(tty: Any) -> str:
    """What stands left of the contribution."""
    return "\n".join(line[:74] for line in tty.screen.display)
