"""``zaraba doctor`` and ``zaraba providers``."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "zaraba"
    folder.mkdir(parents=True)
    return folder


def bad(out: str) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in out.splitlines() if line.startswith("  bad")]


def test_a_sound_installation_has_nothing_broken(call: Call) -> None:
    done = call("doctor")
    assert (done.status, bad(done.out)) == (0, [])
    for title in (
        "Trading hours", "Days on which", "Tick sizes", "Daily price limits", "TOPIX weights",
        "Nikkei 225 divisors", "figures of 2025-05-26", "modelled path", "quotes: replay",
    ):  # fmt: skip
        assert title in done.out


def test_every_note_and_fault_says_what_to_do(call: Call, config: Path) -> None:
    (config / "config.toml").write_text("theme = 1", encoding="utf-8")
    lines = call("doctor").out.splitlines()
    for line, following in pairwise(lines):
        if line.startswith(("  note", "  bad")):
            assert following.startswith("       → ") or ". " in line, line


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("config.toml", "theme = 1", "key “theme”"),
        ("config.toml", 'theme = "nosuch"', "there is no theme “nosuch”"),
        ("config.toml", 'list = "nosuch"', "there is no list “nosuch”"),
        ("config.toml", '[sources]\nquotes = "nosuch"', "key “sources.quotes”"),
        ("config.toml", '[sources]\nnews = ["nosuch"]', "key “sources.news”"),
        ("config.toml", '[keys]\n"no.such" = "f5"', "no.such"),
        ("lists.toml", "[[list]]\nname = 3", "lists.toml"),
        ("themes/dusk.toml", "background = 1", "dusk"),
    ],
)
def test_what_is_broken_is_named_with_its_file(
    call: Call, config: Path, file: str, content: str, told: str
) -> None:
    (config / file).parent.mkdir(exist_ok=True)
    (config / file).write_text(content, encoding="utf-8")
    done = call("doctor")
    assert done.status == 2
    (line,) = bad(done.out)
    assert told in line
    assert Path(file).name in line


def test_no_secret_is_printed(call: Call, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZARABA_FEED_KEY", "s3cr3t-in-the-environment")
    (config / "config.toml").write_text(
        '[providers.feed]\nkey = "s3cr3t-in-the-file"\n', encoding="utf-8"
    )
    for arguments in (("doctor",), ("providers",), ("providers", "--format", "json")):
        assert "s3cr3t" not in call(*arguments).out


def test_providers_are_listed_with_role_and_state(call: Call) -> None:
    lines = [line.split() for line in call("providers").out.splitlines()]
    told = {(line[0], line[1]): line[-1] for line in lines}
    assert told["quotes", "replay"] == "loads"
    assert {role for role, _ in told} == {"quotes", "history", "news", "search", "calendar"}
    listed = json.loads(call("providers", "--format", "json").out)
    assert {(each["role"], each["name"]) for each in listed} == set(told)
    assert all(each["problem"] is None for each in listed)
