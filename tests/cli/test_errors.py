"""What the user can mend: one line that names it, and exit status 2."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.providers import registry
from tui.providers.contracts import Role

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bogus"], "choose from print, wrap, catalysts, news, shot, providers, doctor"),
        (["print", "--format", "xml"], "--format"),
        (["print", "--at"], "zaraba print --help"),
        (["print", "--at", "25:00"], "“25:00” is not a time"),
        (["print", "--at", "2025-05-27T10:00"], "the recorded session is of 2025-05-26"),
        (["print", "--at", "2025-05-26"], "is not a time"),
        (["print", "--list", "nosuch"], "TOPIX Core30"),
        (["print", "--list", "topix"], "TOPIX Core30 or TOPIX Large70"),
        (["print", "--list", ""], None),
        (["print", "--provider", "nosuch"], "Installed: file, "),
        (["print", "--provider", "file"], "--path FILE"),
        (["print", "--provider", "file", "--path", "none.csv"], "none.csv: there is no such file"),
        (["print", "--provider", "file", "--path", "."], "folder"),
        (["print", "--path", "quotes.csv"], "--provider file"),
        (["print", "--config", "none.toml"], "none.toml"),
        (["print", "--speed", "5"], "--speed"),
        (["--speed", "601"], "1 to 600"),
        (["--speed", "nan"], "1 to 600"),
        (["shot"], "FILE.svg"),
        (["shot", "a.png"], "a.png"),
        (["shot", "none/a.svg"], "none"),
        (["shot", "a.svg", "--size", "19x5"], "20x5 to 400x200"),
        (["shot", "a.svg", "--theme", "nosuch"], "midnight, paper, amber, contrast"),
        (["shot", "a.svg", "--list", "nosuch"], "--list"),
        (["providers", "--nosuch"], "--nosuch"),
        (["doctor", "extra"], "extra"),
        ([], "needs a terminal"),
    ],
)
def test_a_wrong_argument_is_one_line_and_status_2(
    call: Call, arguments: list[str], told: str | None
) -> None:
    done = call(*arguments)
    if told is None:
        assert (done.status, done.err) == (0, "")
        return
    assert (done.status, done.out) == (2, "")
    assert told.replace("'", "") in done.complaint.replace("'", "")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"theme = ", "not valid TOML"),
        (b"theme = 3", "key “theme”"),
        (b'colour = "red"', "colour"),
        (b'convention = "east"', "key “convention”"),
        (b"[sources]\nquotes = 1", "key “sources.quotes”"),
        (b'[sources]\nquotes = "nosuch"', "there is no quote source “nosuch”"),
        (b'[providers]\nreplay = "fast"', "key “providers"),
        (b"[providers.replay]\nspeed = 0", "providers.replay.speed"),
        (b"theme = '\xff'", "UTF-8"),
        (b"#" * (2 << 20), "1 MiB"),
    ],
)
def test_a_broken_configuration_names_file_key_and_remedy(
    call: Call, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    done = call("print", "--config", str(file))
    assert (done.status, done.out) == (2, "")
    assert told in done.complaint
    assert "settings.toml" in done.complaint


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("nowhere_at_all:Source", "cannot be imported"),
        ("json:JSONDecoder", "QuoteProvider"),
    ],
)
def test_a_source_that_does_not_load_is_named(
    call: Call, monkeypatch: pytest.MonkeyPatch, value: str, told: str
) -> None:
    quotes = {**registry.BUILT_IN[Role.QUOTES], "broken": value}
    monkeypatch.setattr(registry, "BUILT_IN", {**registry.BUILT_IN, Role.QUOTES: quotes})
    monkeypatch.setattr(registry, "names", lambda role: sorted(quotes) if role else [])
    done = call("print", "--provider", "broken")
    assert done.status == 2
    assert "broken" in done.complaint
    assert told in done.complaint


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = Path(sys.executable).with_name("zaraba")
    for arguments in ("print --at 15:30", "--help"):
        done = subprocess.run(  # noqa: S602 - a pipe is what is tested
            f"set -o pipefail; '{command}' {arguments} | head -c 1",
            shell=True,
            executable="/bin/bash",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_help_tells_every_command_and_option(call: Call) -> None:
    done = call("--help")
    assert done.status == 0
    for word in ("print", "shot", "providers", "doctor", "--at", "--provider", "examples:"):
        assert word in done.out
    assert max(map(len, done.out.splitlines())) <= 100
    for command in ("print", "shot", "providers", "doctor"):
        told = call(command, "--help")
        assert (told.status, told.err) == (0, "")
        assert "zaraba " + command in told.out


def test_the_version_is_told(call: Call) -> None:
    from tui import __version__

    assert call("--version").out == f"zaraba {__version__}\n"
