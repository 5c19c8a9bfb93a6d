"""A command that ends does not promise to ask again."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.cli.once import once

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "yahoo: a server error (500). It is asked again by itself.",
            "yahoo: a server error (500). Check the network, or run the command again in a minute.",
        ),
        (
            "no readable JSON. It is asked again by itself; if this stays, its form has changed.",
            "no readable JSON. Run the command again; if this stays, its form has changed.",
        ),
        (
            "Start kabu STATION and log in; it is asked again by itself.",
            "Start kabu STATION and log in; run it again.",
        ),
        ("too often. It is asked again in 12 s.", "too often. Run the command again in 12 s."),
        ("Wire: a server error (503); asked again by itself", "Wire: a server error (503)"),
        ("It ended by itself.", "It ended by itself."),
    ],
)
def test_the_promise_to_ask_again_gives_way_to_what_to_do(said: str, told: str) -> None:
    assert once(said) == told


@pytest.fixture
def unreachable(tmp_path: Path) -> Path:
    """A configuration whose Yahoo is a port where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    file = tmp_path / "config.toml"
    settings = [f'{key} = "{base}"' for key in ("base_url", "cookie_url", "consent_url")]
    file.write_text("\n".join(["[providers.yahoo]", "stream = false", *settings]), "utf-8")
    return file


@pytest.mark.parametrize(
    "command",
    [
        ("print", "--provider", "yahoo"),
        ("wrap", "--provider", "yahoo"),
        ("shot", "out.svg", "--provider", "yahoo"),
    ],
)
def test_a_source_out_of_reach_is_told_with_what_to_do(
    call: Call, unreachable: Path, command: tuple[str, ...]
) -> None:
    done = call(*command, "--config", str(unreachable))
    assert (done.status, done.out) == (2, "")
    assert done.complaint.startswith("zaraba: yahoo: the connection was refused.")
    assert done.complaint.endswith("run the command again in a minute.")
